import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import catalogue from '../../../schemas/metrics.json' with { type: 'json' };
import { METRICS_OF_TABLE, report } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';
import { dayNumber, formatDay } from '../world/calendar.ts';
import { STREAM_SCHEMAS } from './stream-schemas.generated.ts';

let tiktok: Emulator;
beforeAll(async () => {
  tiktok = await startEmulator();
});
afterAll(() => tiktok.close());

type Texts = Readonly<Record<string, string>>;
interface Row {
  readonly dimensions: Texts;
  readonly metrics: Texts;
}

/** A level of the account, the id of its rows, and its table. */
const LEVELS = [
  { level: 'CAMPAIGN', id: 'campaign_id', stream: 'campaign_daily' },
  { level: 'ADGROUP', id: 'adgroup_id', stream: 'adgroup_daily' },
  { level: 'AD', id: 'ad_id', stream: 'ad_daily' },
  { level: 'ADVERTISER', id: 'advertiser_id', stream: 'advertiser_daily' },
] as const;

/** What the table of a level asks for. The id of a row is a metric, too, where the row is a whole account. */
const metricsOf = ({ id, stream }: (typeof LEVELS)[number]): string[] =>
  Object.keys(STREAM_SCHEMAS[stream].properties).filter(
    (name) => name !== 'date' && (name !== id || name === 'advertiser_id'),
  );

const statusAll = (level: string) => ({
  field_name: `${level.toLowerCase()}_status`,
  filter_type: 'IN',
  filter_value: '["STATUS_ALL"]',
});

const asked = (one: (typeof LEVELS)[number]): Record<string, unknown> => ({
  data_level: `AUCTION_${one.level}`,
  dimensions: [one.id, 'stat_time_day'],
  metrics: metricsOf(one),
  filtering: one.level === 'ADVERTISER' ? undefined : [statusAll(one.level)],
});

async function rowsOf(emulator: Emulator, parameters: Record<string, unknown>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page++) {
    const { body } = await report(emulator, { ...parameters, page });
    expect(body.code, body.message).toBe(0);
    rows.push(...(body.data.list as Row[]));
    if (page >= body.data.page_info.total_page) return rows;
  }
}

const RANGE = { from: '2026-02-10', to: '2026-03-11' };

describe.each(LEVELS)('a report of level $level', (one) => {
  it.each([0, 1, 2, 3])('gives account %i exactly the rows that are expected', async (place) => {
    const advertiserId = tiktok.accounts[place]?.id ?? '';
    const rows = await rowsOf(tiktok, { ...asked(one), advertiser_id: advertiserId });
    const expected = [...tiktok.expectedRows({ ...RANGE, stream: one.stream, advertiserIds: [advertiserId] })];
    const keyOf = ({ dimensions }: Row) => `${dimensions.stat_time_day} ${dimensions[one.id]}`;
    expect(rows.length).toBe(expected.length);
    expect(new Map(rows.map((row) => [keyOf(row), row.metrics]))).toEqual(
      new Map(
        expected.map(({ date, id, texts }) => [
          `${date} 00:00:00 ${id}`,
          Object.fromEntries(metricsOf(one).map((name) => [name, texts[name]])),
        ]),
      ),
    );
  });

  it('gives only rows that are not deleted unless its own status says STATUS_ALL', async () => {
    const advertiserId = tiktok.accounts[1]?.id ?? '';
    const rows = await rowsOf(tiktok, { ...asked(one), advertiser_id: advertiserId, filtering: undefined });
    const expected = (includeDeleted: boolean) =>
      [...tiktok.expectedRows({ ...RANGE, stream: one.stream, advertiserIds: [advertiserId], includeDeleted })].length;
    expect(rows.length).toBe(expected(false));
    if (one.level === 'ADVERTISER') expect(expected(false)).toBe(expected(true));
    else expect(expected(false)).toBeLessThan(expected(true));
  });
});

