import type { QuotaLimits } from './http/quota.ts';
import { formatDay } from './world/calendar.ts';
import type { World } from './world/world.ts';

/** The credentials of the emulator's app; no other server accepts them. */
export interface Credentials {
  readonly app_id: string;
  readonly secret: string;
  readonly access_token: string;
}

const START_DAYS_BACK = 90;

/** A connector configuration that reads this emulator. */
export function createConfig({
  world,
  apiUrl,
  credentials,
  limits,
  overrides,
}: {
  readonly world: World;
  readonly apiUrl: string;
  readonly credentials: Credentials;
  readonly limits: QuotaLimits | undefined;
  readonly overrides: Readonly<Record<string, unknown>>;
}): Record<string, unknown> {
  const today = Math.floor(world.clock.now().getTime() / 86_400_000);
  const [account] = world.accounts.keys();
  const config: Record<string, unknown> = {
    credentials: world.sandbox
      ? { auth_type: 'sandbox_access_token', access_token: credentials.access_token, advertiser_id: account }
      : { auth_type: 'oauth2.0', ...credentials },
    // Later days have nothing, and at the sandbox's pace they would take minutes.
    ...(world.sandbox
      ? { start_date: '2020-12-08', end_date: '2020-12-19' }
      : { start_date: formatDay(today - START_DAYS_BACK) }),
    api_url: apiUrl,
    quota: {
      per_second: limits?.perSecond ?? 1000,
      per_minute: limits?.perMinute ?? 60_000,
      per_day: limits?.perDay ?? 86_400_000,
      minute_pause_seconds: limits?.penaltySeconds ?? 300,
    },
    ...overrides,
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}
