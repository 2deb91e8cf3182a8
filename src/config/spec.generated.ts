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
   * The ids of the advertisers to read; TikTok Ads Manager shows them at the top right. Leave it empty to read every advertiser that the token was granted, new ones included. Required with an access token alone.
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
   * Metrics of TikTok to add as columns, under their own names, to every table of basic reports whose level has them; see docs/columns.md for what each means. At most 70, for TikTok answers 100 metrics a request and each table asks for some of its own. A metric that has become a column of a table may stay on the list. Days that were read before have them only once they are read again.
   *
   * @maxItems 70
   */
  additional_metrics?: (
    | 'achieve_level'
    | 'achieve_level_rate'
    | 'ad_text'
    | 'ad_url'
    | 'add_billing'
    | 'add_billing_rate'
    | 'add_payment_info'
    | 'add_payment_info_rate'
    | 'add_to_wishlist'
    | 'add_to_wishlist_rate'
    | 'anchor_click_rate'
    | 'anchor_clicks'
    | 'app_event_add_to_cart'
    | 'app_event_add_to_cart_rate'
    | 'app_install'
    | 'app_promotion_type'
    | 'average_video_play'
    | 'average_video_play_per_user'
    | 'bid'
    | 'bid_secondary_goal'
    | 'bid_strategy'
    | 'billing_event'
    | 'budget'
    | 'button_click'
    | 'button_click_rate'
    | 'call_to_action'
    | 'campaign_automation_type'
    | 'campaign_budget'
    | 'campaign_dedicate_type'
    | 'cash_spend'
    | 'checkout'
    | 'checkout_rate'
    | 'clicks_on_hashtag_challenge'
    | 'clicks_on_music_disc'
    | 'comments'
    | 'complete_payment'
    | 'complete_payment_rate'
    | 'complete_payment_roas'
    | 'complete_tutorial'
    | 'complete_tutorial_rate'
    | 'conversion_rate_v2'
    | 'cost_per_achieve_level'
    | 'cost_per_add_billing'
    | 'cost_per_add_payment_info'
    | 'cost_per_add_to_wishlist'
    | 'cost_per_app_event_add_to_cart'
    | 'cost_per_app_install'
    | 'cost_per_button_click'
    | 'cost_per_checkout'
    | 'cost_per_complete_payment'
    | 'cost_per_complete_tutorial'
    | 'cost_per_create_gamerole'
    | 'cost_per_create_group'
    | 'cost_per_cta_app_install'
    | 'cost_per_cta_conversion'
    | 'cost_per_cta_purchase'
    | 'cost_per_cta_registration'
    | 'cost_per_custom_app_event'
    | 'cost_per_custom_page_event'
    | 'cost_per_day7_retention'
    | 'cost_per_download_start'
    | 'cost_per_engaged_view'
    | 'cost_per_engaged_view_through_conversion'
    | 'cost_per_evta_app_install'
    | 'cost_per_evta_purchase'
    | 'cost_per_evta_registration'
    | 'cost_per_form'
    | 'cost_per_in_app_ad_click'
    | 'cost_per_in_app_ad_impr'
    | 'cost_per_initiate_checkout'
    | 'cost_per_join_group'
    | 'cost_per_landing_page_view'
    | 'cost_per_launch_app'
    | 'cost_per_loan_apply'
    | 'cost_per_loan_credit'
    | 'cost_per_loan_disbursement'
    | 'cost_per_login'
    | 'cost_per_next_day_open'
    | 'cost_per_on_web_add_to_wishlist'
    | 'cost_per_on_web_order'
    | 'cost_per_on_web_subscribe'
    | 'cost_per_online_consult'
    | 'cost_per_onsite_shopping'
    | 'cost_per_page_content_view_event'
    | 'cost_per_page_event_search'
    | 'cost_per_purchase'
    | 'cost_per_ratings'
    | 'cost_per_registration'
    | 'cost_per_sales_lead'
    | 'cost_per_search'
    | 'cost_per_spend_credits'
    | 'cost_per_start_trial'
    | 'cost_per_subscribe'
    | 'cost_per_total_achieve_level'
    | 'cost_per_total_add_to_wishlist'
    | 'cost_per_total_app_event_add_to_cart'
    | 'cost_per_total_checkout'
    | 'cost_per_total_complete_tutorial'
    | 'cost_per_total_create_gamerole'
    | 'cost_per_total_create_group'
    | 'cost_per_total_day7_retention'
    | 'cost_per_total_in_app_ad_click'
    | 'cost_per_total_in_app_ad_impr'
    | 'cost_per_total_join_group'
    | 'cost_per_total_launch_app'
    | 'cost_per_total_loan_apply'
    | 'cost_per_total_loan_credit'
    | 'cost_per_total_loan_disbursement'
    | 'cost_per_total_login'
    | 'cost_per_total_next_day_open'
    | 'cost_per_total_purchase'
    | 'cost_per_total_ratings'
    | 'cost_per_total_registration'
    | 'cost_per_total_sales_lead'
    | 'cost_per_total_search'
    | 'cost_per_total_spend_credits'
    | 'cost_per_total_start_trial'
    | 'cost_per_total_subscribe'
    | 'cost_per_total_unlock_achievement'
    | 'cost_per_total_view_content'
    | 'cost_per_unique_custom_app_event'
    | 'cost_per_unlock_achievement'
    | 'cost_per_user_registration'
    | 'cost_per_view_content'
    | 'cost_per_vta_app_install'
    | 'cost_per_vta_conversion'
    | 'cost_per_vta_payments_completed'
    | 'cost_per_vta_purchase'
    | 'cost_per_vta_registration'
    | 'cost_per_web_event_add_to_cart'
    | 'cost_total_add_payment_info'
    | 'countdown_sticker_recall_clicks'
    | 'create_gamerole'
    | 'create_gamerole_rate'
    | 'create_group'
    | 'create_group_rate'
    | 'cta_app_install'
    | 'cta_conversion'
    | 'cta_purchase'
    | 'cta_registration'
    | 'custom_app_event_rate'
    | 'custom_app_events'
    | 'custom_app_events_value'
    | 'custom_page_event_rate'
    | 'custom_page_events'
    | 'custom_page_events_value'
    | 'day7_retention'
    | 'day7_retention_rate'
    | 'download_start'
    | 'download_start_rate'
    | 'dpa_target_audience_type'
    | 'duet_clicks'
    | 'engaged_view'
    | 'engaged_view_15s'
    | 'engaged_view_through_conversions'
    | 'engagement_rate'
    | 'engagements'
    | 'evta_app_install'
    | 'evta_purchase'
    | 'evta_registration'
    | 'follows'
    | 'form'
    | 'form_rate'
    | 'gross_impressions'
    | 'image_mode'
    | 'in_app_ad_click'
    | 'in_app_ad_click_rate'
    | 'in_app_ad_impr'
    | 'in_app_ad_impr_rate'
    | 'initiate_checkout'
    | 'initiate_checkout_rate'
    | 'interactive_add_on_activity_clicks'
    | 'interactive_add_on_destination_clicks'
    | 'interactive_add_on_impressions'
    | 'interactive_add_on_option_a_clicks'
    | 'interactive_add_on_option_b_clicks'
    | 'ix_average_video_play'
    | 'ix_page_duration_avg'
    | 'ix_page_viewrate_avg'
    | 'ix_video_views'
    | 'ix_video_views_p100'
    | 'ix_video_views_p25'
    | 'ix_video_views_p50'
    | 'ix_video_views_p75'
    | 'join_group'
    | 'join_group_rate'
    | 'landing_page_view_rate'
    | 'launch_app'
    | 'launch_app_rate'
    | 'likes'
    | 'live_effective_views'
    | 'live_product_clicks'
    | 'live_unique_views'
    | 'live_views'
    | 'loan_apply'
    | 'loan_apply_rate'
    | 'loan_credit'
    | 'loan_credit_rate'
    | 'loan_disbursement'
    | 'loan_disbursement_rate'
    | 'login'
    | 'login_rate'
    | 'mobile_app_id'
    | 'next_day_open'
    | 'next_day_open_rate'
    | 'objective_type'
    | 'on_web_add_to_wishlist'
    | 'on_web_add_to_wishlist_rate'
    | 'on_web_order'
    | 'on_web_order_rate'
    | 'on_web_subscribe'
    | 'on_web_subscribe_rate'
    | 'online_consult'
    | 'online_consult_rate'
    | 'onsite_add_to_cart_rate'
    | 'onsite_checkout_initiation_rate'
    | 'onsite_cost_per_add_to_cart'
    | 'onsite_cost_per_checkout_initiation'
    | 'onsite_cost_per_product_details_page_view'
    | 'onsite_cost_per_purchase'
    | 'onsite_form'
    | 'onsite_product_details_page_view_rate'
    | 'onsite_purchase_rate'
    | 'onsite_purchases_roas'
    | 'onsite_shopping'
    | 'onsite_shopping_rate'
    | 'onsite_shopping_roas'
    | 'onsite_total_add_to_cart'
    | 'onsite_total_add_to_cart_value'
    | 'onsite_total_checkout_initiation'
    | 'onsite_total_checkout_initiation_value'
    | 'onsite_total_product_details_page_view'
    | 'onsite_total_product_details_page_view_value'
    | 'onsite_total_purchase'
    | 'onsite_total_purchase_value'
    | 'onsite_value_per_add_to_cart'
    | 'onsite_value_per_checkout_initiation'
    | 'onsite_value_per_product_details_page_view'
    | 'onsite_value_per_purchase'
    | 'opt_status'
    | 'page_content_view_event_rate'
    | 'page_content_view_events'
    | 'page_event_search'
    | 'page_event_search_rate'
    | 'paid_engaged_view'
    | 'paid_engaged_view_15s'
    | 'paid_engagement_engaged_view'
    | 'paid_engagement_engaged_view_15s'
    | 'placement_type'
    | 'profile_visits'
    | 'profile_visits_rate'
    | 'promotion_type'
    | 'purchase'
    | 'purchase_rate'
    | 'ratings'
    | 'ratings_rate'
    | 'real_time_app_install'
    | 'real_time_app_install_cost'
    | 'real_time_conversion_rate_v2'
    | 'registration'
    | 'registration_rate'
    | 'sales_lead'
    | 'sales_lead_rate'
    | 'search'
    | 'search_rate'
    | 'shares'
    | 'skan_conversion'
    | 'skan_conversion_rate_v2'
    | 'skan_cost_per_conversion'
    | 'skan_cost_per_result'
    | 'skan_result'
    | 'skan_result_rate'
    | 'smart_target'
    | 'sound_usage_clicks'
    | 'spend_credits'
    | 'spend_credits_rate'
    | 'split_test'
    | 'start_trial'
    | 'start_trial_rate'
    | 'stitch_clicks'
    | 'subscribe'
    | 'subscribe_rate'
    | 'total_achieve_level'
    | 'total_achieve_level_value'
    | 'total_active_pay_roas'
    | 'total_add_billing_value'
    | 'total_add_payment_info'
    | 'total_add_to_wishlist'
    | 'total_add_to_wishlist_value'
    | 'total_app_event_add_to_cart'
    | 'total_app_event_add_to_cart_value'
    | 'total_button_click_value'
    | 'total_checkout'
    | 'total_checkout_value'
    | 'total_complete_payment_rate'
    | 'total_complete_tutorial'
    | 'total_complete_tutorial_value'
    | 'total_create_gamerole'
    | 'total_create_gamerole_value'
    | 'total_create_group'
    | 'total_create_group_value'
    | 'total_day7_retention'
    | 'total_day7_retention_value'
    | 'total_download_start_value'
    | 'total_form_value'
    | 'total_in_app_ad_click'
    | 'total_in_app_ad_click_value'
    | 'total_in_app_ad_impr'
    | 'total_in_app_ad_impr_value'
    | 'total_initiate_checkout_value'
    | 'total_join_group'
    | 'total_join_group_value'
    | 'total_landing_page_view'
    | 'total_launch_app'
    | 'total_loan_apply'
    | 'total_loan_credit'
    | 'total_loan_disbursement'
    | 'total_login'
    | 'total_next_day_open'
    | 'total_on_web_add_to_wishlist_value'
    | 'total_on_web_order_value'
    | 'total_on_web_subscribe_value'
    | 'total_online_consult_value'
    | 'total_onsite_shopping_value'
    | 'total_page_event_search_value'
    | 'total_page_view_content_events_value'
    | 'total_purchase'
    | 'total_purchase_roas_day0'
    | 'total_purchase_roas_day2'
    | 'total_purchase_roas_day6'
    | 'total_purchase_value'
    | 'total_purchase_value_day0'
    | 'total_purchase_value_day2'
    | 'total_purchase_value_day6'
    | 'total_ratings'
    | 'total_ratings_value'
    | 'total_registration'
    | 'total_sales_lead'
    | 'total_sales_lead_value'
    | 'total_search'
    | 'total_spend_credits'
    | 'total_spend_credits_value'
    | 'total_start_trial'
    | 'total_subscribe'
    | 'total_subscribe_value'
    | 'total_unlock_achievement'
    | 'total_unlock_achievement_value'
    | 'total_user_registration_value'
    | 'total_view_content'
    | 'total_view_content_value'
    | 'total_web_event_add_to_cart_value'
    | 'tt_app_id'
    | 'tt_app_name'
    | 'tt_playlist_visit'
    | 'tt_playlist_visit_rate'
    | 'unique_custom_app_events'
    | 'unlock_achievement'
    | 'unlock_achievement_rate'
    | 'user_registration'
    | 'user_registration_rate'
    | 'value_per_add_billing'
    | 'value_per_button_click'
    | 'value_per_checkout'
    | 'value_per_complete_payment'
    | 'value_per_custom_app_event'
    | 'value_per_custom_page_event'
    | 'value_per_download_start'
    | 'value_per_form'
    | 'value_per_initiate_checkout'
    | 'value_per_on_web_add_to_wishlist'
    | 'value_per_on_web_order'
    | 'value_per_on_web_subscribe'
    | 'value_per_online_consult'
    | 'value_per_onsite_shopping'
    | 'value_per_page_content_view_event'
    | 'value_per_page_event_search'
    | 'value_per_total_achieve_level'
    | 'value_per_total_add_to_wishlist'
    | 'value_per_total_app_event_add_to_cart'
    | 'value_per_total_complete_tutorial'
    | 'value_per_total_create_gamerole'
    | 'value_per_total_create_group'
    | 'value_per_total_day7_retention'
    | 'value_per_total_in_app_ad_click'
    | 'value_per_total_in_app_ad_impr'
    | 'value_per_total_join_group'
    | 'value_per_total_purchase'
    | 'value_per_total_ratings'
    | 'value_per_total_sales_lead'
    | 'value_per_total_spend_credits'
    | 'value_per_total_subscribe'
    | 'value_per_total_unlock_achievement'
    | 'value_per_total_view_content'
    | 'value_per_user_registration'
    | 'value_per_web_event_add_to_cart'
    | 'video_play_actions'
    | 'video_views_p100'
    | 'video_views_p25'
    | 'video_views_p50'
    | 'video_views_p75'
    | 'video_watched_2s'
    | 'video_watched_6s'
    | 'view_content'
    | 'view_content_rate'
    | 'voucher_spend'
    | 'vta_app_install'
    | 'vta_complete_payment'
    | 'vta_conversion'
    | 'vta_purchase'
    | 'vta_registration'
    | 'web_event_add_to_cart'
    | 'web_event_add_to_cart_rate'
  )[];
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
