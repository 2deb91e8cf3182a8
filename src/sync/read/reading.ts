import type { ReportRecord } from '../../streams/stream.ts';
import { REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import { TikTokError } from '../../tiktok/errors.ts';
import type { Day, DayRange } from '../days.ts';
import { Reading, type Readings, type RecordPage } from './acceptance.ts';
import type { DailySums } from './decimal-sum.ts';
import { LinkedAbort } from './linked-abort.ts';
import type { AdvertiserReport, PageRequest } from './pages.ts';
import type { Reservation } from './reservation.ts';

/** The memory that a reading may use. */
export interface MemoryLimits {
  readonly reservation: Reservation;
  /** Rows of one window that may be in memory. */
  readonly rowLimit: number;
  /** The last day whose figures no longer move by themselves. */
  readonly settledThrough: Day;
}

/**
 * A further page did not come within 15 seconds. Its window gives its rows back and is read again from its first page,
 * because a window that waits long must not hold rows that others need.
 */
export class ReadingInterrupted extends Error {
  override readonly name = 'ReadingInterrupted';
  override readonly cause: TikTokError;

  constructor(cause: TikTokError) {
    super(cause.message);
    this.cause = cause;
  }
}

/** How long the request of a further page is tried again, milliseconds. */
export const FURTHER_PAGE_PATIENCE_MS = 15_000;

/** How a report came. */
export type ReportOutcome =
  | {
      readonly kind: 'whole';
      readonly records: ReportRecord[];
      readonly sums: DailySums;
      readonly warnings: readonly string[];
    }
  /** TikTok cut it; the reading is of the part that it gave. */
  | { readonly kind: 'cut'; readonly truncation: string; readonly reading: Reading }
  /** It has more rows than may be in memory; only its first page was read. */
  | { readonly kind: 'too_many_rows'; readonly rows: number }
  /** It did not add up and must be read once more. */
  | { readonly kind: 'again' }
  | { readonly kind: 'rejected'; readonly why: string };

/**
 * Reads a report once, from its first page to its last.
 *
 * @param readings of the same report so far; they judge this one
 * @param pages.further asked for once the first page has told their number
 */
export async function readOnce(
  report: AdvertiserReport,
  readings: Readings,
  {
    window,
    rowLimit,
    settledThrough,
  }: Pick<MemoryLimits, 'rowLimit' | 'settledThrough'> & { readonly window: DayRange },
  pages: {
    first(): Promise<RecordPage>;
    further(pageNumbers: readonly number[]): Promise<readonly RecordPage[]>;
  },
): Promise<ReportOutcome> {
  const first = await pages.first();
  const total = first.totalNumber;
  if (total > rowLimit) return { kind: 'too_many_rows', rows: total };
  const pageNumbers = Array.from({ length: Math.ceil(total / REPORT_PAGE_SIZE) - 1 }, (_, index) => index + 2);
  const all = [first, ...(await pages.further(pageNumbers))];
  const reading = new Reading({ settled: window.to <= settledThrough, reconciles: report.reconciles });
  for (const page of all) reading.add(page);
  const { truncation, sums } = reading;
  if (truncation !== undefined) return { kind: 'cut', truncation, reading };
  const judgement = readings.judge(reading);
  switch (judgement.kind) {
    case 'accept': {
      const records = sorted(all.flatMap((page) => page.records));
      return { kind: 'whole', records, sums, warnings: judgement.warnings };
    }
    case 'again':
      return { kind: 'again' };
    case 'reject':
      return { kind: 'rejected', why: judgement.why };
  }
}

/** Pages of a report that has begun, side by side. */
export function furtherPages(
  report: AdvertiserReport,
  request: Pick<PageRequest, 'window' | 'slice'>,
  pageNumbers: readonly number[],
  signal: AbortSignal,
): Promise<RecordPage[]> {
  const patienceMs = Math.min(report.patienceMs, FURTHER_PAGE_PATIENCE_MS);
  return allOrNone(pageNumbers, signal, (page, pageSignal) =>
    report.page({ ...request, page, patienceMs }, pageSignal).catch((error: unknown) => {
      throw isPassing(error) ? new ReadingInterrupted(error) : error;
    }),
  );
}

/** Like furtherPages, with the full configured patience: for a reading that holds no rows, or cannot begin again. */
export function patientPages(
  report: AdvertiserReport,
  request: Pick<PageRequest, 'window' | 'slice'>,
  pageNumbers: readonly number[],
  signal: AbortSignal,
): Promise<RecordPage[]> {
  return allOrNone(pageNumbers, signal, (page, pageSignal) => report.page({ ...request, page }, pageSignal));
}

/** The failure may go away by itself. So may TikTok's limit for one advertiser, whose wait counts against the patience, too. */
function isPassing(error: unknown): error is TikTokError {
  return error instanceof TikTokError && (error.kind === 'transient' || error.kind === 'throttle');
}

/** The request must be smaller. */
export function isTooMuch(error: unknown): error is TikTokError {
  return error instanceof TikTokError && (error.kind === 'timeout' || error.kind === 'too_large');
}

/**
 * Runs a task for every item side by side; the first failure stops the others, and is thrown when all have ended.
 */
export async function allOrNone<Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  task: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  if (items.length === 0) return [];
  const siblings = new LinkedAbort(signal);
  let failed = false;
  let failure: unknown;
  const results = await Promise.all(
    items.map((item) =>
      task(item, siblings.signal).catch((error: unknown) => {
        if (!failed) {
          failed = true;
          failure = error;
          siblings.abort(error);
        }
        return undefined;
      }),
    ),
  );
  if (failed) throw failure;
  return results as Result[];
}

/** The records in the order of output, each key once. */
export function sorted(records: Iterable<ReportRecord>): ReportRecord[] {
  const inOrder = [...records].sort((a, b) => (a.key < b.key ? -1 : 1));
  return inOrder.filter(({ key }, index) => key !== inOrder[index - 1]?.key);
}
