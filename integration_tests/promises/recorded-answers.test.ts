import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import gmvMaxSchema from '../../schemas/gmv_max_campaign_daily.json' with { type: 'json' };
import { adDaily } from '../../src/streams/ad-daily.ts';
import { adgroupDaily } from '../../src/streams/adgroup-daily.ts';
import { advertiserDaily } from '../../src/streams/advertiser-daily.ts';
import { campaignDaily } from '../../src/streams/campaign-daily.ts';
import { dailyReport } from '../../src/streams/daily-report.ts';
import { gmvMaxCampaignDaily } from '../../src/streams/gmv-max-campaign-daily.ts';
import { recordJson } from '../../src/streams/record-text.ts';
import type { ReportStream } from '../../src/streams/stream.ts';
import { ScriptedServer } from '../../src/testing/scripted-server.ts';
import { TikTokClient } from '../../src/tiktok/client.ts';
import { fetchAdvertisers, listGrantedAdvertisers } from '../../src/tiktok/endpoints/advertisers.ts';
import { fetchReportPage } from '../../src/tiktok/endpoints/report.ts';

// Answers of TikTok (integration_tests/payloads) by HTTP to the text of the record, or to the error. They were published,
// with ids and names that are made up here; 13 and 15 to 17 are what other programs expect of it. Numbers keep their digits,
// so texts are compared. Some answer reports that no stream asks for: were one to come, no row of it may be taken for
// another.

const FOLDER = new URL('../payloads/', import.meta.url);
const ADVERTISER = { id: '7000000000000000001', name: 'Brand', currency: 'IDR', timezone: 'Asia/Jakarta' };
const OWN_COLUMNS = { advertiserColumns: false, additionalMetrics: [] };

/** Each answer by the number of its file, and by its name where a file has several. */
const answers = new Map(
  readdirSync(FOLDER).flatMap((file): [string, unknown][] => {
    const content = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as object;
    const number = file.slice(0, 2);
    if ('code' in content) return [[number, content]];
    return Object.entries(content).map(([part, answer]) => [`${number} ${part}`, answer]);
  }),
);

/** Asks a server that has one answer to everything. */
async function ask<T>(
  answer: object,
  request: (client: TikTokClient, signal: AbortSignal) => Promise<T>,
  status = 200,
): Promise<T> {
  const server = await ScriptedServer.start(() => ({ status, body: JSON.stringify(answer) }));
  const client = new TikTokClient({
    apiUrl: server.url,
    accessToken: '3f9a1c0000000000000000000000000000000000',
    quota: { perSecond: 100, perMinute: 6_000, perDay: 1e6, minutePauseSeconds: 300 },
    requestTimeoutMs: 30_000,
    patienceMs: 0,
  });
  try {
    return await request(client, new AbortController().signal);
  } finally {
    client.close();
    await server.stop();
  }
}

function page(stream: ReportStream, columns: readonly string[]) {
  const query = {
    definition: stream.report,
    metrics: stream.metrics(columns),
    advertiserId: ADVERTISER.id,
    from: '2026-01-01',
    to: '2026-01-02',
    includeDeleted: true,
    page: 1,
  };
  const convert = stream.converter({ columns, withdrawn: new Set(), advertiser: ADVERTISER });
  return (client: TikTokClient, signal: AbortSignal) => fetchReportPage(client, query, signal, { convert });
}

/** GMV Max without its campaigns: no stream of ours, but an answer that was published whole. */
const { campaign_id: _, campaign_name: __, ...withoutCampaigns } = gmvMaxSchema.properties;
const gmvMaxAdvertiserDaily = dailyReport({
  name: 'gmv_max_advertiser_daily',
  schema: { ...gmvMaxSchema, properties: withoutCampaigns },
  report: { reportType: 'TT_SHOP', serviceType: 'AUCTION', dataLevel: 'AUCTION_ADVERTISER' },
  dimensions: ['advertiser_id', 'country_code'],
  additiveMetrics: ['spend', 'billed_cost'],
});

/** Amounts in Indonesian rupiah, which have no decimals. */
const gmvMaxDay = (date: string, country: string, spend: number, billed = spend) =>
  `{"date":"2025-11-${date}","advertiser_id":"7000000000000000002","country_code":"${country}","currency":"IDR","spend":${spend},"billed_cost":${billed}}`;

