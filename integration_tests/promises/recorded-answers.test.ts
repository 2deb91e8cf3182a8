import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adDaily } from '../../src/streams/ad-daily.ts';
import { adgroupDaily } from '../../src/streams/adgroup-daily.ts';
import { campaignDaily } from '../../src/streams/campaign-daily.ts';
import { gmvMaxCampaignDaily } from '../../src/streams/gmv-max-campaign-daily.ts';
import { recordJson } from '../../src/streams/record-text.ts';
import type { ReportStream } from '../../src/streams/stream.ts';
import { ScriptedServer } from '../../src/testing/scripted-server.ts';
import { TikTokClient } from '../../src/tiktok/client.ts';
import { fetchReportPage } from '../../src/tiktok/endpoints/report.ts';

// Answers of TikTok as they were published, with made-up ids and names (integration_tests/payloads), by HTTP to the text of
// the record. Numbers keep their digits, so texts are compared.

const ADVERTISER = { id: '7000000000000000001', name: 'Brand', currency: 'IDR', timezone: 'Asia/Jakarta' };

function answerIn(file: string, part?: string): object {
  const url = new URL(`../payloads/${file}.json`, import.meta.url);
  const content = JSON.parse(readFileSync(url, 'utf8')) as Record<string, object>;
  return part === undefined ? content : (content[part] as object);
}

async function recordsOf(stream: ReportStream, answer: object, columns: readonly string[]): Promise<string[]> {
  const server = await ScriptedServer.start(() => ({ body: JSON.stringify(answer) }));
  const client = new TikTokClient({
    apiUrl: server.url,
    accessToken: 'token',
    quota: { perSecond: 100, perMinute: 6_000, perDay: 1e6, minutePauseSeconds: 300 },
    requestTimeoutMs: 30_000,
    patienceMs: 0,
  });
  const convert = stream.converter({ columns, withdrawn: new Set(), advertiser: ADVERTISER });
  try {
    const { rows } = await fetchReportPage(
      client,
      {
        definition: stream.report,
        metrics: stream.metrics(columns),
        advertiserId: ADVERTISER.id,
        from: '2026-01-01',
        to: '2026-01-02',
        includeDeleted: true,
        page: 1,
      },
      new AbortController().signal,
      { convert },
    );
    return rows.records.map(recordJson);
  } finally {
    client.close();
    await server.stop();
  }
}

it.each([
  {
    says: 'a campaign without delivery is a row of zeros',
    stream: campaignDaily,
    answer: answerIn('01-basic-campaign-day-zero-row-gbp-2026'),
    columns: ['campaign_name', 'cpm', 'impressions', 'spend', 'video_play_actions'],
    records: [
      '{"date":"2026-09-01","campaign_id":"1800000000000001","campaign_name":null,"impressions":0,"cpm":0.00,"spend":0.00,"video_play_actions":0}',
    ],
  },
  {
    says: 'an ad group brings its campaign as metrics, and letters beyond ASCII',
    stream: adgroupDaily,
    answer: answerIn('03-basic-adgroup-day-eur-2026'),
    columns: ['adgroup_name', 'campaign_id', 'campaign_name', 'impressions', 'clicks', 'reach', 'spend'],
    records: [
      '{"date":"2026-08-09","adgroup_id":"1800000001000001","adgroup_name":"Ad group one","campaign_id":"1800000000000011","campaign_name":"Campaign one — accents, dash - 04/06","impressions":17740,"clicks":84,"reach":12472,"spend":5.31}',
    ],
  },
  {
    says: 'GMV Max by country, money without decimals, the country None kept, and billed less than spent',
    stream: gmvMaxCampaignDaily,
    answer: answerIn('08-tt-shop-campaign-country-day-idr-2025'),
    columns: Object.keys(gmvMaxCampaignDaily.schema({ advertiserColumns: false, additionalMetrics: [] }).properties),
    records: [
      '{"date":"2025-11-12","advertiser_id":"7000000000000000001","campaign_id":"1800000000000021","campaign_name":null,"country_code":"None","currency":"IDR","spend":0,"billed_cost":0}',
      '{"date":"2025-11-12","advertiser_id":"7000000000000000001","campaign_id":"1800000000000021","campaign_name":null,"country_code":"ID","currency":"IDR","spend":2562,"billed_cost":2529}',
      '{"date":"2025-11-13","advertiser_id":"7000000000000000001","campaign_id":"1800000000000027","campaign_name":null,"country_code":"MY","currency":"IDR","spend":1,"billed_cost":1}',
    ],
  },
  {
    says: 'three decimals of money of 2021 are kept',
    stream: campaignDaily,
    answer: answerIn('09-basic-campaign-day-usd-read-2023'),
    columns: [
      'campaign_name',
      'cpc',
      'frequency',
      'cost_per_1000_reached',
      'cpm',
      'ctr',
      'spend',
      'average_video_play',
    ],
    records: [
      '{"date":"2021-10-27","campaign_id":"1800000000000031","campaign_name":"Traffic campaign 31","cpc":0.390,"frequency":1.23,"cost_per_1000_reached":5.233,"cpm":4.260,"ctr":1.09,"spend":20.000,"average_video_play":1.48}',
    ],
  },
  {
    says: 'four decimals of a cost per result, and null for no secondary goal',
    stream: adgroupDaily,
    answer: answerIn('10-basic-adgroup-usd-read-2023', 'daily'),
    columns: ['real_time_cost_per_result', 'secondary_goal_result', 'cost_per_result', 'placement_type', 'tt_app_name'],
    records: [
      '{"date":"2021-10-22","adgroup_id":"1800000001000032","real_time_cost_per_result":0.0000,"secondary_goal_result":null,"cost_per_result":0.0000,"placement_type":"Automatic Placement","tt_app_name":"0"}',
    ],
  },
  {
    says: 'the ad of an Upgraded Smart+ campaign is the creative',
    stream: adDaily,
    answer: answerIn('11-basic-ad-upgraded-smart-plus-official', 'creative_level_ad_id'),
    columns: ['ad_name', 'impressions', 'spend', 'campaign_automation_type'],
    records: [
      '{"date":"2025-12-03","ad_id":"1800000001000043","ad_name":"Ad 43","impressions":513,"spend":7.97,"campaign_automation_type":"UPGRADED_SMART_PLUS_CREATIVE"}',
    ],
  },
])('$says', async ({ stream, answer, columns, records }) => {
  expect(await recordsOf(stream, answer, columns)).toEqual(expect.arrayContaining(records));
});
