import type { Config } from '../../config/config.ts';
import { planPass } from '../../sync/coverage.ts';
import { addDays, countDays, type Day, type DayRange, earlier } from '../../sync/days.ts';
import type { Coverage, CoverageByAdvertiser } from '../../sync/state.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { dayIn } from '../../tiktok/time-zones.ts';

/** What has been read, and what is missing, of one stream of one advertiser. Days are those of its time zone. */
export interface Standing {
  readonly stream: string;
  readonly advertiser: Pick<Advertiser, 'id' | 'name' | 'timezone'>;
  readonly coverage?: Coverage;
  /** The advertiser's today; the UTC day when the time zone is not known. */
  readonly today: Day;
  /** The last day that should have been read by now. */
  readonly wantedThrough: Day;
  /** Full days since the last day that was read; absent when nothing was read. */
  readonly daysOld?: number;
  /** Days that the next run reads again, because TikTok may restate them. */
  readonly dueAgain?: DayRange;
  /** Days that should be read and have not been. */
  readonly missing: readonly DayRange[];
  /** Whether a day is missing that ended more than a day ago. */
  readonly isOverdue: boolean;
}

/**
 * Compares what has been read of a stream with what the configuration asks for.
 *
 * @param advertisers those that are read; if they are not known, those of the state
 * @param now by the API's clock, if it is known
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
    // In an unknown time zone a day may end half a day after the UTC day.
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

/** The part of a range that has never been read. */
function missingOf(range: DayRange, covered: Coverage | undefined): DayRange | undefined {
  if (!covered || range.from > covered.through || range.to < covered.from) return range;
  const from = addDays(covered.through, 1);
  return from <= range.to ? { from, to: range.to } : undefined;
}

function dueAgainOf(forward: DayRange | undefined, covered: Coverage | undefined): { dueAgain?: DayRange } {
  if (!forward || !covered || forward.from > covered.through) return {};
  return { dueAgain: { from: forward.from, to: earlier(covered.through, forward.to) } };
}
