import { countDays, type DayRange } from '../days.ts';
import { neverAddedUp } from './acceptance.ts';
import type { DailySums } from './decimal-sum.ts';
import type { AdvertiserReport } from './pages.ts';
import {
  FURTHER_PAGE_PATIENCE_MS,
  isTooMuch,
  ReadingInterrupted,
  type ReadReport,
  type Room,
  readOnce,
  sorted,
} from './read-report.ts';
import { readInSlices } from './slices.ts';
import { splitByRows, type WindowResult } from './window-result.ts';

/** Readings of one window before it is split, and of one day before it fails. */
const READINGS = { window: 2, day: 3 } as const;

/**
 * Reads one window so that nothing of it is missing.
 *
 * TikTok's pages are no snapshot: a window counts as read when the rows are all different and as many as every page
 * says. A cut report is read again by campaign. What cannot be had in one piece comes back as `split`.
 *
 * @param rowLimit rows of a window that may be in memory
 * @throws TikTokError, or WindowError when no reading of one day is whole
 */
export async function readWindow(
  report: AdvertiserReport,
  window: DayRange,
  room: Room,
  signal: AbortSignal,
): Promise<WindowResult> {
  const days = countDays(window);
  let interruptions = 0;
  for (let reading = 1; ; ) {
    let outcome: ReadReport;
    try {
      outcome = await readOnce(report, window, room, signal);
      if (outcome.truncation) {
        const cutKeys = new Set(outcome.records.map(({ key }) => key));
        return await readInSlices(report, { window, cutKeys, ...room }, signal);
      }
    } catch (error) {
      if (error instanceof ReadingInterrupted) {
        if (++interruptions * FURTHER_PAGE_PATIENCE_MS >= report.patienceMs) throw error.cause;
        room.reservation.pause();
        continue;
      }
      if (isTooMuch(error) && days > 1)
        return { kind: 'split', days: Math.ceil(days / 2), lasting: true, why: error.message };
      throw error;
    }
    if (outcome.tooMany !== undefined) {
      if (days === 1) return { kind: 'too_many_rows' };
      return splitByRows(outcome.tooMany, days, room.rowLimit);
    }
    const lastReading = reading >= (days > 1 ? READINGS.window : READINGS.day);
    if (!outcome.flaw) {
      const difference = report.reconciles && outcome.totals && totalsDifference(outcome.totals, outcome.sums);
      if (!difference) return { kind: 'rows', records: sorted(outcome.records) };
      if (lastReading) return { kind: 'rows', records: sorted(outcome.records), warnings: [difference] };
    } else if (lastReading) {
      if (days > 1) return { kind: 'split', days: Math.ceil(days / 2), lasting: false, why: outcome.flaw };
      const { flaw } = outcome;
      throw neverAddedUp({ readings: reading, flaw, fate: 'Nothing of this day was kept.', day: window.to });
    }
    reading++;
  }
}

function totalsDifference(said: NonNullable<ReadReport['totals']>, sums: DailySums): string | undefined {
  for (const [metric, sum] of sums.totals()) {
    const total = said[metric];
    if (total !== undefined && total !== '-' && sum.compare(total) !== 0) {
      return `the rows add up to ${metric} ${sum}, TikTok's own total is ${total}`;
    }
  }
  return undefined;
}
