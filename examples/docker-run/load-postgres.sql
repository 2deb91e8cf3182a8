-- Takes the connector's messages from standard input and puts their records into campaign_daily: psql -f load-postgres.sql <messages.jsonl
begin;

create table if not exists campaign_daily (
  -- generated: postgres-columns, from schemas/campaign_daily.json by npm run generate; do not edit
  date text,
  campaign_id text,
  campaign_name text,
  cost_per_conversion numeric,
  real_time_conversion bigint,
  cpc numeric,
  conversion_rate numeric,
  frequency numeric,
  real_time_conversion_rate numeric,
  impressions bigint,
  real_time_cost_per_result numeric,
  conversion bigint,
  real_time_result bigint,
  cost_per_secondary_goal_result text,
  secondary_goal_result_rate text,
  clicks bigint,
  cost_per_1000_reached numeric,
  reach bigint,
  real_time_cost_per_conversion numeric,
  cpm numeric,
  ctr numeric,
  result_rate numeric,
  secondary_goal_result text,
  cost_per_result numeric,
  real_time_result_rate numeric,
  spend numeric,
  result bigint,
  -- /generated
  primary key (date, campaign_id)
);

create temporary table message (line_number bigint generated always as identity, line jsonb) on commit drop;
-- The quote and the delimiter are bytes that JSON text cannot contain: each line arrives as it is.
\copy message (line) from pstdin with (format csv, quote E'\x01', delimiter E'\x02')

-- A day may have been sent twice; its last version counts.
create temporary table incoming on commit drop as
select distinct on (row.date, row.campaign_id) row.*
from message, jsonb_populate_record(null::campaign_daily, line -> 'record' -> 'data') as row
where line ->> 'type' = 'RECORD' and line -> 'record' ->> 'stream' = 'campaign_daily'
order by row.date, row.campaign_id, line_number desc;

delete from campaign_daily using incoming
where campaign_daily.date = incoming.date and campaign_daily.campaign_id = incoming.campaign_id;
insert into campaign_daily select * from incoming;

commit;
