import catalogue from '../../../schemas/metrics.json' with { type: 'json' };
import type { Account } from './account.ts';
import { currencyOf } from './currency.ts';
import type { Performance } from './performance.ts';
import { hashText, unit } from './random.ts';

/** The input of a metric's formula. */
export interface Row {
  readonly account: Account;
  readonly performance: Performance;
  /** The attribute metrics and ids of the row's entity; absent in a row without an id dimension. */
  readonly attribute: ((name: string) => string) | undefined;
  /** Whether the two click rates are still per click (`clicks`), or already per impression. */
  readonly rateBasis: 'clicks' | 'impressions';
}

type Metric = (row: Row) => string;

/** An integer of 10^-decimals units as decimal text: (1468, 2) is "14.68". */
export function fixed(value: number, decimals: number): string {
  const digits = String(value);
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/** numerator ÷ denominator with so many decimals, half up; zero where the denominator is zero. */
function ratio(numerator: number, denominator: number, decimals: number): string {
  return fixed(denominator === 0 ? 0 : Math.round((numerator * 10 ** decimals) / denominator), decimals);
}

const percent = (part: number, whole: number): string => ratio(100 * part, whole, 2);

/** spend ÷ count, in the currency's decimals. */
const costPer = (performance: Performance, count: number): string =>
  fixed(count === 0 ? 0 : Math.round(performance.spend / count), performance.decimals);

const costPerResult = ({ spend, decimals, resultDecimals }: Performance, count: number): string =>
  fixed(count === 0 ? 0 : Math.round((spend * 10 ** (resultDecimals - decimals)) / count), resultDecimals);

const count =
  (share: (performance: Performance) => number): Metric =>
  ({ performance }) =>
    String(Math.floor(share(performance)));

const attribute =
  (name: string): Metric =>
  (row) =>
    row.attribute?.(name) ?? '-';

/** The denominator of the click rates. Which one TikTok uses since October 2023 is an open question. */
const rateBase = ({ performance, rateBasis }: Row): number =>
  rateBasis === 'clicks' ? performance.clicks : performance.impressions;

const ALL_LEVELS = ['campaign', 'adgroup', 'ad', 'advertiser'];
/** Attributes that are money. */
const BUDGETS = ['campaign_budget', 'budget', 'bid', 'bid_secondary_goal'];

/** Metrics with a formula of their own. */
const FORMULAS: Readonly<Record<string, Metric>> = {
  spend: ({ performance: p }) => fixed(p.spend, p.decimals),
  impressions: count((p) => p.impressions),
  gross_impressions: count((p) => p.impressions),
  clicks: count((p) => p.clicks),
  reach: count((p) => p.reach),
  conversion: count((p) => p.conversion),
  real_time_conversion: count((p) => p.realTimeConversion),
  result: count((p) => p.result),
  real_time_result: count((p) => p.realTimeResult),
  secondary_goal_result: ({ performance: p }) => (p.secondaryResult === undefined ? '-' : String(p.secondaryResult)),
  cpc: ({ performance: p }) => costPer(p, p.clicks),
  cpm: ({ performance: p }) => costPer(p, p.impressions / 1000),
  ctr: ({ performance: p }) => percent(p.clicks, p.impressions),
  frequency: ({ performance: p }) => ratio(p.impressions, p.reach, 2),
  cost_per_1000_reached: ({ performance: p }) => costPer(p, p.reach / 1000),
  cost_per_conversion: ({ performance: p }) => costPer(p, p.conversion),
  real_time_cost_per_conversion: ({ performance: p }) => costPer(p, p.realTimeConversion),
  conversion_rate: (row) => percent(row.performance.conversion, rateBase(row)),
  real_time_conversion_rate: (row) => percent(row.performance.realTimeConversion, rateBase(row)),
  conversion_rate_v2: ({ performance: p }) => percent(p.conversion, p.impressions),
  real_time_conversion_rate_v2: ({ performance: p }) => percent(p.realTimeConversion, p.impressions),
  cost_per_result: ({ performance: p }) => costPerResult(p, p.result),
  real_time_cost_per_result: ({ performance: p }) => costPerResult(p, p.realTimeResult),
  result_rate: ({ performance: p }) => percent(p.result, p.impressions),
  real_time_result_rate: ({ performance: p }) => percent(p.realTimeResult, p.impressions),
  cost_per_secondary_goal_result: ({ performance: p }) =>
    p.secondaryResult === undefined ? '-' : costPer(p, p.secondaryResult),
  secondary_goal_result_rate: ({ performance: p }) =>
    p.secondaryResult === undefined ? '-' : percent(p.secondaryResult, p.impressions),
  billed_cost: ({ performance: p }) => fixed(Math.floor(p.spend * 0.98), p.decimals),
  cash_spend: ({ performance: p }) => fixed(p.spend - Math.floor(p.spend / 20), p.decimals),
  voucher_spend: ({ performance: p }) => fixed(Math.floor(p.spend / 20), p.decimals),
};

/** Ids and names of a row's entity. The catalogue leaves them out, as each table has its own columns for them. */
const IDS_AND_NAMES: Readonly<Record<string, readonly string[]>> = {
  advertiser_id: ALL_LEVELS,
  advertiser_name: ALL_LEVELS,
  currency: ALL_LEVELS,
  timezone: ALL_LEVELS,
  campaign_name: ['campaign', 'adgroup', 'ad'],
  campaign_id: ['adgroup', 'ad'],
  adgroup_name: ['adgroup', 'ad'],
  adgroup_id: ['ad'],
  ad_name: ['ad'],
  ad_id: ['ad'],
  ad_id_v2: ['ad'],
  is_smart_creative: ['ad'],
};

/** Counts that other clients of TikTok ask for. No page that we know describes them. */
const UNDESCRIBED = [
  'paid_engagements',
  'paid_likes',
  'paid_comments',
  'paid_shares',
  'paid_follows',
  'paid_profile_visits',
  'anchor_click',
  'add_to_cart',
  'total_add_to_cart',
  'total_complete_payment',
  'total_on_web_order',
  'value_per_total_add_to_cart',
];

/** Attributes. They are no numbers, need an ID dimension, and cannot be sorted by. */
export const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...Object.keys(IDS_AND_NAMES),
  ...catalogue.metrics.filter(({ unit }) => unit === 'text').map(({ name }) => name),
  ...BUDGETS,
]);

