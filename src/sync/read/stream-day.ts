import type { ReportRecord } from '../../streams/daily-report.ts';
import { REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import { neverAddedUp, Reading } from './acceptance.ts';
import type { AdvertiserReport } from './pages.ts';
import { patientPages, type Room, sorted } from './read-report.ts';
import { readInSlices } from './slices.ts';

/** Pages asked for side by side. */
const PAGES_AT_ONCE = 4;

/** How often a day is read, and sent, before it fails. */
const PASSES = 3;

/**
 * Reads a day that has more rows than may be in memory, handing out each page when it is found right, sorted in itself.
 *
 * Only its keys are kept to see whether it adds up. When it does not, that is said, and the day is read and sent again
 * from its beginning: a destination that upserts on the key ends with the right rows. It ends only after a clean pass.
 *
 * @throws WindowError when no pass is clean
 */
export async function streamDay(
  report: AdvertiserReport,
  options: Room & {
    readonly day: string;
    readonly send: (records: ReportRecord[]) => Promise<void>;
    readonly warn: (message: string) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  const { day, send, warn, ...room } = options;
  const settled = day <= room.settledThrough;
  await room.reservation.ensure(PAGES_AT_ONCE * REPORT_PAGE_SIZE, signal);
  for (let pass = 1; ; pass++) {
    const reading = await passThrough(report, { day, settled, send }, signal);
    if (reading.truncation !== undefined) {
      const window = { from: day, to: day };
      const result = await readInSlices(report, { window, ...room, cutKeys: reading.keys, onSlice: send }, signal);
      for (const warning of result.kind === 'rows' ? (result.warnings ?? []) : []) warn(warning);
      return;
    }
    const flaw = reading.verdict;
    if (flaw === undefined) return;
    if (pass === PASSES) {
      throw neverAddedUp({ readings: pass, flaw, fate: 'Its rows were sent but do not count as read.', day });
    }
    warn(`${day} did not add up (${flaw}): it is read and sent again from its first row.`);
  }
}

/** Reads the day once and sends its pages, each once it is found right; ends with the first that is not. */
async function passThrough(
  report: AdvertiserReport,
  options: {
    readonly day: string;
    readonly settled: boolean;
    readonly send: (records: ReportRecord[]) => Promise<void>;
  },
  signal: AbortSignal,
): Promise<Reading> {
  const { day, settled, send } = options;
  const window = { from: day, to: day };
  const reading = new Reading({ settled });
  for (let next = 1, last = 1; next <= last; ) {
    const pageNumbers = Array.from({ length: Math.min(PAGES_AT_ONCE, last - next + 1) }, (_, index) => next + index);
    const pages = await patientPages(report, { window }, pageNumbers, signal);
    if (next === 1) last = Math.ceil((pages[0]?.totalNumber ?? 0) / REPORT_PAGE_SIZE);
    next += pageNumbers.length;
    for (const page of pages) {
      if (!reading.add(page)) return reading;
      // A cut report is only looked through: its rows come again in the slices.
      if (reading.truncation === undefined) await send(sorted(page.records));
    }
  }
  return reading;
}
