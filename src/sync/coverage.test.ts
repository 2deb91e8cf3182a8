import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitBackward, commitForward, planPass, type Wanted } from './coverage.ts';
import { addDays, countDays, type Day, type DayRange, earlier } from './days.ts';
import type { Coverage } from './state.ts';

const range = (text: string): DayRange => {
  const [from = '', to = from] = text.split('..');
  return { from, to };
};
const covered = (text: string, asOf: Day, extra: Partial<Coverage> = {}): Coverage => {
  const { from, to } = range(text);
  return { from, through: to, as_of: asOf, ...extra };
};

const wanted: Wanted = {
  startDate: '2026-01-01',
  lookbackDays: 7,
  includeDeleted: true,
  today: '2026-03-15',
  zoneKnown: true,
};

describe('what a run asks for, given what was read', () => {
  it.each([
    { says: 'a new advertiser is read from the start date to today', forward: '2026-01-01..2026-03-15' },
    {
      says: 'the next day reads the lookback of the last run, and the new day',
      state: covered('2026-01-01..2026-03-14', '2026-03-14'),
      forward: '2026-03-07..2026-03-15',
    },
    {
      says: 'the same day again reads the lookback again',
      state: covered('2026-01-01..2026-03-15', '2026-03-15'),
      forward: '2026-03-08..2026-03-15',
    },
    {
      says: 'a pass that was interrupted today goes on where it was',
      state: covered('2026-01-01..2026-02-10', '2026-03-15'),
      forward: '2026-02-11..2026-03-15',
    },
    {
      says: 'a pass that was interrupted today inside its lookback goes on where it was',
      state: covered('2026-01-01..2026-03-12', '2026-03-15'),
      forward: '2026-03-13..2026-03-15',
    },
    {
      says: 'a pass that was interrupted on an earlier day goes on where it was',
      state: covered('2026-01-01..2026-02-10', '2026-03-14'),
      forward: '2026-02-11..2026-03-15',
    },
    {
      says: 'a pass that was interrupted inside its lookback looks back again',
      state: covered('2026-01-01..2026-03-12', '2026-03-13'),
      forward: '2026-03-06..2026-03-15',
    },
    {
      says: 'a lookback of 0 still reads the unfinished day again',
      state: covered('2026-01-01..2026-03-14', '2026-03-14'),
      change: { lookbackDays: 0 },
      forward: '2026-03-14..2026-03-15',
    },
    {
      says: 'a raised lookback reaches back from the last reading',
      state: covered('2026-01-01..2026-03-14', '2026-03-14'),
      change: { lookbackDays: 30 },
      forward: '2026-02-12..2026-03-15',
    },
    {
      says: 'an earlier start date brings the missing days, after the forward pass',
      state: covered('2026-02-01..2026-03-14', '2026-03-14'),
      forward: '2026-03-07..2026-03-15',
      backward: '2026-01-01..2026-01-31',
    },
    {
      says: 'a later start date leaves the coverage as it is',
      state: covered('2026-01-01..2026-03-14', '2026-03-14'),
      change: { startDate: '2026-02-01' },
      forward: '2026-03-07..2026-03-15',
      coverage: covered('2026-01-01..2026-03-14', '2026-03-14'),
    },
    {
      says: 'a start date after all that is covered starts anew',
      state: covered('2026-01-01..2026-01-10', '2026-01-10'),
      change: { startDate: '2026-02-01' },
      forward: '2026-02-01..2026-03-15',
      coverage: undefined,
    },
    {
      says: 'a range that touches the covered one is joined to it',
      state: covered('2026-01-01..2026-01-10', '2026-02-10'),
      change: { startDate: '2026-01-11' },
      forward: '2026-01-11..2026-03-15',
      coverage: covered('2026-01-01..2026-01-10', '2026-02-10'),
    },
    {
      says: 'a start date inside the lookback lets go of the unsettled days before it',
      state: covered('2026-01-01..2026-03-14', '2026-03-14'),
      change: { startDate: '2026-03-10' },
      forward: '2026-03-10..2026-03-15',
      coverage: covered('2026-03-10..2026-03-14', '2026-03-14'),
    },
    {
      says: 'a range that ends before the covered one touches starts anew',
      state: covered('2026-03-01..2026-03-14', '2026-03-14'),
      change: { endDate: '2026-01-31' },
      forward: '2026-01-01..2026-01-31',
      coverage: undefined,
    },
    {
      says: 'a settled range is not asked for again',
      state: covered('2026-01-01..2026-01-31', '2026-02-20'),
      change: { endDate: '2026-01-31' },
    },
    {
      says: 'an end date in the future reads up to today',
      change: { endDate: '2026-12-31' },
      forward: '2026-01-01..2026-03-15',
    },
    { says: 'a start date in the future reads nothing', change: { startDate: '2026-03-16' } },
    {
      says: 'coverage without deleted campaigns is of no use when they are wanted',
      state: covered('2026-01-01..2026-03-14', '2026-03-14', { include_deleted: false }),
      forward: '2026-01-01..2026-03-15',
      coverage: undefined,
    },
    {
      says: 'coverage without deleted campaigns goes on where they are not wanted',
      state: covered('2026-01-01..2026-03-14', '2026-03-14', { include_deleted: false }),
      change: { includeDeleted: false },
      forward: '2026-03-07..2026-03-15',
    },
    {
      says: 'a cut full refresh goes on after what it read, and reads nothing again',
      state: covered('2026-01-01..2026-03-10', '2026-03-14'),
      change: { resumeOnly: true },
      forward: '2026-03-11..2026-03-15',
      asOf: '2026-03-14',
    },
    {
      says: 'a refresh of other days than those that a cut one read begins anew, today',
      state: covered('2026-01-01..2026-01-10', '2026-03-14'),
      change: { resumeOnly: true, startDate: '2026-02-01' },
      forward: '2026-02-01..2026-03-15',
      asOf: '2026-03-15',
    },
    {
      says: 'where the zone is unknown the last day counts as unfinished',
      change: { zoneKnown: false },
      forward: '2026-01-01..2026-03-15',
      asOf: '2026-03-14',
    },
    {
      says: 'a state from the future asks for nothing',
      state: covered('2026-01-01..2999-01-01', '2999-01-01'),
    },
  ])('$says', ({ state, change, forward, backward, asOf, ...rest }) => {
    const pass = planPass(state, { ...wanted, ...change });
    expect(pass.forward).toEqual(forward && range(forward));
    expect(pass.backward).toEqual(backward && range(backward));
    expect(pass.asOf).toBe(asOf ?? '2026-03-15');
    if ('coverage' in rest) expect(pass.coverage).toEqual(rest.coverage);
  });
});