/** The levels whose reports accept a metric, in small letters. At other levels it refuses the whole request. */
export const LEVELS_OF_METRICS: ReadonlyMap<string, readonly string[]> = new Map([
  ...catalogue.metrics.map(({ name, levels }) => [name, levels] as const),
  ...Object.entries(IDS_AND_NAMES),
  ...UNDESCRIBED.map((name) => [name, ALL_LEVELS] as const),
]);

/** The text of each metric in a row. */
export const METRICS: Readonly<Record<string, Metric>> = {
  ...Object.fromEntries(catalogue.metrics.map(({ name, unit }) => [name, inventedFormula(name, unit)])),
  ...Object.fromEntries(UNDESCRIBED.map((name) => [name, inventedFormula(name, 'count')])),
  ...Object.fromEntries([...ATTRIBUTES].map((name) => [name, attribute(name)])),
  ...FORMULAS,
};

/** Shares of the impressions. */
const OF_IMPRESSIONS: Readonly<Record<string, number>> = {
  video_play_actions: 0.9,
  video_watched_2s: 0.35,
  video_watched_6s: 0.12,
  engaged_view: 0.1,
  engaged_view_15s: 0.03,
  video_views_p25: 0.3,
  video_views_p50: 0.15,
  video_views_p75: 0.09,
  video_views_p100: 0.06,
  engagements: 0.02,
  likes: 0.008,
  comments: 0.0006,
  shares: 0.0005,
  follows: 0.0004,
  profile_visits: 0.002,
  total_landing_page_view: 0.008,
};

/** A plausible figure, which follows from the row's own figures and the metric's name. It is the same for the same row. */
function inventedFormula(name: string, kind: string): Metric {
  const weight = 0.2 + unit(hashText(0x3e7, name));
  const events = ({ performance: p }: Row): number =>
    Math.floor(OF_IMPRESSIONS[name] === undefined ? p.conversion * weight : p.impressions * OF_IMPRESSIONS[name]);
  switch (kind) {
    case 'money':
      return name.includes('cost')
        ? (row) => costPer(row.performance, events(row))
        : // A value: the events at about 30 dollars each.
          ({ account, performance: p }) =>
            fixed(
              Math.floor(p.conversion * weight * 30 * currencyOf(account.currency).perDollar * 10 ** p.decimals),
              p.decimals,
            );
    case 'percent':
      return (row) => percent(events(row), row.performance.impressions);
    case 'ratio':
      return ({ performance: p }) => ratio(Math.floor(p.clicks * weight * 10), p.impressions, 2);
    case 'seconds':
      return ({ performance: p }) => ratio(Math.floor(p.impressions * weight * 8), p.impressions, 2);
    default:
      return (row) => String(events(row));
  }
}
