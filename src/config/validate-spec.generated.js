// Generated from spec.json#/connectionSpecification by `npm run generate`; do not edit.
// @ts-nocheck
import func2Module from 'ajv/dist/runtime/ucs2length.js';
const func2 = func2Module.default ?? func2Module;
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["credentials","start_date"],"additionalProperties":true,"properties":{"credentials":{"type":"object","oneOf":[{"type":"object","required":["auth_type","app_id","secret","access_token"],"additionalProperties":true,"properties":{"auth_type":{"type":"string","const":"oauth2.0"},"app_id":{"type":"string","minLength":1,"airbyte_secret":true},"secret":{"type":"string","minLength":1,"airbyte_secret":true},"access_token":{"type":"string","minLength":1,"airbyte_secret":true}}},{"type":"object","required":["auth_type","access_token"],"additionalProperties":true,"properties":{"auth_type":{"type":"string","const":"access_token"},"access_token":{"type":"string","minLength":1,"airbyte_secret":true}}},{"type":"object","required":["auth_type","access_token","advertiser_id"],"additionalProperties":true,"properties":{"auth_type":{"type":"string","const":"sandbox_access_token"},"access_token":{"type":"string","minLength":1,"airbyte_secret":true},"advertiser_id":{"type":"string","pattern":"^[0-9]+$","pattern_descriptor":"digits only"}}}],"discriminator":{"propertyName":"auth_type"}},"start_date":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$","pattern_descriptor":"YYYY-MM-DD"},"end_date":{"type":"string","pattern":"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$","pattern_descriptor":"YYYY-MM-DD"},"advertiser_ids":{"type":"array","items":{"type":"string","pattern":"^[0-9]+$","pattern_descriptor":"digits only"}},"exclude_advertiser_ids":{"type":"array","items":{"type":"string","pattern":"^[0-9]+$","pattern_descriptor":"digits only"}},"include_deleted":{"type":"boolean"},"advertiser_columns":{"type":"boolean"},"lookback_days":{"type":"integer","minimum":0,"maximum":90},"unavailable_advertisers":{"type":"string","enum":["fail","warn"]},"reconcile":{"type":"boolean"},"inconsistent_reports":{"type":"string","enum":["fail","warn"]},"api_tier":{"type":"string","enum":["basic","advanced","premium","ultimate"]},"requests_per_second":{"type":"number","minimum":0.01,"maximum":1000},"shared_quota":{"type":"object","additionalProperties":true,"properties":{"url":{"type":"string","airbyte_secret":true,"pattern":"^$|^rediss?://\\S+$","pattern_descriptor":"redis(s)://[user:password@]host[:port][/database]"},"name":{"type":"string","pattern":"^$|^[A-Za-z0-9._-]{1,64}$","pattern_descriptor":"up to 64 letters, digits, dots, dashes and underscores"}}},"shard":{"type":"string","pattern":"^$|^[0-9]+/[0-9]+$","pattern_descriptor":"such as 0/8 or 7/8"},"quota":{"type":"object","additionalProperties":true,"airbyte_hidden":true,"properties":{"per_second":{"type":"number","minimum":0.01},"per_minute":{"type":"integer","minimum":1},"per_day":{"type":"integer","minimum":1},"minute_pause_seconds":{"type":"number","minimum":0}}},"request_timeout_seconds":{"type":"number","minimum":0.1,"maximum":3600,"airbyte_hidden":true},"patience_seconds":{"type":"number","minimum":0,"maximum":86400,"airbyte_hidden":true},"api_url":{"type":"string","pattern":"^$|^https?://\\S+$","pattern_descriptor":"http(s)://host/open_api/v1.3/","airbyte_hidden":true}}};

const pattern0 = new RegExp("^[0-9]+$", "u");
const pattern1 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "u");
const pattern2 = new RegExp("^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "u");
const pattern5 = new RegExp("^$|^rediss?://\\S+$", "u");
const pattern6 = new RegExp("^$|^[A-Za-z0-9._-]{1,64}$", "u");
const pattern7 = new RegExp("^$|^[0-9]+/[0-9]+$", "u");
const pattern8 = new RegExp("^$|^https?://\\S+$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(data.lookback_days !== undefined){
let data18 = data.lookback_days;
if(!((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18)))){
const err47 = {instancePath:instancePath+"/lookback_days",schemaPath:"#/properties/lookback_days/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.lookback_days.type,parentSchema:schema11.properties.lookback_days,data:data18};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(typeof data18 == "number"){
if(data18 > 90 || isNaN(data18)){
const err48 = {instancePath:instancePath+"/lookback_days",schemaPath:"#/properties/lookback_days/maximum",keyword:"maximum",params:{comparison: "<=", limit: 90},message:"must be <= 90",schema:90,parentSchema:schema11.properties.lookback_days,data:data18};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data18 < 0 || isNaN(data18)){
const err49 = {instancePath:instancePath+"/lookback_days",schemaPath:"#/properties/lookback_days/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.lookback_days,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
if(data.unavailable_advertisers !== undefined){
let data19 = data.unavailable_advertisers;
if(typeof data19 !== "string"){
const err50 = {instancePath:instancePath+"/unavailable_advertisers",schemaPath:"#/properties/unavailable_advertisers/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.unavailable_advertisers.type,parentSchema:schema11.properties.unavailable_advertisers,data:data19};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(!((data19 === "fail") || (data19 === "warn"))){
const err51 = {instancePath:instancePath+"/unavailable_advertisers",schemaPath:"#/properties/unavailable_advertisers/enum",keyword:"enum",params:{allowedValues: schema11.properties.unavailable_advertisers.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.unavailable_advertisers.enum,parentSchema:schema11.properties.unavailable_advertisers,data:data19};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.reconcile !== undefined){
let data20 = data.reconcile;
if(typeof data20 !== "boolean"){
const err52 = {instancePath:instancePath+"/reconcile",schemaPath:"#/properties/reconcile/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema11.properties.reconcile.type,parentSchema:schema11.properties.reconcile,data:data20};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.inconsistent_reports !== undefined){
let data21 = data.inconsistent_reports;
if(typeof data21 !== "string"){
const err53 = {instancePath:instancePath+"/inconsistent_reports",schemaPath:"#/properties/inconsistent_reports/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.inconsistent_reports.type,parentSchema:schema11.properties.inconsistent_reports,data:data21};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(!((data21 === "fail") || (data21 === "warn"))){
const err54 = {instancePath:instancePath+"/inconsistent_reports",schemaPath:"#/properties/inconsistent_reports/enum",keyword:"enum",params:{allowedValues: schema11.properties.inconsistent_reports.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.inconsistent_reports.enum,parentSchema:schema11.properties.inconsistent_reports,data:data21};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.api_tier !== undefined){
let data22 = data.api_tier;
if(typeof data22 !== "string"){
const err55 = {instancePath:instancePath+"/api_tier",schemaPath:"#/properties/api_tier/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.api_tier.type,parentSchema:schema11.properties.api_tier,data:data22};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(!((((data22 === "basic") || (data22 === "advanced")) || (data22 === "premium")) || (data22 === "ultimate"))){
const err56 = {instancePath:instancePath+"/api_tier",schemaPath:"#/properties/api_tier/enum",keyword:"enum",params:{allowedValues: schema11.properties.api_tier.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.api_tier.enum,parentSchema:schema11.properties.api_tier,data:data22};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.requests_per_second !== undefined){
let data23 = data.requests_per_second;
if(typeof data23 == "number"){
if(data23 > 1000 || isNaN(data23)){
const err57 = {instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema11.properties.requests_per_second,data:data23};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data23 < 0.01 || isNaN(data23)){
const err58 = {instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.01},message:"must be >= 0.01",schema:0.01,parentSchema:schema11.properties.requests_per_second,data:data23};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.requests_per_second.type,parentSchema:schema11.properties.requests_per_second,data:data23};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.shared_quota !== undefined){
let data24 = data.shared_quota;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
if(data24.url !== undefined){
let data25 = data24.url;
if(typeof data25 === "string"){
if(!pattern5.test(data25)){
const err60 = {instancePath:instancePath+"/shared_quota/url",schemaPath:"#/properties/shared_quota/properties/url/pattern",keyword:"pattern",params:{pattern: "^$|^rediss?://\\S+$"},message:"must match pattern \""+"^$|^rediss?://\\S+$"+"\"",schema:"^$|^rediss?://\\S+$",parentSchema:schema11.properties.shared_quota.properties.url,data:data25};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/shared_quota/url",schemaPath:"#/properties/shared_quota/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.shared_quota.properties.url.type,parentSchema:schema11.properties.shared_quota.properties.url,data:data25};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data24.name !== undefined){
let data26 = data24.name;
if(typeof data26 === "string"){
if(!pattern6.test(data26)){
const err62 = {instancePath:instancePath+"/shared_quota/name",schemaPath:"#/properties/shared_quota/properties/name/pattern",keyword:"pattern",params:{pattern: "^$|^[A-Za-z0-9._-]{1,64}$"},message:"must match pattern \""+"^$|^[A-Za-z0-9._-]{1,64}$"+"\"",schema:"^$|^[A-Za-z0-9._-]{1,64}$",parentSchema:schema11.properties.shared_quota.properties.name,data:data26};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/shared_quota/name",schemaPath:"#/properties/shared_quota/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.shared_quota.properties.name.type,parentSchema:schema11.properties.shared_quota.properties.name,data:data26};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/shared_quota",schemaPath:"#/properties/shared_quota/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.shared_quota.type,parentSchema:schema11.properties.shared_quota,data:data24};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.shard !== undefined){
let data27 = data.shard;
if(typeof data27 === "string"){
if(!pattern7.test(data27)){
const err65 = {instancePath:instancePath+"/shard",schemaPath:"#/properties/shard/pattern",keyword:"pattern",params:{pattern: "^$|^[0-9]+/[0-9]+$"},message:"must match pattern \""+"^$|^[0-9]+/[0-9]+$"+"\"",schema:"^$|^[0-9]+/[0-9]+$",parentSchema:schema11.properties.shard,data:data27};
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
const err66 = {instancePath:instancePath+"/shard",schemaPath:"#/properties/shard/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.shard.type,parentSchema:schema11.properties.shard,data:data27};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.quota !== undefined){
let data28 = data.quota;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.per_second !== undefined){
let data29 = data28.per_second;
if(typeof data29 == "number"){
if(data29 < 0.01 || isNaN(data29)){
const err67 = {instancePath:instancePath+"/quota/per_second",schemaPath:"#/properties/quota/properties/per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.01},message:"must be >= 0.01",schema:0.01,parentSchema:schema11.properties.quota.properties.per_second,data:data29};
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
const err68 = {instancePath:instancePath+"/quota/per_second",schemaPath:"#/properties/quota/properties/per_second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.quota.properties.per_second.type,parentSchema:schema11.properties.quota.properties.per_second,data:data29};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data28.per_minute !== undefined){
let data30 = data28.per_minute;
if(!((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30)))){
const err69 = {instancePath:instancePath+"/quota/per_minute",schemaPath:"#/properties/quota/properties/per_minute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.quota.properties.per_minute.type,parentSchema:schema11.properties.quota.properties.per_minute,data:data30};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(typeof data30 == "number"){
if(data30 < 1 || isNaN(data30)){
const err70 = {instancePath:instancePath+"/quota/per_minute",schemaPath:"#/properties/quota/properties/per_minute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.quota.properties.per_minute,data:data30};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
if(data28.per_day !== undefined){
let data31 = data28.per_day;
if(!((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31)))){
const err71 = {instancePath:instancePath+"/quota/per_day",schemaPath:"#/properties/quota/properties/per_day/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema11.properties.quota.properties.per_day.type,parentSchema:schema11.properties.quota.properties.per_day,data:data31};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(typeof data31 == "number"){
if(data31 < 1 || isNaN(data31)){
const err72 = {instancePath:instancePath+"/quota/per_day",schemaPath:"#/properties/quota/properties/per_day/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema11.properties.quota.properties.per_day,data:data31};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
if(data28.minute_pause_seconds !== undefined){
let data32 = data28.minute_pause_seconds;
if(typeof data32 == "number"){
if(data32 < 0 || isNaN(data32)){
const err73 = {instancePath:instancePath+"/quota/minute_pause_seconds",schemaPath:"#/properties/quota/properties/minute_pause_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.quota.properties.minute_pause_seconds,data:data32};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/quota/minute_pause_seconds",schemaPath:"#/properties/quota/properties/minute_pause_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.quota.properties.minute_pause_seconds.type,parentSchema:schema11.properties.quota.properties.minute_pause_seconds,data:data32};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/quota",schemaPath:"#/properties/quota/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.quota.type,parentSchema:schema11.properties.quota,data:data28};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data.request_timeout_seconds !== undefined){
let data33 = data.request_timeout_seconds;
if(typeof data33 == "number"){
if(data33 > 3600 || isNaN(data33)){
const err76 = {instancePath:instancePath+"/request_timeout_seconds",schemaPath:"#/properties/request_timeout_seconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600",schema:3600,parentSchema:schema11.properties.request_timeout_seconds,data:data33};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(data33 < 0.1 || isNaN(data33)){
const err77 = {instancePath:instancePath+"/request_timeout_seconds",schemaPath:"#/properties/request_timeout_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.1},message:"must be >= 0.1",schema:0.1,parentSchema:schema11.properties.request_timeout_seconds,data:data33};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/request_timeout_seconds",schemaPath:"#/properties/request_timeout_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.request_timeout_seconds.type,parentSchema:schema11.properties.request_timeout_seconds,data:data33};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.patience_seconds !== undefined){
let data34 = data.patience_seconds;
if(typeof data34 == "number"){
if(data34 > 86400 || isNaN(data34)){
const err79 = {instancePath:instancePath+"/patience_seconds",schemaPath:"#/properties/patience_seconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400},message:"must be <= 86400",schema:86400,parentSchema:schema11.properties.patience_seconds,data:data34};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(data34 < 0 || isNaN(data34)){
const err80 = {instancePath:instancePath+"/patience_seconds",schemaPath:"#/properties/patience_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema11.properties.patience_seconds,data:data34};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/patience_seconds",schemaPath:"#/properties/patience_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema11.properties.patience_seconds.type,parentSchema:schema11.properties.patience_seconds,data:data34};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data.api_url !== undefined){
let data35 = data.api_url;
if(typeof data35 === "string"){
if(!pattern8.test(data35)){
const err82 = {instancePath:instancePath+"/api_url",schemaPath:"#/properties/api_url/pattern",keyword:"pattern",params:{pattern: "^$|^https?://\\S+$"},message:"must match pattern \""+"^$|^https?://\\S+$"+"\"",schema:"^$|^https?://\\S+$",parentSchema:schema11.properties.api_url,data:data35};
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
const err83 = {instancePath:instancePath+"/api_url",schemaPath:"#/properties/api_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.api_url.type,parentSchema:schema11.properties.api_url,data:data35};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
else {
const err84 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