/** One run of a sequence: the days since the last one, the range asked for, and after how many windows it was killed. */
interface RunOf {
  readonly daysLater: number;
  readonly startOffset: number;
  readonly endOffset: number | undefined;
  readonly killedAfter: number | undefined;
  readonly windowDays: number;
}

const anyRun: fc.Arbitrary<RunOf> = fc.record({
  daysLater: fc.integer({ min: 0, max: 40 }),
  startOffset: fc.integer({ min: 0, max: 120 }),
  endOffset: fc.option(fc.integer({ min: 0, max: 160 }), { nil: undefined }),
  killedAfter: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
  windowDays: fc.integer({ min: 1, max: 30 }),
});

const EPOCH = '2026-01-01';

/** Plays runs as the program does, against days whose figures change until they are `restatedDays` old. */
function play(
  runs: readonly RunOf[],
  options: { lookbackDays: number; onRead?: (day: Day, settled: boolean) => void },
) {
  let coverage: Coverage | undefined;
  let today = addDays(EPOCH, 60);
  const readOn = new Map<Day, Day>();
  let asked: DayRange | undefined;
  let complete = false;
  for (const run of runs) {
    today = addDays(today, run.daysLater);
    const startDate = addDays(EPOCH, run.startOffset);
    const endDate = run.endOffset === undefined ? undefined : addDays(startDate, run.endOffset);
    const pass = planPass(coverage, {
      startDate,
      ...(endDate && { endDate }),
      lookbackDays: options.lookbackDays,
      includeDeleted: true,
      today,
      zoneKnown: true,
    });
    const last = endDate && endDate < today ? endDate : today;
    asked = startDate <= last ? { from: startDate, to: last } : undefined;
    const windows = [
      ...windowsOf(pass.forward, run.windowDays).map((window) => ({ window, commit: commitForward })),
      ...windowsOf(pass.backward, run.windowDays)
        .reverse()
        .map((window) => ({ window, commit: commitBackward })),
    ];
    const done = windows.slice(0, run.killedAfter);
    complete = done.length === windows.length;
    let current = pass.coverage;
    for (const { window, commit } of done) {
      for (const day of daysOf(window)) {
        const before = readOn.get(day);
        const inside = coverage !== undefined && day >= coverage.from && day <= coverage.through;
        if (before && inside) options.onRead?.(day, addDays(day, options.lookbackDays) < before);
        if (!(asked && day >= asked.from && day <= asked.to)) expect.fail(`${day} is outside the asked range`);
        readOn.set(day, today);
      }
      current = commit(pass, current, window);
    }
    if (done.length > 0) coverage = current;
  }
  return { coverage, readOn, asked, complete, today };
}

function windowsOf(days: DayRange | undefined, windowDays: number): DayRange[] {
  if (!days) return [];
  const count = Math.ceil(countDays(days) / windowDays);
  return Array.from({ length: count }, (_, index) => {
    const from = addDays(days.from, index * windowDays);
    const to = addDays(from, windowDays - 1);
    return { from, to: earlier(to, days.to) };
  });
}

const daysOf = ({ from, to }: DayRange): Day[] =>
  Array.from({ length: countDays({ from, to }) }, (_, index) => addDays(from, index));

describe('any sequence of runs, with any ranges, kills and gaps', () => {
  it('leaves every asked day as one undisturbed read would, once a run has ended well', () => {
    fc.assert(
      fc.property(
        fc.array(anyRun, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 20 }),
        (runs, lookback) => {
          const { readOn, asked, complete, today } = play(runs, { lookbackDays: lookback });
          if (!complete || !asked) return;
          for (const day of daysOf(asked)) {
            const age = (on: Day) => Math.min(countDays({ from: day, to: on }) - 1, lookback + 1);
            const last = readOn.get(day);
            if (last === undefined) expect.fail(`${day} was never read`);
            if (age(last) !== age(today)) expect.fail(`${day} is stale`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says in its state only days that were read', () => {
    fc.assert(
      fc.property(
        fc.array(anyRun, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 20 }),
        (runs, lookback) => {
          const { coverage, readOn } = play(runs, { lookbackDays: lookback });
          if (!coverage) return;
          const days = daysOf({ from: coverage.from, to: coverage.through });
          expect(days.filter((day) => !readOn.has(day))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('asks for no settled day inside the coverage again, as long as the start date stays', () => {
    fc.assert(
      fc.property(
        fc.array(anyRun, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 20 }),
        (runs, lookback) => {
          const steady = runs.map((run) => ({ ...run, startOffset: 0 }));
          play(steady, {
            lookbackDays: lookback,
            onRead: (day, settled) => {
              if (settled) expect.fail(`${day} was settled and is asked for again`);
            },
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