const gmvMaxCampaignDay = (date: string, campaign: string, country: string, spend: number, billed = spend) =>
  `{"date":"2025-11-${date}","advertiser_id":"7000000000000000001","campaign_id":"18000000000000${campaign}","campaign_name":null,"country_code":"${country}","currency":"IDR","spend":${spend},"billed_cost":${billed}}`;

interface RecordsCase {
  readonly answer: string;
  readonly says: string;
  readonly stream: ReportStream;
  readonly columns: readonly string[];
  readonly records: readonly string[];
  /** Where TikTok counts more rows than it sends. */
  readonly counted?: number;
}

const brought: readonly RecordsCase[] = [
  {
    answer: '01',
    says: 'a campaign without delivery is a row of zeros',
    stream: campaignDaily,
    columns: ['campaign_name', 'cpm', 'impressions', 'spend', 'video_play_actions'],
    records: [
      '{"date":"2026-09-01","campaign_id":"1800000000000001","campaign_name":null,"impressions":0,"cpm":0.00,"spend":0.00,"video_play_actions":0}',
    ],
  },
  {
    answer: '03',
    says: 'an ad group brings its campaign as metrics, letters beyond ASCII, and a row with fewer metrics than another',
    stream: adgroupDaily,
    columns: ['adgroup_name', 'campaign_id', 'campaign_name', 'impressions', 'clicks', 'reach', 'spend'],
    records: [
      '{"date":"2026-08-09","adgroup_id":"1800000001000001","adgroup_name":"Ad group one","campaign_id":"1800000000000011","campaign_name":"Campaign one — accents, dash - 04/06","impressions":17740,"clicks":84,"reach":12472,"spend":5.31}',
      '{"date":"2026-09-26","adgroup_id":"1800000001000002","adgroup_name":"Ad group two","campaign_id":"1800000000000012","campaign_name":"Campaign two — em dash","impressions":0,"clicks":0,"reach":null,"spend":0.00}',
    ],
  },
  {
    answer: '06',
    says: 'GMV Max of an account by country: 25 rows where TikTok counts 26, the last days billed below their spend',
    stream: gmvMaxAdvertiserDaily,
    columns: Object.keys(gmvMaxAdvertiserDaily.schema(OWN_COLUMNS).properties),
    counted: 26,
    records: [
      gmvMaxDay('12', 'ID', 6865538),
      gmvMaxDay('07', 'ID', 11358015),
      gmvMaxDay('02', 'ID', 5582123),
      ...['12', '07', '02'].map((date) => gmvMaxDay(date, 'None', 0)),
      gmvMaxDay('10', 'ID', 12936042, 12915271),
      gmvMaxDay('05', 'ID', 9941071, 9714060),
      ...['13', '08', '03'].map((date) => gmvMaxDay(date, 'None', 0)),
      gmvMaxDay('13', 'ID', 5763834, 4990692),
      gmvMaxDay('08', 'ID', 6249525),
      ...['10', '05'].map((date) => gmvMaxDay(date, 'None', 0)),
      gmvMaxDay('03', 'ID', 11832322),
      ...['01', '11', '06'].map((date) => gmvMaxDay(date, 'None', 0)),
      gmvMaxDay('06', 'ID', 7003382),
      gmvMaxDay('01', 'ID', 7291475),
      gmvMaxDay('11', 'ID', 34697710, 34631273),
      gmvMaxDay('09', 'ID', 9663607),
      gmvMaxDay('04', 'ID', 10465411),
      gmvMaxDay('09', 'None', 0),
    ],
  },
  {
    answer: '08',
    says: 'GMV Max by campaign and country, money without decimals, the country None kept, and billed less than spent',
    stream: gmvMaxCampaignDaily,
    columns: Object.keys(gmvMaxCampaignDaily.schema(OWN_COLUMNS).properties),
    records: [
      gmvMaxCampaignDay('12', '21', 'None', 0),
      gmvMaxCampaignDay('12', '22', 'None', 0),
      gmvMaxCampaignDay('13', '23', 'None', 0),
      gmvMaxCampaignDay('12', '21', 'ID', 2562, 2529),
      gmvMaxCampaignDay('13', '24', 'None', 0),
      gmvMaxCampaignDay('12', '22', 'ID', 738964, 698140),
      gmvMaxCampaignDay('12', '25', 'None', 0),
      gmvMaxCampaignDay('12', '26', 'ID', 709, 690),
      gmvMaxCampaignDay('12', '23', 'ID', 1222401, 1130342),
      gmvMaxCampaignDay('13', '27', 'ID', 1224529),
      gmvMaxCampaignDay('13', '27', 'MY', 1),
      gmvMaxCampaignDay('13', '21', 'ID', 144),
      gmvMaxCampaignDay('13', '23', 'ID', 1021656),
    ],
  },
  {
    answer: '09',
    says: 'three decimals of money of 2021 are kept, in rows of zeros, too',
    stream: campaignDaily,
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
      '{"date":"2021-10-22","campaign_id":"1800000000000031","campaign_name":"Traffic campaign 31","cpc":0.480,"frequency":1.21,"cost_per_1000_reached":6.878,"cpm":5.680,"ctr":1.19,"spend":20.000,"average_video_play":1.46}',
      '{"date":"2021-10-22","campaign_id":"1800000000000032","campaign_name":"Traffic campaign 32","cpc":0.000,"frequency":0.00,"cost_per_1000_reached":0.000,"cpm":0.000,"ctr":0.00,"spend":0.000,"average_video_play":0.00}',
    ],
  },
  {
    answer: '10 daily',
    says: 'four decimals of a cost per result, and null for no secondary goal',
    stream: adgroupDaily,
    columns: ['real_time_cost_per_result', 'secondary_goal_result', 'cost_per_result', 'placement_type', 'tt_app_name'],
    records: [
      '{"date":"2021-10-22","adgroup_id":"1800000001000032","real_time_cost_per_result":0.0000,"secondary_goal_result":null,"cost_per_result":0.0000,"placement_type":"Automatic Placement","tt_app_name":"0"}',
    ],
  },
  {
    answer: '11 creative_level_ad_id',
    says: 'the ad of an Upgraded Smart+ campaign is the creative',
    stream: adDaily,
    columns: ['ad_name', 'impressions', 'spend', 'campaign_automation_type'],
    records: [
      '{"date":"2025-12-03","ad_id":"1800000001000043","ad_name":"Ad 43","impressions":513,"spend":7.97,"campaign_automation_type":"UPGRADED_SMART_PLUS_CREATIVE"}',
      '{"date":"2025-12-03","ad_id":"1800000001000044","ad_name":"Ad 44","impressions":37,"spend":0.58,"campaign_automation_type":"UPGRADED_SMART_PLUS_CREATIVE"}',
      '{"date":"2025-12-03","ad_id":"1800000001000045","ad_name":"Ad 45","impressions":10,"spend":0.08,"campaign_automation_type":"UPGRADED_SMART_PLUS_CREATIVE"}',
    ],
  },
  {
    answer: '14 nothing_as_no_row',
    says: 'an account without data is an empty list, with no page at all',
    stream: advertiserDaily,
    columns: ['spend'],
    records: [],
  },
];

