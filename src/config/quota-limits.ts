import type { QuotaLimits } from '../tiktok/quota/quota.ts';
import { settingOf } from './clean-config.ts';
import type { SharedQuota } from './config.ts';
import { sha256 } from './sha256.ts';
import type { RawConfig } from './spec.generated.ts';

/** TikTok shuts out an app that exceeds its minute for five minutes, in every tier. */
const MINUTE_PAUSE_SECONDS = 300;

/** What TikTok calls the size of an app's quota. */
export type ApiTier = NonNullable<RawConfig['api_tier']>;

/** What TikTok grants an app of each tier (Rate limits of API for Business v1.3). */
export const QUOTA_BY_TIER: Readonly<Record<ApiTier, QuotaLimits>> = {
  basic: { perSecond: 10, perMinute: 600, perDay: 864_000, minutePauseSeconds: MINUTE_PAUSE_SECONDS },
  advanced: { perSecond: 20, perMinute: 1_200, perDay: 1_728_000, minutePauseSeconds: MINUTE_PAUSE_SECONDS },
  premium: { perSecond: 30, perMinute: 1_800, perDay: 2_592_000, minutePauseSeconds: MINUTE_PAUSE_SECONDS },
  ultimate: { perSecond: 50, perMinute: 3_000, perDay: 4_320_000, minutePauseSeconds: MINUTE_PAUSE_SECONDS },
};

/** What the sandbox grants each of its endpoints, in every tier. */
const SANDBOX_QUOTA: QuotaLimits = {
  perSecond: 1,
  perMinute: 30,
  perDay: 1_000,
  minutePauseSeconds: MINUTE_PAUSE_SECONDS,
};

type QuotaKeys = Pick<RawConfig, 'credentials' | 'api_tier' | 'quota' | 'requests_per_second' | 'shared_quota'>;

/** The quota that a configuration asks for: its tier's or the sandbox's, figure by figure replaced by its own. */
export function quotaLimits(raw: QuotaKeys): QuotaLimits {
  const granted = grantedTo(raw);
  const own = raw.quota ?? {};
  const perSecond = own.per_second ?? granted.perSecond;
  return {
    perSecond: Math.min(perSecond, raw.requests_per_second ?? perSecond),
    perMinute: own.per_minute ?? granted.perMinute,
    perDay: own.per_day ?? granted.perDay,
    minutePauseSeconds: own.minute_pause_seconds ?? granted.minutePauseSeconds,
  };
}

/** The shared quota of a configuration that passed its checks; the sandbox's is its own. */
export function sharedQuota(raw: QuotaKeys): SharedQuota | undefined {
  const { credentials, shared_quota: { url, name } = {} } = raw;
  if (!url || credentials.auth_type === 'sandbox_access_token') return undefined;
  const perSecond = raw.quota?.per_second ?? grantedTo(raw).perSecond;
  if (name) return { url, name, perSecond };
  // A hash: the app id is a secret, and the keys of the server are visible to its other users.
  const appId = credentials.auth_type === 'oauth2.0' ? credentials.app_id : '';
  return { url, name: sha256(appId).toString('hex').slice(0, 16), perSecond };
}

function grantedTo(raw: QuotaKeys): QuotaLimits {
  return raw.credentials.auth_type === 'sandbox_access_token'
    ? SANDBOX_QUOTA
    : QUOTA_BY_TIER[settingOf(raw, 'api_tier')];
}
