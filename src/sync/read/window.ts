import { countDays, type DayRange } from '../days.ts';
import { Readings } from './acceptance.ts';
import type { AdvertiserReport } from './pages.ts';
import {
  FURTHER_PAGE_PATIENCE_MS,
  furtherPages,
  isTooMuch,
  type MemoryLimits,
  ReadingInterrupted,
  readOnce,
} from './reading.ts';
import { readInSlices } from './slices.ts';
import { splitByRows, type WindowResult } from './window-result.ts';

/**
 * Reads one window completely: accepts it, reads it again, or reads it by campaigns when TikTok cuts it. A window that
 * cannot be read in one piece returns `split`; a single day that does not fit into memory returns `too_many_rows`.
 *
 * @throws TikTokError, or WindowError when no reading of one day is whole
 */
export async function readWindow(
  report: AdvertiserReport,
  window: DayRange,
  memory: MemoryLimits,
  signal: AbortSignal,
): Promise<WindowResult> {
  const { reservation, rowLimit } = memory;
  const days = countDays(window);
  const half = Math.ceil(days / 2);
  const readings = new Readings(window, report);
  const pages = {
    first: async () => {
      const page = await report.page({ window, page: 1, ...reservation.ofFirstPage }, signal);
      reservation.arrived(page.records.length);
      if (page.totalNumber <= rowLimit) await reservation.ensure(page.totalNumber, signal);
      return page;
    },
    further: (pageNumbers: readonly number[]) => furtherPages(report, { window }, pageNumbers, signal),
  };
  let interruptions = 0;
  for (;;) {
    try {
      const outcome = await readOnce(report, readings, { window, ...memory }, pages);
      switch (outcome.kind) {
        case 'whole':
          return { kind: 'rows', records: outcome.records, warnings: outcome.warnings };
        case 'cut':
          return await readInSlices(report, { window, cut: outcome.reading, ...memory }, signal);
        case 'again':
          continue;
        case 'too_many_rows':
          return days > 1 ? splitByRows(outcome.rows, days, rowLimit) : { kind: 'too_many_rows' };
        case 'rejected':
          if (days > 1) return { kind: 'split', days: half, lasting: false, why: outcome.why };
          throw readings.failure({ fate: 'Nothing of this day was kept.' });
      }
    } catch (error) {
      if (isTooMuch(error) && days > 1) return { kind: 'split', days: half, lasting: true, why: error.message };
      if (!(error instanceof ReadingInterrupted)) throw error;
      interruptions += 1;
      if (interruptions * FURTHER_PAGE_PATIENCE_MS >= report.patienceMs) throw error.cause;
      reservation.pause();
    }
  }
}
