import type { ReportRecord } from '../../streams/daily-report.ts';
import { REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import { TikTokError } from '../../tiktok/errors.ts';
import type { Day, DayRange } from '../days.ts';
import { LinkedAbort } from '../linked-abort.ts';
import { Reading, type RecordPage } from './acceptance.ts';
import { DailySums } from './decimal-sum.ts';
import type { AdvertiserReport, PageRequest } from './pages.ts';
import type { Reservation } from './reservation.ts';

/** The memory that a reading may use. */
export interface Room {
  readonly reservation: Reservation;
  /** Rows of one window that may be in memory. */
  readonly rowLimit: number;
  /** The last day whose figures no longer move by themselves. */
  readonly settledThrough: Day;
}

/**
 * A further page did not come in a little while. Its window gives its rows back and is read again from its first page,
 * which may wait long: what waits must hold nothing that others need.
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

/** What one reading of a report brought. */
export interface ReadReport {
  readonly records: ReportRecord[];
  /** TikTok cut the report; `records` is then a part of it. */
  readonly truncation?: string;
  /** Why this reading cannot be trusted. */
  readonly flaw?: string;
  /** The report has this many rows, more than may be in memory; only its first page was read. */
  readonly tooMany?: number;
  /** TikTok's own sums over the report. */
  readonly totals?: Readonly<Record<string, string>>;
  /** The sums of the rows, as far as they were added up. */
  readonly sums: DailySums;
}

/** Reads all pages of one report once, the pages after the first side by side. */
export async function readOnce(
  report: AdvertiserReport,
  window: DayRange,
  { reservation, rowLimit, settledThrough }: Room,
  signal: AbortSignal,
): Promise<ReadReport> {
  const first = await report.page({ window, page: 1, slot: reservation.firstPage }, signal);
  reservation.arrived(first.records.length);
  const total = first.totalNumber;
  if (total > rowLimit) {
    return { records: [], sums: new DailySums(), tooMany: total };
  }
  await reservation.ensure(total, signal);
  const pageNumbers = Array.from({ length: Math.ceil(total / REPORT_PAGE_SIZE) - 1 }, (_, index) => index + 2);
  const further = await furtherPages(report, { window }, pageNumbers, signal);
  return assemble([first, ...further], { settled: window.to <= settledThrough });
}

/** Pages of a report that has begun, side by side. */
export function furtherPages(
  report: AdvertiserReport,
  request: Pick<PageRequest, 'window' | 'campaignIds'>,
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

/** The same for who holds no rows to give back, or cannot begin again: each page is tried as long as is configured. */
export function patientPages(
  report: AdvertiserReport,
  request: Pick<PageRequest, 'window' | 'campaignIds'>,
  pageNumbers: readonly number[],
  signal: AbortSignal,
): Promise<RecordPage[]> {
  return allOrNone(pageNumbers, signal, (page, pageSignal) => report.page({ ...request, page }, pageSignal));
}

/** Also TikTok's limit for one advertiser: its wait counts against the patience like any other. */
function isPassing(error: unknown): error is TikTokError {
  return error instanceof TikTokError && (error.kind === 'transient' || error.kind === 'throttle');
}

/** Less has to be asked for. */
export function isTooMuch(error: unknown): error is TikTokError {
  return error instanceof TikTokError && (error.kind === 'timeout' || error.kind === 'too_large');
}

export function assemble(
  pages: readonly [RecordPage, ...RecordPage[]],
  options: ConstructorParameters<typeof Reading>[0],
): ReadReport {
  const reading = new Reading(options);
  for (const page of pages) reading.add(page);
  const { truncation, verdict, sums } = reading;
  return {
    records: pages.flatMap(({ records }) => records),
    sums,
    ...(truncation !== undefined && { truncation }),
    ...(verdict !== undefined && { flaw: verdict }),
    ...(pages[0].totals && { totals: pages[0].totals }),
  };
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

/** The records in the order in which they leave. */
export function sorted(records: Iterable<ReportRecord>): ReportRecord[] {
  return [...records].sort((a, b) => (a.key < b.key ? -1 : 1));
}
