// Generated from schemas/scenario.json by `npm run generate`; do not edit.

export type Day = string;
/**
 * An advertiser id, or #1 for the first account, #2 for the second…
 */
export type Advertiser = string;
export type Instant = string;

/**
 * What the emulated TikTok does that the real one does on a bad day: accounts, quota, faults and events.
 */
export interface Scenario {
  $schema?: string;
  /**
   * One sentence: what a client meets.
   */
  description?: string;
  /**
   * The data's and the probabilities' seed.
   */
  seed?: number;
  /**
   * The time at which the emulator starts.
   */
  now?: string;
  /**
   * Days until the last conversion of a day is credited. Default 7.
   */
  attribution_days?: number;
  /**
   * What conversion_rate is a share of. Default clicks.
   */
  conversion_rate_basis?: 'clicks' | 'impressions';
  /**
   * Number of ads from which on a report is cut to the newest. Default 20000.
   */
  ads_max?: number;
  /**
   * Cut reports of whole accounts as well. Default false: they hold everything.
   */
  cuts_advertisers?: boolean;
  /**
   * Behave as the sandbox host does.
   */
  sandbox?: boolean;
  /**
   * How long every answer takes.
   */
  latency_ms?: number;
  /**
   * default (four that differ), brand (two), agency (2,000), a number of generated ones, or a list.
   */
  accounts?: ('default' | 'brand' | 'agency') | number | Account[];
  quota?: Quota;
  faults?: Fault[];
  events?: ScheduledEvent[];
}
export interface Account {
  id?: string;
  name?: string;
  /**
   * IANA zone of the account's days. Default UTC.
   */
  timezone?: string;
  /**
   * What advertiser/info says as timezone, e.g. Etc/GMT+8.
   */
  reported_timezone?: string;
  shows_display_timezone?: boolean;
  currency?: string;
  campaigns?: number;
  deleted_campaigns?: number;
  deleted_on?: Day;
  created?: Day;
  /**
   * Share of days with a row, all campaigns running since created.
   */
  density?: number;
  zero_rows?: number;
  /**
   * At most as many as it has ads.
   */
  ad_groups_per_campaign?: number;
  ads_per_campaign?: number;
  /**
   * One campaign more every 14 days, which runs for 20 and is then deleted.
   */
  sales?: boolean;
  /**
   * What reservation ads add to the figures of the whole account, and to no other level.
   */
  reservation_share?: number;
  /**
   * Only reports of TT_SHOP have them.
   */
  gmv_max_campaigns?: number;
  /**
   * Names that the campaigns take in turn.
   *
   * @minItems 1
   */
  campaign_names?: string[];
  /**
   * An id that is none, in the rows of the last campaign.
   */
  odd_campaign_id?: '0' | '-1' | '-';
  status?: string;
  granted?: boolean;
}
/**
 * How often the app may ask. A tier's figures, each of which can be replaced.
 */
export interface Quota {
  tier?: 'basic' | 'advanced' | 'premium' | 'ultimate' | 'sandbox';
  per_second?: number;
  per_minute?: number;
  per_day?: number;
  /**
   * For each advertiser and path; beyond it 40133. Default none.
   */
  advertiser_per_second?: number;
  /**
   * How long the app is shut out after breaking the minute's limit. Default 300.
   */
  penalty_seconds?: number;
  /**
   * Slow the app down after many timeouts, and block a request that timed out three times. Default false.
   */
  timeout_penalties?: boolean;
  /**
   * How many times faster than in life the windows and penalties of the quota pass. Default 1.
   */
  time_scale?: number;
}
export interface Fault {
  /**
   * For the request log and the status page.
   */
  name?: string;
  when?: Selector;
  /**
   * How often it is applied; without it, always.
   */
  times?: number;
  /**
   * Share of the matching calls that it applies to, by the seed.
   */
  probability?: number;
  then: Effect;
}
/**
 * Which calls; every key that is given must match. Without keys, every call of the API.
 */
