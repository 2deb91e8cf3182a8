import type { Config } from '../config/config.ts';
import { type Attempt, TikTokClient, type TikTokClientOptions } from '../tiktok/client.ts';
import { requireTimeZones } from './days.ts';

/**
 * The API client for a configuration. Call `close()` when done: open sockets keep a process alive.
 *
 * @throws ConfigError when this Node has no time zones
 */
export function createClient(
  config: Config,
  hooks: Pick<TikTokClientOptions, 'onWaiting' | 'onRetry' | 'onAttempt'> = {},
): TikTokClient {
  requireTimeZones();
  return new TikTokClient({
    apiUrl: config.apiUrl,
    accessToken: config.credentials.accessToken,
    quota: config.quota,
    sharedQuota: config.sharedQuota,
    requestTimeoutMs: config.requestTimeoutMs,
    patienceMs: config.patienceMs,
    secrets: config.secrets,
    ...hooks,
  });
}

/** One request, in one sentence for a log that is asked to tell everything. */
export function attemptText({ path, advertiserId, report, durationMs, requestId, error }: Attempt): string {
  const whom = advertiserId ? ` of advertiser ${advertiserId}` : '';
  const outcome = error ? `${error.kind}${error.code === undefined ? '' : ` (${error.code})`}` : 'answered';
  return `${path}${whom}${report ? ` ${report}` : ''}: ${outcome} after ${durationMs} ms, request id ${requestId ?? 'unknown'}.`;
}
