import { addDays, type Day, type DayRange, earlier, later, rangeOf } from './days.ts';
import type { Coverage, CoverageByAdvertiser } from './state.ts';

/** What is wanted of one advertiser, and its present day. */
export interface Wanted {
  readonly startDate: Day;
  readonly endDate?: Day;
  readonly lookbackDays: number;
  readonly includeDeleted: boolean;
  /** The advertiser's today. */
  readonly today: Day;
  /** The zone is known; else `today` is the UTC day, and the advertiser may still be a day behind it. */
  readonly zoneKnown: boolean;
  /** Read nothing again that the state says was read: a refresh that was cut and goes on. */
  readonly resumeOnly?: boolean;
}

/** What a run reads of one advertiser. */
export interface Pass {
  /** Written into the coverage with every window of `forward`. */
  readonly asOf: Day;
  /** To be read oldest first. */
  readonly forward?: DayRange;
  /** To be read after `forward`, newest first. */
  readonly backward?: DayRange;
  /** Coverage that the pass starts from; absent when there is none, or when it is of no use any more. */
  readonly coverage?: Coverage;
  /** Deleted campaigns are left out of this pass; its coverage says so, also when the earlier coverage did not. */
  readonly withoutDeleted: boolean;
}

/**
 * Plans what has to be asked for, given what has been read.
 *
 *        from           as_of - lookback   through   today
 *   ------+--------------------+--------------+--------+---> days of this advertiser
 *   covered [==================|==============]
 *   forward                    [=======================]    restated days, unfinished ones and new ones
 *   backward  [==] when start_date lies before `from`
 *
 * A day is settled when it was older than the lookback at its last reading; settled days inside the coverage are never
 * asked for again, and no day outside `startDate`…`endDate` is.
 */
export function planPass(covered: Coverage | undefined, wanted: Wanted): Pass {
  const asOf = wanted.zoneKnown ? wanted.today : addDays(wanted.today, -1);
  const withoutDeleted = !wanted.includeDeleted;
  const last = wanted.endDate ? earlier(wanted.endDate, wanted.today) : wanted.today;
  const asked = rangeOf(wanted.startDate, last);
  if (!asked) return { asOf, withoutDeleted, ...(covered && { coverage: covered }) };
  const coverage = covered && isOfUse(covered, asked, wanted) ? covered : undefined;
  if (!coverage) return { asOf, withoutDeleted, forward: asked };

  const due = firstDueDay(coverage, asOf, wanted);
  const forward = rangeOf(later(due, asked.from), asked.to);
  const lowest = forward ? earlier(coverage.from, forward.from) : coverage.from;
  const backward = rangeOf(asked.from, earlier(addDays(lowest, -1), asked.to));
  const kept = forward && due < forward.from ? forgetBefore(coverage, forward.from) : coverage;
  return {
    // A resumed refresh read its first days on an earlier day; what follows it has to look back from there.
    asOf: wanted.resumeOnly ? earlier(asOf, coverage.as_of) : asOf,
    withoutDeleted,
    ...(kept && { coverage: kept }),
    ...(forward && { forward }),
    ...(backward && { backward }),
  };
}

/** The coverage after a window of the forward pass: `through` goes back when the pass began inside the lookback. */
export function commitForward(pass: Pass, before: Coverage | undefined, window: DayRange): Coverage {
  return {
    from: before ? earlier(before.from, window.from) : window.from,
    through: window.to,
    as_of: pass.asOf,
    ...(pass.withoutDeleted && { include_deleted: false as const }),
  };
}

/** The coverage after a window before it. */
export function commitBackward(pass: Pass, before: Coverage | undefined, window: DayRange): Coverage {
  const coverage = before ?? { through: window.to, as_of: pass.asOf };
  return {
    from: window.from,
    through: coverage.through,
    as_of: coverage.as_of,
    ...(pass.withoutDeleted && { include_deleted: false as const }),
  };
}

/** The coverage as if the days from `day` on had not been read yet; advertisers with nothing before it are left out. */
export function forgetSince(covered: CoverageByAdvertiser, day: Day): CoverageByAdvertiser {
  const last = addDays(day, -1);
  return new Map(
    [...covered]
      .filter(([, { from }]) => from <= last)
      .map(([id, coverage]) => [id, { ...coverage, through: earlier(coverage.through, last) }]),
  );
}

function firstDueDay(coverage: Coverage, asOf: Day, { lookbackDays, resumeOnly }: Wanted): Day {
  const next = addDays(coverage.through, 1);
  const interruptedToday = coverage.as_of === asOf && coverage.through < coverage.as_of;
  return resumeOnly || interruptedToday ? next : earlier(next, addDays(coverage.as_of, -lookbackDays));
}

function isOfUse(coverage: Coverage, asked: DayRange, { includeDeleted }: Wanted): boolean {
  if (includeDeleted && coverage.include_deleted === false) return false;
  return asked.from <= addDays(coverage.through, 1) && asked.to >= addDays(coverage.from, -1);
}

/**
 * A start date inside the lookback leaves days before it that should be read again, but are not wanted. Coverage is one
 * range and cannot say "read, but not settled", so it forgets them: when they are wanted once more, they are read again.
 * Settled days are forgotten with them, which costs requests and never a row.
 */
function forgetBefore(coverage: Coverage, day: Day): Coverage | undefined {
  return day <= coverage.through ? { ...coverage, from: later(coverage.from, day) } : undefined;
}
