import { isDay } from '../../sync/days.ts';
import { SetupProblem } from './setup-problem.ts';

/** The range step's answers. */
export interface RangeChoice {
  readonly startDate: string;
  readonly endDate?: string | undefined;
  readonly lookbackDays: number;
  readonly includeDeleted: boolean;
  readonly advertiserColumns: boolean;
  /** Names of the streams that are read. */
  readonly streams: readonly string[];
}

/**
 * @param today the last day that has begun for any chosen advertiser
 * @throws SetupProblem that names the first field which is wrong
 */
export function checkRange(
  { startDate, endDate, lookbackDays, streams }: Omit<RangeChoice, 'includeDeleted' | 'advertiserColumns'>,
  today: string,
): void {
  if (!isDay(startDate)) {
    throw wrong('start-date', `"${startDate}" is no day.`, 'A day looks like 2026-01-31.');
  }
  if (startDate > today) {
    throw wrong('start-date', `${startDate} is in the future; today is ${today}.`, 'Choose a day that has begun.');
  }
  if (endDate && !isDay(endDate)) {
    throw wrong('end-date', `"${endDate}" is no day.`, 'A day looks like 2026-01-31.');
  }
  if (endDate && endDate < startDate) {
    throw wrong('end-date', 'The last day lies before the first.', 'Swap them, or choose a later last day.');
  }
  if (streams.length === 0) throw wrong('streams', 'Nothing is chosen to be read.', 'Tick one table at least.');
  if (!Number.isInteger(lookbackDays) || lookbackDays < 0 || lookbackDays > 90) {
    throw wrong('lookback', 'The lookback must be 0 to 90 days.', '7 fits TikTok’s default attribution.');
  }
}

function wrong(field: string, says: string, advice: string): SetupProblem {
  return new SetupProblem({ says, advice, field });
}
