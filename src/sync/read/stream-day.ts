import type { ReportRecord } from '../../streams/stream.ts';
import { REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import { Reading, Readings } from './acceptance.ts';
import type { AdvertiserReport } from './pages.ts';
import { type MemoryLimits, patientPages, sorted } from './reading.ts';
import { readInSlices } from './slices.ts';

/** Pages asked for side by side. */
const PAGES_AT_ONCE = 4;

/**
 * Reads a day that has more rows than may be in memory. Sends each page once it is valid, sorted within the page.
 *
 * Only the keys stay in memory, to check the count. When the count is wrong, a warning says so, and the whole day is read
 * and sent again: a destination that upserts by key has the right rows in the end. Returns after a pass without a fault.
 *
 * @throws WindowError when every pass has a fault
 */
export async function streamDay(
  report: AdvertiserReport,
  options: MemoryLimits & {
    readonly day: string;
    readonly send: (records: ReportRecord[]) => Promise<void>;
    readonly warn: (message: string) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  const { day, reservation, send, warn } = options;
  const window = { from: day, to: day };
  const readings = new Readings(window, report);
  await reservation.ensure(PAGES_AT_ONCE * REPORT_PAGE_SIZE, signal);
  for (;;) {
    const reading = await passThrough(report, options, signal);
    if (reading.truncation !== undefined) {
      const sliced = { ...options, window, cut: reading, onSlice: send };
      const result = await readInSlices(report, sliced, signal);
      if (result.kind === 'rows') result.warnings?.forEach(warn);
      return;
    }
    const judgement = readings.judge(reading);
    switch (judgement.kind) {
      case 'accept':
        judgement.warnings.forEach(warn);
        return;
      case 'reject':
        throw readings.failure({ fate: 'Its rows were sent but do not count as read.' });
      case 'again':
        warn(`${day} did not add up (${judgement.why}): it is read and sent again from its first row.`);
    }
  }
}

/** Reads the day once and sends each valid page; stops at the first one that is not. */
async function passThrough(
  report: AdvertiserReport,
  { day, settledThrough, send }: Parameters<typeof streamDay>[1],
  signal: AbortSignal,
): Promise<Reading> {
  const window = { from: day, to: day };
  const reading = new Reading({ settled: day <= settledThrough, reconciles: report.reconciles });
  for (let next = 1, last = 1; next <= last; ) {
    const pageNumbers = Array.from({ length: Math.min(PAGES_AT_ONCE, last - next + 1) }, (_, index) => next + index);
    const pages = await patientPages(report, { window }, pageNumbers, signal);
    if (next === 1) last = Math.ceil((pages[0]?.totalNumber ?? 0) / REPORT_PAGE_SIZE);
    next += pageNumbers.length;
    for (const page of pages) {
      if (!reading.add(page)) return reading;
      // The rows of a cut report are not sent, because the slices bring them again.
      if (reading.truncation === undefined) await send(sorted(page.records));
    }
  }
  return reading;
}
