// Generated from spec.json#/connectionSpecification by `npm run generate`; do not edit.

export interface RawConfig {
  /**
   * How this source proves to TikTok that it may read. An access token of an advertiser does not expire; it ends when the advertiser withdraws the consent.
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
         * TikTok hands it out after an advertiser has approved the app. It needs the permissions Read Ad Account Information and Reporting (Consolidated Report). `source-tiktok-ads setup` obtains one in a browser.
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
         * The id of the sandbox advertiser, shown beside the token.
         */
        advertiser_id: string;
        [k: string]: unknown;
      };
  /**
   * The first day to read, in each advertiser's own time zone. The first sync reads everything from this day on. An earlier date later brings the missing days only; a later one keeps what was read.
   */
  start_date: string;
  /**
   * The last day to read, itself included. Leave it empty to read up to today on every sync, as a schedule needs it.
   */
  end_date?: string;
  /**
   * The ids of the advertisers (ad accounts) to read; TikTok Ads Manager shows them at the top right. Leave it empty to read every advertiser that the token was granted, new ones included. Required with an access token alone.
   */
  advertiser_ids?: string[];
  /**
   * Advertisers not to read, for instance one that was closed. Leave it empty to exclude none.
   */
  exclude_advertiser_ids?: string[];
  /**
   * Reads deleted campaigns, too. Without them, sums over the past shrink whenever a campaign is deleted.
   */
  include_deleted?: boolean;
  /**
   * Adds advertiser_id, advertiser_name, currency and timezone to each row. Use it with several advertisers: their spend may be in several currencies.
   */
  advertiser_columns?: boolean;
  /**
   * How many past days every sync reads again. TikTok goes on crediting conversions to the day of the click: 7 is its usual attribution window; take 28 if your campaigns count conversions for 28 days. 0 reads only the unfinished last day again.
   */
  lookback_days?: number;
  /**
   * An advertiser may be suspended, closed or withdrawn from the token. The others are always read. With fail the sync then fails and names it. With warn it succeeds with a warning, unless no advertiser at all could be read.
   */
  unavailable_advertisers?: 'fail' | 'warn';
  /**
   * Compares the rows with TikTok's own totals for the same days, and warns of a lasting difference, with both figures.
   */
  reconcile?: boolean;
  /**
   * TikTok's own count of rows for a day may differ from the rows that it sends, for good. With fail the advertiser fails at this day until the two agree. With warn the rows are taken after every reading has brought the same ones, with a warning that has both counts.
   */
  inconsistent_reports?: 'fail' | 'warn';
  /**
   * How many requests a second TikTok allows your app: basic 10, advanced 20, premium 30, ultimate 50. An app is basic unless TikTok raised it. A tier that is too high makes syncs slower, because TikTok then shuts the app out for minutes.
   */
  api_tier?: 'basic' | 'advanced' | 'premium' | 'ultimate';
  /**
   * A lower pace than the tier allows. Set it if other programs use the same app. Leave it empty to use the whole tier.
   */
  requests_per_second?: number;
  /**
   * A Redis or Valkey server through which all connections and containers of one app keep its quota together. Leave it empty when only one of them runs at a time.
   */
  shared_quota?: {
    /**
     * A server that all of them reach. While it does not answer, this source sends no request to TikTok.
     */
    url?: string;
    /**
     * All programs with the same name share one quota. Leave it empty to take the name from the app. Required with an access token alone.
     */
    name?: string;
    [k: string]: unknown;
  };
  /**
   * Reads one part of the advertisers, so that several containers can divide them: 0/8 is the first of eight parts, 7/8 the last. A new advertiser falls into one part by itself. Leave it empty to read all.
   */
  shard?: string;
  /**
   * Figures that replace those of the API tier, for an app with its own quota and for tests. Without a figure, the tier's is used.
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
     * How long TikTok shuts out an app that exceeded its requests a minute.
     */
    minute_pause_seconds?: number;
    [k: string]: unknown;
  };
  /**
   * How long one answer may take. A report that takes longer is asked for again in shorter ranges of days.
   */
  request_timeout_seconds?: number;
  /**
   * How long one request is tried again after temporary failures, before its advertiser fails.
   */
  patience_seconds?: number;
  /**
   * A base URL to use instead of TikTok's own, such as that of the emulator that comes with this program. It ends in the version of the API.
   */
  api_url?: string;
  [k: string]: unknown;
}