export interface Selector {
  /**
   * Path after /open_api/v1.3/, e.g. report/integrated/get/.
   */
  endpoint?: string;
  /**
   * @minItems 1
   */
  advertisers?: Advertiser[];
  /**
   * Reports whose days touch these.
   */
  days?: {
    from?: Day;
    to?: Day;
  };
  /**
   * Reports over more days than this.
   */
  days_above?: number;
  page?: number;
  report_type?: 'BASIC' | 'TT_SHOP';
  data_level?: 'AUCTION_AD' | 'AUCTION_ADGROUP' | 'AUCTION_CAMPAIGN' | 'AUCTION_ADVERTISER';
  /**
   * Reports narrowed to more campaign_ids than this.
   */
  campaigns_above?: number;
  /**
   * Reports with (true) or without (false) campaign_ids.
   */
  campaign_filter?: boolean;
  /**
   * Of the calls that match everything else, counted from 1: from, to, and only each nth.
   */
  calls?: {
    from?: number;
    to?: number;
    every?: number;
  };
  /**
   * Only the first so many times of an identical request.
   */
  repeated?: number;
  /**
   * While the emulator's clock is from (included) to (not included).
   */
  clock?: {
    from?: Instant;
    to?: Instant;
  };
}
export interface Effect {
  /**
   * The envelope's code instead of an answer; HTTP 200.
   */
  code?: number;
  /**
   * With code; by default TikTok's own for it. {advertiser_id} and {app_id} are filled in.
   */
  message?: string;
  /**
   * An HTML page with this status.
   */
  http_status?: number;
  /**
   * The header Retry-After, seconds.
   */
  retry_after?: number;
  /**
   * The connection is reset.
   */
  disconnect?: 'before_answer' | 'within_answer';
  /**
   * No answer ever.
   */
  hang?: true;
  delay_ms?: number;
  /**
   * Only this share of the body, well-formed HTTP.
   */
  cut_body?: number;
  /**
   * The body is no JSON.
   */
  broken_json?: true;
  /**
   * The envelope has no code.
   */
  without_code?: true;
  /**
   * Added to total_number.
   */
  total_number_delta?: number;
  /**
   * Rows come from so many places further on, as if the data had moved between pages.
   */
  move_rows?: number;
  /**
   * The page's last rows are missing.
   */
  drop_rows?: number;
  /**
   * The page's first rows come twice.
   */
  repeat_rows?: number;
  /**
   * The report is cut to so many ads, said in X-Tt-Ads-Throttle.
   */
  ads_max?: number;
  /**
   * Reports over more days than this are refused with 40067.
   */
  too_large_above_days?: number;
  /**
   * Texts instead of a metric's own.
   */
  replace_metrics?: {
    [k: string]: string;
  };
  /**
   * How a report without rows says so: a list that is null, or no page_info. Others stay as they are.
   */
  empty_report?: 'null_list' | 'no_page_info';
  /**
   * page_info.page_size is the number of rows of the page.
   */
  page_size_counts_rows?: true;
  /**
   * Ids are JSON numbers.
   */
  ids_as_numbers?: true;
  /**
   * The list of advertisers has pages.
   */
  advertisers_a_page?: number;
  /**
   * Another time in the header Date.
   */
  date_header?: string;
  without_date_header?: true;
}
/**
 * Something that happens once, after so many calls or when the clock reaches an instant.
 */
export interface ScheduledEvent {
  /**
   * After so many calls of the API (or of the endpoint).
   */
  after_calls?: number;
  /**
   * Which calls after_calls counts.
   */
  endpoint?: string;
  at?: Instant;
  do: {
    revoke_token?: true;
    suspend?: Advertiser;
    delete?: Advertiser;
    grant?: Advertiser;
    withdraw_metric?: string;
    advance_days?: number;
  };
}
