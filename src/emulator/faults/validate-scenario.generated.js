// Generated from schemas/scenario.json by `npm run generate`; do not edit.
// @ts-nocheck
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"description":{"type":"string"},"seed":{"type":"integer","minimum":0,"maximum":4294967295},"now":{"$ref":"#/definitions/instant"},"attribution_days":{"type":"integer","minimum":0,"maximum":28},"conversion_rate_basis":{"enum":["clicks","impressions"]},"ads_max":{"type":"integer","minimum":1},"cuts_advertisers":{"type":"boolean"},"sandbox":{"type":"boolean"},"latency_ms":{"type":"number","minimum":0,"maximum":600000},"accounts":{"anyOf":[{"enum":["default","brand","agency"]},{"type":"integer","minimum":1,"maximum":100000},{"type":"array","minItems":1,"items":{"$ref":"#/definitions/account"}}]},"quota":{"$ref":"#/definitions/quota"},"faults":{"type":"array","items":{"$ref":"#/definitions/fault"}},"events":{"type":"array","items":{"$ref":"#/definitions/scheduled_event"}}},"definitions":{"day":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$"},"instant":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"},"advertiser":{"type":"string","pattern":"^(#[1-9]\\d*|\\d{1,19})$"},"account":{"type":"object","additionalProperties":false,"properties":{"id":{"type":"string","pattern":"^\\d{1,19}$"},"name":{"type":"string"},"timezone":{"type":"string"},"reported_timezone":{"type":"string"},"shows_display_timezone":{"type":"boolean"},"currency":{"type":"string","pattern":"^[A-Z]{3}$"},"campaigns":{"type":"integer","minimum":0,"maximum":1000000},"deleted_campaigns":{"type":"integer","minimum":0},"deleted_on":{"$ref":"#/definitions/day"},"created":{"$ref":"#/definitions/day"},"density":{"type":"number","minimum":0,"maximum":1},"zero_rows":{"type":"number","minimum":0,"maximum":1},"ad_groups_per_campaign":{"type":"integer","minimum":1},"ads_per_campaign":{"type":"integer","minimum":1},"sales":{"type":"boolean"},"reservation_share":{"type":"number","minimum":0},"gmv_max_campaigns":{"type":"integer","minimum":0},"campaign_names":{"type":"array","minItems":1,"items":{"type":"string"}},"odd_campaign_id":{"enum":["0","-1","-"]},"status":{"type":"string"},"granted":{"type":"boolean"}}},"quota":{"type":"object","additionalProperties":false,"properties":{"tier":{"enum":["basic","advanced","premium","ultimate","sandbox"]},"per_second":{"type":"integer","minimum":0},"per_minute":{"type":"integer","minimum":0},"per_day":{"type":"integer","minimum":0},"advertiser_per_second":{"type":"integer","minimum":1},"penalty_seconds":{"type":"number","minimum":0},"timeout_penalties":{"type":"boolean"},"time_scale":{"type":"number","exclusiveMinimum":0,"maximum":1000}}},"fault":{"type":"object","additionalProperties":false,"required":["then"],"properties":{"name":{"type":"string"},"when":{"$ref":"#/definitions/selector"},"times":{"type":"integer","minimum":1},"probability":{"type":"number","minimum":0,"maximum":1},"then":{"$ref":"#/definitions/effect"}}},"selector":{"type":"object","additionalProperties":false,"properties":{"endpoint":{"type":"string"},"advertisers":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/advertiser"}},"days":{"type":"object","additionalProperties":false,"properties":{"from":{"$ref":"#/definitions/day"},"to":{"$ref":"#/definitions/day"}}},"days_above":{"type":"integer","minimum":0},"page":{"type":"integer","minimum":1},"report_type":{"enum":["BASIC","TT_SHOP"]},"data_level":{"enum":["AUCTION_AD","AUCTION_ADGROUP","AUCTION_CAMPAIGN","AUCTION_ADVERTISER"]},"campaigns_above":{"type":"integer","minimum":0},"campaign_filter":{"type":"boolean"},"calls":{"type":"object","additionalProperties":false,"properties":{"from":{"type":"integer","minimum":1},"to":{"type":"integer","minimum":1},"every":{"type":"integer","minimum":1}}},"repeated":{"type":"integer","minimum":1},"clock":{"type":"object","additionalProperties":false,"properties":{"from":{"$ref":"#/definitions/instant"},"to":{"$ref":"#/definitions/instant"}}}}},"effect":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"code":{"type":"integer"},"message":{"type":"string"},"http_status":{"type":"integer","minimum":400,"maximum":599},"retry_after":{"type":"integer","minimum":0},"disconnect":{"enum":["before_answer","within_answer"]},"hang":{"const":true},"delay_ms":{"type":"number","minimum":0,"maximum":3600000},"cut_body":{"type":"number","minimum":0,"maximum":1},"broken_json":{"const":true},"without_code":{"const":true},"total_number_delta":{"type":"integer"},"move_rows":{"type":"integer","minimum":1},"drop_rows":{"type":"integer","minimum":1},"repeat_rows":{"type":"integer","minimum":1},"ads_max":{"type":"integer","minimum":0},"too_large_above_days":{"type":"integer","minimum":0},"replace_metrics":{"type":"object","additionalProperties":{"type":"string"}},"empty_report":{"enum":["null_list","no_page_info"]},"page_size_counts_rows":{"const":true},"ids_as_numbers":{"const":true},"advertisers_a_page":{"type":"integer","minimum":1},"date_header":{"$ref":"#/definitions/instant"},"without_date_header":{"const":true}}},"scheduled_event":{"type":"object","additionalProperties":false,"required":["do"],"properties":{"after_calls":{"type":"integer","minimum":0},"endpoint":{"type":"string"},"at":{"$ref":"#/definitions/instant"},"do":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"revoke_token":{"const":true},"suspend":{"$ref":"#/definitions/advertiser"},"delete":{"$ref":"#/definitions/advertiser"},"grant":{"$ref":"#/definitions/advertiser"},"withdraw_metric":{"type":"string"},"advance_days":{"type":"number"}}}}}}};
const schema12 = {"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"};
const schema16 = {"type":"object","additionalProperties":false,"properties":{"tier":{"enum":["basic","advanced","premium","ultimate","sandbox"]},"per_second":{"type":"integer","minimum":0},"per_minute":{"type":"integer","minimum":0},"per_day":{"type":"integer","minimum":0},"advertiser_per_second":{"type":"integer","minimum":1},"penalty_seconds":{"type":"number","minimum":0},"timeout_penalties":{"type":"boolean"},"time_scale":{"type":"number","exclusiveMinimum":0,"maximum":1000}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$", "u");
const schema13 = {"type":"object","additionalProperties":false,"properties":{"id":{"type":"string","pattern":"^\\d{1,19}$"},"name":{"type":"string"},"timezone":{"type":"string"},"reported_timezone":{"type":"string"},"shows_display_timezone":{"type":"boolean"},"currency":{"type":"string","pattern":"^[A-Z]{3}$"},"campaigns":{"type":"integer","minimum":0,"maximum":1000000},"deleted_campaigns":{"type":"integer","minimum":0},"deleted_on":{"$ref":"#/definitions/day"},"created":{"$ref":"#/definitions/day"},"density":{"type":"number","minimum":0,"maximum":1},"zero_rows":{"type":"number","minimum":0,"maximum":1},"ad_groups_per_campaign":{"type":"integer","minimum":1},"ads_per_campaign":{"type":"integer","minimum":1},"sales":{"type":"boolean"},"reservation_share":{"type":"number","minimum":0},"gmv_max_campaigns":{"type":"integer","minimum":0},"campaign_names":{"type":"array","minItems":1,"items":{"type":"string"}},"odd_campaign_id":{"enum":["0","-1","-"]},"status":{"type":"string"},"granted":{"type":"boolean"}}};
const schema14 = {"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$"};
const pattern1 = new RegExp("^\\d{1,19}$", "u");
const pattern2 = new RegExp("^[A-Z]{3}$", "u");
const pattern3 = new RegExp("^\\d{4}-\\d{2}-\\d{2}$", "u");

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema13.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
const err1 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^\\d{1,19}$"},message:"must match pattern \""+"^\\d{1,19}$"+"\"",schema:"^\\d{1,19}$",parentSchema:schema13.properties.id,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.id.type,parentSchema:schema13.properties.id,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.name.type,parentSchema:schema13.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.timezone !== undefined){
let data2 = data.timezone;
if(typeof data2 !== "string"){
const err4 = {instancePath:instancePath+"/timezone",schemaPath:"#/properties/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.timezone.type,parentSchema:schema13.properties.timezone,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.reported_timezone !== undefined){
let data3 = data.reported_timezone;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/reported_timezone",schemaPath:"#/properties/reported_timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.reported_timezone.type,parentSchema:schema13.properties.reported_timezone,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.shows_display_timezone !== undefined){
let data4 = data.shows_display_timezone;
if(typeof data4 !== "boolean"){
const err6 = {instancePath:instancePath+"/shows_display_timezone",schemaPath:"#/properties/shows_display_timezone/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.shows_display_timezone.type,parentSchema:schema13.properties.shows_display_timezone,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.currency !== undefined){
let data5 = data.currency;
if(typeof data5 === "string"){
if(!pattern2.test(data5)){
const err7 = {instancePath:instancePath+"/currency",schemaPath:"#/properties/currency/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{3}$"},message:"must match pattern \""+"^[A-Z]{3}$"+"\"",schema:"^[A-Z]{3}$",parentSchema:schema13.properties.currency,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/currency",schemaPath:"#/properties/currency/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.currency.type,parentSchema:schema13.properties.currency,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.campaigns !== undefined){
let data6 = data.campaigns;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
const err9 = {instancePath:instancePath+"/campaigns",schemaPath:"#/properties/campaigns/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.campaigns.type,parentSchema:schema13.properties.campaigns,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(typeof data6 == "number"){
if(data6 > 1000000 || isNaN(data6)){
const err10 = {instancePath:instancePath+"/campaigns",schemaPath:"#/properties/campaigns/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema13.properties.campaigns,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data6 < 0 || isNaN(data6)){
const err11 = {instancePath:instancePath+"/campaigns",schemaPath:"#/properties/campaigns/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.campaigns,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.deleted_campaigns !== undefined){
let data7 = data.deleted_campaigns;
if(!((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7)))){
const err12 = {instancePath:instancePath+"/deleted_campaigns",schemaPath:"#/properties/deleted_campaigns/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.deleted_campaigns.type,parentSchema:schema13.properties.deleted_campaigns,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data7 == "number"){
if(data7 < 0 || isNaN(data7)){
const err13 = {instancePath:instancePath+"/deleted_campaigns",schemaPath:"#/properties/deleted_campaigns/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.deleted_campaigns,data:data7};
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
if(data.deleted_on !== undefined){
let data8 = data.deleted_on;
if(typeof data8 === "string"){
if(!pattern3.test(data8)){
const err14 = {instancePath:instancePath+"/deleted_on",schemaPath:"#/definitions/day/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}$",parentSchema:schema14,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/deleted_on",schemaPath:"#/definitions/day/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.created !== undefined){
let data9 = data.created;
if(typeof data9 === "string"){
if(!pattern3.test(data9)){
const err16 = {instancePath:instancePath+"/created",schemaPath:"#/definitions/day/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}$",parentSchema:schema14,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/created",schemaPath:"#/definitions/day/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.density !== undefined){
let data10 = data.density;
if(typeof data10 == "number"){
if(data10 > 1 || isNaN(data10)){
const err18 = {instancePath:instancePath+"/density",schemaPath:"#/properties/density/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema13.properties.density,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data10 < 0 || isNaN(data10)){
const err19 = {instancePath:instancePath+"/density",schemaPath:"#/properties/density/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.density,data:data10};
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
const err20 = {instancePath:instancePath+"/density",schemaPath:"#/properties/density/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema13.properties.density.type,parentSchema:schema13.properties.density,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.zero_rows !== undefined){
let data11 = data.zero_rows;
if(typeof data11 == "number"){
if(data11 > 1 || isNaN(data11)){
const err21 = {instancePath:instancePath+"/zero_rows",schemaPath:"#/properties/zero_rows/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema13.properties.zero_rows,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data11 < 0 || isNaN(data11)){
const err22 = {instancePath:instancePath+"/zero_rows",schemaPath:"#/properties/zero_rows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.zero_rows,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/zero_rows",schemaPath:"#/properties/zero_rows/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema13.properties.zero_rows.type,parentSchema:schema13.properties.zero_rows,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.ad_groups_per_campaign !== undefined){
let data12 = data.ad_groups_per_campaign;
if(!((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12)))){
const err24 = {instancePath:instancePath+"/ad_groups_per_campaign",schemaPath:"#/properties/ad_groups_per_campaign/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.ad_groups_per_campaign.type,parentSchema:schema13.properties.ad_groups_per_campaign,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(typeof data12 == "number"){
if(data12 < 1 || isNaN(data12)){
const err25 = {instancePath:instancePath+"/ad_groups_per_campaign",schemaPath:"#/properties/ad_groups_per_campaign/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema13.properties.ad_groups_per_campaign,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data.ads_per_campaign !== undefined){
let data13 = data.ads_per_campaign;
if(!((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13)))){
const err26 = {instancePath:instancePath+"/ads_per_campaign",schemaPath:"#/properties/ads_per_campaign/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.ads_per_campaign.type,parentSchema:schema13.properties.ads_per_campaign,data:data13};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(typeof data13 == "number"){
if(data13 < 1 || isNaN(data13)){
const err27 = {instancePath:instancePath+"/ads_per_campaign",schemaPath:"#/properties/ads_per_campaign/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema13.properties.ads_per_campaign,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
if(data.sales !== undefined){
let data14 = data.sales;
if(typeof data14 !== "boolean"){
const err28 = {instancePath:instancePath+"/sales",schemaPath:"#/properties/sales/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.sales.type,parentSchema:schema13.properties.sales,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.reservation_share !== undefined){
let data15 = data.reservation_share;
if(typeof data15 == "number"){
if(data15 < 0 || isNaN(data15)){
const err29 = {instancePath:instancePath+"/reservation_share",schemaPath:"#/properties/reservation_share/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.reservation_share,data:data15};
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
const err30 = {instancePath:instancePath+"/reservation_share",schemaPath:"#/properties/reservation_share/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema13.properties.reservation_share.type,parentSchema:schema13.properties.reservation_share,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.gmv_max_campaigns !== undefined){
let data16 = data.gmv_max_campaigns;
if(!((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16)))){
const err31 = {instancePath:instancePath+"/gmv_max_campaigns",schemaPath:"#/properties/gmv_max_campaigns/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema13.properties.gmv_max_campaigns.type,parentSchema:schema13.properties.gmv_max_campaigns,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(typeof data16 == "number"){
if(data16 < 0 || isNaN(data16)){
const err32 = {instancePath:instancePath+"/gmv_max_campaigns",schemaPath:"#/properties/gmv_max_campaigns/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema13.properties.gmv_max_campaigns,data:data16};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
if(data.campaign_names !== undefined){
let data17 = data.campaign_names;
if(Array.isArray(data17)){
if(data17.length < 1){
const err33 = {instancePath:instancePath+"/campaign_names",schemaPath:"#/properties/campaign_names/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema13.properties.campaign_names,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
const len0 = data17.length;
for(let i0=0; i0<len0; i0++){
let data18 = data17[i0];
if(typeof data18 !== "string"){
const err34 = {instancePath:instancePath+"/campaign_names/" + i0,schemaPath:"#/properties/campaign_names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.campaign_names.items.type,parentSchema:schema13.properties.campaign_names.items,data:data18};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/campaign_names",schemaPath:"#/properties/campaign_names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema13.properties.campaign_names.type,parentSchema:schema13.properties.campaign_names,data:data17};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.odd_campaign_id !== undefined){
let data19 = data.odd_campaign_id;
if(!(((data19 === "0") || (data19 === "-1")) || (data19 === "-"))){
const err36 = {instancePath:instancePath+"/odd_campaign_id",schemaPath:"#/properties/odd_campaign_id/enum",keyword:"enum",params:{allowedValues: schema13.properties.odd_campaign_id.enum},message:"must be equal to one of the allowed values",schema:schema13.properties.odd_campaign_id.enum,parentSchema:schema13.properties.odd_campaign_id,data:data19};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.status !== undefined){
let data20 = data.status;
if(typeof data20 !== "string"){
const err37 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.status.type,parentSchema:schema13.properties.status,data:data20};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.granted !== undefined){
let data21 = data.granted;
if(typeof data21 !== "boolean"){
const err38 = {instancePath:instancePath+"/granted",schemaPath:"#/properties/granted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema13.properties.granted.type,parentSchema:schema13.properties.granted,data:data21};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","additionalProperties":false,"required":["then"],"properties":{"name":{"type":"string"},"when":{"$ref":"#/definitions/selector"},"times":{"type":"integer","minimum":1},"probability":{"type":"number","minimum":0,"maximum":1},"then":{"$ref":"#/definitions/effect"}}};
const schema18 = {"type":"object","additionalProperties":false,"properties":{"endpoint":{"type":"string"},"advertisers":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/advertiser"}},"days":{"type":"object","additionalProperties":false,"properties":{"from":{"$ref":"#/definitions/day"},"to":{"$ref":"#/definitions/day"}}},"days_above":{"type":"integer","minimum":0},"page":{"type":"integer","minimum":1},"report_type":{"enum":["BASIC","TT_SHOP"]},"data_level":{"enum":["AUCTION_AD","AUCTION_ADGROUP","AUCTION_CAMPAIGN","AUCTION_ADVERTISER"]},"campaigns_above":{"type":"integer","minimum":0},"campaign_filter":{"type":"boolean"},"calls":{"type":"object","additionalProperties":false,"properties":{"from":{"type":"integer","minimum":1},"to":{"type":"integer","minimum":1},"every":{"type":"integer","minimum":1}}},"repeated":{"type":"integer","minimum":1},"clock":{"type":"object","additionalProperties":false,"properties":{"from":{"$ref":"#/definitions/instant"},"to":{"$ref":"#/definitions/instant"}}}}};
const schema19 = {"type":"string","pattern":"^(#[1-9]\\d*|\\d{1,19})$"};
const pattern5 = new RegExp("^(#[1-9]\\d*|\\d{1,19})$", "u");

function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema18.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.endpoint !== undefined){
let data0 = data.endpoint;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/endpoint",schemaPath:"#/properties/endpoint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.endpoint.type,parentSchema:schema18.properties.endpoint,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.advertisers !== undefined){
let data1 = data.advertisers;
if(Array.isArray(data1)){
if(data1.length < 1){
const err2 = {instancePath:instancePath+"/advertisers",schemaPath:"#/properties/advertisers/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema18.properties.advertisers,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err3 = {instancePath:instancePath+"/advertisers/" + i0,schemaPath:"#/definitions/advertiser/pattern",keyword:"pattern",params:{pattern: "^(#[1-9]\\d*|\\d{1,19})$"},message:"must match pattern \""+"^(#[1-9]\\d*|\\d{1,19})$"+"\"",schema:"^(#[1-9]\\d*|\\d{1,19})$",parentSchema:schema19,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/advertisers/" + i0,schemaPath:"#/definitions/advertiser/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.type,parentSchema:schema19,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/advertisers",schemaPath:"#/properties/advertisers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema18.properties.advertisers.type,parentSchema:schema18.properties.advertisers,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.days !== undefined){
let data3 = data.days;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!((key1 === "from") || (key1 === "to"))){
const err6 = {instancePath:instancePath+"/days",schemaPath:"#/properties/days/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema18.properties.days,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data3.from !== undefined){
let data4 = data3.from;
if(typeof data4 === "string"){
if(!pattern3.test(data4)){
const err7 = {instancePath:instancePath+"/days/from",schemaPath:"#/definitions/day/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}$",parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/days/from",schemaPath:"#/definitions/day/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data3.to !== undefined){
let data5 = data3.to;
if(typeof data5 === "string"){
if(!pattern3.test(data5)){
const err9 = {instancePath:instancePath+"/days/to",schemaPath:"#/definitions/day/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}$",parentSchema:schema14,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/days/to",schemaPath:"#/definitions/day/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/days",schemaPath:"#/properties/days/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.days.type,parentSchema:schema18.properties.days,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.days_above !== undefined){
let data6 = data.days_above;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
const err12 = {instancePath:instancePath+"/days_above",schemaPath:"#/properties/days_above/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.days_above.type,parentSchema:schema18.properties.days_above,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data6 == "number"){
if(data6 < 0 || isNaN(data6)){
const err13 = {instancePath:instancePath+"/days_above",schemaPath:"#/properties/days_above/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema18.properties.days_above,data:data6};
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
if(data.page !== undefined){
let data7 = data.page;
if(!((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7)))){
const err14 = {instancePath:instancePath+"/page",schemaPath:"#/properties/page/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.page.type,parentSchema:schema18.properties.page,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(typeof data7 == "number"){
if(data7 < 1 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/page",schemaPath:"#/properties/page/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema18.properties.page,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.report_type !== undefined){
let data8 = data.report_type;
if(!((data8 === "BASIC") || (data8 === "TT_SHOP"))){
const err16 = {instancePath:instancePath+"/report_type",schemaPath:"#/properties/report_type/enum",keyword:"enum",params:{allowedValues: schema18.properties.report_type.enum},message:"must be equal to one of the allowed values",schema:schema18.properties.report_type.enum,parentSchema:schema18.properties.report_type,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.data_level !== undefined){
let data9 = data.data_level;
if(!((((data9 === "AUCTION_AD") || (data9 === "AUCTION_ADGROUP")) || (data9 === "AUCTION_CAMPAIGN")) || (data9 === "AUCTION_ADVERTISER"))){
const err17 = {instancePath:instancePath+"/data_level",schemaPath:"#/properties/data_level/enum",keyword:"enum",params:{allowedValues: schema18.properties.data_level.enum},message:"must be equal to one of the allowed values",schema:schema18.properties.data_level.enum,parentSchema:schema18.properties.data_level,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.campaigns_above !== undefined){
let data10 = data.campaigns_above;
if(!((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10)))){
const err18 = {instancePath:instancePath+"/campaigns_above",schemaPath:"#/properties/campaigns_above/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.campaigns_above.type,parentSchema:schema18.properties.campaigns_above,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(typeof data10 == "number"){
if(data10 < 0 || isNaN(data10)){
const err19 = {instancePath:instancePath+"/campaigns_above",schemaPath:"#/properties/campaigns_above/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema18.properties.campaigns_above,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data.campaign_filter !== undefined){
let data11 = data.campaign_filter;
if(typeof data11 !== "boolean"){
const err20 = {instancePath:instancePath+"/campaign_filter",schemaPath:"#/properties/campaign_filter/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema18.properties.campaign_filter.type,parentSchema:schema18.properties.campaign_filter,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.calls !== undefined){
let data12 = data.calls;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key2 in data12){
if(!(((key2 === "from") || (key2 === "to")) || (key2 === "every"))){
const err21 = {instancePath:instancePath+"/calls",schemaPath:"#/properties/calls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema18.properties.calls,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data12.from !== undefined){
let data13 = data12.from;
if(!((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13)))){
const err22 = {instancePath:instancePath+"/calls/from",schemaPath:"#/properties/calls/properties/from/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.calls.properties.from.type,parentSchema:schema18.properties.calls.properties.from,data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(typeof data13 == "number"){
if(data13 < 1 || isNaN(data13)){
const err23 = {instancePath:instancePath+"/calls/from",schemaPath:"#/properties/calls/properties/from/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema18.properties.calls.properties.from,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data12.to !== undefined){
let data14 = data12.to;
if(!((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14)))){
const err24 = {instancePath:instancePath+"/calls/to",schemaPath:"#/properties/calls/properties/to/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.calls.properties.to.type,parentSchema:schema18.properties.calls.properties.to,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(typeof data14 == "number"){
if(data14 < 1 || isNaN(data14)){
const err25 = {instancePath:instancePath+"/calls/to",schemaPath:"#/properties/calls/properties/to/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema18.properties.calls.properties.to,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data12.every !== undefined){
let data15 = data12.every;
if(!((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15)))){
const err26 = {instancePath:instancePath+"/calls/every",schemaPath:"#/properties/calls/properties/every/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.calls.properties.every.type,parentSchema:schema18.properties.calls.properties.every,data:data15};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(typeof data15 == "number"){
if(data15 < 1 || isNaN(data15)){
const err27 = {instancePath:instancePath+"/calls/every",schemaPath:"#/properties/calls/properties/every/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema18.properties.calls.properties.every,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
else {
const err28 = {instancePath:instancePath+"/calls",schemaPath:"#/properties/calls/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.calls.type,parentSchema:schema18.properties.calls,data:data12};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.repeated !== undefined){
let data16 = data.repeated;
if(!((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16)))){
const err29 = {instancePath:instancePath+"/repeated",schemaPath:"#/properties/repeated/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema18.properties.repeated.type,parentSchema:schema18.properties.repeated,data:data16};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(typeof data16 == "number"){
if(data16 < 1 || isNaN(data16)){
const err30 = {instancePath:instancePath+"/repeated",schemaPath:"#/properties/repeated/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema18.properties.repeated,data:data16};
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
if(data.clock !== undefined){
let data17 = data.clock;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key3 in data17){
if(!((key3 === "from") || (key3 === "to"))){
const err31 = {instancePath:instancePath+"/clock",schemaPath:"#/properties/clock/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema18.properties.clock,data:data17};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data17.from !== undefined){
let data18 = data17.from;
if(typeof data18 === "string"){
if(!pattern0.test(data18)){
const err32 = {instancePath:instancePath+"/clock/from",schemaPath:"#/definitions/instant/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema12,data:data18};
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
const err33 = {instancePath:instancePath+"/clock/from",schemaPath:"#/definitions/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.type,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data17.to !== undefined){
let data19 = data17.to;
if(typeof data19 === "string"){
if(!pattern0.test(data19)){
const err34 = {instancePath:instancePath+"/clock/to",schemaPath:"#/definitions/instant/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema12,data:data19};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/clock/to",schemaPath:"#/definitions/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.type,parentSchema:schema12,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/clock",schemaPath:"#/properties/clock/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.clock.type,parentSchema:schema18.properties.clock,data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.type,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate14.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":"object","additionalProperties":false,"minProperties":1,"properties":{"code":{"type":"integer"},"message":{"type":"string"},"http_status":{"type":"integer","minimum":400,"maximum":599},"retry_after":{"type":"integer","minimum":0},"disconnect":{"enum":["before_answer","within_answer"]},"hang":{"const":true},"delay_ms":{"type":"number","minimum":0,"maximum":3600000},"cut_body":{"type":"number","minimum":0,"maximum":1},"broken_json":{"const":true},"without_code":{"const":true},"total_number_delta":{"type":"integer"},"move_rows":{"type":"integer","minimum":1},"drop_rows":{"type":"integer","minimum":1},"repeat_rows":{"type":"integer","minimum":1},"ads_max":{"type":"integer","minimum":0},"too_large_above_days":{"type":"integer","minimum":0},"replace_metrics":{"type":"object","additionalProperties":{"type":"string"}},"empty_report":{"enum":["null_list","no_page_info"]},"page_size_counts_rows":{"const":true},"ids_as_numbers":{"const":true},"advertisers_a_page":{"type":"integer","minimum":1},"date_header":{"$ref":"#/definitions/instant"},"without_date_header":{"const":true}}};

function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema24.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.code !== undefined){
let data0 = data.code;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err2 = {instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.code.type,parentSchema:schema24.properties.code,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.message !== undefined){
let data1 = data.message;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.message.type,parentSchema:schema24.properties.message,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.http_status !== undefined){
let data2 = data.http_status;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err4 = {instancePath:instancePath+"/http_status",schemaPath:"#/properties/http_status/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.http_status.type,parentSchema:schema24.properties.http_status,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(typeof data2 == "number"){
if(data2 > 599 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/http_status",schemaPath:"#/properties/http_status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599",schema:599,parentSchema:schema24.properties.http_status,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 < 400 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/http_status",schemaPath:"#/properties/http_status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 400},message:"must be >= 400",schema:400,parentSchema:schema24.properties.http_status,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.retry_after !== undefined){
let data3 = data.retry_after;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
const err7 = {instancePath:instancePath+"/retry_after",schemaPath:"#/properties/retry_after/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.retry_after.type,parentSchema:schema24.properties.retry_after,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(typeof data3 == "number"){
if(data3 < 0 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/retry_after",schemaPath:"#/properties/retry_after/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema24.properties.retry_after,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.disconnect !== undefined){
let data4 = data.disconnect;
if(!((data4 === "before_answer") || (data4 === "within_answer"))){
const err9 = {instancePath:instancePath+"/disconnect",schemaPath:"#/properties/disconnect/enum",keyword:"enum",params:{allowedValues: schema24.properties.disconnect.enum},message:"must be equal to one of the allowed values",schema:schema24.properties.disconnect.enum,parentSchema:schema24.properties.disconnect,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.hang !== undefined){
let data5 = data.hang;
if(true !== data5){
const err10 = {instancePath:instancePath+"/hang",schemaPath:"#/properties/hang/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.hang,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.delay_ms !== undefined){
let data6 = data.delay_ms;
if(typeof data6 == "number"){
if(data6 > 3600000 || isNaN(data6)){
const err11 = {instancePath:instancePath+"/delay_ms",schemaPath:"#/properties/delay_ms/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600000},message:"must be <= 3600000",schema:3600000,parentSchema:schema24.properties.delay_ms,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data6 < 0 || isNaN(data6)){
const err12 = {instancePath:instancePath+"/delay_ms",schemaPath:"#/properties/delay_ms/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema24.properties.delay_ms,data:data6};
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
const err13 = {instancePath:instancePath+"/delay_ms",schemaPath:"#/properties/delay_ms/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema24.properties.delay_ms.type,parentSchema:schema24.properties.delay_ms,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.cut_body !== undefined){
let data7 = data.cut_body;
if(typeof data7 == "number"){
if(data7 > 1 || isNaN(data7)){
const err14 = {instancePath:instancePath+"/cut_body",schemaPath:"#/properties/cut_body/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema24.properties.cut_body,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err15 = {instancePath:instancePath+"/cut_body",schemaPath:"#/properties/cut_body/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema24.properties.cut_body,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/cut_body",schemaPath:"#/properties/cut_body/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema24.properties.cut_body.type,parentSchema:schema24.properties.cut_body,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.broken_json !== undefined){
let data8 = data.broken_json;
if(true !== data8){
const err17 = {instancePath:instancePath+"/broken_json",schemaPath:"#/properties/broken_json/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.broken_json,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.without_code !== undefined){
let data9 = data.without_code;
if(true !== data9){
const err18 = {instancePath:instancePath+"/without_code",schemaPath:"#/properties/without_code/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.without_code,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.total_number_delta !== undefined){
let data10 = data.total_number_delta;
if(!((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10)))){
const err19 = {instancePath:instancePath+"/total_number_delta",schemaPath:"#/properties/total_number_delta/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.total_number_delta.type,parentSchema:schema24.properties.total_number_delta,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.move_rows !== undefined){
let data11 = data.move_rows;
if(!((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11)))){
const err20 = {instancePath:instancePath+"/move_rows",schemaPath:"#/properties/move_rows/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.move_rows.type,parentSchema:schema24.properties.move_rows,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(typeof data11 == "number"){
if(data11 < 1 || isNaN(data11)){
const err21 = {instancePath:instancePath+"/move_rows",schemaPath:"#/properties/move_rows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.move_rows,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data.drop_rows !== undefined){
let data12 = data.drop_rows;
if(!((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12)))){
const err22 = {instancePath:instancePath+"/drop_rows",schemaPath:"#/properties/drop_rows/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.drop_rows.type,parentSchema:schema24.properties.drop_rows,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(typeof data12 == "number"){
if(data12 < 1 || isNaN(data12)){
const err23 = {instancePath:instancePath+"/drop_rows",schemaPath:"#/properties/drop_rows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.drop_rows,data:data12};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data.repeat_rows !== undefined){
let data13 = data.repeat_rows;
if(!((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13)))){
const err24 = {instancePath:instancePath+"/repeat_rows",schemaPath:"#/properties/repeat_rows/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.repeat_rows.type,parentSchema:schema24.properties.repeat_rows,data:data13};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(typeof data13 == "number"){
if(data13 < 1 || isNaN(data13)){
const err25 = {instancePath:instancePath+"/repeat_rows",schemaPath:"#/properties/repeat_rows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.repeat_rows,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data.ads_max !== undefined){
let data14 = data.ads_max;
if(!((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14)))){
const err26 = {instancePath:instancePath+"/ads_max",schemaPath:"#/properties/ads_max/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.ads_max.type,parentSchema:schema24.properties.ads_max,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(typeof data14 == "number"){
if(data14 < 0 || isNaN(data14)){
const err27 = {instancePath:instancePath+"/ads_max",schemaPath:"#/properties/ads_max/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema24.properties.ads_max,data:data14};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
if(data.too_large_above_days !== undefined){
let data15 = data.too_large_above_days;
if(!((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15)))){
const err28 = {instancePath:instancePath+"/too_large_above_days",schemaPath:"#/properties/too_large_above_days/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.too_large_above_days.type,parentSchema:schema24.properties.too_large_above_days,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(typeof data15 == "number"){
if(data15 < 0 || isNaN(data15)){
const err29 = {instancePath:instancePath+"/too_large_above_days",schemaPath:"#/properties/too_large_above_days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema24.properties.too_large_above_days,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data.replace_metrics !== undefined){
let data16 = data.replace_metrics;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key1 in data16){
let data17 = data16[key1];
if(typeof data17 !== "string"){
const err30 = {instancePath:instancePath+"/replace_metrics/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/replace_metrics/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.replace_metrics.additionalProperties.type,parentSchema:schema24.properties.replace_metrics.additionalProperties,data:data17};
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
const err31 = {instancePath:instancePath+"/replace_metrics",schemaPath:"#/properties/replace_metrics/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.properties.replace_metrics.type,parentSchema:schema24.properties.replace_metrics,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.empty_report !== undefined){
let data18 = data.empty_report;
if(!((data18 === "null_list") || (data18 === "no_page_info"))){
const err32 = {instancePath:instancePath+"/empty_report",schemaPath:"#/properties/empty_report/enum",keyword:"enum",params:{allowedValues: schema24.properties.empty_report.enum},message:"must be equal to one of the allowed values",schema:schema24.properties.empty_report.enum,parentSchema:schema24.properties.empty_report,data:data18};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.page_size_counts_rows !== undefined){
let data19 = data.page_size_counts_rows;
if(true !== data19){
const err33 = {instancePath:instancePath+"/page_size_counts_rows",schemaPath:"#/properties/page_size_counts_rows/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.page_size_counts_rows,data:data19};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.ids_as_numbers !== undefined){
let data20 = data.ids_as_numbers;
if(true !== data20){
const err34 = {instancePath:instancePath+"/ids_as_numbers",schemaPath:"#/properties/ids_as_numbers/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.ids_as_numbers,data:data20};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.advertisers_a_page !== undefined){
let data21 = data.advertisers_a_page;
if(!((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21)))){
const err35 = {instancePath:instancePath+"/advertisers_a_page",schemaPath:"#/properties/advertisers_a_page/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.advertisers_a_page.type,parentSchema:schema24.properties.advertisers_a_page,data:data21};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(typeof data21 == "number"){
if(data21 < 1 || isNaN(data21)){
const err36 = {instancePath:instancePath+"/advertisers_a_page",schemaPath:"#/properties/advertisers_a_page/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.advertisers_a_page,data:data21};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data.date_header !== undefined){
let data22 = data.date_header;
if(typeof data22 === "string"){
if(!pattern0.test(data22)){
const err37 = {instancePath:instancePath+"/date_header",schemaPath:"#/definitions/instant/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema12,data:data22};
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
const err38 = {instancePath:instancePath+"/date_header",schemaPath:"#/definitions/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.type,parentSchema:schema12,data:data22};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.without_date_header !== undefined){
let data23 = data.without_date_header;
if(true !== data23){
const err39 = {instancePath:instancePath+"/without_date_header",schemaPath:"#/properties/without_date_header/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.without_date_header,data:data23};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
validate16.errors = vErrors;
return errors === 0;
}


function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.then === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "then"},message:"must have required property '"+"then"+"'",schema:schema17.required,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "when")) || (key0 === "times")) || (key0 === "probability")) || (key0 === "then"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.name.type,parentSchema:schema17.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.when !== undefined){
if(!(validate14(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.times !== undefined){
let data2 = data.times;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err3 = {instancePath:instancePath+"/times",schemaPath:"#/properties/times/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema17.properties.times.type,parentSchema:schema17.properties.times,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data2 == "number"){
if(data2 < 1 || isNaN(data2)){
const err4 = {instancePath:instancePath+"/times",schemaPath:"#/properties/times/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema17.properties.times,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.probability !== undefined){
let data3 = data.probability;
if(typeof data3 == "number"){
if(data3 > 1 || isNaN(data3)){
const err5 = {instancePath:instancePath+"/probability",schemaPath:"#/properties/probability/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema17.properties.probability,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err6 = {instancePath:instancePath+"/probability",schemaPath:"#/properties/probability/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema17.properties.probability,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/probability",schemaPath:"#/properties/probability/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema17.properties.probability.type,parentSchema:schema17.properties.probability,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.then !== undefined){
if(!(validate16(data.then, {instancePath:instancePath+"/then",parentData:data,parentDataProperty:"then",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema17.type,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate13.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","additionalProperties":false,"required":["do"],"properties":{"after_calls":{"type":"integer","minimum":0},"endpoint":{"type":"string"},"at":{"$ref":"#/definitions/instant"},"do":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"revoke_token":{"const":true},"suspend":{"$ref":"#/definitions/advertiser"},"delete":{"$ref":"#/definitions/advertiser"},"grant":{"$ref":"#/definitions/advertiser"},"withdraw_metric":{"type":"string"},"advance_days":{"type":"number"}}}}};

function validate19(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.do === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "do"},message:"must have required property '"+"do"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "after_calls") || (key0 === "endpoint")) || (key0 === "at")) || (key0 === "do"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.after_calls !== undefined){
let data0 = data.after_calls;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err2 = {instancePath:instancePath+"/after_calls",schemaPath:"#/properties/after_calls/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema26.properties.after_calls.type,parentSchema:schema26.properties.after_calls,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data0 == "number"){
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/after_calls",schemaPath:"#/properties/after_calls/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema26.properties.after_calls,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.endpoint !== undefined){
let data1 = data.endpoint;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/endpoint",schemaPath:"#/properties/endpoint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.endpoint.type,parentSchema:schema26.properties.endpoint,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.at !== undefined){
let data2 = data.at;
if(typeof data2 === "string"){
if(!pattern0.test(data2)){
const err5 = {instancePath:instancePath+"/at",schemaPath:"#/definitions/instant/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema12,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/at",schemaPath:"#/definitions/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.type,parentSchema:schema12,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.do !== undefined){
let data3 = data.do;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length < 1){
const err7 = {instancePath:instancePath+"/do",schemaPath:"#/properties/do/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema26.properties.do,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data3){
if(!((((((key1 === "revoke_token") || (key1 === "suspend")) || (key1 === "delete")) || (key1 === "grant")) || (key1 === "withdraw_metric")) || (key1 === "advance_days"))){
const err8 = {instancePath:instancePath+"/do",schemaPath:"#/properties/do/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema26.properties.do,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data3.revoke_token !== undefined){
let data4 = data3.revoke_token;
if(true !== data4){
const err9 = {instancePath:instancePath+"/do/revoke_token",schemaPath:"#/properties/do/properties/revoke_token/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema26.properties.do.properties.revoke_token,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.suspend !== undefined){
let data5 = data3.suspend;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err10 = {instancePath:instancePath+"/do/suspend",schemaPath:"#/definitions/advertiser/pattern",keyword:"pattern",params:{pattern: "^(#[1-9]\\d*|\\d{1,19})$"},message:"must match pattern \""+"^(#[1-9]\\d*|\\d{1,19})$"+"\"",schema:"^(#[1-9]\\d*|\\d{1,19})$",parentSchema:schema19,data:data5};
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
const err11 = {instancePath:instancePath+"/do/suspend",schemaPath:"#/definitions/advertiser/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.type,parentSchema:schema19,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data3.delete !== undefined){
let data6 = data3.delete;
if(typeof data6 === "string"){
if(!pattern5.test(data6)){
const err12 = {instancePath:instancePath+"/do/delete",schemaPath:"#/definitions/advertiser/pattern",keyword:"pattern",params:{pattern: "^(#[1-9]\\d*|\\d{1,19})$"},message:"must match pattern \""+"^(#[1-9]\\d*|\\d{1,19})$"+"\"",schema:"^(#[1-9]\\d*|\\d{1,19})$",parentSchema:schema19,data:data6};
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
const err13 = {instancePath:instancePath+"/do/delete",schemaPath:"#/definitions/advertiser/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.type,parentSchema:schema19,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data3.grant !== undefined){
let data7 = data3.grant;
if(typeof data7 === "string"){
if(!pattern5.test(data7)){
const err14 = {instancePath:instancePath+"/do/grant",schemaPath:"#/definitions/advertiser/pattern",keyword:"pattern",params:{pattern: "^(#[1-9]\\d*|\\d{1,19})$"},message:"must match pattern \""+"^(#[1-9]\\d*|\\d{1,19})$"+"\"",schema:"^(#[1-9]\\d*|\\d{1,19})$",parentSchema:schema19,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/do/grant",schemaPath:"#/definitions/advertiser/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.type,parentSchema:schema19,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data3.withdraw_metric !== undefined){
let data8 = data3.withdraw_metric;
if(typeof data8 !== "string"){
const err16 = {instancePath:instancePath+"/do/withdraw_metric",schemaPath:"#/properties/do/properties/withdraw_metric/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.do.properties.withdraw_metric.type,parentSchema:schema26.properties.do.properties.withdraw_metric,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data3.advance_days !== undefined){
let data9 = data3.advance_days;
if(!(typeof data9 == "number")){
const err17 = {instancePath:instancePath+"/do/advance_days",schemaPath:"#/properties/do/properties/advance_days/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema26.properties.do.properties.advance_days.type,parentSchema:schema26.properties.do.properties.advance_days,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/do",schemaPath:"#/properties/do/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.do.type,parentSchema:schema26.properties.do,data:data3};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate19.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.$schema.type,parentSchema:schema11.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.description.type,parentSchema:schema11.properties.description,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.seed !== undefined){
let data2 = data.seed;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err3 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.seed.type,parentSchema:schema11.properties.seed,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data2 == "number"){
if(data2 > 4294967295 || isNaN(data2)){
const err4 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295",schema:4294967295,parentSchema:schema11.properties.seed,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.seed,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.now !== undefined){
let data3 = data.now;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err6 = {instancePath:instancePath+"/now",schemaPath:"#/definitions/instant/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",parentSchema:schema12,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/now",schemaPath:"#/definitions/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.type,parentSchema:schema12,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.attribution_days !== undefined){
let data4 = data.attribution_days;
if(!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))){
const err8 = {instancePath:instancePath+"/attribution_days",schemaPath:"#/properties/attribution_days/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.attribution_days.type,parentSchema:schema11.properties.attribution_days,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(typeof data4 == "number"){
if(data4 > 28 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/attribution_days",schemaPath:"#/properties/attribution_days/maximum",keyword:"maximum",params:{comparison: "<=", limit: 28},message:"must be <= 28",schema:28,parentSchema:schema11.properties.attribution_days,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/attribution_days",schemaPath:"#/properties/attribution_days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.attribution_days,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.conversion_rate_basis !== undefined){
let data5 = data.conversion_rate_basis;
if(!((data5 === "clicks") || (data5 === "impressions"))){
const err11 = {instancePath:instancePath+"/conversion_rate_basis",schemaPath:"#/properties/conversion_rate_basis/enum",keyword:"enum",params:{allowedValues: schema11.properties.conversion_rate_basis.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.conversion_rate_basis.enum,parentSchema:schema11.properties.conversion_rate_basis,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.ads_max !== undefined){
let data6 = data.ads_max;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
const err12 = {instancePath:instancePath+"/ads_max",schemaPath:"#/properties/ads_max/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.ads_max.type,parentSchema:schema11.properties.ads_max,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data6 == "number"){
if(data6 < 1 || isNaN(data6)){
const err13 = {instancePath:instancePath+"/ads_max",schemaPath:"#/properties/ads_max/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.ads_max,data:data6};
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
if(data.cuts_advertisers !== undefined){
let data7 = data.cuts_advertisers;
if(typeof data7 !== "boolean"){
const err14 = {instancePath:instancePath+"/cuts_advertisers",schemaPath:"#/properties/cuts_advertisers/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.cuts_advertisers.type,parentSchema:schema11.properties.cuts_advertisers,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.sandbox !== undefined){
let data8 = data.sandbox;
if(typeof data8 !== "boolean"){
const err15 = {instancePath:instancePath+"/sandbox",schemaPath:"#/properties/sandbox/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.sandbox.type,parentSchema:schema11.properties.sandbox,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.latency_ms !== undefined){
let data9 = data.latency_ms;
if(typeof data9 == "number"){
if(data9 > 600000 || isNaN(data9)){
const err16 = {instancePath:instancePath+"/latency_ms",schemaPath:"#/properties/latency_ms/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600000},message:"must be <= 600000",schema:600000,parentSchema:schema11.properties.latency_ms,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data9 < 0 || isNaN(data9)){
const err17 = {instancePath:instancePath+"/latency_ms",schemaPath:"#/properties/latency_ms/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.latency_ms,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/latency_ms",schemaPath:"#/properties/latency_ms/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.latency_ms.type,parentSchema:schema11.properties.latency_ms,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.accounts !== undefined){
let data10 = data.accounts;
const _errs23 = errors;
let valid2 = false;
const _errs24 = errors;
if(!(((data10 === "default") || (data10 === "brand")) || (data10 === "agency"))){
const err19 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema11.properties.accounts.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema11.properties.accounts.anyOf[0].enum,parentSchema:schema11.properties.accounts.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid0 = _errs24 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs25 = errors;
if(!((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10)))){
const err20 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf/1/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.accounts.anyOf[1].type,parentSchema:schema11.properties.accounts.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(typeof data10 == "number"){
if(data10 > 100000 || isNaN(data10)){
const err21 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf/1/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema11.properties.accounts.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err22 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf/1/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.accounts.anyOf[1],data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var _valid0 = _errs25 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs27 = errors;
if(Array.isArray(data10)){
if(data10.length < 1){
const err23 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf/2/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema11.properties.accounts.anyOf[2],data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
if(!(validate11(data10[i0], {instancePath:instancePath+"/accounts/" + i0,parentData:data10,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf/2/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.accounts.anyOf[2].type,parentSchema:schema11.properties.accounts.anyOf[2],data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var _valid0 = _errs27 === errors;
valid2 = valid2 || _valid0;
}
}
if(!valid2){
const err25 = {instancePath:instancePath+"/accounts",schemaPath:"#/properties/accounts/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema11.properties.accounts.anyOf,parentSchema:schema11.properties.accounts,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
else {
errors = _errs23;
if(vErrors !== null){
if(_errs23){
vErrors.length = _errs23;
}
else {
vErrors = null;
}
}
}
}
if(data.quota !== undefined){
let data12 = data.quota;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key1 in data12){
if(!((((((((key1 === "tier") || (key1 === "per_second")) || (key1 === "per_minute")) || (key1 === "per_day")) || (key1 === "advertiser_per_second")) || (key1 === "penalty_seconds")) || (key1 === "timeout_penalties")) || (key1 === "time_scale"))){
const err26 = {instancePath:instancePath+"/quota",schemaPath:"#/definitions/quota/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema16,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data12.tier !== undefined){
let data13 = data12.tier;
if(!(((((data13 === "basic") || (data13 === "advanced")) || (data13 === "premium")) || (data13 === "ultimate")) || (data13 === "sandbox"))){
const err27 = {instancePath:instancePath+"/quota/tier",schemaPath:"#/definitions/quota/properties/tier/enum",keyword:"enum",params:{allowedValues: schema16.properties.tier.enum},message:"must be equal to one of the allowed values",schema:schema16.properties.tier.enum,parentSchema:schema16.properties.tier,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data12.per_second !== undefined){
let data14 = data12.per_second;
if(!((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14)))){
const err28 = {instancePath:instancePath+"/quota/per_second",schemaPath:"#/definitions/quota/properties/per_second/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.per_second.type,parentSchema:schema16.properties.per_second,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(typeof data14 == "number"){
if(data14 < 0 || isNaN(data14)){
const err29 = {instancePath:instancePath+"/quota/per_second",schemaPath:"#/definitions/quota/properties/per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.per_second,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
if(data12.per_minute !== undefined){
let data15 = data12.per_minute;
if(!((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15)))){
const err30 = {instancePath:instancePath+"/quota/per_minute",schemaPath:"#/definitions/quota/properties/per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.per_minute.type,parentSchema:schema16.properties.per_minute,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(typeof data15 == "number"){
if(data15 < 0 || isNaN(data15)){
const err31 = {instancePath:instancePath+"/quota/per_minute",schemaPath:"#/definitions/quota/properties/per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.per_minute,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data12.per_day !== undefined){
let data16 = data12.per_day;
if(!((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16)))){
const err32 = {instancePath:instancePath+"/quota/per_day",schemaPath:"#/definitions/quota/properties/per_day/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.per_day.type,parentSchema:schema16.properties.per_day,data:data16};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(typeof data16 == "number"){
if(data16 < 0 || isNaN(data16)){
const err33 = {instancePath:instancePath+"/quota/per_day",schemaPath:"#/definitions/quota/properties/per_day/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.per_day,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
if(data12.advertiser_per_second !== undefined){
let data17 = data12.advertiser_per_second;
if(!((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17)))){
const err34 = {instancePath:instancePath+"/quota/advertiser_per_second",schemaPath:"#/definitions/quota/properties/advertiser_per_second/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema16.properties.advertiser_per_second.type,parentSchema:schema16.properties.advertiser_per_second,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(typeof data17 == "number"){
if(data17 < 1 || isNaN(data17)){
const err35 = {instancePath:instancePath+"/quota/advertiser_per_second",schemaPath:"#/definitions/quota/properties/advertiser_per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema16.properties.advertiser_per_second,data:data17};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
if(data12.penalty_seconds !== undefined){
let data18 = data12.penalty_seconds;
if(typeof data18 == "number"){
if(data18 < 0 || isNaN(data18)){
const err36 = {instancePath:instancePath+"/quota/penalty_seconds",schemaPath:"#/definitions/quota/properties/penalty_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema16.properties.penalty_seconds,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/quota/penalty_seconds",schemaPath:"#/definitions/quota/properties/penalty_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema16.properties.penalty_seconds.type,parentSchema:schema16.properties.penalty_seconds,data:data18};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data12.timeout_penalties !== undefined){
let data19 = data12.timeout_penalties;
if(typeof data19 !== "boolean"){
const err38 = {instancePath:instancePath+"/quota/timeout_penalties",schemaPath:"#/definitions/quota/properties/timeout_penalties/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema16.properties.timeout_penalties.type,parentSchema:schema16.properties.timeout_penalties,data:data19};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data12.time_scale !== undefined){
let data20 = data12.time_scale;
if(typeof data20 == "number"){
if(data20 > 1000 || isNaN(data20)){
const err39 = {instancePath:instancePath+"/quota/time_scale",schemaPath:"#/definitions/quota/properties/time_scale/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema16.properties.time_scale,data:data20};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data20 <= 0 || isNaN(data20)){
const err40 = {instancePath:instancePath+"/quota/time_scale",schemaPath:"#/definitions/quota/properties/time_scale/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema16.properties.time_scale,data:data20};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/quota/time_scale",schemaPath:"#/definitions/quota/properties/time_scale/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema16.properties.time_scale.type,parentSchema:schema16.properties.time_scale,data:data20};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/quota",schemaPath:"#/definitions/quota/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema16.type,parentSchema:schema16,data:data12};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.faults !== undefined){
let data21 = data.faults;
if(Array.isArray(data21)){
const len1 = data21.length;
for(let i1=0; i1<len1; i1++){
if(!(validate13(data21[i1], {instancePath:instancePath+"/faults/" + i1,parentData:data21,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
}
}
else {
const err43 = {instancePath:instancePath+"/faults",schemaPath:"#/properties/faults/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.faults.type,parentSchema:schema11.properties.faults,data:data21};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.events !== undefined){
let data23 = data.events;
if(Array.isArray(data23)){
const len2 = data23.length;
for(let i2=0; i2<len2; i2++){
if(!(validate19(data23[i2], {instancePath:instancePath+"/events/" + i2,parentData:data23,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
errors = vErrors.length;
}
}
}
else {
const err44 = {instancePath:instancePath+"/events",schemaPath:"#/properties/events/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.events.type,parentSchema:schema11.properties.events,data:data23};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
