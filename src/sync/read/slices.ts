import type { ReportRecord } from '../../streams/stream.ts';
import { countDays, type DayRange } from '../days.ts';
import { differenceFromAdvertiser, Readings, type RecordPage } from './acceptance.ts';
import { DailySums } from './decimal-sum.ts';
import type { AdvertiserReport } from './pages.ts';
import {
  allOrNone,
  furtherPages,
  isTooMuch,
  type MemoryLimits,
  patientPages,
  type ReportOutcome,
  readOnce,
  sorted,
} from './reading.ts';
import { splitByRows, WindowError, type WindowResult } from './window-result.ts';

/** Slices asked for at once: enough to use the quota, few enough that a cut slice still shrinks most of the others. */
const SLICES_AT_ONCE = 8;

const NOT_COMPARED =
  "not held against TikTok's own totals: TikTok cut this report, and those of the whole advertiser hold what this " +
  'configuration leaves out.';

/**
 * Reads a window that TikTok cut (header `X-Tt-Ads-Throttle`: too many ads in scope) by slices of campaigns, smaller
 * ones when a slice is cut again. A cut report is never accepted as whole.
 *
 * @param options.cutKeys the keys of the rows of the cut report; each must come again
 * @param options.onSlice takes each slice as it is done, for a day too large for memory; the result then has no records
 * @throws WindowError when a campaign alone is cut, or when rows of the cut report are missing from the slices
 */
export async function readInSlices(
  report: AdvertiserReport,
  options: MemoryLimits & {
    readonly window: DayRange;
    readonly cutKeys: ReadonlySet<string>;
    readonly onSlice?: (records: ReportRecord[]) => Promise<void>;
  },
  signal: AbortSignal,
): Promise<WindowResult> {
  const { window, reservation, rowLimit, settledThrough, onSlice } = options;
  const days = countDays(window);
  if (!report.isSliceable) return cutWhole(days);
  const records = new Map<string, ReportRecord>();
  const missing = new Set(options.cutKeys);
  const asked = new Set<string>();
  const warnings: string[] = [];
  const sums = new DailySums();
  const figures = await report.advertiserFigures(window, signal);

  for (const refresh of [false, true]) {
    const ids = (await report.campaignIds(signal, { refresh })).filter((id) => !asked.has(id));
    for (const id of ids) asked.add(id);
    const slices = new SliceQueue(ids, report);
    while (slices.hasMore) {
      const batch = slices.take(SLICES_AT_ONCE);
      const outcomes = await allOrNone(batch, signal, (campaignIds, batchSignal) =>
        readSlice(report, { ...options, campaignIds }, batchSignal),
      );
      for (const [index, outcome] of outcomes.entries()) {
        const slice = batch[index] as readonly string[];
        if (outcome.kind === 'too_many_rows') return tooManyRows(outcome.rows, days, rowLimit);
        if (outcome.kind === 'rejected')
          return { kind: 'split', days: Math.ceil(days / 2), lasting: false, why: outcome.why };
        if (outcome.kind === 'cut' && slice.length === 1) throw cutAlone(slice, outcome.truncation);
        if (outcome.kind !== 'whole') {
          slices.giveBackHalved(slice);
          continue;
        }
        for (const record of outcome.records) {
          missing.delete(record.key);
          if (!onSlice) records.set(record.key, record);
        }
        warnings.push(...outcome.warnings);
        sums.addAll(outcome.sums);
        await onSlice?.(outcome.records);
      }
      if (records.size > rowLimit && days > 1) return splitByRows(records.size, days, rowLimit);
      if (records.size > rowLimit) return { kind: 'too_many_rows' };
      await reservation.ensure(records.size, signal);
    }
    if (missing.size === 0) {
      const difference = figures && differenceFromAdvertiser(sums, figures, settledThrough);
      if (difference !== undefined) warnings.push(difference);
      if (!figures && report.reconciles) warnings.push(NOT_COMPARED);
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

/** Slices still to be read, none larger than the advertiser's present slice size. */
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

/** A report that cannot be sliced by campaigns: fewer days have fewer ads in scope. */
function cutWhole(days: number): WindowResult {
  const why = 'TikTok cut the report, which cannot be asked for in parts';
  if (days > 1) return { kind: 'split', days: Math.ceil(days / 2), lasting: true, why };
  throw new WindowError(
    `${why}. Nothing of this day was kept.`,
    'The advertiser has more ads than TikTok reports at once at this level. Read it by campaign, ad group or ad instead.',
  );
}

function cutAlone([campaignId]: readonly string[], truncation: string): WindowError {
  return new WindowError(
    `TikTok cuts the report of campaign ${campaignId} even alone (“${truncation}”). Nothing of this window was kept.`,
    'The campaign has more ads than TikTok reports at once. Split it in TikTok Ads Manager, or exclude this ' +
      'advertiser (exclude_advertiser_ids) to read the others.',
  );
}

/** Reads one slice; `too_much` where TikTok has no time for it, or finds it too large, and fewer campaigns can be asked for. */
async function readSlice(
  report: AdvertiserReport,
  options: Parameters<typeof readInSlices>[1] & { readonly campaignIds: readonly string[] },
  signal: AbortSignal,
): Promise<Exclude<ReportOutcome, { kind: 'again' }> | { readonly kind: 'too_much' }> {
  const { window, campaignIds } = options;
  const isDay = countDays(window) === 1;
  const readings = new Readings(window, report);
  // Rows that were sent cannot be taken back.
  const pages = options.onSlice ? patientPages : furtherPages;
  const ask = (pageNumbers: readonly number[]) => pages(report, { window, campaignIds }, pageNumbers, signal);
  const first = async () => (await ask([1]))[0] as RecordPage;
  for (;;) {
    const outcome = await readOnce(report, readings, options, { first, further: ask }).catch((error: unknown) => {
      // Several days are split first, by the window's own reading.
      if (isDay && campaignIds.length > 1 && isTooMuch(error)) return { kind: 'too_much' } as const;
      throw error;
    });
    if (outcome.kind === 'again') continue;
    if (outcome.kind !== 'rejected' || !isDay) return outcome;
    throw readings.failure({ subject: 'TikTok cut the report, and its slices', fate: 'Nothing of this day was kept.' });
  }
}

function tooManyRows(rows: number, days: number, rowLimit: number): WindowResult {
  if (days > 1) return splitByRows(rows, days, rowLimit);
  throw new WindowError(
    `TikTok cut the report, and one slice of its campaigns still has ${rows} rows on one day, too many to be checked.`,
    'Report this with its text: a slice of campaigns should have far fewer rows.',
  );
}
