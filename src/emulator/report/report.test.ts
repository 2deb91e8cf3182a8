import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report, STATUS_ALL } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';

let tiktok: Emulator;
beforeAll(async () => {
  tiktok = await startEmulator();
});
afterAll(() => tiktok.close());

interface Row {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string>>;
}

const keyOf = ({ dimensions }: Row): string => `${dimensions.stat_time_day} ${dimensions.campaign_id}`;

// "Run a synchronous report", §10 items 4–8 of the facts that the emulator is written from.
describe('the report', () => {
  it.each([0, 1, 2, 3])('gives account %i exactly the rows that are expected', async (place) => {
    const advertiserId = tiktok.accounts[place]?.id ?? '';
    const { body } = await report(tiktok, { advertiser_id: advertiserId });
    const rows = body.data.list as Row[];
    const expected = [...tiktok.expectedRows({ from: '2026-02-10', to: '2026-03-11', advertiserIds: [advertiserId] })];
    expect(body).toMatchObject({ code: 0, message: 'OK' });
    expect(body.data.page_info).toEqual({ page: 1, page_size: 1000, total_number: expected.length, total_page: 1 });
    const texts = new Map(rows.map((row) => [keyOf(row), row.metrics]));
    expect(texts).toEqual(new Map(expected.map((row) => [`${row.date} 00:00:00 ${row.campaign_id}`, row.texts])));
  });

  it('writes every metric and id as a text, and a day with midnight', async () => {
    const { body } = await report(tiktok);
    for (const { dimensions, metrics } of body.data.list as Row[]) {
      expect(dimensions.stat_time_day).toMatch(/^\d{4}-\d\d-\d\d 00:00:00$/);
      expect(
        [...Object.values(dimensions), ...Object.values(metrics)].every((value) => typeof value === 'string'),
      ).toBe(true);
    }
  });

  it('has an order that is not that of the keys, and the same each time', async () => {
    const [first, second] = [await report(tiktok), await report(tiktok)];
    const keys = (first.body.data.list as Row[]).map(keyOf);
    expect(keys).not.toEqual([...keys].sort());
    expect((second.body.data.list as Row[]).map(keyOf)).toEqual(keys);
  });

  it('sorts by order_field, falling unless told to rise', async () => {
    const spends = async (order: object) =>
      ((await report(tiktok, { order_field: 'spend', ...order })).body.data.list as Row[]).map(({ metrics }) =>
        Number(metrics.spend),
      );
    const falling = await spends({});
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(await spends({ order_type: 'ASC' })).toEqual([...falling].reverse());
  });

  it('gives every row once over its pages, and an empty list past the end', async () => {
    const all = new Set<string>();
    const { total_number, total_page } = (await report(tiktok, { page_size: 50 })).body.data.page_info;
    for (let page = 1; page <= total_page; page++) {
      for (const row of (await report(tiktok, { page_size: 50, page })).body.data.list as Row[]) all.add(keyOf(row));
    }
    expect(all.size).toBe(total_number);
    const past = (await report(tiktok, { page_size: 50, page: total_page + 1 })).body;
    expect(past).toMatchObject({ code: 0, data: { list: [], page_info: { page: total_page + 1, total_number } } });
  });

  it('has ten rows a page unless told otherwise', async () => {
    const { body } = await report(tiktok, { page_size: undefined, page: undefined });
    expect(body.data.list).toHaveLength(10);
    expect(body.data.page_info).toMatchObject({ page: 1, page_size: 10 });
  });

  it('leaves deleted campaigns out unless STATUS_ALL is asked for', async () => {
    const range = { start_date: '2025-06-01', end_date: '2025-06-30' };
    const rows = async (filtering: unknown) =>
      ((await report(tiktok, { ...range, filtering })).body.data.list as Row[]).length;
    const expected = (includeDeleted: boolean) =>
      [
        ...tiktok.expectedRows({
          from: range.start_date,
          to: range.end_date,
          advertiserIds: [tiktok.accounts[0]?.id ?? ''],
          includeDeleted,
        }),
      ].length;
    expect(await rows(undefined)).toBe(expected(false));
    expect(await rows([STATUS_ALL])).toBe(expected(true));
    expect(expected(true)).toBeGreaterThan(expected(false));
  });

  it('gives the rows of campaign_ids only, and none for ids of others', async () => {
    const own = ((await report(tiktok)).body.data.list as Row[])[0]?.dimensions.campaign_id ?? '';
    const filter = (id: string) => ({
      field_name: 'campaign_ids',
      filter_type: 'IN',
      filter_value: JSON.stringify([id]),
    });
    const { list } = (await report(tiktok, { filtering: [filter(own)] })).body.data;
    expect(new Set((list as Row[]).map(({ dimensions }) => dimensions.campaign_id))).toEqual(new Set([own]));
    const foreign = (await report(tiktok, { filtering: [filter('1234567890123456789')] })).body;
    expect(foreign).toMatchObject({ code: 0, data: { list: [], page_info: { total_number: 0 } } });
  });

  it('has the account’s today, and no later day', async () => {
    const { body } = await report(tiktok, { start_date: '2026-03-15', end_date: '2026-04-10' });
    const days = new Set((body.data.list as Row[]).map(({ dimensions }) => dimensions.stat_time_day));
    // Noon in UTC is one in the morning of the next day in Auckland.
    expect([...days].sort()).toEqual(['2026-03-15 00:00:00', '2026-03-16 00:00:00']);
  });

  it('derives each rate and cost from the counts beside it', async () => {
    const round = (value: number, decimals: number) => Math.round(value * 10 ** decimals) / 10 ** decimals;
    const { body } = await report(tiktok, { advertiser_id: tiktok.accounts[2]?.id });
    const off: string[] = [];
    for (const row of body.data.list as Row[]) {
      const n = (name: string) => Number(row.metrics[name]);
      const per = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
      const derived = {
        ctr: per(100 * n('clicks'), n('impressions')),
        cpc: per(n('spend'), n('clicks')),
        cpm: per(1000 * n('spend'), n('impressions')),
        frequency: per(n('impressions'), n('reach')),
        cost_per_1000_reached: per(1000 * n('spend'), n('reach')),
        result_rate: per(100 * n('result'), n('impressions')),
        cost_per_result: per(n('spend'), n('result')),
        conversion_rate: per(100 * n('conversion'), n('clicks')),
        cost_per_conversion: per(n('spend'), n('conversion')),
        real_time_conversion_rate: per(100 * n('real_time_conversion'), n('clicks')),
        real_time_cost_per_conversion: per(n('spend'), n('real_time_conversion')),
        real_time_result_rate: per(100 * n('real_time_result'), n('impressions')),
        real_time_cost_per_result: per(n('spend'), n('real_time_result')),
      };
      for (const [name, value] of Object.entries(derived)) {
        // A double may fall to the other side of a half cent.
        if (Math.abs(round(value, 2) - n(name)) > 0.0101) off.push(`${name} ${row.metrics[name]} instead of ${value}`);
      }
    }
    expect(off).toEqual([]);
  });

  it('has dashes, zero rows and days without a row', async () => {
    const range = { from: '2025-03-01', to: '2026-03-11', advertiserIds: [tiktok.accounts[1]?.id ?? ''] };
    const rows = [...tiktok.expectedRows(range)];
    expect(rows.some(({ texts }) => texts.secondary_goal_result === '-')).toBe(true);
    expect(rows.some(({ texts }) => /^\d+$/.test(texts.secondary_goal_result ?? ''))).toBe(true);
    expect(rows.some(({ texts }) => texts.impressions === '0' && texts.spend === '0.00')).toBe(true);
    const days = new Set(rows.map(({ date }) => date)).size;
    const campaigns = new Set(rows.map(({ campaign_id }) => campaign_id)).size;
    expect(rows.length).toBeLessThan(days * campaigns);
  });

  it('writes money with the decimals of its currency, and with three before 2024', async () => {
    const spend = (place: number, day: string) =>
      [...tiktok.expectedRows({ from: day, to: day, advertiserIds: [tiktok.accounts[place]?.id ?? ''] })].map(
        ({ texts }) => texts.spend ?? '',
      );
    expect(spend(3, '2026-03-01').every((text) => /^\d+$/.test(text))).toBe(true);
    expect(spend(2, '2026-03-01').every((text) => /^\d+\.\d\d$/.test(text))).toBe(true);
    expect(spend(1, '2023-11-01').every((text) => /^\d+\.\d{3}$/.test(text))).toBe(true);
  });

  it('adds up what can be added when totals are asked for', async () => {
    const { body } = await report(tiktok, { enable_total_metrics: true });
    const sum = (name: string) =>
      (body.data.list as Row[]).reduce((total, { metrics }) => total + Number(metrics[name]), 0);
    expect(Number(body.data.total_metrics.spend)).toBeCloseTo(sum('spend'), 6);
    expect(body.data.total_metrics).toMatchObject({
      impressions: String(sum('impressions')),
      reach: '-',
      frequency: '-',
    });
    expect((await report(tiktok)).body.data).not.toHaveProperty('total_metrics');
  });

  it('takes Python’s capitals and spaces', async () => {
    const { body } = await report(tiktok, {
      enable_total_metrics: 'True',
      dimensions: '["campaign_id", "stat_time_day"]',
      metrics: '["spend", "impressions"]',
    });
    expect(body).toMatchObject({ code: 0, data: { total_metrics: { spend: expect.stringMatching(/^\d/) } } });
  });

  it('loses the decimals of money when several advertisers are asked at once', async () => {
    const advertiserIds = tiktok.accounts.slice(0, 3).map(({ id }) => id);
    const { body } = await report(tiktok, { advertiser_ids: advertiserIds });
    const rows = body.data.list as Row[];
    expect(new Set(rows.map(({ metrics }) => metrics.advertiser_id))).toEqual(new Set(advertiserIds));
    expect(rows.every(({ metrics }) => /^\d+$/.test(metrics.spend ?? ''))).toBe(true);
    const six = (await report(tiktok, { advertiser_ids: ['1', '2', '3', '4', '5', '6'] })).body;
    expect(six.code).toBe(40002);
  });

  it('adds the days up without stat_time_day', async () => {
    const daily = (await report(tiktok)).body.data.list as Row[];
    const whole = (await report(tiktok, { dimensions: ['campaign_id'] })).body.data.list as Row[];
    const impressions = (rows: Row[]) => rows.reduce((sum, { metrics }) => sum + Number(metrics.impressions), 0);
    expect(impressions(whole)).toBe(impressions(daily));
    expect(whole.length).toBe(new Set(daily.map(({ dimensions }) => dimensions.campaign_id)).size);
  });

  it('serves the levels below the campaign and above it', async () => {
    const parameters = { filtering: undefined };
    const ads = await report(tiktok, {
      ...parameters,
      data_level: 'AUCTION_AD',
      dimensions: ['ad_id', 'stat_time_day'],
    });
    expect(ads.body.data.list[0].dimensions.ad_id).toMatch(/^3\d{18}$/);
    const account = await report(tiktok, {
      ...parameters,
      metrics: ['spend', 'cash_spend'],
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id', 'stat_time_day'],
    });
    expect(account.body.data.list).toHaveLength(30);
    expect(account.body.data.list[0].dimensions.advertiser_id).toBe(tiktok.accounts[0]?.id);
  });

  it('cuts a report above the limit of ads to the newest, and says so in a header only', async () => {
    const heavy = await startEmulator({
      accounts: [{ campaigns: 40, density: 1, adsPerCampaign: 1000, created: '2026-01-01' }],
    });
    const cut = await report(heavy, { start_date: '2026-03-01', end_date: '2026-03-01' });
    expect(cut.headers.get('x-tt-ads-throttle')).toContain('only return the top 20k');
    expect(cut.body).toMatchObject({ code: 0, data: { page_info: { total_number: 20 } } });
    const some = JSON.stringify(
      [...heavy.expectedRows({ from: '2026-03-01', to: '2026-03-01' })].slice(0, 10).map((row) => row.campaign_id),
    );
    const slice = await report(heavy, {
      filtering: [STATUS_ALL, { field_name: 'campaign_ids', filter_type: 'IN', filter_value: some }],
    });
    expect(slice.headers.get('x-tt-ads-throttle')).toBeNull();
    await heavy.close();
  });

  it('credits conversions to past days for seven days, and then no more', async () => {
    const world = await startEmulator({
      accounts: [{ campaigns: 30, density: 1, created: '2026-01-01' }],
      now: '2026-03-08T00:30:00Z',
    });
    const conversions = () =>
      [...world.expectedRows({ from: '2026-03-07', to: '2026-03-07' })].reduce(
        (sum, { texts }) => sum + Number(texts.conversion),
        0,
      );
    const seen: number[] = [];
    for (let day = 0; day < 10; day++) {
      seen.push(conversions());
      world.clock.advanceDays(1);
    }
    expect(seen.slice(0, 8)).toEqual([...new Set(seen.slice(0, 8))].sort((a, b) => a - b));
    expect(new Set(seen.slice(7)).size).toBe(1);
    await world.close();
  });

  it('corrects the spend of yesterday at noon, UTC', async () => {
    const world = await startEmulator({
      accounts: [{ campaigns: 30, density: 1, created: '2026-01-01' }],
      now: '2026-03-08T11:59:00Z',
    });
    const spends = () =>
      [...world.expectedRows({ from: '2026-03-07', to: '2026-03-07' })].map(({ texts }) => texts.spend);
    const before = spends();
    world.clock.set('2026-03-08T12:00:00Z');
    const after = spends();
    world.clock.advanceDays(3);
    expect(after).not.toEqual(before);
    expect(spends()).toEqual(after);
    await world.close();
  });
});
