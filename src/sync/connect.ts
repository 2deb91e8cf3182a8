import type { Config } from '../config/config.ts';
import { TikTokClient, type TikTokClientOptions } from '../tiktok/client.ts';
import { requireTimeZones } from './days.ts';

/**
 * The API client of a configuration. Call `close()` when done, open sockets keep a process alive.
 *
 * @throws ConfigError when this Node lacks what a read depends on
 */
export function connect(
  config: Config,
  hooks: Pick<TikTokClientOptions, 'onWaiting' | 'onRetry' | 'onAttempt'> = {},
): TikTokClient {
  requireTimeZones();
  return new TikTokClient({
    apiUrl: config.apiUrl,
    accessToken: config.credentials.accessToken,
    quota: config.quota,
    requestTimeoutMs: config.requestTimeoutMs,
    patienceMs: config.patienceMs,
    secrets: config.secrets,
    ...hooks,
  });
}
