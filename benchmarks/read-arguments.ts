import type { Bench } from './section.ts';
import type { TikTok } from './tiktok.ts';

/** A quota so large that nothing waits for it. */
const NO_QUOTA = { per_second: 100_000, per_minute: 6_000_000, per_day: 1_000_000_000, minute_pause_seconds: 1 };

/** Which of the two programs. */
export type ProgramName = 'source' | 'tap';

/** What to read. */
export interface ReadOptions {
  readonly from: string;
  readonly to: string;
  /** Of the Airbyte program; default `campaign_daily`. */
  readonly stream?: string;
  /** Requests a second, and sixty times as many a minute; default: no quota. */
  readonly requestsPerSecond?: number;
  /** The store of a quota that several processes share. */
  readonly sharedQuota?: { readonly url: string };
  /** The state's JSON of an earlier run: of the Airbyte program the stream's, of the tap the whole. */
  readonly state?: unknown;
}

/** The arguments, program included, with which one of the programs reads an emulator. Writes the files they name. */
export async function readArguments(
  { folder, programs }: Pick<Bench, 'folder' | 'programs'>,
  program: ProgramName,
  { apiUrl, credentials }: Pick<TikTok, 'apiUrl' | 'credentials'>,
  { from, to, stream: name = 'campaign_daily', requestsPerSecond, sharedQuota, state }: ReadOptions,
): Promise<string[]> {
  const quota =
    requestsPerSecond === undefined
      ? NO_QUOTA
      : { ...NO_QUOTA, per_second: requestsPerSecond, per_minute: 60 * requestsPerSecond, minute_pause_seconds: 300 };
  // Several emulators may be read at once.
  const config = await folder.writeJson(`config-${new URL(apiUrl).port}.json`, {
    credentials: { auth_type: 'oauth2.0', ...credentials },
    start_date: from,
    end_date: to,
    api_url: apiUrl,
    quota,
    ...(sharedQuota && { shared_quota: sharedQuota }),
  });
  const args = [programs[program]];
  if (program === 'source') {
    const stream = { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] };
    const catalog = await folder.writeJson('catalog.json', {
      streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }],
    });
    args.push('read', '--config', config, '--catalog', catalog);
  } else {
    args.push('--config', config);
  }
  if (state !== undefined) args.push('--state', await folder.writeJson('state.json', state));
  return args;
}
