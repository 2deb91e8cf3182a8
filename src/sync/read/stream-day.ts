import type { ReportRecord } from '../../streams/daily-report.ts';
import { REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import type { AdvertiserReport, RecordPage } from './pages.ts';
import { patientPages, type Room } from './read-report.ts';
import { readInSlices } from './slices.ts';
import { WindowError } from './window-result.ts';

/** Pages asked for side by side. */
const PAGES_AT_ONCE = 4;

/** How often a day is read, and sent, before it fails. */
const PASSES = 3;

/**
 * Reads a day that has more rows than may be in memory, handing out each page as it comes, sorted in itself.
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
  const { day, reservation, rowLimit, send, warn } = options;
  await reservation.ensure(PAGES_AT_ONCE * REPORT_PAGE_SIZE, signal);
  for (let pass = 1; ; pass++) {
    const { flaw, truncation, keys } = await passThrough(report, day, send, signal);
    if (truncation !== undefined) {
      const window = { from: day, to: day };
      await readInSlices(report, { window, reservation, rowLimit, cutKeys: keys, onSlice: send }, signal);
      return;
    }
    if (flaw === undefined) return;
    if (pass === PASSES) {
      throw new WindowError(
        `The report never added up in ${pass} readings: ${flaw}. Its rows were sent but do not count as read.`,
        `Run again later. To go on without it, set start_date to the day after ${day}.`,
      );
    }
    warn(`${day} did not add up (${flaw}): it is read and sent again from its first row.`);
  }
}

async function passThrough(
  report: AdvertiserReport,
  day: string,
  send: (records: ReportRecord[]) => Promise<void>,
  signal: AbortSignal,
): Promise<{ keys: Set<string>; flaw?: string; truncation?: string }> {
  const window = { from: day, to: day };
  const keys = new Set<string>();
  let rows = 0;
  let total: number | undefined;
  let flaw: string | undefined;
  let truncation: string | undefined;
  const check = (page: RecordPage) => {
    total ??= page.totalNumber;
    if (page.totalNumber !== total) flaw = `TikTok counted ${total} rows on one page, ${page.totalNumber} on another`;
    if (page.misplaced) flaw ??= `TikTok sent ${page.misplaced}`;
    truncation ??= page.truncation;
    rows += page.records.length;
    for (const { key } of page.records) keys.add(key);
  };
  let next = 1;
  do {
    const last = total === undefined ? 1 : Math.ceil(total / REPORT_PAGE_SIZE);
    const pageNumbers = Array.from({ length: Math.min(PAGES_AT_ONCE, last - next + 1) }, (_, index) => next + index);
    const pages = await patientPages(report, { window }, pageNumbers, signal);
    next += pageNumbers.length;
    for (const page of pages) {
      check(page);
      // A cut report is only looked through: its rows come again in the slices.
      if (truncation === undefined) await send([...page.records].sort((a, b) => (a.key < b.key ? -1 : 1)));
    }
  } while (next <= Math.ceil((total ?? 0) / REPORT_PAGE_SIZE));
  if (keys.size !== total || rows !== total) {
    flaw ??= `TikTok counted ${total} rows and sent ${rows}, ${keys.size} of them different`;
  }
  return { keys, ...(flaw !== undefined && { flaw }), ...(truncation !== undefined && { truncation }) };
}
