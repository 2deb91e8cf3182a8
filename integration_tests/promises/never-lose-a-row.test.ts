import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { expectedTable, stateIn, sync, table } from '../support/sync.ts';

// What TikTok does to its readers, and what a table has afterwards. Today is 2026-03-15.

let emulator: Emulator;
afterEach(() => emulator.close());

const START = '2026-01-01';
const TODAY = '2026-03-15';
const all = { from: START, to: TODAY };

/** One campaign-heavy account: 40 rows on each of its days, 1,200 in a window of 30. */
const dense = {
  id: '7000000000000000011',
  name: 'Dense',
  campaigns: 40,
  density: 1,
  created: '2025-01-01',
};

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ accounts: [dense], ...options });
}

const read = (overrides: object = {}, options: Parameters<typeof sync>[2] = {}) =>
  sync(emulator, { start_date: START, ...overrides }, options);

describe('an undisturbed read', () => {
  it('holds every row to the last digit, and asks for each page once', async () => {
    await start();
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
    expect(run.records).toHaveLength(74 * 40);
    // 30, 30 and 14 days of 40 rows.
    expect(run.reports.map(({ from, to, page }) => `${from}..${to} ${page}`).sort()).toEqual([
      '2026-01-01..2026-01-30 1',
      '2026-01-01..2026-01-30 2',
      '2026-01-31..2026-03-01 1',
      '2026-01-31..2026-03-01 2',
      '2026-03-02..2026-03-15 1',
    ]);
  });

  it('prints the same records in the same order twice, oldest day first', async () => {
    await start();
    const [first, second] = [await read(), await read()];
    expect(second.records).toEqual(first.records);
    const keys = first.records.map(({ date, campaign_id }) => `${date} ${campaign_id}`);
    expect(keys).toEqual([...keys].sort());
  });

  it.each([1, 30, 31, 60, 61])('of %i days reads them all, the last one too', async (days) => {
    await start();
    const end = new Date(Date.parse(START) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
    const run = await read({ end_date: end });
    expect(table(run)).toEqual(expectedTable(emulator, { from: START, to: end }));
    expect(run.reports.filter(({ page }) => page === 1)).toHaveLength(Math.ceil(days / 30));
  });

  it('reads today where it is already tomorrow, and not the day that has not begun where it is still yesterday', async () => {
    await start({
      now: '2026-03-15T12:30:00Z',
      accounts: [
        { ...dense, id: '7000000000000000021', timezone: 'Pacific/Auckland', campaigns: 2 },
        { ...dense, id: '7000000000000000022', timezone: 'Pacific/Honolulu', campaigns: 2 },
        {
          ...dense,
          id: '7000000000000000023',
          timezone: 'America/Los_Angeles',
          reportedTimezone: 'Etc/GMT+8',
          showsDisplayTimezone: false,
          campaigns: 2,
        },
      ],
    });
    const run = await read();
    expect(run.state.advertisers['7000000000000000021']?.as_of).toBe('2026-03-16');
    expect(run.state.advertisers['7000000000000000022']?.as_of).toBe('2026-03-15');
    expect(run.state.advertisers['7000000000000000023']?.as_of).toBe('2026-03-15');
    expect(table(run)).toEqual(expectedTable(emulator, { from: START, to: '2026-03-16' }));
    emulator.clock.set('2026-03-15T06:30:00Z');
    const earlier = await read();
    expect(earlier.state.advertisers['7000000000000000023']?.as_of).toBe('2026-03-14');
  });

  it('keeps deleted campaigns, unless they are not wanted', async () => {
    await start({ accounts: [{ ...dense, deletedCampaigns: 20, deletedOn: '2026-02-10' }] });
    const run = await read();
    expect(table(run)).toEqual(expectedTable(emulator, all));
    const without = await read({ include_deleted: false });
    expect(table(without)).toEqual(expectedTable(emulator, { ...all, includeDeleted: false }));
    expect(without.records.length).toBeLessThan(run.records.length);
    const again = await read({}, { state: without.state });
    expect(table(again), 'their history comes when they are wanted again').toEqual(expectedTable(emulator, all));
  });
});

describe('a second read', () => {
  it('a day later asks for the lookback and the new day only, and brings the restated figures', async () => {
    await start();
    const first = await read();
    emulator.clock.advanceDays(1);
    const second = await read({}, { state: first.state });
    expect(second.reports.map(({ from, to }) => `${from}..${to}`)).toEqual(['2026-03-08..2026-03-16']);
    expect(table(first, second)).toEqual(expectedTable(emulator, { from: START, to: '2026-03-16' }));
    expect(table(first), 'something was restated').not.toEqual(expectedTable(emulator, all));
    expect(second.state.advertisers[dense.id]).toMatchObject({ from: START, through: '2026-03-16' });
  });

  it('on the same day brings what has changed since', async () => {
    await start({ now: '2026-03-15T01:00:00Z' });
    const first = await read();
    emulator.clock.set('2026-03-15T23:00:00Z');
    const second = await read({}, { state: first.state });
    expect(table(first, second)).toEqual(expectedTable(emulator, all));
    expect(second.records.length).toBeGreaterThan(0);
  });

  it('brings the whole history of an advertiser that was granted in between', async () => {
    const late = { ...dense, id: '7000000000000000012', campaigns: 5, granted: false };
    await start({ accounts: [dense, late] });
    const first = await read();
    expect(Object.keys(first.state.advertisers)).toEqual([dense.id]);
    emulator.clock.advanceDays(1);
    emulator.grant(late.id);
    const second = await read({}, { state: first.state });
    expect(table(first, second)).toEqual(expectedTable(emulator, { from: START, to: '2026-03-16' }));
  });

  it('with an earlier start date brings the missing days only, newest first', async () => {
    await start();
    const first = await read();
    const second = await read({ start_date: '2025-11-01' }, { state: first.state });
    expect(second.reports.filter(({ page }) => page === 1).map(({ from, to }) => `${from}..${to}`)).toEqual([
      '2026-03-08..2026-03-15',
      '2025-12-02..2025-12-31',
      '2025-11-02..2025-12-01',
      '2025-11-01..2025-11-01',
    ]);
    expect(table(first, second)).toEqual(expectedTable(emulator, { from: '2025-11-01', to: TODAY }));
    expect(second.state.advertisers[dense.id]).toMatchObject({ from: '2025-11-01', through: TODAY });
  });

  it('that refreshes a cut attempt reads nothing again', async () => {
    await start();
    const refresh = { generation_id: 3, sync_id: 41 };
    const first = await read({}, { refresh, stopAfter: (events) => events.some(({ type }) => type === 'checkpoint') });
    expect(first.outcome.interrupted).toBe(true);
    const second = await read({}, { refresh, state: first.state });
    const keysOf = (run: typeof first) => new Set(table(run).keys());
    const covered = [...keysOf(first)].filter(
      (key) => key.slice(0, 10) <= (first.state.advertisers[dense.id]?.through ?? ''),
    );
    expect(covered.filter((key) => keysOf(second).has(key))).toEqual([]);
    expect(table(first, second)).toEqual(expectedTable(emulator, all));
    emulator.clock.advanceDays(1);
    // Cut after its last window, before it could say that it is complete.
    const state = { ...second.state, refresh };
    const third = await read({ end_date: TODAY }, { refresh, state });
    expect(third.reports, 'nor does a further attempt on the next day').toEqual([]);
  });
});

describe('the states of a read', () => {
  const statesOf = ({ events }: Awaited<ReturnType<typeof read>>) =>
    events.flatMap((event) => (event.type === 'checkpoint' ? [stateIn(event)] : []));

  it('are each later than the one before, also than the one that it began with, whatever the clock of this machine', async () => {
    await start();
    const version = 1;
    const first = await read({}, { state: { version, updated_at: '2999-12-31T00:00:00.000Z', advertisers: {} } });
    const updates = statesOf(first).map(({ updated_at }) => updated_at);
    expect(updates.length).toBeGreaterThan(1);
    const all = ['2999-12-31T00:00:00.000Z', ...updates];
    expect([...new Set(all)].sort()).toEqual(all);
  });

  it('take about a tenth of the bytes of its records, however many advertisers they name', async () => {
    const id = (index: number) => String(7_000_000_000_000_001_000n + BigInt(index));
    await start({ accounts: Array.from({ length: 60 }, (_, index) => ({ ...dense, id: id(index), campaigns: 1 })) });
    const run = await read({ start_date: '2026-03-01' });
    expect(Object.keys(run.state.advertisers)).toHaveLength(60);
    const bytes = (texts: readonly string[]) => texts.reduce((sum, { length }) => sum + length, 0);
    const states = statesOf(run);
    const records = run.events.flatMap((event) => (event.type === 'records' ? event.records : []));
    const recordBytes = records.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(bytes(states.slice(0, -1).map((state) => JSON.stringify(state)))).toBeLessThan(recordBytes / 10);
    expect(states.length).toBeGreaterThan(1);
  });
});

describe('texts that are no numbers', () => {
  it('are null, noted in the record and warned of once a column', async () => {
    await start();
    emulator.arm({
      then: { replace_metrics: { impressions: 'n/a', spend: '-' } },
      when: { endpoint: 'report/integrated/get/' },
    });
    const run = await read({ end_date: '2026-01-20' });
    expect(run.records.every(({ impressions, spend }) => impressions === null && spend === null)).toBe(true);
    expect(run.changes).toHaveLength(run.records.length);
    expect(run.warnings.filter((message) => message.includes('impressions'))).toHaveLength(1);
  });
});

describe('a metric that TikTok withdraws', () => {
  it('is null from then on, noted and warned of; the run goes on', async () => {
    await start();
    emulator.withdrawMetric('real_time_result_rate');
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(run.records).toHaveLength(74 * 40);
    expect(run.records.every((row) => row.real_time_result_rate === null)).toBe(true);
    expect(run.changes[0]).toEqual({ field: 'real_time_result_rate', reason: 'withdrawn' });
    expect(run.warnings.join()).toMatch(/no longer knows real_time_result_rate/);
    expect(run.reports.filter(({ code }) => code === 40002)).toHaveLength(1);
  });

  it('is warned of once, though many advertisers meet the refusal at the same time', async () => {
    const accounts = Array.from({ length: 8 }, (_, index) => ({
      ...dense,
      id: `${7000000000000000040n + BigInt(index)}`,
    }));
    await start({ accounts, latencyMs: 1000 });
    emulator.withdrawMetric('real_time_result_rate');
    const run = await read({ start_date: TODAY });
    expect(run.outcome.failure).toBeUndefined();
    expect(run.reports.filter(({ code }) => code === 40002).length).toBeGreaterThan(1);
    expect(run.warnings).toEqual([expect.stringMatching(/no longer knows real_time_result_rate/)]);
  });
});
