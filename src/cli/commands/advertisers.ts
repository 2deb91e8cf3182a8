import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { connect } from '../../sync/connect.ts';
import { selectAdvertisers } from '../../sync/select.ts';
import { drawTable } from '../../terminal/draw-table.ts';

/** Where a command for people writes its answer. */
export type Print = (line: string) => void;

/**
 * The verb `advertisers`: a table of what the token can see, whatever the configuration chooses of it.
 *
 * @returns the exit code: 1 when nothing can be seen
 * @throws ConfigError, InputFileError, TikTokError
 */
export async function printAdvertisers(
  { configPath, shard, json }: { configPath: string; shard: string | undefined; json: boolean },
  print: Print,
): Promise<number> {
  const config = parseConfig(readJsonFile(configPath, 'config'), { shard });
  const isListed = config.credentials.type === 'oauth2.0';
  const client = connect(config, {});
  try {
    // TikTok tells only an app what its token was granted; else there is nothing beyond what is chosen.
    const everything = { ...config, excludeAdvertiserIds: [], ...(isListed ? { advertiserIds: [] } : {}) };
    const { advertisers, unavailable } = await selectAdvertisers(everything, client, new AbortController().signal);
    const read = (id: string) =>
      !config.excludeAdvertiserIds.includes(id) &&
      (config.advertiserIds.length === 0 || config.advertiserIds.includes(id));
    if (json) {
      print(
        JSON.stringify(
          advertisers.map((advertiser) => ({ ...advertiser, read: read(advertiser.id) })),
          undefined,
          2,
        ),
      );
      return advertisers.length > 0 ? 0 : 1;
    }
    const columns = ['advertiser_id', 'name', 'currency', 'timezone', 'status', 'read'].map((title) => ({
      title,
      widthMax: 40,
    }));
    const rows = advertisers.map(({ id, name, currency, timezone, status }) => [
      id,
      name ?? '?',
      currency ?? '?',
      timezone ?? '?',
      status?.replace(/^STATUS_/, '').toLowerCase() ?? '?',
      read(id) ? 'yes' : 'no',
    ]);
    if (rows.length > 0) for (const line of drawTable(columns, rows)) print(line);
    for (const { message } of unavailable) print(message);
    print(
      `${advertisers.length} ${advertisers.length === 1 ? 'advertiser' : 'advertisers'}, ` +
        `${rows.filter((row) => row.at(-1) === 'yes').length} to be read with this configuration.`,
    );
    return advertisers.length > 0 ? 0 : 1;
  } finally {
    client.close();
  }
}
