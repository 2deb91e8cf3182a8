// Generated from spec.json#/connectionSpecification by `npm run generate`; do not edit.
// @ts-nocheck
import func2Module from 'ajv/dist/runtime/ucs2length.js';
const func2 = func2Module.default ?? func2Module;
import func0Module from 'ajv/dist/runtime/equal.js';
const func0 = func0Module.default ?? func0Module;
"use strict";
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["credentials","start_date"],"additionalProperties":true,"properties":{"credentials":{"type":"object","oneOf":[{"type":"object","required":["auth_type","app_id","secret","access_token"],"additionalProperties":true,"properties":{"auth_type":{"type":"string","const":"oauth2.0"},"app_id":{"type":"string","minLength":1,"airbyte_secret":true},"secret":{"type":"string","minLength":1,"airbyte_secret":true},"access_token":{"type":"string","minLength":1,"airbyte_secret":true}}},{"type":"object","required":["auth_type","access_token"],"additionalProperties":true,"properties":{"auth_type":{"type":"string","const":"access_token"},"access_token":{"type":"string","minLength":1,"airbyte_secret":true}}},{"type":"object","required":["auth_type","access_token","advertiser_id"],"additionalProperties":true,"properties":{"auth_type":{"type":"string","const":"sandbox_access_token"},"access_token":{"type":"string","minLength":1,"airbyte_secret":true},"advertiser_id":{"type":"string","pattern":"^[0-9]+$","pattern_descriptor":"digits only"}}}],"discriminator":{"propertyName":"auth_type"}},"start_date":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$","pattern_descriptor":"YYYY-MM-DD"},"end_date":{"type":"string","pattern":"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$","pattern_descriptor":"YYYY-MM-DD"},"advertiser_ids":{"type":"array","items":{"type":"string","pattern":"^[0-9]+$","pattern_descriptor":"digits only"}},"exclude_advertiser_ids":{"type":"array","items":{"type":"string","pattern":"^[0-9]+$","pattern_descriptor":"digits only"}},"include_deleted":{"type":"boolean"},"advertiser_columns":{"type":"boolean"},"additional_metrics":{"type":"array","items":{"type":"string","enum":["achieve_level","achieve_level_rate","ad_text","ad_url","add_billing","add_billing_rate","add_payment_info","add_payment_info_rate","add_to_wishlist","add_to_wishlist_rate","anchor_click_rate","anchor_clicks","app_event_add_to_cart","app_event_add_to_cart_rate","app_install","app_promotion_type","average_video_play","average_video_play_per_user","bid","bid_secondary_goal","bid_strategy","billing_event","budget","button_click","button_click_rate","call_to_action","campaign_automation_type","campaign_budget","campaign_dedicate_type","cash_spend","checkout","checkout_rate","clicks_on_hashtag_challenge","clicks_on_music_disc","comments","complete_payment","complete_payment_rate","complete_payment_roas","complete_tutorial","complete_tutorial_rate","conversion_rate_v2","cost_per_achieve_level","cost_per_add_billing","cost_per_add_payment_info","cost_per_add_to_wishlist","cost_per_app_event_add_to_cart","cost_per_app_install","cost_per_button_click","cost_per_checkout","cost_per_complete_payment","cost_per_complete_tutorial","cost_per_create_gamerole","cost_per_create_group","cost_per_cta_app_install","cost_per_cta_conversion","cost_per_cta_purchase","cost_per_cta_registration","cost_per_custom_app_event","cost_per_custom_page_event","cost_per_day7_retention","cost_per_download_start","cost_per_engaged_view","cost_per_engaged_view_through_conversion","cost_per_evta_app_install","cost_per_evta_purchase","cost_per_evta_registration","cost_per_form","cost_per_in_app_ad_click","cost_per_in_app_ad_impr","cost_per_initiate_checkout","cost_per_join_group","cost_per_landing_page_view","cost_per_launch_app","cost_per_loan_apply","cost_per_loan_credit","cost_per_loan_disbursement","cost_per_login","cost_per_next_day_open","cost_per_on_web_add_to_wishlist","cost_per_on_web_order","cost_per_on_web_subscribe","cost_per_online_consult","cost_per_onsite_shopping","cost_per_page_content_view_event","cost_per_page_event_search","cost_per_purchase","cost_per_ratings","cost_per_registration","cost_per_sales_lead","cost_per_search","cost_per_spend_credits","cost_per_start_trial","cost_per_subscribe","cost_per_total_achieve_level","cost_per_total_add_to_wishlist","cost_per_total_app_event_add_to_cart","cost_per_total_checkout","cost_per_total_complete_tutorial","cost_per_total_create_gamerole","cost_per_total_create_group","cost_per_total_day7_retention","cost_per_total_in_app_ad_click","cost_per_total_in_app_ad_impr","cost_per_total_join_group","cost_per_total_launch_app","cost_per_total_loan_apply","cost_per_total_loan_credit","cost_per_total_loan_disbursement","cost_per_total_login","cost_per_total_next_day_open","cost_per_total_purchase","cost_per_total_ratings","cost_per_total_registration","cost_per_total_sales_lead","cost_per_total_search","cost_per_total_spend_credits","cost_per_total_start_trial","cost_per_total_subscribe","cost_per_total_unlock_achievement","cost_per_total_view_content","cost_per_unique_custom_app_event","cost_per_unlock_achievement","cost_per_user_registration","cost_per_view_content","cost_per_vta_app_install","cost_per_vta_conversion","cost_per_vta_payments_completed","cost_per_vta_purchase","cost_per_vta_registration","cost_per_web_event_add_to_cart","cost_total_add_payment_info","countdown_sticker_recall_clicks","create_gamerole","create_gamerole_rate","create_group","create_group_rate","cta_app_install","cta_conversion","cta_purchase","cta_registration","custom_app_event_rate","custom_app_events","custom_app_events_value","custom_page_event_rate","custom_page_events","custom_page_events_value","day7_retention","day7_retention_rate","download_start","download_start_rate","dpa_target_audience_type","duet_clicks","engaged_view","engaged_view_15s","engaged_view_through_conversions","engagement_rate","engagements","evta_app_install","evta_purchase","evta_registration","follows","form","form_rate","gross_impressions","image_mode","in_app_ad_click","in_app_ad_click_rate","in_app_ad_impr","in_app_ad_impr_rate","initiate_checkout","initiate_checkout_rate","interactive_add_on_activity_clicks","interactive_add_on_destination_clicks","interactive_add_on_impressions","interactive_add_on_option_a_clicks","interactive_add_on_option_b_clicks","ix_average_video_play","ix_page_duration_avg","ix_page_viewrate_avg","ix_video_views","ix_video_views_p100","ix_video_views_p25","ix_video_views_p50","ix_video_views_p75","join_group","join_group_rate","landing_page_view_rate","launch_app","launch_app_rate","likes","live_effective_views","live_product_clicks","live_unique_views","live_views","loan_apply","loan_apply_rate","loan_credit","loan_credit_rate","loan_disbursement","loan_disbursement_rate","login","login_rate","mobile_app_id","next_day_open","next_day_open_rate","objective_type","on_web_add_to_wishlist","on_web_add_to_wishlist_rate","on_web_order","on_web_order_rate","on_web_subscribe","on_web_subscribe_rate","online_consult","online_consult_rate","onsite_add_to_cart_rate","onsite_checkout_initiation_rate","onsite_cost_per_add_to_cart","onsite_cost_per_checkout_initiation","onsite_cost_per_product_details_page_view","onsite_cost_per_purchase","onsite_form","onsite_product_details_page_view_rate","onsite_purchase_rate","onsite_purchases_roas","onsite_shopping","onsite_shopping_rate","onsite_shopping_roas","onsite_total_add_to_cart","onsite_total_add_to_cart_value","onsite_total_checkout_initiation","onsite_total_checkout_initiation_value","onsite_total_product_details_page_view","onsite_total_product_details_page_view_value","onsite_total_purchase","onsite_total_purchase_value","onsite_value_per_add_to_cart","onsite_value_per_checkout_initiation","onsite_value_per_product_details_page_view","onsite_value_per_purchase","opt_status","page_content_view_event_rate","page_content_view_events","page_event_search","page_event_search_rate","paid_engaged_view","paid_engaged_view_15s","paid_engagement_engaged_view","paid_engagement_engaged_view_15s","placement_type","profile_visits","profile_visits_rate","promotion_type","purchase","purchase_rate","ratings","ratings_rate","real_time_app_install","real_time_app_install_cost","real_time_conversion_rate_v2","registration","registration_rate","sales_lead","sales_lead_rate","search","search_rate","shares","skan_conversion","skan_conversion_rate_v2","skan_cost_per_conversion","skan_cost_per_result","skan_result","skan_result_rate","smart_target","sound_usage_clicks","spend_credits","spend_credits_rate","split_test","start_trial","start_trial_rate","stitch_clicks","subscribe","subscribe_rate","total_achieve_level","total_achieve_level_value","total_active_pay_roas","total_add_billing_value","total_add_payment_info","total_add_to_wishlist","total_add_to_wishlist_value","total_app_event_add_to_cart","total_app_event_add_to_cart_value","total_button_click_value","total_checkout","total_checkout_value","total_complete_payment_rate","total_complete_tutorial","total_complete_tutorial_value","total_create_gamerole","total_create_gamerole_value","total_create_group","total_create_group_value","total_day7_retention","total_day7_retention_value","total_download_start_value","total_form_value","total_in_app_ad_click","total_in_app_ad_click_value","total_in_app_ad_impr","total_in_app_ad_impr_value","total_initiate_checkout_value","total_join_group","total_join_group_value","total_landing_page_view","total_launch_app","total_loan_apply","total_loan_credit","total_loan_disbursement","total_login","total_next_day_open","total_on_web_add_to_wishlist_value","total_on_web_order_value","total_on_web_subscribe_value","total_online_consult_value","total_onsite_shopping_value","total_page_event_search_value","total_page_view_content_events_value","total_purchase","total_purchase_roas_day0","total_purchase_roas_day2","total_purchase_roas_day6","total_purchase_value","total_purchase_value_day0","total_purchase_value_day2","total_purchase_value_day6","total_ratings","total_ratings_value","total_registration","total_sales_lead","total_sales_lead_value","total_search","total_spend_credits","total_spend_credits_value","total_start_trial","total_subscribe","total_subscribe_value","total_unlock_achievement","total_unlock_achievement_value","total_user_registration_value","total_view_content","total_view_content_value","total_web_event_add_to_cart_value","tt_app_id","tt_app_name","tt_playlist_visit","tt_playlist_visit_rate","unique_custom_app_events","unlock_achievement","unlock_achievement_rate","user_registration","user_registration_rate","value_per_add_billing","value_per_button_click","value_per_checkout","value_per_complete_payment","value_per_custom_app_event","value_per_custom_page_event","value_per_download_start","value_per_form","value_per_initiate_checkout","value_per_on_web_add_to_wishlist","value_per_on_web_order","value_per_on_web_subscribe","value_per_online_consult","value_per_onsite_shopping","value_per_page_content_view_event","value_per_page_event_search","value_per_total_achieve_level","value_per_total_add_to_wishlist","value_per_total_app_event_add_to_cart","value_per_total_complete_tutorial","value_per_total_create_gamerole","value_per_total_create_group","value_per_total_day7_retention","value_per_total_in_app_ad_click","value_per_total_in_app_ad_impr","value_per_total_join_group","value_per_total_purchase","value_per_total_ratings","value_per_total_sales_lead","value_per_total_spend_credits","value_per_total_subscribe","value_per_total_unlock_achievement","value_per_total_view_content","value_per_user_registration","value_per_web_event_add_to_cart","video_play_actions","video_views_p100","video_views_p25","video_views_p50","video_views_p75","video_watched_2s","video_watched_6s","view_content","view_content_rate","voucher_spend","vta_app_install","vta_complete_payment","vta_conversion","vta_purchase","vta_registration","web_event_add_to_cart","web_event_add_to_cart_rate"]},"uniqueItems":true,"maxItems":70},"lookback_days":{"type":"integer","minimum":0,"maximum":90},"unavailable_advertisers":{"type":"string","enum":["fail","warn"]},"reconcile":{"type":"boolean"},"inconsistent_reports":{"type":"string","enum":["fail","warn"]},"api_tier":{"type":"string","enum":["basic","advanced","premium","ultimate"]},"requests_per_second":{"type":"number","minimum":0.01,"maximum":1000},"shared_quota":{"type":"object","additionalProperties":true,"properties":{"url":{"type":"string","airbyte_secret":true,"pattern":"^$|^rediss?://\\S+$","pattern_descriptor":"redis(s)://[user:password@]host[:port][/database]"},"name":{"type":"string","pattern":"^$|^[A-Za-z0-9._-]{1,64}$","pattern_descriptor":"up to 64 letters, digits, dots, dashes and underscores"}}},"shard":{"type":"string","pattern":"^$|^[0-9]+/[0-9]+$","pattern_descriptor":"such as 0/8 or 7/8"},"quota":{"type":"object","additionalProperties":true,"airbyte_hidden":true,"properties":{"per_second":{"type":"number","minimum":0.01},"per_minute":{"type":"integer","minimum":1},"per_day":{"type":"integer","minimum":1},"minute_pause_seconds":{"type":"number","minimum":0}}},"request_timeout_seconds":{"type":"number","minimum":0.1,"maximum":3600,"airbyte_hidden":true},"patience_seconds":{"type":"number","minimum":0,"maximum":86400,"airbyte_hidden":true},"api_url":{"type":"string","pattern":"^$|^https?://\\S+$","pattern_descriptor":"http(s)://host/open_api/v1.3/","airbyte_hidden":true}}};


const pattern0 = new RegExp("^[0-9]+$", "u");
const pattern1 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "u");
const pattern2 = new RegExp("^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "u");
const pattern5 = new RegExp("^$|^rediss?://\\S+$", "u");
const pattern6 = new RegExp("^$|^[A-Za-z0-9._-]{1,64}$", "u");
const pattern7 = new RegExp("^$|^[0-9]+/[0-9]+$", "u");
const pattern8 = new RegExp("^$|^https?://\\S+$", "u");

export default (function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.credentials === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "credentials"},message:"must have required property '"+"credentials"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.start_date === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "start_date"},message:"must have required property '"+"start_date"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.credentials !== undefined){
let data0 = data.credentials;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
const tag0 = data0.auth_type;
if(typeof tag0 == "string"){
if(tag0 === "oauth2.0"){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.auth_type === undefined){
const err2 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "auth_type"},message:"must have required property '"+"auth_type"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.app_id === undefined){
const err3 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "app_id"},message:"must have required property '"+"app_id"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0.secret === undefined){
const err4 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "secret"},message:"must have required property '"+"secret"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data0.access_token === undefined){
const err5 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/required",keyword:"required",params:{missingProperty: "access_token"},message:"must have required property '"+"access_token"+"'",schema:schema11.properties.credentials.oneOf[0].required,parentSchema:schema11.properties.credentials.oneOf[0],data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data0.auth_type !== undefined){
let data1 = data0.auth_type;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/credentials/auth_type",schemaPath:"#/properties/credentials/oneOf/0/properties/auth_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.auth_type.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.auth_type,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if("oauth2.0" !== data1){
const err7 = {instancePath:instancePath+"/credentials/auth_type",schemaPath:"#/properties/credentials/oneOf/0/properties/auth_type/const",keyword:"const",params:{allowedValue: "oauth2.0"},message:"must be equal to constant",schema:"oauth2.0",parentSchema:schema11.properties.credentials.oneOf[0].properties.auth_type,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.app_id !== undefined){
let data2 = data0.app_id;
if(typeof data2 === "string"){
if(func2(data2) < 1){
const err8 = {instancePath:instancePath+"/credentials/app_id",schemaPath:"#/properties/credentials/oneOf/0/properties/app_id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[0].properties.app_id,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/credentials/app_id",schemaPath:"#/properties/credentials/oneOf/0/properties/app_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.app_id.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.app_id,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data0.secret !== undefined){
let data3 = data0.secret;
if(typeof data3 === "string"){
if(func2(data3) < 1){
const err10 = {instancePath:instancePath+"/credentials/secret",schemaPath:"#/properties/credentials/oneOf/0/properties/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[0].properties.secret,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/credentials/secret",schemaPath:"#/properties/credentials/oneOf/0/properties/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.secret.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.secret,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data0.access_token !== undefined){
let data4 = data0.access_token;
if(typeof data4 === "string"){
if(func2(data4) < 1){
const err12 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/0/properties/access_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[0].properties.access_token,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/0/properties/access_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[0].properties.access_token.type,parentSchema:schema11.properties.credentials.oneOf[0].properties.access_token,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[0].type,parentSchema:schema11.properties.credentials.oneOf[0],data:data0};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else if(tag0 === "access_token"){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.auth_type === undefined){
const err15 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/required",keyword:"required",params:{missingProperty: "auth_type"},message:"must have required property '"+"auth_type"+"'",schema:schema11.properties.credentials.oneOf[1].required,parentSchema:schema11.properties.credentials.oneOf[1],data:data0};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data0.access_token === undefined){
const err16 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/required",keyword:"required",params:{missingProperty: "access_token"},message:"must have required property '"+"access_token"+"'",schema:schema11.properties.credentials.oneOf[1].required,parentSchema:schema11.properties.credentials.oneOf[1],data:data0};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data0.auth_type !== undefined){
let data5 = data0.auth_type;
if(typeof data5 !== "string"){
const err17 = {instancePath:instancePath+"/credentials/auth_type",schemaPath:"#/properties/credentials/oneOf/1/properties/auth_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.auth_type.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.auth_type,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if("access_token" !== data5){
const err18 = {instancePath:instancePath+"/credentials/auth_type",schemaPath:"#/properties/credentials/oneOf/1/properties/auth_type/const",keyword:"const",params:{allowedValue: "access_token"},message:"must be equal to constant",schema:"access_token",parentSchema:schema11.properties.credentials.oneOf[1].properties.auth_type,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data0.access_token !== undefined){
let data6 = data0.access_token;
if(typeof data6 === "string"){
if(func2(data6) < 1){
const err19 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/1/properties/access_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[1].properties.access_token,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/1/properties/access_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[1].properties.access_token.type,parentSchema:schema11.properties.credentials.oneOf[1].properties.access_token,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[1].type,parentSchema:schema11.properties.credentials.oneOf[1],data:data0};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else if(tag0 === "sandbox_access_token"){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.auth_type === undefined){
const err22 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/required",keyword:"required",params:{missingProperty: "auth_type"},message:"must have required property '"+"auth_type"+"'",schema:schema11.properties.credentials.oneOf[2].required,parentSchema:schema11.properties.credentials.oneOf[2],data:data0};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data0.access_token === undefined){
const err23 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/required",keyword:"required",params:{missingProperty: "access_token"},message:"must have required property '"+"access_token"+"'",schema:schema11.properties.credentials.oneOf[2].required,parentSchema:schema11.properties.credentials.oneOf[2],data:data0};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data0.advertiser_id === undefined){
const err24 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/required",keyword:"required",params:{missingProperty: "advertiser_id"},message:"must have required property '"+"advertiser_id"+"'",schema:schema11.properties.credentials.oneOf[2].required,parentSchema:schema11.properties.credentials.oneOf[2],data:data0};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data0.auth_type !== undefined){
let data7 = data0.auth_type;
if(typeof data7 !== "string"){
const err25 = {instancePath:instancePath+"/credentials/auth_type",schemaPath:"#/properties/credentials/oneOf/2/properties/auth_type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.auth_type.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.auth_type,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if("sandbox_access_token" !== data7){
const err26 = {instancePath:instancePath+"/credentials/auth_type",schemaPath:"#/properties/credentials/oneOf/2/properties/auth_type/const",keyword:"const",params:{allowedValue: "sandbox_access_token"},message:"must be equal to constant",schema:"sandbox_access_token",parentSchema:schema11.properties.credentials.oneOf[2].properties.auth_type,data:data7};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data0.access_token !== undefined){
let data8 = data0.access_token;
if(typeof data8 === "string"){
if(func2(data8) < 1){
const err27 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/2/properties/access_token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.credentials.oneOf[2].properties.access_token,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/credentials/access_token",schemaPath:"#/properties/credentials/oneOf/2/properties/access_token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.access_token.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.access_token,data:data8};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data0.advertiser_id !== undefined){
let data9 = data0.advertiser_id;
if(typeof data9 === "string"){
if(!pattern0.test(data9)){
const err29 = {instancePath:instancePath+"/credentials/advertiser_id",schemaPath:"#/properties/credentials/oneOf/2/properties/advertiser_id/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},message:"must match pattern \""+"^[0-9]+$"+"\"",schema:"^[0-9]+$",parentSchema:schema11.properties.credentials.oneOf[2].properties.advertiser_id,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/credentials/advertiser_id",schemaPath:"#/properties/credentials/oneOf/2/properties/advertiser_id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.credentials.oneOf[2].properties.advertiser_id.type,parentSchema:schema11.properties.credentials.oneOf[2].properties.advertiser_id,data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/oneOf/2/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.oneOf[2].type,parentSchema:schema11.properties.credentials.oneOf[2],data:data0};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "auth_type", tagValue: tag0},message:"value of tag \"auth_type\" must be in oneOf",schema:schema11.properties.credentials.discriminator,parentSchema:schema11.properties.credentials,data:data0};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/discriminator",keyword:"discriminator",params:{error: "tag", tag: "auth_type", tagValue: tag0},message:"tag \"auth_type\" must be string",schema:schema11.properties.credentials.discriminator,parentSchema:schema11.properties.credentials,data:data0};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/credentials",schemaPath:"#/properties/credentials/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.credentials.type,parentSchema:schema11.properties.credentials,data:data0};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.start_date !== undefined){
let data10 = data.start_date;
if(typeof data10 === "string"){
if(!pattern1.test(data10)){
const err35 = {instancePath:instancePath+"/start_date",schemaPath:"#/properties/start_date/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"+"\"",schema:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",parentSchema:schema11.properties.start_date,data:data10};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/start_date",schemaPath:"#/properties/start_date/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.start_date.type,parentSchema:schema11.properties.start_date,data:data10};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.end_date !== undefined){
let data11 = data.end_date;
if(typeof data11 === "string"){
if(!pattern2.test(data11)){
const err37 = {instancePath:instancePath+"/end_date",schemaPath:"#/properties/end_date/pattern",keyword:"pattern",params:{pattern: "^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},message:"must match pattern \""+"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$"+"\"",schema:"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$",parentSchema:schema11.properties.end_date,data:data11};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/end_date",schemaPath:"#/properties/end_date/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.end_date.type,parentSchema:schema11.properties.end_date,data:data11};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.advertiser_ids !== undefined){
let data12 = data.advertiser_ids;
if(Array.isArray(data12)){
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
let data13 = data12[i0];
if(typeof data13 === "string"){
if(!pattern0.test(data13)){
const err39 = {instancePath:instancePath+"/advertiser_ids/" + i0,schemaPath:"#/properties/advertiser_ids/items/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},message:"must match pattern \""+"^[0-9]+$"+"\"",schema:"^[0-9]+$",parentSchema:schema11.properties.advertiser_ids.items,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/advertiser_ids/" + i0,schemaPath:"#/properties/advertiser_ids/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.advertiser_ids.items.type,parentSchema:schema11.properties.advertiser_ids.items,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/advertiser_ids",schemaPath:"#/properties/advertiser_ids/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.advertiser_ids.type,parentSchema:schema11.properties.advertiser_ids,data:data12};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.exclude_advertiser_ids !== undefined){
let data14 = data.exclude_advertiser_ids;
if(Array.isArray(data14)){
const len1 = data14.length;
for(let i1=0; i1<len1; i1++){
let data15 = data14[i1];
if(typeof data15 === "string"){
if(!pattern0.test(data15)){
const err42 = {instancePath:instancePath+"/exclude_advertiser_ids/" + i1,schemaPath:"#/properties/exclude_advertiser_ids/items/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},message:"must match pattern \""+"^[0-9]+$"+"\"",schema:"^[0-9]+$",parentSchema:schema11.properties.exclude_advertiser_ids.items,data:data15};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/exclude_advertiser_ids/" + i1,schemaPath:"#/properties/exclude_advertiser_ids/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.exclude_advertiser_ids.items.type,parentSchema:schema11.properties.exclude_advertiser_ids.items,data:data15};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/exclude_advertiser_ids",schemaPath:"#/properties/exclude_advertiser_ids/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.exclude_advertiser_ids.type,parentSchema:schema11.properties.exclude_advertiser_ids,data:data14};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.include_deleted !== undefined){
let data16 = data.include_deleted;
if(typeof data16 !== "boolean"){
const err45 = {instancePath:instancePath+"/include_deleted",schemaPath:"#/properties/include_deleted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.include_deleted.type,parentSchema:schema11.properties.include_deleted,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.advertiser_columns !== undefined){
let data17 = data.advertiser_columns;
if(typeof data17 !== "boolean"){
const err46 = {instancePath:instancePath+"/advertiser_columns",schemaPath:"#/properties/advertiser_columns/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.advertiser_columns.type,parentSchema:schema11.properties.advertiser_columns,data:data17};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.additional_metrics !== undefined){
let data18 = data.additional_metrics;
if(Array.isArray(data18)){
if(data18.length > 70){
const err47 = {instancePath:instancePath+"/additional_metrics",schemaPath:"#/properties/additional_metrics/maxItems",keyword:"maxItems",params:{limit: 70},message:"must NOT have more than 70 items",schema:70,parentSchema:schema11.properties.additional_metrics,data:data18};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const len2 = data18.length;
for(let i2=0; i2<len2; i2++){
let data19 = data18[i2];
if(typeof data19 !== "string"){
const err48 = {instancePath:instancePath+"/additional_metrics/" + i2,schemaPath:"#/properties/additional_metrics/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.additional_metrics.items.type,parentSchema:schema11.properties.additional_metrics.items,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
let valid14;
valid14 = false;
for(const v0 of schema11.properties.additional_metrics.items.enum){
if(func0(data19, v0)){
valid14 = true;
break;
}
}
if(!valid14){
const err49 = {instancePath:instancePath+"/additional_metrics/" + i2,schemaPath:"#/properties/additional_metrics/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.additional_metrics.items.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.additional_metrics.items.enum,parentSchema:schema11.properties.additional_metrics.items,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
let i3 = data18.length;
let j0;
if(i3 > 1){
const indices0 = {};
for(;i3--;){
let item0 = data18[i3];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err50 = {instancePath:instancePath+"/additional_metrics",schemaPath:"#/properties/additional_metrics/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema11.properties.additional_metrics,data:data18};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
break;
}
indices0[item0] = i3;
}
}
}
else {
const err51 = {instancePath:instancePath+"/additional_metrics",schemaPath:"#/properties/additional_metrics/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.additional_metrics.type,parentSchema:schema11.properties.additional_metrics,data:data18};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.lookback_days !== undefined){
let data20 = data.lookback_days;
if(!((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20)))){
const err52 = {instancePath:instancePath+"/lookback_days",schemaPath:"#/properties/lookback_days/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.lookback_days.type,parentSchema:schema11.properties.lookback_days,data:data20};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(typeof data20 == "number"){
if(data20 > 90 || isNaN(data20)){
const err53 = {instancePath:instancePath+"/lookback_days",schemaPath:"#/properties/lookback_days/maximum",keyword:"maximum",params:{comparison: "<=", limit: 90},message:"must be <= 90",schema:90,parentSchema:schema11.properties.lookback_days,data:data20};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data20 < 0 || isNaN(data20)){
const err54 = {instancePath:instancePath+"/lookback_days",schemaPath:"#/properties/lookback_days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.lookback_days,data:data20};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
if(data.unavailable_advertisers !== undefined){
let data21 = data.unavailable_advertisers;
if(typeof data21 !== "string"){
const err55 = {instancePath:instancePath+"/unavailable_advertisers",schemaPath:"#/properties/unavailable_advertisers/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.unavailable_advertisers.type,parentSchema:schema11.properties.unavailable_advertisers,data:data21};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(!((data21 === "fail") || (data21 === "warn"))){
const err56 = {instancePath:instancePath+"/unavailable_advertisers",schemaPath:"#/properties/unavailable_advertisers/enum",keyword:"enum",params:{allowedValues: schema11.properties.unavailable_advertisers.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.unavailable_advertisers.enum,parentSchema:schema11.properties.unavailable_advertisers,data:data21};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.reconcile !== undefined){
let data22 = data.reconcile;
if(typeof data22 !== "boolean"){
const err57 = {instancePath:instancePath+"/reconcile",schemaPath:"#/properties/reconcile/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.reconcile.type,parentSchema:schema11.properties.reconcile,data:data22};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.inconsistent_reports !== undefined){
let data23 = data.inconsistent_reports;
if(typeof data23 !== "string"){
const err58 = {instancePath:instancePath+"/inconsistent_reports",schemaPath:"#/properties/inconsistent_reports/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.inconsistent_reports.type,parentSchema:schema11.properties.inconsistent_reports,data:data23};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(!((data23 === "fail") || (data23 === "warn"))){
const err59 = {instancePath:instancePath+"/inconsistent_reports",schemaPath:"#/properties/inconsistent_reports/enum",keyword:"enum",params:{allowedValues: schema11.properties.inconsistent_reports.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.inconsistent_reports.enum,parentSchema:schema11.properties.inconsistent_reports,data:data23};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.api_tier !== undefined){
let data24 = data.api_tier;
if(typeof data24 !== "string"){
const err60 = {instancePath:instancePath+"/api_tier",schemaPath:"#/properties/api_tier/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.api_tier.type,parentSchema:schema11.properties.api_tier,data:data24};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(!((((data24 === "basic") || (data24 === "advanced")) || (data24 === "premium")) || (data24 === "ultimate"))){
const err61 = {instancePath:instancePath+"/api_tier",schemaPath:"#/properties/api_tier/enum",keyword:"enum",params:{allowedValues: schema11.properties.api_tier.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.api_tier.enum,parentSchema:schema11.properties.api_tier,data:data24};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data.requests_per_second !== undefined){
let data25 = data.requests_per_second;
if(typeof data25 == "number"){
if(data25 > 1000 || isNaN(data25)){
const err62 = {instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema11.properties.requests_per_second,data:data25};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data25 < 0.01 || isNaN(data25)){
const err63 = {instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.01},message:"must be >= 0.01",schema:0.01,parentSchema:schema11.properties.requests_per_second,data:data25};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.requests_per_second.type,parentSchema:schema11.properties.requests_per_second,data:data25};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.shared_quota !== undefined){
let data26 = data.shared_quota;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.url !== undefined){
let data27 = data26.url;
if(typeof data27 === "string"){
if(!pattern5.test(data27)){
const err65 = {instancePath:instancePath+"/shared_quota/url",schemaPath:"#/properties/shared_quota/properties/url/pattern",keyword:"pattern",params:{pattern: "^$|^rediss?://\\S+$"},message:"must match pattern \""+"^$|^rediss?://\\S+$"+"\"",schema:"^$|^rediss?://\\S+$",parentSchema:schema11.properties.shared_quota.properties.url,data:data27};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/shared_quota/url",schemaPath:"#/properties/shared_quota/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.shared_quota.properties.url.type,parentSchema:schema11.properties.shared_quota.properties.url,data:data27};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data26.name !== undefined){
let data28 = data26.name;
if(typeof data28 === "string"){
if(!pattern6.test(data28)){
const err67 = {instancePath:instancePath+"/shared_quota/name",schemaPath:"#/properties/shared_quota/properties/name/pattern",keyword:"pattern",params:{pattern: "^$|^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^$|^[A-Za-z0-9._-]{1,64}$"+"\"",schema:"^$|^[A-Za-z0-9._-]{1,64}$",parentSchema:schema11.properties.shared_quota.properties.name,data:data28};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/shared_quota/name",schemaPath:"#/properties/shared_quota/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.shared_quota.properties.name.type,parentSchema:schema11.properties.shared_quota.properties.name,data:data28};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/shared_quota",schemaPath:"#/properties/shared_quota/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.shared_quota.type,parentSchema:schema11.properties.shared_quota,data:data26};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data.shard !== undefined){
let data29 = data.shard;
if(typeof data29 === "string"){
if(!pattern7.test(data29)){
const err70 = {instancePath:instancePath+"/shard",schemaPath:"#/properties/shard/pattern",keyword:"pattern",params:{pattern: "^$|^[0-9]+/[0-9]+$"},message:"must match pattern \""+"^$|^[0-9]+/[0-9]+$"+"\"",schema:"^$|^[0-9]+/[0-9]+$",parentSchema:schema11.properties.shard,data:data29};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/shard",schemaPath:"#/properties/shard/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.shard.type,parentSchema:schema11.properties.shard,data:data29};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.quota !== undefined){
let data30 = data.quota;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.per_second !== undefined){
let data31 = data30.per_second;
if(typeof data31 == "number"){
if(data31 < 0.01 || isNaN(data31)){
const err72 = {instancePath:instancePath+"/quota/per_second",schemaPath:"#/properties/quota/properties/per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.01},message:"must be >= 0.01",schema:0.01,parentSchema:schema11.properties.quota.properties.per_second,data:data31};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
else {
const err73 = {instancePath:instancePath+"/quota/per_second",schemaPath:"#/properties/quota/properties/per_second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.quota.properties.per_second.type,parentSchema:schema11.properties.quota.properties.per_second,data:data31};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data30.per_minute !== undefined){
let data32 = data30.per_minute;
if(!((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32)))){
const err74 = {instancePath:instancePath+"/quota/per_minute",schemaPath:"#/properties/quota/properties/per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.quota.properties.per_minute.type,parentSchema:schema11.properties.quota.properties.per_minute,data:data32};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if(typeof data32 == "number"){
if(data32 < 1 || isNaN(data32)){
const err75 = {instancePath:instancePath+"/quota/per_minute",schemaPath:"#/properties/quota/properties/per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.quota.properties.per_minute,data:data32};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
if(data30.per_day !== undefined){
let data33 = data30.per_day;
if(!((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33)))){
const err76 = {instancePath:instancePath+"/quota/per_day",schemaPath:"#/properties/quota/properties/per_day/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.quota.properties.per_day.type,parentSchema:schema11.properties.quota.properties.per_day,data:data33};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(typeof data33 == "number"){
if(data33 < 1 || isNaN(data33)){
const err77 = {instancePath:instancePath+"/quota/per_day",schemaPath:"#/properties/quota/properties/per_day/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.quota.properties.per_day,data:data33};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
if(data30.minute_pause_seconds !== undefined){
let data34 = data30.minute_pause_seconds;
if(typeof data34 == "number"){
if(data34 < 0 || isNaN(data34)){
const err78 = {instancePath:instancePath+"/quota/minute_pause_seconds",schemaPath:"#/properties/quota/properties/minute_pause_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.quota.properties.minute_pause_seconds,data:data34};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/quota/minute_pause_seconds",schemaPath:"#/properties/quota/properties/minute_pause_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.quota.properties.minute_pause_seconds.type,parentSchema:schema11.properties.quota.properties.minute_pause_seconds,data:data34};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
else {
const err80 = {instancePath:instancePath+"/quota",schemaPath:"#/properties/quota/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.quota.type,parentSchema:schema11.properties.quota,data:data30};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data.request_timeout_seconds !== undefined){
let data35 = data.request_timeout_seconds;
if(typeof data35 == "number"){
if(data35 > 3600 || isNaN(data35)){
const err81 = {instancePath:instancePath+"/request_timeout_seconds",schemaPath:"#/properties/request_timeout_seconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600",schema:3600,parentSchema:schema11.properties.request_timeout_seconds,data:data35};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(data35 < 0.1 || isNaN(data35)){
const err82 = {instancePath:instancePath+"/request_timeout_seconds",schemaPath:"#/properties/request_timeout_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema11.properties.request_timeout_seconds,data:data35};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/request_timeout_seconds",schemaPath:"#/properties/request_timeout_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.request_timeout_seconds.type,parentSchema:schema11.properties.request_timeout_seconds,data:data35};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.patience_seconds !== undefined){
let data36 = data.patience_seconds;
if(typeof data36 == "number"){
if(data36 > 86400 || isNaN(data36)){
const err84 = {instancePath:instancePath+"/patience_seconds",schemaPath:"#/properties/patience_seconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema11.properties.patience_seconds,data:data36};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(data36 < 0 || isNaN(data36)){
const err85 = {instancePath:instancePath+"/patience_seconds",schemaPath:"#/properties/patience_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.patience_seconds,data:data36};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/patience_seconds",schemaPath:"#/properties/patience_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.patience_seconds.type,parentSchema:schema11.properties.patience_seconds,data:data36};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.api_url !== undefined){
let data37 = data.api_url;
if(typeof data37 === "string"){
if(!pattern8.test(data37)){
const err87 = {instancePath:instancePath+"/api_url",schemaPath:"#/properties/api_url/pattern",keyword:"pattern",params:{pattern: "^$|^https?://\\S+$"},message:"must match pattern \""+"^$|^https?://\\S+$"+"\"",schema:"^$|^https?://\\S+$",parentSchema:schema11.properties.api_url,data:data37};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/api_url",schemaPath:"#/properties/api_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.api_url.type,parentSchema:schema11.properties.api_url,data:data37};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
}
else {
const err89 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
});
