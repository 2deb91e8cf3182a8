import type { QuotaLimits } from '../tiktok/quota/quota.ts';
import type { Shard } from './shard.ts';

/** How the connector proves itself to TikTok; `auth_type` of the configuration decides. */
export type Credentials =
  | { readonly type: 'oauth2.0'; readonly appId: string; readonly secret: string; readonly accessToken: string }
  | { readonly type: 'access_token'; readonly accessToken: string }
  | { readonly type: 'sandbox_access_token'; readonly accessToken: string; readonly advertiserId: string };

/** A quota that several processes keep together, through a Redis or Valkey server. */
export interface SharedQuota {
  /** `redis://` or `rediss://`; may hold a password. */
  readonly url: string;
  /** Whose quota it is. */
  readonly name: string;
  /** What all processes together may send; `quota.perSecond` is for this process, and may be less. */
  readonly perSecond: number;
}

/** A checked configuration with every default filled in. `spec.json` is where the keys and defaults are written. */
export interface Config {
  readonly credentials: Credentials;
  /** Empty: every advertiser that the token was granted. */
  readonly advertiserIds: readonly string[];
  readonly excludeAdvertiserIds: readonly string[];
  /** First day wanted, in each advertiser's time zone, `YYYY-MM-DD`. */
  readonly startDate: string;
  /** Last day wanted; absent: up to each advertiser's today. */
  readonly endDate?: string;
  readonly lookbackDays: number;
  readonly includeDeleted: boolean;
  readonly advertiserColumns: boolean;
  /** Of TikTok's metrics, as columns of basic reports; each once. */
  readonly additionalMetrics: readonly string[];
  readonly unavailableAdvertisers: 'fail' | 'warn';
  readonly reconcile: boolean;
  readonly inconsistentReports: 'fail' | 'warn';
  readonly quota: QuotaLimits;
  /** Absent: the quota is this process' alone. */
  readonly sharedQuota?: SharedQuota;
  /** Absent: all advertisers. */
  readonly shard?: Shard;
  readonly requestTimeoutMs: number;
  readonly patienceMs: number;
  /** Base URL, ends in a slash. */
  readonly apiUrl: string;
  /** Warnings, one sentence each (the token travels in clear, …). */
  readonly warnings: readonly string[];
  /** Every secret of the configuration, to be kept out of all output. */
  readonly secrets: readonly string[];
}