it.each(brought)('$answer: $says', async ({ answer, stream, columns, records, counted = records.length }) => {
  const { rows, totalNumber } = await ask(answers.get(answer) as object, page(stream, columns));
  expect(rows.records.map(recordJson)).toEqual(records);
  expect(totalNumber).toBe(counted);
  expect(rows.misplaced).toBeUndefined();
});

const granted = (client: TikTokClient, signal: AbortSignal) =>
  listGrantedAdvertisers(client, { appId: '1', secret: 'secret' }, signal);
const details = (client: TikTokClient, signal: AbortSignal) => fetchAdvertisers(client, [ADVERTISER.id], signal);

/** Answers to what no stream asks for, as answers to what is closest to them. */
const refused: readonly {
  readonly answer: string;
  readonly says: string;
  readonly request: (client: TikTokClient, signal: AbortSignal) => Promise<unknown>;
  readonly message: RegExp;
}[] = [
  {
    answer: '04',
    says: 'a list of Business Centers is no list of advertisers',
    request: granted,
    message: /oauth2\/advertiser\/get\/ has an advertiser without advertiser_id/,
  },
  {
    answer: '05',
    says: 'nor is one of the assets of a Business Center',
    request: granted,
    message: /oauth2\/advertiser\/get\/ has an advertiser without advertiser_id/,
  },
  {
    answer: '07',
    says: 'an account over a whole range is no day of it',
    request: page(advertiserDaily, ['spend']),
    message: /has a row without a text for stat_time_day/,
  },
  {
    answer: '10 lifetime',
    says: 'an ad group over its lifetime is no day of it',
    request: page(adgroupDaily, ['spend']),
    message: /has a row without a text for stat_time_day/,
  },
  {
    answer: '11 ad_level_ad_id_v2',
    says: 'the ad of an Upgraded Smart+ campaign above its creatives has no ad_id',
    request: page(adDaily, ['spend']),
    message: /has a row without a text for ad_id/,
  },
  {
    answer: '11 filtered_by_ad_id_v2',
    says: 'the same over a whole range',
    request: page(adDaily, ['spend']),
    message: /has a row without a text for ad_id/,
  },
  {
    answer: '12',
    says: 'the GMV Max report by item is not that by campaign',
    request: page(gmvMaxCampaignDaily, ['spend']),
    message: /has a row without a text for campaign_id/,
  },
  {
    answer: '13',
    says: 'hours, one of them without its hour, are no days',
    request: page(advertiserDaily, ['spend']),
    message: /has a row without a text for stat_time_day/,
  },
  {
    answer: '14 a_row',
    says: 'an account in riyals over a whole range is no day of it',
    request: page(advertiserDaily, ['spend']),
    message: /has a row without a text for stat_time_day/,
  },
  {
    answer: '14 nothing_as_a_row_of_zeros',
    says: 'nor is one without data that comes as zeros',
    request: page(advertiserDaily, ['spend']),
    message: /has a row without a text for stat_time_day/,
  },
  {
    answer: '15',
    says: 'the report of a Business Center over a whole range is no day of it',
    request: page(advertiserDaily, ['spend']),
    message: /has a row without a text for stat_time_day/,
  },
  {
    answer: '16',
    says: 'the costs of a Business Center are no report',
    request: page(advertiserDaily, ['spend']),
    message: /report\/integrated\/get\/ .*has no list/,
  },
  {
    answer: '17',
    says: 'an audience by gender has no campaigns',
    request: page(campaignDaily, ['spend']),
    message: /has a row without a text for campaign_id/,
  },
];

