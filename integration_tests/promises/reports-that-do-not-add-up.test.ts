import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { AccountSpec } from '../../src/emulator/world/account.ts';
import { expectedTable, sync, table } from '../support/sync.ts';

// Answers that are wrong, cut or too large, and what a table has afterwards. Today is 2026-03-15.

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

describe('pages that are no snapshot', () => {
  it.each([
    ['a page that is one row short', { page: 1 }, { drop_rows: 1 }],
    ['a row that comes twice, for another', { page: 2 }, { move_rows: 1 }],
    ['rows that come twice', { page: 2 }, { repeat_rows: 3 }],
    ['a total that differs between pages', { page: 2 }, { total_number_delta: 1 }],
    ['a total that is too large', { page: 1 }, { total_number_delta: 5 }],
  ])('are read again: %s', async (_says, when, then) => {
    await start({ scenario: { faults: [{ when: { endpoint: 'report/integrated/get/', ...when }, times: 1, then }] } });
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
    const windows = run.reports.filter(({ page }) => page === 1).map(({ from, to }) => `${from}..${to}`);
    expect(windows.sort(), 'the first one twice, none in pieces').toEqual([
      '2026-01-01..2026-01-30',
      '2026-01-01..2026-01-30',
      '2026-01-31..2026-03-01',
      '2026-03-02..2026-03-15',
    ]);
  });

  it('are split until they add up, when reading again does not help', async () => {
    await start({
      scenario: { faults: [{ when: { endpoint: 'report/integrated/get/', days_above: 8 }, then: { drop_rows: 1 } }] },
    });
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
  });

  it('fail loudly when one day never adds up; the days before it are kept, the others too', async () => {
    const day = '2026-02-10';
    await start({
      accounts: [dense, { ...dense, id: '7000000000000000012', campaigns: 3 }],
      scenario: {
        faults: [{ when: { advertisers: [dense.id], days: { from: day, to: day } }, then: { drop_rows: 1 } }],
      },
    });
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(run.failures).toHaveLength(1);
    expect(run.failures[0]).toMatch(
      /never added up.*set start_date to the day after 2026-02-10\. .*7000000000000000011 \(Dense\), 2026-02-10\./,
    );
    expect(run.state.advertisers[dense.id]).toMatchObject({ through: '2026-02-09' });
    expect(run.state.advertisers['7000000000000000012']).toMatchObject({ through: TODAY });
    expect(run.reports.filter(({ from, to }) => from === day && to === day)).toHaveLength(3);
    const rows = table(run);
    const expected = expectedTable(emulator, all);
    expect([...rows.keys()].filter((key) => !expected.has(key))).toEqual([]);
  });

  it('are not followed into thousands of requests by a total that is far too large', async () => {
    await start({
      scenario: { faults: [{ when: { endpoint: 'report/integrated/get/' }, then: { total_number_delta: 900 } }] },
    });
    const run = await read({ end_date: '2026-01-10' });
    expect(run.outcome.failure).toBeDefined();
    expect(run.reports.length).toBeLessThan(60);
  });
});

describe('a report that TikTok cuts', () => {
  const cut = (adsMax: number, accounts: AccountSpec[] = [{ ...dense, campaigns: 250 }]) => start({ adsMax, accounts });

  it('is read again by slices of campaigns, smaller where a slice is cut again', async () => {
    await cut(60);
    const run = await read({ start_date: '2026-02-25' });
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, { from: '2026-02-25', to: TODAY }));
    const sizes = run.reports.flatMap(({ campaignIds }) => (campaignIds ? [campaignIds.length] : []));
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.filter((size) => size <= 50).length).toBeGreaterThan(3);
  });

  it('brings deleted campaigns too', async () => {
    await cut(60, [{ ...dense, campaigns: 120, deletedCampaigns: 60, deletedOn: '2026-03-05' }]);
    const run = await read({ start_date: '2026-02-25' });
    expect(table(run)).toEqual(expectedTable(emulator, { from: '2026-02-25', to: TODAY }));
  });

  it('fails loudly, naming the campaign, when one campaign alone is cut', async () => {
    await cut(100, [{ ...dense, campaigns: 30, adsPerCampaign: 150 }]);
    const run = await read({ start_date: '2026-03-10' });
    expect(run.outcome.failure?.message).toMatch(/cuts the report of campaign \d+ even alone.*exclude this advertiser/);
    expect(run.records).toEqual([]);
  });

  it('fails loudly when a row of the cut report comes in no slice', async () => {
    await cut(60, [{ ...dense, campaigns: 90 }]);
    emulator.arm({ when: { campaign_filter: true }, then: { drop_rows: 60, total_number_delta: -60 } });
    const run = await read({ start_date: '2026-03-10' });
    expect(run.outcome.failure?.message).toMatch(/its rows came in no slice of campaigns/);
    expect(run.records).toEqual([]);
  });
});

