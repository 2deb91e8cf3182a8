import { ConfigError } from '../config/config-error.ts';
import { dayIn } from '../tiktok/time-zones.ts';

/** A calendar day, `YYYY-MM-DD`. Its zone is named where it is used; texts of this form sort by date. */
export type Day = string;

/** Days from–to, both ends included, `from` never after `to`. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

const MS_A_DAY = 86_400_000;

/** True for a text that is a day of the calendar: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MS_A_DAY).toISOString().slice(0, 10);
}

/** How many days `range` holds; at least 1. */
export function countDays(range: DayRange): number {
  return (Date.parse(range.to) - Date.parse(range.from)) / MS_A_DAY + 1;
}

/** The range, or nothing when `from` lies after `to`. */
export function rangeOf(from: Day, to: Day): DayRange | undefined {
  return from <= to ? { from, to } : undefined;
}

export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/**
 * Makes sure that this Node can tell the days of time zones: some builds come without them.
 *
 * @throws ConfigError
 */
export function requireTimeZones(): void {
  const instant = new Date('2026-03-15T06:30:00Z');
  const days: readonly [string, Day][] = [
    ['UTC', '2026-03-15'],
    ['America/Los_Angeles', '2026-03-14'],
    ['Asia/Kolkata', '2026-03-15'],
    ['Pacific/Kiritimati', '2026-03-15'],
  ];
  try {
    if (days.every(([timeZone, day]) => dayIn(timeZone, instant) === day)) return;
  } catch {
    // This Node has neither Temporal nor Intl.
  }
  throw new ConfigError([
    `This Node (${process.version}) has no time zones, so the days of an advertiser cannot be told. ` +
      'Install a build with full ICU, as from nodejs.org, or use the image; remove NODE_ICU_DATA if it is set.',
  ]);
}
