import type { Quota, Scenario, Account as ScenarioAccount } from './faults/scenario.generated.ts';
import type { Tier } from './http/quota.ts';
import type { PreparedOptions } from './report/prepared-report.ts';
import type { AccountSpec, Accounts } from './world/account.ts';

/** How an emulator is started; what is given here wins over the scenario. */
export interface EmulatorOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 1. The same seed gives the same data at any time. */
  readonly seed?: number;
  /** Default: the scenario's; else 2026-03-15T12:00:00Z, and with `ticking` the machine's time. */
  readonly now?: Date | string;
  /** Whether the clock runs on from `now`; default false, it stands still. */
  readonly ticking?: boolean;
  /** `default` (four accounts that differ), `brand` (two), `agency` (2,000), a number, or exactly these. */
  readonly accounts?: Accounts;
  readonly scenario?: Scenario;
  /** A tier's quota is enforced. Without `tier` and `quota` none is. */
  readonly tier?: Tier;
  readonly quota?: {
    readonly perSecond?: number;
    readonly perMinute?: number;
    readonly perDay?: number;
    readonly advertiserPerSecond?: number;
    readonly penaltySeconds?: number;
    readonly timeoutPenalties?: boolean;
    readonly timeScale?: number;
  };
  /** How long every answer takes, ms; default 0. */
  readonly latencyMs?: number;
  readonly sandbox?: boolean;
  /** Days until the last conversion of a day is credited; default 7. */
  readonly attributionDays?: number;
  readonly conversionRateBasis?: 'clicks' | 'impressions';
  /** Number of ads from which on a report is cut; default 20,000. */
  readonly adsMax?: number;
  /** Whether reports of whole accounts are cut as well; default false. */
  readonly cutsAdvertisers?: boolean;
  /** For benchmarks: reports from prepared pages; see PreparedReport. There are no expected rows then. */
  readonly prepared?: PreparedOptions;
  /** How many requests the log keeps; default 20,000, 0 for none. */
  readonly requestLogMax?: number;
}

/** The quota that options and scenario ask for; undefined when none is enforced. */
export function quotaSpec({ tier, quota, scenario, sandbox }: EmulatorOptions): Quota | undefined {
  const fromScenario = scenario?.quota;
  if (!tier && !quota && !fromScenario) return undefined;
  const spec: Quota = { ...(sandbox || scenario?.sandbox ? { tier: 'sandbox' } : {}), ...fromScenario };
  if (tier) spec.tier = tier;
  if (quota?.perSecond !== undefined) spec.per_second = quota.perSecond;
  if (quota?.perMinute !== undefined) spec.per_minute = quota.perMinute;
  if (quota?.perDay !== undefined) spec.per_day = quota.perDay;
  if (quota?.advertiserPerSecond !== undefined) spec.advertiser_per_second = quota.advertiserPerSecond;
  if (quota?.penaltySeconds !== undefined) spec.penalty_seconds = quota.penaltySeconds;
  if (quota?.timeoutPenalties !== undefined) spec.timeout_penalties = quota.timeoutPenalties;
  if (quota?.timeScale !== undefined) spec.time_scale = quota.timeScale;
  return spec;
}

export function accountsOf({ accounts, scenario, sandbox }: EmulatorOptions): Accounts {
  if (accounts !== undefined) return accounts;
  const said = scenario?.accounts;
  if (Array.isArray(said)) return said.map(accountSpec);
  if (said !== undefined) return said;
  // The portal creates one sandbox account an app.
  return sandbox || scenario?.sandbox ? [SANDBOX_ACCOUNT] : 'default';
}

const SANDBOX_ACCOUNT: AccountSpec = {
  id: '7100000000000000051',
  name: 'Sandbox account',
  timezone: 'UTC',
  created: '2020-12-08',
  campaigns: 3,
  density: 1,
};

function accountSpec(account: ScenarioAccount): AccountSpec {
  const pairs: Record<string, unknown> = {
    id: account.id,
    name: account.name,
    timezone: account.timezone,
    reportedTimezone: account.reported_timezone,
    showsDisplayTimezone: account.shows_display_timezone,
    currency: account.currency,
    campaigns: account.campaigns,
    deletedCampaigns: account.deleted_campaigns,
    deletedOn: account.deleted_on,
    created: account.created,
    density: account.density,
    zeroRows: account.zero_rows,
    adGroupsPerCampaign: account.ad_groups_per_campaign,
    adsPerCampaign: account.ads_per_campaign,
    sales: account.sales,
    reservationShare: account.reservation_share,
    gmvMaxCampaigns: account.gmv_max_campaigns,
    campaignNames: account.campaign_names,
    oddCampaignId: account.odd_campaign_id,
    status: account.status,
    granted: account.granted,
  };
  return Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));
}
