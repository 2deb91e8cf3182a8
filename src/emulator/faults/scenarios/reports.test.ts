import { expect } from 'vitest';
import { get, report } from '../../../testing/emulator-client.ts';
import { allOf, client, DAY, id, keysOf } from '../../../testing/scenario-tests.ts';

client('reports-cut-above-10-ads', 'a cut report that only a header admits', async (tiktok) => {
  const { body, headers } = await report(tiktok);
  expect(headers.get('x-tt-ads-throttle')).not.toBeNull();
  const all = [...tiktok.expectedRows({ from: '2026-02-10', to: '2026-03-11', advertiserIds: [id(tiktok, 1)] })];
  expect(body.data.list.length).toBeLessThan(all.length);
});

client('rows-move-between-pages', 'one row twice and one never', async (tiktok) => {
  const pages = async () => [
    ...keysOf(await report(tiktok)),
    ...keysOf(await report(tiktok, { page: 2 })),
    ...keysOf(await report(tiktok, { page: 3 })),
  ];
  const keys = await pages();
  expect(keys).toHaveLength(2100);
  expect(new Set(keys).size).toBe(2099);
  await pages();
  expect(new Set(await pages()).size).toBe(2100);
});

client('total-number-is-wrong-for-a-while', 'a row too many in total_number, three times', async (tiktok) => {
  const surplus = async () => {
    const { list, page_info } = (await report(tiktok)).body.data;
    return page_info.total_number - list.length;
  };
  expect([await surplus(), await surplus(), await surplus(), await surplus()]).toEqual([1, 1, 1, 0]);
});

client('total-number-is-wrong-on-one-day', 'a day that never adds up', async (tiktok) => {
  const surplus = async (day: string) => {
    const { list, page_info } = (await report(tiktok, { start_date: day, end_date: day })).body.data;
    return page_info.total_number - list.length;
  };
  expect([await surplus('2026-02-28'), await surplus('2026-03-01'), await surplus('2026-03-02')]).toEqual([0, 1, 0]);
});

client('pages-one-row-short', 'a missing row, twice', async (tiktok) => {
  const lengths = [await report(tiktok), await report(tiktok), await report(tiktok)].map(
    (answer) => keysOf(answer).length,
  );
  expect(lengths[0]).toBe((lengths[2] ?? 0) - 1);
  expect(lengths[1]).toBe(lengths[0]);
});

client('rows-come-twice', 'a repeated row, twice', async (tiktok) => {
  const keys = keysOf(await report(tiktok));
  expect(new Set(keys).size).toBe(keys.length - 1);
});

client('texts-that-are-no-numbers', 'abc where a number should be', async (tiktok) => {
  expect((await report(tiktok)).body.data.list[0].metrics).toMatchObject({
    conversion: 'abc',
    clicks: '12.5',
    spend: 'NaN',
  });
});

client('absurd-total-number-on-one-day', 'more rows than anybody can ask for', async (tiktok) => {
  const day = { start_date: '2026-03-01', end_date: '2026-03-01' };
  expect((await report(tiktok, day)).body.data.page_info.total_number).toBeGreaterThan(1e15);
  expect((await report(tiktok, { ...day, page: 2 })).body.data.list).toEqual([]);
});

client('25-rows-of-26-counted', 'a count that lastingly differs', async (tiktok) => {
  const day = { start_date: '2026-03-01', end_date: '2026-03-01' };
  for (let reading = 0; reading < 3; reading++) {
    const { data } = (await report(tiktok, day)).body;
    expect([data.list.length, data.page_info.total_number]).toEqual([25, 26]);
  }
});

client('empty-reports-without-a-list', 'null instead of an empty list', async (tiktok) => {
  expect((await report(tiktok)).body.data).toMatchObject({ list: null, page_info: { total_number: 0 } });
  expect((await report(tiktok, { advertiser_id: id(tiktok, 2) })).body.data.list).toHaveLength(750);
});

client('empty-reports-without-page-info', 'an empty list and nothing else', async (tiktok) => {
  expect((await report(tiktok)).body.data).toEqual({ list: [] });
  expect((await report(tiktok, { advertiser_id: id(tiktok, 2) })).body.data.page_info.total_number).toBe(750);
});

client('page-size-is-the-number-of-rows', 'the rows of the page as page_size', async (tiktok) => {
  const { data } = (await report(tiktok, DAY)).body;
  expect(data.page_info.page_size).toBe(data.list.length);
});

client('ids-as-numbers', 'ids that are no texts', async (tiktok) => {
  const { text } = await report(tiktok, DAY);
  expect(text).toMatch(/"campaign_id":\d{19}[,}]/);
  const advertisers = await get(tiktok, 'oauth2/advertiser/get/', {
    app_id: tiktok.credentials.app_id,
    secret: tiktok.credentials.secret,
  });
  expect(advertisers.text).toContain(`"advertiser_id":${id(tiktok, 1)}`);
});

allOf('reports');
