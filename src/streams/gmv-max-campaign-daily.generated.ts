// Generated from schemas/gmv_max_campaign_daily.json by `npm run generate`; do not edit.

/**
 * One row for each GMV Max campaign, country and day. These campaigns are in no other table.
 */
export interface GmvMaxCampaignDaily {
  /**
   * The day, YYYY-MM-DD in the advertiser's own time zone.
   */
  date?: null | string;
  /**
   * The id of the advertiser (TikTok ad account).
   */
  advertiser_id?: null | string;
  /**
   * The id of the campaign.
   */
  campaign_id?: null | string;
  /**
   * The name of the campaign as it is now; TikTok keeps no history of names.
   */
  campaign_name?: null | string;
  /**
   * The country as TikTok writes it, `None` where it tells none.
   */
  country_code?: null | string;
  /**
   * The currency of all money columns, ISO 4217.
   */
  currency?: null | string;
  /**
   * What the ads cost that day, in the advertiser's currency.
   */
  spend?: null | number;
  /**
   * What TikTok has billed of `spend`, in the advertiser's currency; smaller in the last days.
   */
  billed_cost?: null | number;
  [k: string]: unknown;
}
