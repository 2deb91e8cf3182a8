import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/faults/scenario.generated.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { expectedTable, type Row, type Synced, stateIn, sync, table } from '../support/sync.ts';

// Whatever happens between and during runs, the table ends as one undisturbed read would leave it.

/** How many are played. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 40);

/** A sequence takes less than a second on an idle machine; a busy one may be several times slower. */
const SEQUENCE_MS_MAX = 5_000;

const FIRST_DAY = Date.parse('2026-01-01');
const day = (offset: number) => new Date(FIRST_DAY + offset * 86_400_000).toISOString().slice(0, 10);
const IDS = ['7000000000000000001', '7000000000000000002', '7000000000000000003'] as const;
const REPORT = 'report/integrated/get/';

const effects: readonly Fault['then'][] = [
  { code: 50000 },
  { code: 40001 },
  { code: 40067 },
  { code: 40105 },
  { disconnect: 'within_answer' },
  { drop_rows: 1 },
  { move_rows: 2 },
  { total_number_delta: 3 },
  { cut_body: 0.7 },
  { ads_max: 2 },
  { repeat_rows: 1 },
  { http_status: 503 },
  { without_code: true },
  { broken_json: true },
  { ids_as_numbers: true },
  { date_header: 'Wed, 01 Jan 2031 12:00:00 GMT' },
];

const anyFault: fc.Arbitrary<Fault> = fc.record({
  when: fc.record({
    endpoint: fc.constant(REPORT),
    advertisers: fc.subarray([...IDS], { minLength: 1 }),
    calls: fc.record({ from: fc.integer({ min: 1, max: 4 }) }),
  }),
  times: fc.integer({ min: 1, max: 5 }),
  then: fc.constantFrom(...effects),
}) as fc.Arbitrary<Fault>;

const anyRun = fc.record({
  daysLater: fc.integer({ min: 0, max: 9 }),
  startOffset: fc.integer({ min: 0, max: 70 }),
  endOffset: fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
  /** Two at once are as often as one, or none. */
  faults: fc.oneof(...[0, 1, 2].map((count) => fc.array(anyFault, { minLength: count, maxLength: count }))),
  /** The process dies after so many events; what it had not said is lost. */
  killedAfter: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined, freq: 3 }),
  granted: fc.subarray([...IDS], { minLength: 1 }),
});
type AnyRun = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;

const LOOKBACK = { lookback_days: 4 };

/** Runs that met two faults. */
let runsWithTwoFaults = 0;

async function play(emulator: Emulator, runs: readonly AnyRun[]): Promise<{ tables: Synced[]; state: unknown }> {
  const done: Synced[] = [];
  let state: unknown;
  for (const run of runs) {
    emulator.clock.advanceDays(run.daysLater);
    for (const id of IDS) run.granted.includes(id) ? emulator.grant(id) : emulator.withdraw(id);
    const armed = run.faults.map((fault) => emulator.arm(fault));
    const result = await sync(
      emulator,
      {
        ...LOOKBACK,
        start_date: day(run.startOffset),
        ...(run.endOffset !== undefined && { end_date: day(run.startOffset + run.endOffset) }),
        patience_seconds: 1,
      },
      { state, stopAfter: (events) => events.length > (run.killedAfter ?? Number.POSITIVE_INFINITY) },
    );
    if (armed.filter(({ hits }) => hits > 0).length === 2) runsWithTwoFaults += 1;
    for (const { disarm } of armed) disarm();
    done.push(result);
    // After a kill only what had been said by then is known: the state that closes a stopped run is not looked at.
    state =
      run.killedAfter === undefined ? (result.state ?? state) : (stateBeforeKill(result, run.killedAfter) ?? state);
  }
  return { tables: done, state };
}

function stateBeforeKill({ events }: Synced, count: number): unknown {
  const last = events.slice(0, count + 1).findLast((event) => event.type === 'checkpoint');
  return last && stateIn(last);
}

describe('any sequence of runs, with any ranges, faults, kills and grants', () => {
  it(
    'leaves in the table what one undisturbed read gives',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyRun, { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 0, max: 60 }),
          async (runs, start) => {
            const emulator = await startEmulator({
              now: `${day(75)}T15:00:00Z`,
              attributionDays: 3,
              accounts: IDS.map((id, index) => ({
                id,
                name: `Account ${index}`,
                timezone: ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'][index] as string,
                campaigns: 3,
                density: 0.5,
                created: '2025-12-01',
              })),
            });
            try {
              const { tables, state } = await play(emulator, runs);
              for (const id of IDS) emulator.grant(id);
              const last = await sync(emulator, { ...LOOKBACK, start_date: day(start) }, { state });
              expect(last.outcome.failure).toBeUndefined();
              const inRange = ([key]: [string, Row]) => key.slice(0, 10) >= day(start);
              const rows = new Map([...table(...tables, last)].filter(inRange));
              expect(rows).toEqual(expectedTable(emulator, { from: day(start), to: day(200) }));
              const again = await sync(emulator, { ...LOOKBACK, start_date: day(start) }, { state: last.state });
              const due = again.reports.every(({ from }) => from >= dayBefore(last.state, 4));
              expect(due, 'nothing settled is asked for again').toBe(true);
            } finally {
              await emulator.close();
            }
          },
        ),
        { numRuns: SEQUENCES },
      );
      expect(runsWithTwoFaults).toBeGreaterThan(SEQUENCES / 40);
    },
    SEQUENCES * SEQUENCE_MS_MAX,
  );
});

/** The earliest day that a run after this state may ask for. */
function dayBefore(state: Synced['state'], lookback: number): string {
  const earliest = Object.values(state.advertisers)
    .map(({ as_of }) => as_of)
    .sort()[0];
  return new Date(Date.parse(earliest ?? '') - lookback * 86_400_000).toISOString().slice(0, 10);
}
