import type { ReportRecord } from '../../streams/daily-report.ts';
import { REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import { countDays, type DayRange } from '../days.ts';
import { differenceFromAdvertiser, neverAddedUp, type RecordPage } from './acceptance.ts';
import { DailySums } from './decimal-sum.ts';
import type { AdvertiserReport } from './pages.ts';
import {
  allOrNone,
  assemble,
  furtherPages,
  isTooMuch,
  patientPages,
  type ReadReport,
  type Room,
  sorted,
} from './read-report.ts';
import { splitByRows, WindowError, type WindowResult } from './window-result.ts';

/** Slices asked for side by side: enough to keep the quota busy, few enough that a cut one teaches the rest its size. */
const SLICES_AT_ONCE = 8;

const NOT_COMPARED =
  "not held against TikTok's own totals: TikTok cut this report, and those of the whole advertiser hold what this " +
  'configuration leaves out.';

/** TikTok has no time for a slice, or finds it too large: fewer campaigns are asked for. */
const TOO_MUCH: ReadReport = { records: [], sums: new DailySums() };

/** Readings of one slice before the window is given up or split. */
const READINGS = 3;

/**
 * Reads a window that TikTok cut (header `X-Tt-Ads-Throttle`: too many ads in scope) by slices of campaigns, ever
 * smaller ones where a slice is cut again. A cut report is never taken for a whole one.
 *
 * @param options.cutKeys the rows of the cut report; each must come again
 * @param options.onSlice takes each slice as it is done, for a day too large for memory; the result then has no records
 * @throws WindowError when a campaign alone is cut, or when rows of the cut report are missing from the slices
 */
export async function readInSlices(
  report: AdvertiserReport,
  options: Room & {
    readonly window: DayRange;
    readonly cutKeys: ReadonlySet<string>;
    readonly onSlice?: (records: ReportRecord[]) => Promise<void>;
  },
  signal: AbortSignal,
): Promise<WindowResult> {
  const { window, reservation, rowLimit, settledThrough, onSlice } = options;
  const settled = window.to <= settledThrough;
  const days = countDays(window);
  // What has left cannot be taken back and begun again.
  const pages = onSlice ? patientPages : furtherPages;
  const records = new Map<string, ReportRecord>();
  const missing = new Set(options.cutKeys);
  const asked = new Set<string>();
  const sums = new DailySums();
  const figures = await report.advertiserFigures(window, signal);

  for (const refresh of [false, true]) {
    const ids = (await report.campaignIds(signal, { refresh })).filter((id) => !asked.has(id));
    for (const id of ids) asked.add(id);
    const slices = new SliceQueue(ids, report);
    while (slices.hasMore) {
      const batch = slices.take(SLICES_AT_ONCE);
      const readings = await allOrNone(batch, signal, (campaignIds, batchSignal) =>
        readSlice(report, { window, campaignIds, pages, settled }, rowLimit, batchSignal).catch((error: unknown) => {
          // Several days are split first, by the window's own reading.
          if (days === 1 && campaignIds.length > 1 && isTooMuch(error)) return TOO_MUCH;
          throw error;
        }),
      );
      for (const [index, reading] of readings.entries()) {
        const slice = batch[index] as readonly string[];
        if (reading === TOO_MUCH) slices.giveBackHalved(slice);
        else if (reading.tooMany !== undefined) return tooManyRows(reading.tooMany, days, rowLimit);
        else if (reading.truncation !== undefined) {
          if (slice.length === 1) throw cutAlone(slice, reading.truncation);
          slices.giveBackHalved(slice);
        } else if (reading.flaw) return doesNotAddUp(reading.flaw, days, window);
        else {
          for (const record of reading.records) {
            missing.delete(record.key);
            if (!onSlice) records.set(record.key, record);
          }
          sums.addAll(reading.sums);
          await onSlice?.(sorted(reading.records));
        }
      }
      if (records.size > rowLimit && days > 1) return splitByRows(records.size, days, rowLimit);
      if (records.size > rowLimit) return { kind: 'too_many_rows' };
      await reservation.ensure(records.size, signal);
    }
    if (missing.size === 0) {
      const difference = figures && differenceFromAdvertiser(sums, figures, settledThrough);
      const notCompared = !figures && report.reconciles ? NOT_COMPARED : undefined;
      const warnings = [difference, notCompared].filter((warning) => warning !== undefined);
      return { kind: 'rows', records: sorted(records.values()), warnings };
    }
    // A campaign made since the list was read: ask for the list once more.
    if (refresh) {
      const [one = ''] = missing;
      throw new WindowError(
        `TikTok cut the report, and ${missing.size} of its rows came in no slice of campaigns, that of ` +
          `${one.slice(10)} on ${one.slice(0, 10)} among them. Nothing of this window was kept.`,
        'Run again; if it stays so, report it with this message: the list of campaigns that TikTok gives is not whole.',
      );
    }
  }
  throw new Error('unreachable');
}

/** Slices still to be read, none larger than the advertiser's slice size of the moment. */
class SliceQueue {
  #ids: string[];
  readonly #report: AdvertiserReport;

  constructor(ids: readonly string[], report: AdvertiserReport) {
    this.#ids = [...ids];
    this.#report = report;
  }

  get hasMore(): boolean {
    return this.#ids.length > 0;
  }

  take(count: number): readonly string[][] {
    const size = this.#report.sliceSize;
    const slices: string[][] = [];
    while (slices.length < count && this.#ids.length > 0) slices.push(this.#ids.splice(0, size));
    return slices;
  }

  giveBackHalved(slice: readonly string[]): void {
    this.#report.sliceSize = Math.min(this.#report.sliceSize, Math.ceil(slice.length / 2));
    this.#ids.push(...slice);
  }
}

function cutAlone([campaignId]: readonly string[], truncation: string): WindowError {
  return new WindowError(
    `TikTok cuts the report of campaign ${campaignId} even alone (“${truncation}”). Nothing of this window was kept.`,
    'The campaign has more ads than TikTok reports at once. Split it in TikTok Ads Manager, or exclude this ' +
      'advertiser (exclude_advertiser_ids) to read the others.',
  );
}

async function readSlice(
  report: AdvertiserReport,
  {
    pages,
    settled,
    ...request
  }: {
    readonly window: DayRange;
    readonly campaignIds: readonly string[];
    readonly pages: typeof furtherPages;
    readonly settled: boolean;
  },
  rowLimit: number,
  signal: AbortSignal,
): Promise<ReadReport> {
  for (let reading = 1; ; reading++) {
    const [first] = (await pages(report, request, [1], signal)) as [RecordPage];
    if (first.totalNumber > rowLimit) return { records: [], sums: new DailySums(), tooMany: first.totalNumber };
    const last = Math.ceil(first.totalNumber / REPORT_PAGE_SIZE);
    const pageNumbers = Array.from({ length: last - 1 }, (_, index) => index + 2);
    const outcome = assemble([first, ...(await pages(report, request, pageNumbers, signal))], { settled });
    if (!outcome.flaw || outcome.truncation || reading === READINGS) return outcome;
  }
}

function tooManyRows(rows: number, days: number, rowLimit: number): WindowResult {
  if (days > 1) return splitByRows(rows, days, rowLimit);
  throw new WindowError(
    `TikTok cut the report, and one slice of its campaigns still has ${rows} rows on one day, too many to be checked.`,
    'Report this with its text: a slice of campaigns should have far fewer rows.',
  );
}

function doesNotAddUp(flaw: string, days: number, window: DayRange): WindowResult {
  if (days > 1) return { kind: 'split', days: Math.ceil(days / 2), lasting: false, why: flaw };
  const subject = 'TikTok cut the report, and its slices';
  throw neverAddedUp({ subject, readings: READINGS, flaw, fate: 'Nothing of this day was kept.', day: window.to });
}
