import type { Account } from './account.ts';
import type { Performance } from './performance.ts';

/** What a metric is computed from. */
export interface Row {
  readonly account: Account;
  readonly performance: Performance;
  /** Says the attribute metrics and ids of what the row is about; absent in a row without an id dimension. */
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

/** numerator ÷ denominator with so many decimals, half up; zero where there is nothing to divide by. */
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

/** What the click rates are a share of: the open question about conversion_rate since October 2023. */
const rateBase = ({ performance, rateBasis }: Row): number =>
  rateBasis === 'clicks' ? performance.clicks : performance.impressions;

/** Attributes: no numbers, need an ID dimension, cannot be sorted by. */
export const ATTRIBUTES: ReadonlySet<string> = new Set([
  'campaign_name',
  'campaign_id',
  'campaign_automation_type',
  'adgroup_name',
  'adgroup_id',
  'ad_name',
  'ad_id',
  'ad_id_v2',
  'ad_text',
  'advertiser_name',
  'advertiser_id',
  'currency',
  'timezone',
  'objective_type',
  'tt_app_id',
  'tt_app_name',
  'mobile_app_id',
  'promotion_type',
  'dpa_target_audience_type',
  'placement_type',
  'budget',
  'campaign_budget',
  'campaign_dedicate_type',
  'app_promotion_type',
  'split_test',
  'opt_status',
  'smart_target',
  'is_smart_creative',
  'bid',
  'bid_strategy',
  'billing_event',
  'call_to_action',
  'image_mode',
]);

/** Every metric that a basic report is given; asking for another refuses the whole request. */
export const METRICS: Readonly<Record<string, Metric>> = {
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
  ...Object.fromEntries([...ATTRIBUTES].map((name) => [name, attribute(name)])),
  ...engagement(),
};

/** Metrics that the table does not have but other clients ask for, believable and no more. */
function engagement(): Record<string, Metric> {
  const ofImpressions: Record<string, number> = {
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
    clicks_on_music_disc: 0.0001,
    duet_clicks: 0,
    stitch_clicks: 0,
    sound_usage_clicks: 0,
    anchor_clicks: 0,
    anchor_click: 0,
    paid_engagements: 0.02,
    paid_likes: 0.008,
    paid_comments: 0.0006,
    paid_shares: 0.0005,
    paid_follows: 0.0004,
    paid_profile_visits: 0.002,
  };
  const ofConversions = [
    'app_install',
    'real_time_app_install',
    'skan_conversion',
    'registration',
    'total_registration',
    'purchase',
    'total_purchase',
    'complete_payment',
    'total_complete_payment',
    'total_landing_page_view',
    'checkout',
    'total_checkout',
    'view_content',
    'total_view_content',
    'add_to_cart',
    'total_add_to_cart',
    'on_web_order',
    'total_on_web_order',
    'web_event_add_to_cart',
    'on_web_add_to_wishlist',
    'initiate_checkout',
    'search',
    'total_search',
    'launch_app',
    'total_launch_app',
    'onsite_shopping',
    'onsite_form',
    'total_app_event_add_to_cart_value',
    'total_complete_payment_rate',
    'total_onsite_shopping_value',
    'total_purchase_value',
    'total_view_content_value',
    'complete_payment_roas',
    'total_active_pay_roas',
    'vta_conversion',
    'vta_purchase',
    'cta_app_install',
    'cta_conversion',
    'cta_purchase',
    'cta_registration',
    'vta_app_install',
    'vta_registration',
    'value_per_complete_payment',
    'value_per_total_add_to_cart',
    'value_per_checkout',
    'value_per_total_view_content',
    'real_time_app_install_cost',
    'cost_per_app_install',
    'cost_per_registration',
    'cost_per_purchase',
    'cost_per_complete_payment',
    'cost_per_cta_conversion',
    'cost_per_vta_conversion',
  ];
  const averages = [
    'average_video_play',
    'average_video_play_per_user',
    'profile_visits_rate',
    'engagement_rate',
    'interactive_add_on_impressions',
  ];
  return {
    ...Object.fromEntries(
      Object.entries(ofImpressions).map(([name, share]) => [name, count((p) => p.impressions * share)]),
    ),
    ...Object.fromEntries(ofConversions.map((name) => [name, count((p) => p.conversion)])),
    ...Object.fromEntries(
      averages.map((name) => [name, ({ performance: p }: Row) => ratio(p.clicks, p.impressions, 2)]),
    ),
    cost_per_engaged_view: ({ performance: p }) => costPer(p, p.impressions * 0.1),
  };
}

/** The texts of a row's metrics. */
export function metricTexts(names: readonly string[], row: Row): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of names) texts[name] = METRICS[name]?.(row) ?? '-';
  return texts;
}
