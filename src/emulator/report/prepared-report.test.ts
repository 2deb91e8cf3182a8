import { afterAll, beforeAll, expect, it } from 'vitest';
import { METRICS_OF_TABLE, report } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';

let tiktok: Emulator;
beforeAll(async () => {
  tiktok = await startEmulator({ accounts: 2, prepared: { rowsPerDay: 150 } });
});
afterAll(() => tiktok.close());

interface Row {
  readonly dimensions: { readonly campaign_id: string; readonly stat_time_day: string };
  readonly metrics: Readonly<Record<string, string>>;
}

it('gives each key once over all pages, on the days asked for, with every metric', async () => {
  const rows: Row[] = [];
  for (let page = 1; page <= 5; page++) {
    const { list, page_info } = (await report(tiktok, { page })).body.data;
    expect(page_info).toEqual({ page, page_size: 1000, total_number: 4500, total_page: 5 });
    rows.push(...list);
  }
  const keys = rows.map(({ dimensions }) => `${dimensions.campaign_id} ${dimensions.stat_time_day}`);
  expect(new Set(keys).size).toBe(4500);
  expect(new Set(rows.map(({ dimensions }) => dimensions.campaign_id)).size).toBe(150);
  const days = [...new Set(rows.map(({ dimensions }) => dimensions.stat_time_day))].sort();
  expect([days.length, days[0], days.at(-1)]).toEqual([30, '2026-02-10 00:00:00', '2026-03-11 00:00:00']);
  expect(rows.every(({ dimensions }) => /^\d{19}$/.test(dimensions.campaign_id))).toBe(true);
  expect(Object.keys(rows[4499]?.metrics ?? {})).toEqual(METRICS_OF_TABLE);
});

it('stops at the account’s today', async () => {
  const { body } = await report(tiktok, { start_date: '2026-03-15', end_date: '2026-03-20' });
  expect(body.data.page_info.total_number % 150).toBe(0);
  expect(body.data.page_info.total_number).toBeLessThanOrEqual(2 * 150);
});

it('gives two advertisers different campaigns', async () => {
  const ids = await Promise.all(
    tiktok.accounts.map(
      async ({ id }) => (await report(tiktok, { advertiser_id: id })).body.data.list[0].dimensions.campaign_id,
    ),
  );
  expect(new Set(ids).size).toBe(2);
});

it('answers pages asked for at once, each with its own rows', async () => {
  const pages = await Promise.all(
    [1, 2, 3, 4].map(async (page) => (await report(tiktok, { page })).body.data.list as Row[]),
  );
  const keys = pages.flat().map(({ dimensions }) => `${dimensions.campaign_id} ${dimensions.stat_time_day}`);
  expect(new Set(keys).size).toBe(4000);
});

it('still asks for a token and right dates', async () => {
  expect((await report(tiktok, { end_date: '2026-03-12' })).body.code).toBe(40002);
  expect((await fetch(`${tiktok.apiUrl}report/integrated/get/`)).status).toBe(200);
  expect(() => tiktok.expectedRows({ from: '2026-03-01', to: '2026-03-01' })).toThrow('no expected rows');
});
