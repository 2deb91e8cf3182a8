// Generated from schemas/ad_daily.json by `npm run generate`; do not edit.

/**
 * One row for each ad and day: what the ad did on that day.
 */
export interface AdDaily {
  /**
   * The day, YYYY-MM-DD in the advertiser's own time zone.
   */
  date?: null | string;
  /**
   * The id of the ad; in an Upgraded Smart+ campaign that of the creative (TikTok calls the ad's `ad_id_v2`).
   */
  ad_id?: null | string;
  /**
   * The name of the ad as it is now; TikTok keeps no history of names.
   */
  ad_name?: null | string;
  /**
   * The id of the ad group.
   */
  adgroup_id?: null | string;
  /**
   * The name of the ad group as it is now; TikTok keeps no history of names.
   */
  adgroup_name?: null | string;
  /**
   * The id of the campaign.
   */
  campaign_id?: null | string;
  /**
   * The name of the campaign as it is now; TikTok keeps no history of names.
   */
  campaign_name?: null | string;
  /**
   * spend ÷ conversion, in the advertiser's currency.
   */
  cost_per_conversion?: null | number;
  /**
   * Conversions, dated by the day on which they happened.
   */
  real_time_conversion?: null | number;
  /**
   * spend ÷ clicks, in the advertiser's currency.
   */
  cpc?: null | number;
  /**
   * Conversions as a percentage of clicks (CVR, clicks).
   */
  conversion_rate?: null | number;
  /**
   * impressions ÷ reach: how often each person saw an ad, on average.
   */
  frequency?: null | number;
  /**
   * real_time_conversion as a percentage of clicks.
   */
  real_time_conversion_rate?: null | number;
  /**
   * How often the ads were shown.
   */
  impressions?: null | number;
  /**
   * spend ÷ real_time_result, in the advertiser's currency.
   */
  real_time_cost_per_result?: null | number;
  /**
   * How often the optimisation event happened, dated by the day of the ad interaction.
   */
  conversion?: null | number;
  /**
   * Results, dated by the day on which they happened.
   */
  real_time_result?: null | number;
  /**
   * spend ÷ secondary_goal_result as TikTok writes it; null without a secondary goal.
   */
  cost_per_secondary_goal_result?: null | string;
  /**
   * secondary_goal_result as a percentage of impressions as TikTok writes it; null without a secondary goal.
   */
  secondary_goal_result_rate?: null | string;
  /**
   * Clicks to a destination; likes, comments and the like are not counted.
   */
  clicks?: null | number;
  /**
   * spend per 1,000 people reached, in the advertiser's currency.
   */
  cost_per_1000_reached?: null | number;
  /**
   * How many different people saw an ad, an estimate; not to be added up over days or campaigns.
   */
  reach?: null | number;
  /**
   * spend ÷ real_time_conversion, in the advertiser's currency.
   */
  real_time_cost_per_conversion?: null | number;
  /**
   * spend per 1,000 impressions, in the advertiser's currency.
   */
  cpm?: null | number;
  /**
   * clicks as a percentage of impressions.
   */
  ctr?: null | number;
  /**
   * result as a percentage of impressions.
   */
  result_rate?: null | number;
  /**
   * Results of the secondary goal as TikTok writes it; null without a secondary goal.
   */
  secondary_goal_result?: null | string;
  /**
   * spend ÷ result, in the advertiser's currency.
   */
  cost_per_result?: null | number;
  /**
   * real_time_result as a percentage of impressions.
   */
  real_time_result_rate?: null | number;
  /**
   * What the ads cost that day, in the advertiser's currency.
   */
  spend?: null | number;
  /**
   * Results as the campaign's objective and goal define them, dated by the day of the ad interaction.
   */
  result?: null | number;
  [k: string]: unknown;
}
