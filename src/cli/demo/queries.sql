-- Spend by week, each currency by itself: money of several cannot be
-- added up.
SELECT date_trunc('week', date)::date AS week,
       round(sum(spend) FILTER (currency = 'EUR'), 2) AS eur,
       round(sum(spend) FILTER (currency = 'JPY'), 2) AS jpy,
       round(sum(spend) FILTER (currency = 'NZD'), 2) AS nzd,
       round(sum(spend) FILTER (currency = 'USD'), 2) AS usd
FROM campaign_daily GROUP BY week ORDER BY week DESC LIMIT 5;

-- The best campaigns of the last four weeks: the two of each currency with
-- the most conversions.
SELECT currency, arg_max(campaign_name, date) AS campaign,
       round(sum(spend), 2) AS spend, sum(conversion) AS conversions,
       round(sum(spend) / sum(conversion), 2) AS cost_per_conversion
FROM campaign_daily
WHERE date > (SELECT max(date) - 28 FROM campaign_daily)
GROUP BY currency, campaign_id
QUALIFY row_number() OVER (
  PARTITION BY currency ORDER BY sum(conversion) DESC
) <= 2
ORDER BY currency, conversions DESC;

-- What was restated: conversions of the days that were over at the first
-- read, which is in records-1.jsonl.
SELECT date, count(*) AS campaigns,
       sum(before.conversion) AS conversions_before,
       sum(now.conversion) AS conversions_now
FROM campaign_daily AS now
JOIN (
  SELECT unnest(record.data) FROM read_json('records-1.jsonl', columns = {
    record: 'STRUCT(data STRUCT(
      date DATE, campaign_id VARCHAR, impressions BIGINT, conversion BIGINT
    ))'
  })
) AS before USING (date, campaign_id)
WHERE now.conversion <> before.conversion
  AND now.impressions = before.impressions
GROUP BY date ORDER BY date;
