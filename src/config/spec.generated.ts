// Generated from spec.json#/connectionSpecification by `npm run generate`; do not edit.

export interface RawConfig {
  /**
   * How this source proves to TikTok that it may read. TikTok access tokens for advertisers do not expire; one ends when the advertiser withdraws the consent.
   */
  credentials:
    | {
        auth_type: 'oauth2.0';
        /**
         * The App ID of your developer app: business-api.tiktok.com/portal, My Apps, your app, Basic Information.
         */
        app_id: string;
        /**
         * Shown beside the App ID in the developer portal.
         */
        secret: string;
        /**
         * What TikTok hands out once an advertiser has approved the app. It needs the permissions Read Ad Account Information and Reporting (Consolidated Report). `source-tiktok-ads setup` obtains one in a browser.
         */
        access_token: string;
        [k: string]: unknown;
      }
    | {
        auth_type: 'access_token';
        /**
         * A token for advertisers with the permissions Read Ad Account Information and Reporting (Consolidated Report).
         */
        access_token: string;
        [k: string]: unknown;
      }
    | {
        auth_type: 'sandbox_access_token';
        /**
         * Shown on the app's Sandbox tab in the developer portal; tokens of real accounts do not work there.
         */
        access_token: string;
        /**
         * The id of the sandbox ad account, shown beside the token.
         */
        advertiser_id: string;
        [k: string]: unknown;
      };
  /**
   * The first day to read, in each advertiser's own time zone. The first sync reads everything from this day on. An earlier date later brings the missing days only; a later one keeps what was read.
   */
  start_date: string;
  /**
   * The last day to read, itself included. Leave it empty to read up to today on every sync; a schedule wants it empty.
   */
  end_date?: string;
  /**
   * The ad accounts to read, as shown at the top right of TikTok Ads Manager. Leave it empty to read every account that the token was granted, new ones included. Needed with an access token alone.
   */
  advertiser_ids?: string[];
  /**
   * Ad accounts to leave out of the above, for instance one that was closed. Leave it empty to exclude none.
   */
  exclude_advertiser_ids?: string[];
  /**
   * Keeps the days of campaigns that were deleted since, without which sums over the past shrink when somebody tidies up.
   */
  include_deleted?: boolean;
  /**
   * Adds advertiser_id, advertiser_name, currency and timezone to each row: of use with several accounts, whose spend may be in several currencies.
   */
  advertiser_columns?: boolean;
  /**
   * How many past days every sync reads again, because TikTok goes on crediting conversions to the day of the click. 7 is TikTok's usual attribution window; take 28 when your campaigns count conversions for 28 days. 0 reads only the unfinished last day again.
   */
  lookback_days?: number;
  /**
   * An account may be suspended, closed or withdrawn from the token. The others are always read. With fail the sync then ends as failed and names it; with warn it succeeds with a warning, unless no account at all could be read.
   */
  unavailable_advertisers?: 'fail' | 'warn';
  /**
   * Compares the rows with the totals that TikTok itself gives for the same days and warns of a lasting difference, with both figures.
   */
  reconcile?: boolean;
  /**
   * TikTok may count other rows for a day than it sends, for good. With fail that ad account fails at this day until the two agree; with warn the rows are taken once every reading has brought the same ones, with a warning that has both counts.
   */
  inconsistent_reports?: 'fail' | 'warn';
  /**
   * How often TikTok lets your app ask: basic 10 requests a second, advanced 20, premium 30, ultimate 50. Apps are basic unless TikTok raised them; too high a choice makes syncs slower, for TikTok then shuts the app out for minutes.
   */
  api_tier?: 'basic' | 'advanced' | 'premium' | 'ultimate';
  /**
   * A lower pace than the tier allows, for when other programs use the same app. Leave it empty to use the whole of the tier.
   */
  requests_per_second?: number;
  /**
   * A Redis or Valkey server through which all connections and containers of one app keep its quota together. Leave it empty when only one of them runs at a time.
   */
  shared_quota?: {
    /**
     * A server that all of them reach. While it does not answer, nothing is asked of TikTok.
     */
    url?: string;
    /**
     * All that give the same name share one quota. Leave it empty to use the app's; needed with an access token alone.
     */
    name?: string;
    [k: string]: unknown;
  };
  /**
   * Reads one part of the ad accounts, so that several containers can divide them: 0/8 is the first of eight parts, 7/8 the last. New accounts fall into a part by themselves. Leave it empty to read all.
   */
  shard?: string;
  /**
   * Figures that replace those of the API tier, for an app with a quota of its own and for tests. A figure left out is the tier's.
   */
  quota?: {
    /**
     * The most requests within one second.
     */
    per_second?: number;
    /**
     * The most requests within one minute.
     */
    per_minute?: number;
    /**
     * The most requests within one day of UTC.
     */
    per_day?: number;
    /**
     * How long TikTok shuts out an app that went over its minute.
     */
    minute_pause_seconds?: number;
    [k: string]: unknown;
  };
  /**
   * How long one answer may take. A report that takes longer is asked for again in shorter ranges of days.
   */
  request_timeout_seconds?: number;
  /**
   * How long one request is tried again after passing failures before its ad account counts as failed.
   */
  patience_seconds?: number;
  /**
   * Another base URL than TikTok's own: a proxy, or the emulator that comes with this program. It ends in the version of the API.
   */
  api_url?: string;
  [k: string]: unknown;
}
