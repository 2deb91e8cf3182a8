import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { expectedTable, sync, table } from '../support/sync.ts';

// The first reports go out beside the request for time zones, where they do not depend on its answer. Today is 2026-03-15.

const LATENCY_MS = 300;
const RANGE = { from: '2026-01-01', to: '2026-02-15' };
const ZONES = ['Pacific/Auckland', 'America/Los_Angeles', 'UTC'];

let emulator: Emulator;
afterEach(() => emulator.close());

async function start(): Promise<void> {
  const account = { campaigns: 3, density: 1, created: '2025-01-01' };
  emulator = await startEmulator({
    accounts: ZONES.map((timezone, index) => ({ ...account, timezone, id: `700000000000000000${index}` })),
    latencyMs: LATENCY_MS,
  });
}

const read = (overrides: object = {}, options: Parameters<typeof sync>[2] = {}) =>
  sync(emulator, { start_date: RANGE.from, end_date: RANGE.to, ...overrides }, options);

/** The advertisers of the reports that came before TikTok could have told any zone, of the requests from one on. */
function askedBesideZones(first = 0): (string | undefined)[] {
  const requests = emulator.requests.slice(first).toSorted((a, b) => a.arrivedMs - b.arrivedMs);
  const to = (endpoint: string) => requests.filter(({ path }) => path.endsWith(endpoint));
  const [zones] = to('advertiser/info/');
  if (!zones) throw new Error('the zones were not asked for');
  return to('report/integrated/get/')
    .filter(({ arrivedMs }) => arrivedMs < zones.arrivedMs + LATENCY_MS)
    .map(({ advertiserId }) => advertiserId);
}

describe('the first reports', () => {
  it('are asked for beside the time zones, each once, where their days are over in all of them', async () => {
    await start();
    const run = await read();
    expect(askedBesideZones()).toEqual(emulator.accounts.map(({ id }) => id));
    expect(table(run)).toEqual(expectedTable(emulator, RANGE));
    expect(emulator.requestCount, 'two windows of each, and two to find out whom to read').toBe(2 * 3 + 2);
  });

  it.each([
    ['their days may not be over', { start_date: '2026-02-20', end_date: '2026-03-15' }],
    ['their records name the zone', { advertiser_columns: true }],
  ])('wait for the zones where %s', async (_, overrides) => {
    await start();
    const run = await read(overrides);
    expect(run.records.length).toBeGreaterThan(0);
    expect(askedBesideZones()).toEqual([]);
  });

  it('wait for the zones where the advertiser was read before', async () => {
    await start();
    const { state } = await read();
    const before = emulator.requestCount;
    const again = await read({ start_date: '2025-11-01' }, { state });
    expect(again.records.length).toBeGreaterThan(0);
    expect(askedBesideZones(before)).toEqual([]);
  });

  it('of an advertiser about which TikTok then says nothing are not taken, and it fails as it would without', async () => {
    await start();
    const [, two] = emulator.accounts;
    emulator.suspend(two?.id ?? '', 'deleted');
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    expect(run.failures).toEqual([expect.stringContaining(two?.id ?? '')]);
    const others = emulator.accounts.map(({ id }) => id).filter((id) => id !== two?.id);
    expect(table(run)).toEqual(expectedTable(emulator, { ...RANGE, advertiserIds: others }));
  });
});
