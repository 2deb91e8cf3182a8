import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/faults/scenario.generated.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { expectedTable, type Synced, sync, table } from '../support/sync.ts';

// One day with more rows than are kept in memory at once: it leaves page by page, and counts only when a pass over it
// was clean. Today is 2026-03-15.

const DAY = '2026-03-14';
const CAMPAIGNS = 13_000;
const PAGES = 13;
const REPORT = 'report/integrated/get/';
const huge = { id: '7000000000000000031', name: 'Huge', campaigns: CAMPAIGNS, density: 1, created: DAY };

let emulator: Emulator;
afterEach(() => emulator.close());

async function start(faults: Fault[] = [], adsMax?: number): Promise<void> {
  emulator = await startEmulator({
    accounts: [huge],
    scenario: { faults },
    ...(adsMax !== undefined && { adsMax }),
  });
}

const read = (overrides: object = {}) => sync(emulator, { start_date: DAY, end_date: DAY, ...overrides });

function expectWhole(run: Synced): void {
  expect(run.outcome.failure).toBeUndefined();
  expect(table(run)).toEqual(expectedTable(emulator, { from: DAY, to: DAY }));
  expect(run.state.advertisers[huge.id]).toMatchObject({ from: DAY, through: DAY });
}

describe('a day with more rows than fit into memory', () => {
  it('leaves page by page, each page sorted, and each asked for once but the first', async () => {
    await start();
    const run = await read();
    expectWhole(run);
    expect(run.records).toHaveLength(CAMPAIGNS);
    expect(run.reports.map(({ page }) => page).sort((a, b) => a - b)).toEqual([
      1,
      ...Array.from({ length: PAGES }, (_, i) => i + 1),
    ]);
    let sent = 0;
    const pages = run.events.flatMap((event) => {
      if (event.type !== 'records') return [];
      const page = run.records.slice(sent, sent + event.records.length);
      sent += page.length;
      return [page.map(({ campaign_id }) => campaign_id)];
    });
    for (const ids of pages) expect(ids).toEqual([...ids].sort());
  });

  it('is found inside a window of many days, which is then read in shorter ones', async () => {
    await start();
    const run = await sync(emulator, { start_date: '2026-02-20' });
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, { from: '2026-02-20', to: '2026-03-15' }));
  });

  it('is read and sent again when a pass does not add up, and that is said', async () => {
    await start([{ when: { endpoint: REPORT, page: 3 }, times: 1, then: { drop_rows: 1 } }]);
    const run = await read();
    expectWhole(run);
    expect(run.records.length).toBe(2 * CAMPAIGNS - 1);
    expect(run.warnings).toEqual([expect.stringMatching(/2026-03-14: .*read and sent again/)]);
  });

  it('fails loudly when no pass adds up, and does not count as read', async () => {
    await start([{ when: { endpoint: REPORT, page: 3 }, then: { drop_rows: 1 } }]);
    const run = await read();
    expect(run.outcome.failure).toMatchObject({ failureClass: 'temporary' });
    expect(run.failures[0]).toMatch(
      /never added up in 3 readings.*set start_date to the day after 2026-03-14\. .*, 2026-03-14\./,
    );
    expect(run.state.advertisers).toEqual({});
  });

  it('fails as any other day does when TikTok fails over a slice for too long', async () => {
    await start([{ when: { endpoint: REPORT, campaign_filter: true }, then: { code: 50000 } }], 12_500);
    const run = await read({ patience_seconds: 1 });
    expect(run.outcome.failure).toMatchObject({ failureClass: 'temporary' });
    // Whose patience ends first, the request's or the run's, is a matter of milliseconds here.
    expect(run.outcome.failure?.message).toMatch(/50000/);
    expect(run.outcome.failure?.message).not.toMatch(/fault of the connector/);
  });

  it('is asked for again where a page of it came too late, at most twice', async () => {
    await start([{ when: { endpoint: REPORT, page: 5 }, times: 2, then: { hang: true } }]);
    expectWhole(await read({ request_timeout_seconds: 5 }));
  });
});
