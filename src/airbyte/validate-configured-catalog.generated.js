// Generated from schemas/configured_catalog.json by `npm run generate`; do not edit.
// @ts-nocheck
import func2Module from 'ajv/dist/runtime/ucs2length.js';
const func2 = func2Module.default ?? func2Module;
"use strict";
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["streams"],"properties":{"streams":{"type":"array","items":{"type":"object","required":["stream","sync_mode"],"properties":{"stream":{"type":"object","required":["name"],"properties":{"name":{"type":"string","minLength":1},"namespace":{"type":["string","null"]},"json_schema":{"type":["object","null"],"properties":{"properties":{"type":["object","null"]}}}}},"sync_mode":{"type":"string","enum":["full_refresh","incremental"]},"generation_id":{},"sync_id":{}}}}}};


export default (function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.streams === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "streams"},message:"must have required property '"+"streams"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.streams !== undefined){
let data0 = data.streams;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.stream === undefined){
const err1 = {instancePath:instancePath+"/streams/" + i0,schemaPath:"#/properties/streams/items/required",keyword:"required",params:{missingProperty: "stream"},message:"must have required property '"+"stream"+"'",schema:schema11.properties.streams.items.required,parentSchema:schema11.properties.streams.items,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data1.sync_mode === undefined){
const err2 = {instancePath:instancePath+"/streams/" + i0,schemaPath:"#/properties/streams/items/required",keyword:"required",params:{missingProperty: "sync_mode"},message:"must have required property '"+"sync_mode"+"'",schema:schema11.properties.streams.items.required,parentSchema:schema11.properties.streams.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data1.stream !== undefined){
let data2 = data1.stream;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
const err3 = {instancePath:instancePath+"/streams/" + i0+"/stream",schemaPath:"#/properties/streams/items/properties/stream/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema11.properties.streams.items.properties.stream.required,parentSchema:schema11.properties.streams.items.properties.stream,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 === "string"){
if(func2(data3) < 1){
const err4 = {instancePath:instancePath+"/streams/" + i0+"/stream/name",schemaPath:"#/properties/streams/items/properties/stream/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema11.properties.streams.items.properties.stream.properties.name,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/streams/" + i0+"/stream/name",schemaPath:"#/properties/streams/items/properties/stream/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.streams.items.properties.stream.properties.name.type,parentSchema:schema11.properties.streams.items.properties.stream.properties.name,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data2.namespace !== undefined){
let data4 = data2.namespace;
if((typeof data4 !== "string") && (data4 !== null)){
const err6 = {instancePath:instancePath+"/streams/" + i0+"/stream/namespace",schemaPath:"#/properties/streams/items/properties/stream/properties/namespace/type",keyword:"type",params:{type: schema11.properties.streams.items.properties.stream.properties.namespace.type},message:"must be string,null",schema:schema11.properties.streams.items.properties.stream.properties.namespace.type,parentSchema:schema11.properties.streams.items.properties.stream.properties.namespace,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data2.json_schema !== undefined){
let data5 = data2.json_schema;
if((!(data5 && typeof data5 == "object" && !Array.isArray(data5))) && (data5 !== null)){
const err7 = {instancePath:instancePath+"/streams/" + i0+"/stream/json_schema",schemaPath:"#/properties/streams/items/properties/stream/properties/json_schema/type",keyword:"type",params:{type: schema11.properties.streams.items.properties.stream.properties.json_schema.type},message:"must be object,null",schema:schema11.properties.streams.items.properties.stream.properties.json_schema.type,parentSchema:schema11.properties.streams.items.properties.stream.properties.json_schema,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.properties !== undefined){
let data6 = data5.properties;
if((!(data6 && typeof data6 == "object" && !Array.isArray(data6))) && (data6 !== null)){
const err8 = {instancePath:instancePath+"/streams/" + i0+"/stream/json_schema/properties",schemaPath:"#/properties/streams/items/properties/stream/properties/json_schema/properties/properties/type",keyword:"type",params:{type: schema11.properties.streams.items.properties.stream.properties.json_schema.properties.properties.type},message:"must be object,null",schema:schema11.properties.streams.items.properties.stream.properties.json_schema.properties.properties.type,parentSchema:schema11.properties.streams.items.properties.stream.properties.json_schema.properties.properties,data:data6};
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
}
}
else {
const err9 = {instancePath:instancePath+"/streams/" + i0+"/stream",schemaPath:"#/properties/streams/items/properties/stream/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.streams.items.properties.stream.type,parentSchema:schema11.properties.streams.items.properties.stream,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data1.sync_mode !== undefined){
let data7 = data1.sync_mode;
if(typeof data7 !== "string"){
const err10 = {instancePath:instancePath+"/streams/" + i0+"/sync_mode",schemaPath:"#/properties/streams/items/properties/sync_mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.properties.streams.items.properties.sync_mode.type,parentSchema:schema11.properties.streams.items.properties.sync_mode,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!((data7 === "full_refresh") || (data7 === "incremental"))){
const err11 = {instancePath:instancePath+"/streams/" + i0+"/sync_mode",schemaPath:"#/properties/streams/items/properties/sync_mode/enum",keyword:"enum",params:{allowedValues: schema11.properties.streams.items.properties.sync_mode.enum},message:"must be equal to one of the allowed values",schema:schema11.properties.streams.items.properties.sync_mode.enum,parentSchema:schema11.properties.streams.items.properties.sync_mode,data:data7};
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
else {
const err12 = {instancePath:instancePath+"/streams/" + i0,schemaPath:"#/properties/streams/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.properties.streams.items.type,parentSchema:schema11.properties.streams.items,data:data1};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/streams",schemaPath:"#/properties/streams/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema11.properties.streams.type,parentSchema:schema11.properties.streams,data:data0};
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
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
});
