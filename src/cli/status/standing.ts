import type { Config } from '../../config/config.ts';
import { planPass } from '../../sync/coverage.ts';
import { addDays, countDays, type Day, type DayRange, dayIn, earlier } from '../../sync/days.ts';
import type { Coverage, CoverageByAdvertiser } from '../../sync/state.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';

/** How one stream of one advertiser stands. Days are those of its time zone. */
export interface Standing {
  readonly stream: string;
  readonly advertiser: Pick<Advertiser, 'id' | 'name' | 'timezone'>;
  readonly coverage?: Coverage;
  /** The advertiser's today; that of UTC where the zone is not known. */
  readonly today: Day;
  /** The last day that is wanted by now. */
  readonly wantedThrough: Day;
  /** Full days since the last one that was read; absent when nothing was. */
  readonly daysOld?: number;
  /** Read already, and read again by the next run: TikTok may restate them. */
  readonly dueAgain?: DayRange;
  /** Wanted, and not read. */
  readonly missing: readonly DayRange[];
  /** A day that has been over for more than a day is missing. */
  readonly isOverdue: boolean;
}

/**
 * Holds what has been read of a stream against what the configuration wants.
 *
 * @param advertisers those that are read; where they are not known, those of the state
 * @param now by the API's clock, where it is known
 */
export function standingsOf(
  stream: string,
  config: Pick<Config, 'startDate' | 'endDate' | 'lookbackDays' | 'includeDeleted'>,
  coverage: CoverageByAdvertiser,
  advertisers: readonly Pick<Advertiser, 'id' | 'name' | 'timezone'>[],
  now: Date,
): Standing[] {
  return advertisers.map((advertiser) => {
    const covered = coverage.get(advertiser.id);
    const zoneKnown = advertiser.timezone !== undefined;
    const today = dayIn(advertiser.timezone ?? 'UTC', now);
    const { forward, backward } = planPass(covered, { ...wantedOf(config), today, zoneKnown });
    const missing = [backward, forward && missingOf(forward, covered)].filter((range) => range !== undefined);
    // A day of an unknown zone may end half a day after that of UTC.
    const lastDue = addDays(today, zoneKnown ? -1 : -2);
    return {
      stream,
      advertiser,
      ...(covered && { coverage: covered, daysOld: countDays({ from: covered.through, to: today }) - 1 }),
      today,
      wantedThrough: config.endDate ? earlier(config.endDate, today) : today,
      ...dueAgainOf(forward, covered),
      missing,
      isOverdue: missing.some(({ from }) => from <= lastDue),
    };
  });
}

function wantedOf({ startDate, endDate, lookbackDays, includeDeleted }: Parameters<typeof standingsOf>[1]) {
  return { startDate, ...(endDate && { endDate }), lookbackDays, includeDeleted };
}

/** What of a range has not been read at all. */
function missingOf(range: DayRange, covered: Coverage | undefined): DayRange | undefined {
  if (!covered || range.from > covered.through || range.to < covered.from) return range;
  const from = addDays(covered.through, 1);
  return from <= range.to ? { from, to: range.to } : undefined;
}

function dueAgainOf(forward: DayRange | undefined, covered: Coverage | undefined): { dueAgain?: DayRange } {
  if (!forward || !covered || forward.from > covered.through) return {};
  return { dueAgain: { from: forward.from, to: earlier(covered.through, forward.to) } };
}
