import { expect } from 'vitest';
import { get, report } from '../../../testing/emulator-client.ts';
import { allOf, campaignsOnly, client, codes, DAY, id, keysOf, WEEK } from '../../../testing/scenario-tests.ts';

const GMV_MAX = {
  report_type: 'TT_SHOP',
  dimensions: ['campaign_id', 'country_code', 'stat_time_day'],
  metrics: ['spend', 'billed_cost'],
  filtering: undefined,
};

client('queries-above-7-days-too-large', '40067 for eight days, rows for seven', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({ code: 40067, message: expect.stringContaining('too large') });
  expect((await report(tiktok, WEEK)).body.code).toBe(0);
});

client('one-advertiser-a-day-at-a-time', 'single days of one advertiser', async (tiktok) => {
  const heavy = { advertiser_id: id(tiktok, 2) };
  expect([
    ...(await codes(tiktok, 1, { ...heavy, ...WEEK })),
    ...(await codes(tiktok, 1, { ...heavy, ...DAY })),
  ]).toEqual([40067, 0]);
  expect(await codes(tiktok, 1)).toEqual([0]);
});

client('system-errors-now-and-then', '50000, 50002 and 51001 among answers', async (tiktok) => {
  expect(new Set(await codes(tiktok, 100, DAY))).toEqual(new Set([0, 50000, 50002, 51001]));
});

client('one-advertiser-always-fails', '50000 for one advertiser', async (tiktok) => {
  expect(await codes(tiktok, 3, { advertiser_id: id(tiktok, 3) })).toEqual([50000, 50000, 50000]);
  expect(await codes(tiktok, 1)).toEqual([0]);
});

client('maintenance-at-first', '60001 five times', async (tiktok) => {
  expect(await codes(tiktok, 6)).toEqual([60001, 60001, 60001, 60001, 60001, 0]);
});

client('token-revoked-after-20-calls', '40105 from the 21st call on', async (tiktok) => {
  expect(await codes(tiktok, 22, DAY)).toEqual([...Array(20).fill(0), 40105, 40105]);
});

client('one-advertiser-without-permission', '40001 for one advertiser', async (tiktok) => {
  expect(await codes(tiktok, 1)).toEqual([0]);
  const { body } = await report(tiktok, { advertiser_id: id(tiktok, 2) });
  expect(body).toMatchObject({ code: 40001, message: `No permission to operate advertiser: ${id(tiktok, 2)}` });
  const info = await get(tiktok, 'advertiser/info/', { advertiser_ids: tiktok.accounts.map((account) => account.id) });
  expect(info.body.code).toBe(40001);
});

client('one-advertiser-deleted-midway', '40001 after ten reports', async (tiktok) => {
  expect(await codes(tiktok, 11, DAY)).toEqual([...Array(10).fill(0), 40001]);
  expect(await codes(tiktok, 1, { advertiser_id: id(tiktok, 2) })).toEqual([0]);
});

client('metric-withdrawn-midway', 'a metric that is suddenly wrong', async (tiktok) => {
  expect(await codes(tiktok, 10, DAY)).toEqual(Array(10).fill(0));
  expect((await report(tiktok, DAY)).body.message).toBe(
    "Please correct the information in invalid metric fields and try again. Invalid metric fields: ['conversion_rate']. ",
  );
  expect(await codes(tiktok, 1, { metrics: ['spend'] })).toEqual([0]);
});

client('report-permission-not-granted', 'a token older than the permission', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({
    code: 40001,
    message: 'advertiser does not grant you /report/integrated/get/:GET permission',
  });
  expect((await get(tiktok, 'user/info/')).body.code).toBe(0);
});

client('token-lacks-a-scope', 'the long wording of a missing scope', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({
    code: 40001,
    message: expect.stringMatching(/^Permission error: The access token lacks the required scope for endpoint '/),
  });
});

client('gmv-max-not-permitted', '40001 for one report of one advertiser', async (tiktok) => {
  const advertiser_id = id(tiktok, 2);
  expect((await report(tiktok, { ...GMV_MAX, advertiser_id })).body.code).toBe(40001);
  expect((await report(tiktok, { ...GMV_MAX, advertiser_id: id(tiktok, 4) })).body.code).toBe(0);
  expect((await report(tiktok, { advertiser_id })).body.code).toBe(0);
});

client('slices-above-10-campaigns-too-large', '40067 for a slice, of one day too', async (tiktok) => {
  const whole = await report(tiktok, DAY);
  expect(whole.headers.has('x-tt-ads-throttle')).toBe(true);
  const ids = [...tiktok.expectedRows({ from: DAY.start_date, to: DAY.end_date })].map(
    ({ campaign_id }) => campaign_id,
  );
  expect((await report(tiktok, { ...DAY, ...campaignsOnly(ids.slice(0, 11)) })).body.code).toBe(40067);
  const slice = await report(tiktok, { ...DAY, ...campaignsOnly(ids.slice(0, 10)) });
  expect(slice.headers.has('x-tt-ads-throttle')).toBe(false);
  expect(keysOf(slice)).toHaveLength(10);
});

allOf('refusals');