describe('a query that TikTok finds too large', () => {
  it('is asked for in halves, and the advertiser keeps the shorter windows', async () => {
    await start({
      scenario: { faults: [{ when: { endpoint: 'report/integrated/get/' }, then: { too_large_above_days: 9 } }] },
    });
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
    const refused = run.reports.filter(({ code }) => code === 40067);
    expect(refused.map(({ from, to }) => `${from}..${to}`)).toEqual([
      '2026-01-01..2026-01-30',
      '2026-01-01..2026-01-15',
    ]);
  });

  it('fails that advertiser when a single day is too large', async () => {
    await start({
      scenario: { faults: [{ when: { endpoint: 'report/integrated/get/' }, then: { too_large_above_days: 0 } }] },
    });
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(run.failures[0]).toMatch(/2026-01-01: .*40067/);
    expect(run.reports).toHaveLength(6);
  });

  it('counts a time-out the same way, and never sends the identical request again', async () => {
    await start({ scenario: { faults: [{ when: { days_above: 10 }, then: { hang: true } }] } });
    const run = await read({ request_timeout_seconds: 1 });
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
    const asked = run.reports.map(({ from, to, page }) => `${from}..${to} ${page}`);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('sends one day at most twice again after time-outs', async () => {
    await start({ scenario: { faults: [{ then: { hang: true }, when: { endpoint: 'report/integrated/get/' } }] } });
    const run = await read({ request_timeout_seconds: 0.3, start_date: TODAY, patience_seconds: 30 });
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(emulator.faults[0]?.hits).toBe(3);
  });
});

describe('more rows than may be in memory', () => {
  it('have their window split at once, and the next windows are no longer either', async () => {
    await start({ accounts: [{ ...dense, campaigns: 450 }] });
    const run = await read({ end_date: '2026-03-01' });
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, { from: START, to: '2026-03-01' }));
    const windows = run.reports.filter(({ page }) => page === 1).map(({ from, to }) => `${from}..${to}`);
    expect(windows.sort()).toEqual([
      '2026-01-01..2026-01-15',
      '2026-01-01..2026-01-30',
      '2026-01-16..2026-01-30',
      '2026-01-31..2026-02-14',
      '2026-02-15..2026-03-01',
    ]);
    const asked = run.reports.map(({ from, to, page }) => `${from}..${to} ${page}`);
    expect(asked.filter((text) => text.startsWith('2026-01-01..2026-01-30'))).toHaveLength(1);
  });
});

describe('a time-out that TikTok reports itself', () => {
  it('never makes it see an identical request more than three times', async () => {
    await start({ scenario: { faults: [{ then: { code: 50002 }, when: { endpoint: 'report/integrated/get/' } }] } });
    const run = await read({ start_date: '2026-03-14', patience_seconds: 30 });
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    const times = new Map<string, number>();
    for (const { from, to, page } of run.reports) {
      const asked = `${from}..${to} ${page}`;
      times.set(asked, (times.get(asked) ?? 0) + 1);
    }
    expect([...times.keys()]).toEqual(['2026-03-14..2026-03-15 1', '2026-03-14..2026-03-14 1']);
    expect(Math.max(...times.values())).toBeLessThanOrEqual(3);
  });
});

describe("TikTok's own totals", () => {
  it.each(['spend', 'impressions', 'clicks', 'conversion'])(
    'are held against the sum of %s when asked to; a lasting difference is a warning with both figures',
    async (metric) => {
      await start();
      const asked = emulator.requestCount;
      expect((await read({ reconcile: true })).warnings).toEqual([]);
      expect(emulator.requestCount - asked, 'no request more').toBe(2 + 5);
      emulator.arm({
        when: { days: { from: START, to: START }, page: 1 },
        then: { replace_metrics: { [metric]: '1' } },
      });
      const run = await read({ reconcile: true, end_date: '2026-01-20' });
      const figures = new RegExp(
        `2026-01-01..2026-01-20: the rows add up to ${metric} [\\d.]+, TikTok's own total is [\\d.]+`,
      );
      expect(run.warnings).toEqual([expect.stringMatching(figures)]);
      expect(run.outcome.failure).toBeUndefined();
    },
  );

  it('that differ for a moment only are met by reading again', async () => {
    await start();
    emulator.arm({ when: { page: 1 }, times: 1, then: { replace_metrics: { spend: '1.00' } } });
    const run = await read({ reconcile: true, end_date: '2026-01-20' });
    expect(run.warnings).toEqual([]);
    expect(table(run)).toEqual(expectedTable(emulator, { from: START, to: '2026-01-20' }));
  });
});

describe("TikTok's own totals of a cut report", () => {
  const cutReport = () => start({ adsMax: 60, accounts: [{ ...dense, campaigns: 90 }] });
  const read10 = (overrides: object = {}) => read({ start_date: '2026-03-10', ...overrides });

  it('are those of the advertiser as a whole, which its repaired rows are held against', async () => {
    await cutReport();
    const run = await read10({ reconcile: true });
    expect(table(run)).toEqual(expectedTable(emulator, { from: '2026-03-10', to: TODAY }));
    expect(run.warnings).toEqual([]);
  });

  it('are a warning with both figures where the rows differ, without being asked to compare', async () => {
    await cutReport();
    emulator.arm({ when: { campaign_filter: true }, then: { replace_metrics: { spend: '0.01' } } });
    const run = await read10();
    expect(run.warnings).toEqual([
      expect.stringMatching(
        /2026-03-10..2026-03-15: on 2026-03-10: spend is 0\.90 in the rows .*, and [\d.]+ for the advertiser as a whole; so for 5 more days/,
      ),
    ]);
    expect(run.outcome.failure).toBeUndefined();
  });

  it('say nothing where deleted campaigns are left out, and that is said when asked to compare', async () => {
    await cutReport();
    const run = await read10({ reconcile: true, include_deleted: false });
    expect(run.warnings).toEqual([
      expect.stringMatching(/2026-03-10..2026-03-15: not held against TikTok's own totals/),
    ]);
  });
});
