-- Takes the connector's messages from messages.jsonl and puts their records into campaign_daily: duckdb FILE <load-duckdb.sql
create table if not exists campaign_daily (
  -- generated: duckdb-columns, from schemas/campaign_daily.json by npm run generate; do not edit
  date VARCHAR,
  campaign_id VARCHAR,
  campaign_name VARCHAR,
  cost_per_conversion DECIMAL(38, 9),
  real_time_conversion BIGINT,
  cpc DECIMAL(38, 9),
  conversion_rate DECIMAL(38, 9),
  frequency DECIMAL(38, 9),
  real_time_conversion_rate DECIMAL(38, 9),
  impressions BIGINT,
  real_time_cost_per_result DECIMAL(38, 9),
  conversion BIGINT,
  real_time_result BIGINT,
  cost_per_secondary_goal_result VARCHAR,
  secondary_goal_result_rate VARCHAR,
  clicks BIGINT,
  cost_per_1000_reached DECIMAL(38, 9),
  reach BIGINT,
  real_time_cost_per_conversion DECIMAL(38, 9),
  cpm DECIMAL(38, 9),
  ctr DECIMAL(38, 9),
  result_rate DECIMAL(38, 9),
  secondary_goal_result VARCHAR,
  cost_per_result DECIMAL(38, 9),
  real_time_result_rate DECIMAL(38, 9),
  spend DECIMAL(38, 9),
  result BIGINT,
  -- /generated
  primary key (date, campaign_id)
);

create temporary table message as
select row_number() over () as line_number, line
from read_csv('messages.jsonl', columns = {line: 'VARCHAR'}, delim = e'\x02', quote = '', escape = '', header = false, auto_detect = false);

-- Numbers are taken as text, which the table turns into exact decimals: a double would not hold all of them.
-- A day may have been sent twice; its last version counts.
insert or replace into campaign_daily by name
select row.* from (
  select line_number, json_transform(line::json -> '$.record.data',
    -- generated: duckdb-texts, from schemas/campaign_daily.json by npm run generate; do not edit
    '{
      "date": "VARCHAR",
      "campaign_id": "VARCHAR",
      "campaign_name": "VARCHAR",
      "cost_per_conversion": "VARCHAR",
      "real_time_conversion": "VARCHAR",
      "cpc": "VARCHAR",
      "conversion_rate": "VARCHAR",
      "frequency": "VARCHAR",
      "real_time_conversion_rate": "VARCHAR",
      "impressions": "VARCHAR",
      "real_time_cost_per_result": "VARCHAR",
      "conversion": "VARCHAR",
      "real_time_result": "VARCHAR",
      "cost_per_secondary_goal_result": "VARCHAR",
      "secondary_goal_result_rate": "VARCHAR",
      "clicks": "VARCHAR",
      "cost_per_1000_reached": "VARCHAR",
      "reach": "VARCHAR",
      "real_time_cost_per_conversion": "VARCHAR",
      "cpm": "VARCHAR",
      "ctr": "VARCHAR",
      "result_rate": "VARCHAR",
      "secondary_goal_result": "VARCHAR",
      "cost_per_result": "VARCHAR",
      "real_time_result_rate": "VARCHAR",
      "spend": "VARCHAR",
      "result": "VARCHAR"
    }'
    -- /generated
  ) as row
  from message
  where (line::json ->> '$.type') = 'RECORD' and (line::json ->> '$.record.stream') = 'campaign_daily'
)
qualify row_number() over (partition by row.date, row.campaign_id order by line_number desc) = 1;
