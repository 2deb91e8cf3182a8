import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExpectedStream } from '../../src/emulator/report/expected-rows.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { adDaily } from '../../src/streams/ad-daily.ts';
import { streams } from '../../src/streams/all-streams.ts';
import { campaignDaily } from '../../src/streams/campaign-daily.ts';
import type { ReportStream } from '../../src/streams/stream.ts';
import { readStreams } from '../support/read-streams.ts';

// Every stream in one run, with one client and one selection of advertisers. Today is 2026-03-15.

const RANGE = { from: '2026-02-01', to: '2026-03-15' };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const read = (
  chosen: readonly ReportStream[],
  overrides: object = {},
  states: Parameters<typeof readStreams>[3] = {},
) => readStreams(emulator, chosen, { start_date: RANGE.from, end_date: RANGE.to, ...overrides }, states);

const countOf = (path: string) => emulator.requests.filter((request) => request.path.endsWith(path)).length;

/** What a perfect reader has, sorted as text. */
const expected = (stream: string): string[] =>
  [...emulator.expectedRows({ ...RANGE, stream: stream as ExpectedStream })]
    .map(({ values }) => JSON.stringify(values))
    .sort();

it('brings every row of every stream to the last digit, and asks for the advertisers once', async () => {
  const { rows, outcome } = await read(streams);
  expect(outcome.failure).toBeUndefined();
  for (const { name } of streams) {
    expect((rows[name] ?? []).map((row) => JSON.stringify(row)).sort(), name).toEqual(expected(name));
    expect(rows[name]?.length, name).toBeGreaterThan(0);
  }
  expect(countOf('/oauth2/advertiser/get/')).toBe(1);
  expect(countOf('/advertiser/info/')).toBe(1);
});

it('keeps a state for each stream, and goes on from each by itself', async () => {
  const { states } = await read(streams);
  expect(Object.keys(states).sort()).toEqual(streams.map(({ name }) => name).sort());
  const before = emulator.requestCount;
  // One stream has no state: it alone is read from its first day.
  const { campaign_daily: _, ...others } = states;
  const again = await read(streams, { lookback_days: 0 }, others);
  expect(again.outcome.failure).toBeUndefined();
  expect(again.rows.campaign_daily?.map((row) => JSON.stringify(row)).sort()).toEqual(expected('campaign_daily'));
  const days = new Set(again.rows.ad_daily?.map(({ date }) => date));
  expect([...days].every((day) => String(day) >= '2026-03-14')).toBe(true);
  expect(emulator.requestCount).toBeGreaterThan(before);
});

it('reads the others to their end when TikTok refuses the report of one, and says which failed', async () => {
  const refused = { ...adDaily, name: 'refused_daily', report: { ...adDaily.report, dataLevel: 'AUCTION_NOTHING' } };
  const { rows, states, outcome } = await read([refused, campaignDaily]);
  expect(rows.campaign_daily?.map((row) => JSON.stringify(row)).sort()).toEqual(expected('campaign_daily'));
  expect(outcome.streams.map(({ stream, failure }) => [stream, failure?.failureClass])).toEqual([
    ['refused_daily', 'defect'],
    ['campaign_daily', undefined],
  ]);
  expect(outcome.failure?.message).toMatch(
    /^refused_daily: No advertiser could be read to the end .*, refused_daily, 2026/,
  );
  expect(Object.keys(states).sort()).toEqual(['campaign_daily', 'refused_daily']);
});

it('takes turns at one quota: all streams together ask as one and break it nowhere', async () => {
  await emulator.close();
  emulator = await startEmulator({ quota: { perSecond: 20, perMinute: 1_200, perDay: 100_000 } });
  const quota = { per_second: 20, per_minute: 1_200, per_day: 100_000, minute_pause_seconds: 1 };
  const { outcome } = await read(streams, { quota });
  expect(outcome.failure).toBeUndefined();
  expect(emulator.requests.filter(({ code }) => code === 40100 || code === 40016)).toEqual([]);
  expect(outcome.requests).toBe(emulator.requestCount);
});
