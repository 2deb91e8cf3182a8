import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { isInShard } from '../../config/shard.ts';
import { notGranted, selectAdvertisers } from '../../sync/select.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { wrap } from '../../terminal/wrap.ts';
import { askTikTok } from './ask-tiktok.ts';

/** Writes the answer of a command for people. */
export type Print = (line: string) => void;

/**
 * The verb `advertisers`: a table of all advertisers that the token can see, chosen by the configuration or not.
 *
 * @returns the exit code: 1 when the token sees no advertiser, or not all that the configuration names
 * @throws ConfigError, InputFileError, TikTokError
 */
export async function printAdvertisers(
  options: { configPath: string; shard: string | undefined; json: boolean; debug: boolean },
  print: Print,
): Promise<number> {
  const { configPath, shard, json } = options;
  const config = parseConfig(readJsonFile(configPath, 'config'), { shard });
  const { credentials, advertiserIds, excludeAdvertiserIds } = config;
  // TikTok lists the advertisers of a token only for an app. Without one, only the chosen advertisers are known.
  const everything = {
    ...config,
    excludeAdvertiserIds: [],
    ...(credentials.type === 'oauth2.0' ? { advertiserIds: [] } : {}),
  };
  const { advertisers, unavailable, granted } = await askTikTok(config, options, (client) =>
    selectAdvertisers(everything, client, new AbortController().signal),
  );
  const isRead = (id: string) =>
    !excludeAdvertiserIds.includes(id) && (advertiserIds.length === 0 || advertiserIds.includes(id));
  const named = granted ? advertiserIds.filter((id) => isInShard(id, config.shard) && !granted.has(id)) : [];
  const missing = [...unavailable, ...named.filter(isRead).map(notGranted)].map(({ message }) => message);
  const exitCode = advertisers.length === 0 || missing.length > 0 ? 1 : 0;
  if (json) {
    const list = advertisers.map((advertiser) => ({ ...advertiser, read: isRead(advertiser.id) }));
    print(JSON.stringify(list, undefined, 2));
    for (const message of missing) process.stderr.write(`${message}\n`);
    return exitCode;
  }
  const rows = advertisers.map(({ id, name, currency, timezone, status }) => [
    id,
    name ?? '?',
    currency ?? '?',
    timezone ?? '?',
    status?.replace(/^STATUS_/, '').toLowerCase() ?? '?',
    isRead(id) ? 'yes' : 'no',
  ]);
  if (rows.length > 0) for (const line of drawTable(COLUMNS, rows, process.stdout.columns)) print(line);
  for (const message of missing) print(wrap(message, process.stdout.columns));
  print(
    `${advertisers.length} ${advertisers.length === 1 ? 'advertiser' : 'advertisers'}, ` +
      `${rows.filter((row) => row.at(-1) === 'yes').length} to be read with this configuration.`,
  );
  return exitCode;
}

const COLUMNS = [
  { title: 'advertiser_id' },
  { title: 'name', widthMax: 40, widthMin: 8 },
  { title: 'currency' },
  { title: 'timezone', widthMin: 8 },
  { title: 'status', widthMax: 40, widthMin: 6 },
  { title: 'read' },
];
