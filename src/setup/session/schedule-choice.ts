import {
  type DailyTime,
  isBeforeCorrection,
  isTimeOfDay,
  isTimeZone,
  timeIn,
  YESTERDAY_IS_CORRECTED_UTC,
} from './daily-time.ts';
import { SetupProblem } from './setup-problem.ts';

/** @throws SetupProblem that names the field which is wrong */
export function checkDaily({ time, timeZone }: DailyTime): void {
  if (!isTimeOfDay(time)) {
    throw new SetupProblem({ says: `"${time}" is no time of day.`, advice: 'Write it as 13:30.', field: 'time' });
  }
  if (!isTimeZone(timeZone)) {
    throw new SetupProblem({
      says: `"${timeZone}" is no time zone.`,
      advice: 'Choose one of the list, for instance Europe/Berlin.',
      field: 'zone',
    });
  }
}

/** What a time of day means. */
export interface DailyJudgement {
  /** A run then finds yesterday of the advertiser's zone as it was before TikTok's correction. */
  readonly tooEarly: boolean;
  /** `HH:MM` in the zone of the daily time, from which on yesterday is final. */
  readonly correctedAt: string;
}

/** @param zone of the advertiser whose yesterday counts */
export function judgeDaily(daily: DailyTime, zone: string, now: Date): DailyJudgement {
  const noonUtc = { time: YESTERDAY_IS_CORRECTED_UTC, timeZone: 'UTC' };
  return {
    tooEarly: isBeforeCorrection({ time: timeIn(zone, daily, now), timeZone: zone }, now),
    correctedAt: timeIn(daily.timeZone, noonUtc, now),
  };
}
