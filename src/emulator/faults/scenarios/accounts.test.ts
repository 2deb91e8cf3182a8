import { expect } from 'vitest';
import { get, post, report } from '../../../testing/emulator-client.ts';
import { allOf, campaignsOnly, client, codes, DAY, id, keysOf } from '../../../testing/scenario-tests.ts';

client('advertiser-granted-a-day-later', 'a second advertiser on the second day', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const listed = async () =>
    (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret })).body.data.list.length as number;
  expect(await listed()).toBe(1);
  tiktok.clock.advanceDays(1);
  expect(await listed()).toBe(2);
  expect(await codes(tiktok, 1, { advertiser_id: id(tiktok, 2) })).toEqual([0]);
});

// "Sandbox" 1738855331457026, §4.6.
client('sandbox', 'twelve days of 2020 and few endpoints', async (tiktok) => {
  const range = { start_date: '2020-12-01', end_date: '2020-12-30', filtering: undefined };
  const days = new Set(keysOf(await report(tiktok, range)).map((key) => key.split(',')[1]));
  expect(days.size).toBe(12);
  const { app_id, secret } = tiktok.credentials;
  const endpoints = [
    await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret }),
    await get(tiktok, 'advertiser/info/', { advertiser_ids: [id(tiktok, 1)] }),
    await post(tiktok, 'report/task/create/', {}),
    await report(tiktok, { ...range, order_field: 'spend' }),
    await report(tiktok, {
      ...range,
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id', 'stat_time_day'],
    }),
  ].map(({ body }) => body.code);
  // One call a second: a refusal is either the sandbox's or the quota's.
  expect(endpoints.every((code) => code === 40009 || code === 40100)).toBe(true);
  expect(tiktok.config().credentials).toMatchObject({
    auth_type: 'sandbox_access_token',
    advertiser_id: id(tiktok, 1),
  });
});

client('rows-with-ids-that-are-none', 'rows of campaigns that do not exist', async (tiktok) => {
  const odd = async (place: number) => {
    const advertiser_id = id(tiktok, place);
    const ids = keysOf(await report(tiktok, { ...DAY, advertiser_id })).map((key) => key.split(',')[0] ?? '');
    const { list } = (
      await get(tiktok, 'campaign/get/', { advertiser_id, filtering: { primary_status: 'STATUS_ALL' } })
    ).body.data;
    expect(list).toHaveLength(2);
    return ids.filter((text) => text.length < 19);
  };
  expect([await odd(1), await odd(2), await odd(3), await odd(4)]).toEqual([['0'], ['0'], ['-1'], ['-']]);
});

client('names-that-no-database-holds', 'names of any characters', async (tiktok) => {
  const { list } = (await report(tiktok, DAY)).body.data;
  const names = list.map(({ metrics }: { metrics: Record<string, string> }) => metrics.campaign_name);
  expect(names).toEqual(expect.arrayContaining(['a\u0000b', 'Sale \ud83d', '-', 'x\n\u001b[2J']));
});

client('advertiser-list-in-pages', 'a list that goes on', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const page = async (number: number) =>
    (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret, page: number })).body.data;
  expect((await page(1)).page_info).toEqual({ page: 1, page_size: 2, total_number: 5, total_page: 3 });
  expect((await page(3)).list).toHaveLength(1);
});

client('one-advertiser-with-50000-ads', 'a cut report, and 10,000 ads in a slice of 100 campaigns', async (tiktok) => {
  const ads = { ...DAY, data_level: 'AUCTION_AD', dimensions: ['ad_id', 'stat_time_day'], metrics: ['spend'] };
  const cut = await report(tiktok, { ...ads, filtering: undefined });
  expect(cut.headers.has('x-tt-ads-throttle')).toBe(true);
  expect(cut.body.data.page_info.total_number).toBe(20_000);
  const ids = [...tiktok.expectedRows({ from: DAY.start_date, to: DAY.end_date })].map(({ id: campaign }) => campaign);
  const slice = await report(tiktok, { ...ads, filtering: campaignsOnly(ids.slice(0, 100)).filtering.slice(1) });
  expect(slice.headers.has('x-tt-ads-throttle')).toBe(false);
  expect(slice.body.data.page_info.total_number).toBe(10_000);
});

client('agency-of-20000', 'twenty thousand advertisers, each with ids of its own', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const { list } = (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret })).body.data;
  expect(list).toHaveLength(20_000);
  expect(new Set(tiktok.accounts.map(({ hash }) => hash)).size).toBe(20_000);
});

client('agency-of-2000', 'two thousand advertisers', async (tiktok) => {
  const { app_id, secret } = tiktok.credentials;
  const { list } = (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret })).body.data;
  expect(list).toHaveLength(2000);
  expect(new Set(list.map((each: { advertiser_id: string }) => each.advertiser_id)).size).toBe(2000);
});

allOf('accounts');