describe('the levels of an account', () => {
  it.each([
    ['now', RANGE],
    ['before 2024, with three decimals', { from: '2023-10-01', to: '2023-10-30' }],
  ])('add up to the same spend, impressions and clicks %s', async (_when, { from, to }) => {
    const { id: advertiser_id } = tiktok.accounts[1] ?? { id: '' };
    const sums = await Promise.all(
      LEVELS.map(async (one) => {
        const rows = await rowsOf(tiktok, { ...asked(one), advertiser_id, start_date: from, end_date: to });
        const sum = (name: string) => rows.reduce((all, { metrics }) => all + Number(metrics[name]), 0);
        return { spend: sum('spend').toFixed(3), impressions: sum('impressions'), clicks: sum('clicks') };
      }),
    );
    expect(sums[0]?.impressions).toBeGreaterThan(0);
    expect(sums).toEqual(LEVELS.map(() => sums[0]));
  });

  it('differ in rows: campaigns have several ad groups, ad groups several ads', () => {
    const counts = LEVELS.map(({ stream }) => [...tiktok.expectedRows({ ...RANGE, stream })].length);
    const [campaigns = 0, adGroups = 0, ads = 0, accounts = 0] = counts;
    expect(accounts).toBeLessThan(campaigns);
    expect(campaigns).toBeLessThan(adGroups);
    expect(adGroups).toBeLessThan(ads);
  });

  it('have ids that no other level and no other account has', () => {
    const owners = new Map<string, Set<string>>();
    for (const { stream } of LEVELS.slice(0, 3)) {
      // One day a week shows every id: none runs for less.
      for (let day = dayNumber('2023-02-01'); day <= dayNumber('2026-03-15'); day += 7) {
        const range = { from: formatDay(day), to: formatDay(day), stream };
        for (const { id, advertiserId } of tiktok.expectedRows(range)) {
          owners.set(id, (owners.get(id) ?? new Set()).add(`${stream} ${advertiserId}`));
        }
      }
    }
    expect(owners.size).toBe(401);
    expect([...owners].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it('hold reservation ads only as a whole account', async () => {
    const emulator = await startEmulator({
      accounts: [{ campaigns: 5, density: 1, created: '2026-01-01', reservationShare: 0.25 }],
    });
    const day = { start_date: '2026-03-01', end_date: '2026-03-01' };
    const [campaigns, account] = await Promise.all(
      [LEVELS[0], LEVELS[3]].map(async (one) => {
        const rows = await rowsOf(emulator, { ...asked(one), ...day });
        return rows.reduce((all, { metrics }) => all + Number(metrics.impressions), 0);
      }),
    );
    expect(account).toBe((campaigns ?? 0) + Math.floor((campaigns ?? 0) * 0.25));
    await emulator.close();
  });
});

describe('filters and metrics of a level', () => {
  const filter = (field_name: string, ids: readonly string[]) => ({
    field_name,
    filter_type: 'IN',
    filter_value: JSON.stringify(ids),
  });
  const [, adGroups, ads] = LEVELS;

  it('narrow ads by campaign, ad group and ad', async () => {
    const rows = await rowsOf(tiktok, asked(ads));
    const row = rows.find(({ metrics }) => metrics.adgroup_name?.endsWith('ad group 2')) as Row;
    for (const [field, name] of [
      ['campaign_ids', 'campaign_id'],
      ['adgroup_ids', 'adgroup_id'],
    ] as const) {
      const id = row.metrics[name] ?? '';
      const found = await rowsOf(tiktok, { ...asked(ads), filtering: [statusAll('AD'), filter(field, [id])] });
      expect(found).toEqual(expect.arrayContaining(rows.filter(({ metrics }) => metrics[name] === id)));
      expect(found).toHaveLength(rows.filter(({ metrics }) => metrics[name] === id).length);
    }
    const id = row.dimensions.ad_id ?? '';
    const found = await rowsOf(tiktok, { ...asked(ads), filtering: [statusAll('AD'), filter('ad_ids', [id])] });
    expect(new Set(found.map(({ dimensions }) => dimensions.ad_id))).toEqual(new Set([id]));
  });

  it.each([
    ['a status of another level', { ...asked(adGroups), filtering: [statusAll('CAMPAIGN')] }],
    ['ad ids at the level of ad groups', { ...asked(adGroups), filtering: [filter('ad_ids', ['1'])] }],
    ['any filter of a whole account', { ...asked(LEVELS[3]), filtering: [filter('campaign_ids', ['1'])] }],
    ['an id dimension of another level', { ...asked(adGroups), dimensions: ['campaign_id', 'stat_time_day'] }],
    ['both ids of an ad', { ...asked(ads), dimensions: ['ad_id', 'ad_id_v2', 'stat_time_day'] }],
  ])('are refused with 40002: %s', async (_what, parameters) => {
    expect((await report(tiktok, parameters)).body.code).toBe(40002);
  });

  it.each([
    ['campaign_name', 3],
    ['campaign_id', 0],
    ['adgroup_id', 1],
    ['ad_name', 1],
  ] as const)('are refused by name: %s at level %i', async (name, place) => {
    const { body } = await report(tiktok, { ...asked(LEVELS[place]), metrics: ['spend', name] });
    expect(body).toMatchObject({
      code: 40002,
      message: expect.stringContaining(`Invalid metric fields: ['${name}']`),
    });
  });

  it('give the ads of Upgraded Smart+ campaigns as ad_id_v2, their creatives as ad_id, with equal sums', async () => {
    const metrics = ['spend', 'campaign_automation_type', 'ad_id_v2', 'adgroup_id'];
    const creatives = await rowsOf(tiktok, { ...asked(ads), metrics });
    const byV2 = await rowsOf(tiktok, { ...asked(ads), dimensions: ['ad_id_v2', 'stat_time_day'], metrics });
    const spend = (rows: Row[]) => rows.reduce((all, row) => all + Number(row.metrics.spend), 0).toFixed(2);
    expect(spend(byV2)).toBe(spend(creatives));
    const upgraded = creatives.filter(
      ({ metrics: m }) => m.campaign_automation_type === 'UPGRADED_SMART_PLUS_CREATIVE',
    );
    expect(upgraded.length).toBeGreaterThan(0);
    expect(byV2.length).toBeLessThan(creatives.length);
    const ids = new Set(byV2.map(({ dimensions }) => dimensions.ad_id_v2));
    expect(creatives.every(({ metrics: m }) => ids.has(m.ad_id_v2))).toBe(true);
    expect(creatives.some(({ dimensions, metrics: m }) => dimensions.ad_id === m.ad_id_v2)).toBe(true);
  });
});

describe('the catalogue of metrics', () => {
  it.each(LEVELS)('has only metrics that reports of level $level give as the catalogue types them', async (one) => {
    const names = catalogue.metrics
      .filter(({ levels }) => levels.includes(one.level.toLowerCase()))
      .map(({ name }) => name);
    expect(names.length).toBeGreaterThan(300);
    const range = { start_date: '2026-03-01', end_date: '2026-03-05' };
    for (let first = 0; first < names.length; first += 100) {
      const metrics = names.slice(first, first + 100);
      const rows = await rowsOf(tiktok, { ...asked(one), ...range, metrics });
      const expected = [
        ...tiktok.expectedRows({
          from: range.start_date,
          to: range.end_date,
          stream: one.stream,
          advertiserIds: [tiktok.accounts[0]?.id ?? ''],
          additionalMetrics: metrics,
        }),
      ];
      const keyOf = ({ dimensions }: Row) => `${dimensions.stat_time_day} ${dimensions[one.id]}`;
      const found = new Map(rows.map((row) => [keyOf(row), row.metrics]));
      for (const { date, id, texts, values } of expected) {
        const row = found.get(`${date} 00:00:00 ${id}`);
        for (const name of metrics) {
          expect(row?.[name], name).toBe(texts[name]);
          const { type } = catalogue.metrics.find((metric) => metric.name === name) ?? {};
          if (values[name] === null) continue;
          if (type === 'integer') expect(Number.isInteger(values[name]), name).toBe(true);
          else expect(typeof values[name], name).toBe(type);
        }
      }
    }
  });

  it('names each metric once, and the figures of the table among them', () => {
    const names = catalogue.metrics.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(METRICS_OF_TABLE.filter((name) => name !== 'campaign_name')));
  });

  it('is the limit: other names are refused, each of them named, and more than 100 as well', async () => {
    const { body } = await report(tiktok, { metrics: ['spend', 'video_views', 'cash_spend'] });
    expect(body).toMatchObject({
      code: 40002,
      message: expect.stringContaining("Invalid metric fields: ['video_views', 'cash_spend']"),
    });
    const many = catalogue.metrics.slice(0, 101).map(({ name }) => name);
    expect((await report(tiktok, { metrics: many })).body.code).toBe(40002);
  });
});

describe('the limit of 20,000 ads', () => {
  it('counts ads at every level but that of the account, and says so in a header only', async () => {
    const emulator = await startEmulator({
      accounts: [{ campaigns: 20, density: 1, adGroupsPerCampaign: 5, adsPerCampaign: 50, created: '2026-01-01' }],
      adsMax: 120,
    });
    const day = { start_date: '2026-03-01', end_date: '2026-03-01' };
    const found = [];
    for (const one of LEVELS) {
      const { body, headers } = await report(emulator, { ...asked(one), ...day });
      found.push([headers.has('x-tt-ads-throttle'), body.data.page_info.total_number]);
    }
    expect(found).toEqual([
      [true, 3],
      [true, 12],
      [true, 120],
      [false, 1],
    ]);
    await emulator.close();
  });

  it('cuts whole accounts too where the world says so', async () => {
    const emulator = await startEmulator({
      accounts: [{ campaigns: 20, density: 1, created: '2026-01-01' }],
      adsMax: 5,
      cutsAdvertisers: true,
    });
    expect((await report(emulator, asked(LEVELS[3]))).headers.has('x-tt-ads-throttle')).toBe(true);
    await emulator.close();
  });
});

it('an account can have 50,000 ads a day', async () => {
  const emulator = await startEmulator({
    accounts: [{ campaigns: 500, density: 1, adGroupsPerCampaign: 10, adsPerCampaign: 100, created: '2026-01-01' }],
    adsMax: 100_000,
  });
  const { body } = await report(emulator, { ...asked(LEVELS[2]), start_date: '2026-03-01', end_date: '2026-03-01' });
  expect(body.data.page_info.total_number).toBe(50_000);
  expect(body.data.list).toHaveLength(1000);
  await emulator.close();
});

// "GMV max ads reports", and recorded answers.
describe('the report of GMV Max campaigns', () => {
  const GMV_MAX = {
    report_type: 'TT_SHOP',
    dimensions: ['campaign_id', 'country_code', 'stat_time_day'],
    metrics: ['spend', 'billed_cost', 'campaign_name'],
    filtering: undefined,
  };
  const shop = () => ({ ...GMV_MAX, advertiser_id: tiktok.accounts[1]?.id, end_date: '2026-03-11' });

  it('gives exactly the rows that are expected, a row of zeros for no country among them', async () => {
    const rows = await rowsOf(tiktok, shop());
    const expected = [
      ...tiktok.expectedRows({
        ...RANGE,
        stream: 'gmv_max_campaign_daily',
        advertiserIds: [tiktok.accounts[1]?.id ?? ''],
      }),
    ];
    const keyOf = ({ dimensions: d }: Row) => `${d.stat_time_day} ${d.campaign_id} ${d.country_code}`;
    expect(new Map(rows.map((row) => [keyOf(row), row.metrics]))).toEqual(
      new Map(expected.map(({ date, id, values, texts }) => [`${date} 00:00:00 ${id} ${values.country_code}`, texts])),
    );
    expect(rows.some(({ dimensions, metrics }) => dimensions.country_code === 'None' && metrics.spend === '0.00')).toBe(
      true,
    );
  });

  it('says as page_size how many rows the page has', async () => {
    const { body } = await report(tiktok, { ...shop(), start_date: '2026-03-11', page_size: 100 });
    expect(body.data.list.length).toBeLessThan(100);
    expect(body.data.page_info).toMatchObject({ page_size: body.data.list.length, total_page: 1 });
  });

  it('bills the last days less than was spent', async () => {
    const rows = await rowsOf(tiktok, { ...shop(), start_date: '2026-02-20', end_date: '2026-03-15' });
    const difference = (from: string, to: string) =>
      rows
        .filter(({ dimensions: { stat_time_day: day = '' } }) => day >= from && day < to)
        .filter(({ metrics }) => Number(metrics.spend) > 1)
        .map(({ metrics }) => Number(metrics.spend) - Number(metrics.billed_cost));
    expect(difference('2026-03-14', '2026-03-16').every((money) => money > 0)).toBe(true);
    expect(difference('2026-02-20', '2026-03-10').some((money) => money === 0)).toBe(true);
  });

  it('is no part of basic reports, and its campaigns are not listed', async () => {
    const ids = new Set((await rowsOf(tiktok, shop())).map(({ dimensions }) => dimensions.campaign_id));
    const basic = [...tiktok.expectedRows(RANGE)].filter(({ id }) => ids.has(id));
    expect(ids.size).toBe(3);
    expect(basic).toEqual([]);
  });

  it('is empty for an account without any', async () => {
    const { body } = await report(tiktok, { ...shop(), advertiser_id: tiktok.accounts[0]?.id });
    expect(body).toMatchObject({ code: 0, data: { list: [], page_info: { total_number: 0 } } });
  });

  it.each([
    ['a day without a country', { dimensions: ['campaign_id', 'stat_time_day'] }],
    ['a filter', { filtering: [statusAll('CAMPAIGN')] }],
    ['a lifetime', { query_lifetime: true }],
    ['a metric of basic reports', { metrics: ['spend', 'impressions'] }],
    ['more than 30 days', { start_date: '2026-02-01' }],
  ])('is refused with 40002 for %s', async (_what, parameters) => {
    expect((await report(tiktok, { ...shop(), ...parameters })).body.code).toBe(40002);
  });

  it('does not exist in the sandbox', async () => {
    const sandbox = await startEmulator({ sandbox: true });
    expect((await report(sandbox, { ...GMV_MAX, advertiser_id: sandbox.accounts[0]?.id })).body.code).toBe(40009);
    await sandbox.close();
  });
});

it('two campaigns at least that were deleted have rows in the last 30 days, whatever the day of the start', async () => {
  for (const now of ['2026-03-15T12:00:00Z', '2026-11-26T00:30:00Z', '2029-07-04T09:00:00Z']) {
    const emulator = await startEmulator({ now });
    const today = Date.parse(now);
    const days = (back: number) => new Date(today - back * 86_400_000).toISOString().slice(0, 10);
    const campaigns = (includeDeleted: boolean) =>
      new Set([...emulator.expectedRows({ from: days(30), to: days(1), includeDeleted })].map(({ id }) => id)).size;
    expect(campaigns(true) - campaigns(false)).toBeGreaterThanOrEqual(2);
    await emulator.close();
  }
});