it.each(refused)('$answer: $says', async ({ answer, request, message }) => {
  await expect(ask(answers.get(answer) as object, request)).rejects.toMatchObject({
    kind: 'transient',
    message: expect.stringMatching(message),
  });
});

it('02: the details of an advertiser come without its id, where TikTok leaves it out, and are refused', async () => {
  const answer = answers.get('02') as { data: { list: [object] } };
  const { refused } = await ask(answer, details);
  expect(refused.get(ADVERTISER.id)).toMatchObject({
    kind: 'transient',
    message: expect.stringMatching(/has an advertiser without advertiser_id/),
  });
  const [withoutId] = answer.data.list;
  const withId = { ...answer, data: { list: [{ ...withoutId, advertiser_id: ADVERTISER.id }] } };
  // Etc/GMT has no summer time, Europe/London has.
  expect((await ask(withId, details)).found.get(ADVERTISER.id)).toEqual({
    id: ADVERTISER.id,
    currency: 'GBP',
    timezone: 'Europe/London',
  });
});

/** What each refusal of file 18, in its order, means for a read of campaigns. */
const REFUSALS = [
  ['credentials', 'a permission that the token was not granted'],
  ['credentials', 'a scope that the token lacks'],
  ['advertiser_unavailable', 'an advertiser that the token may not read'],
  ['our_fault', 'too many days'],
  ['our_fault', 'a dimension of another level'],
  ['metric_withdrawn', 'a metric that TikTok does not know'],
  ['our_fault', 'a level that TikTok does not know'],
  ['our_fault', 'a filter that TikTok does not support'],
  ['our_fault', 'a version of the API without this endpoint'],
  ['credentials', 'no token'],
  ['credentials', 'a wrong token'],
  ['advertiser_unavailable', 'a feature with a list of those who may use it'],
  ['credentials', 'a country that TikTok does not serve'],
] as const;

it.each(REFUSALS.map(([kind, says], n) => ({ kind, says, n })))('18 $n: $says is $kind', async ({ kind, n }) => {
  const { http_status: status, body } = answers.get(`18 ${n}`) as { http_status: number; body: { message: string } };
  await expect(ask(body, page(campaignDaily, ['spend']), status)).rejects.toMatchObject({
    kind,
    apiMessage: body.message,
    httpStatus: status,
  });
});

it('leaves out no answer', () => {
  const tried = ['02', ...[...brought, ...refused].map(({ answer }) => answer), ...REFUSALS.map((_, n) => `18 ${n}`)];
  expect(tried.sort()).toEqual([...answers.keys()].sort());
});
