/** A time of every day in a zone. */
export interface DailyTime {
  /** `HH:MM`, 24 hours. */
  readonly time: string;
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * TikTok corrects a day's figures until about noon UTC of the next ("Data latency" names 12:00 UTC, its FAQ 8:00 UTC):
 * a run after that has yesterday complete.
 */
export const YESTERDAY_IS_CORRECTED_UTC = '12:00';

/** True for `HH:MM` of a day. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** True for a zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The same moment of the day in another zone, `HH:MM`, by the offsets of `at`: where summer time changes in only one
 * of the two, it is an hour off for half of the year.
 */
export function timeIn(timeZone: string, { time, timeZone: from }: DailyTime, at: Date): string {
  const minutes = minutesOf(time) - offsetMinutes(from, at) + offsetMinutes(timeZone, at);
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** `minute hour * * *` for a scheduler that thinks in `timeZone`. */
export function cronFields(timeZone: string, daily: DailyTime, at: Date): string {
  const [hour, minute] = timeIn(timeZone, daily, at).split(':').map(Number);
  return `${minute} ${hour} * * *`;
}

/** The Quartz expression that Airbyte takes; its API reads it in UTC. */
export function quartzExpression(daily: DailyTime, at: Date): string {
  const [hour, minute] = timeIn('UTC', daily, at).split(':').map(Number);
  return `0 ${minute} ${hour} * * ?`;
}

/** systemd's calendar expression; systemd knows zones, so summer time is right all year. */
export function onCalendar({ time, timeZone }: DailyTime): string {
  return `*-*-* ${time}:00 ${timeZone}`;
}

/** The next run after `now`. */
export function nextRun(daily: DailyTime, now: Date): Date {
  const [hour = 0, minute = 0] = timeIn('UTC', daily, now).split(':').map(Number);
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour, minute);
  return new Date(today > now.getTime() ? today : today + 86_400_000);
}

/** True when a run at that time finds yesterday of the zone as it was before TikTok's daily correction. */
export function isBeforeCorrection(daily: DailyTime, at: Date): boolean {
  // The correction of a day comes with the first 12:00 UTC after the day's end; midnight there, as minutes of UTC:
  const midnight = minutesOf(timeIn('UTC', { time: '00:00', timeZone: daily.timeZone }, at));
  const correctedAfter = (minutesOf(YESTERDAY_IS_CORRECTED_UTC) - midnight + 1440) % 1440;
  return minutesOf(daily.time) < correctedAfter;
}

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** How far the zone is ahead of UTC, minutes. */
function offsetMinutes(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((there - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
}
