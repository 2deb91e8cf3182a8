import type { ReportRecord, Slicing } from '../../streams/stream.ts';
import { REPORT_PAGE_SIZE, type ReportSlice } from '../../tiktok/endpoints/report.ts';
import type { TikTokError } from '../../tiktok/errors.ts';
import { countDays, type DayRange } from '../days.ts';
import { COMPARED_METRICS, differenceFromAdvertiser, type Reading, Readings, type RecordPage } from './acceptance.ts';
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

/** Slices asked for at once: enough to use the quota, and few enough that after a cut most slices are already smaller. */
const SLICES_AT_ONCE = 8;

/** Rows that the slices asked for at once may bring together, as far as those before them tell. */
const ROWS_AT_ONCE = 4 * REPORT_PAGE_SIZE;

const NOT_COMPARED =
  "not held against TikTok's own totals: TikTok cut this report, and those of the whole advertiser hold what this " +
  'configuration leaves out.';

const UNSLICED =
  'TikTok cut this report, so it was read in slices, and no slice has its rows with the id 0 or -1. They are those ' +
  'of the report that was cut: their figures may be too low.';

/**
 * Reads a window that TikTok cut (header `X-Tt-Ads-Throttle`: too many ads in scope) by slices of campaigns, smaller
 * ones when a slice is cut again, and a campaign that is cut alone by slices of its ad groups. A cut report is never
 * accepted as whole.
 *
 * A row that belongs to no campaign can come in no slice: it is taken from the cut report, with a warning.
 *
 * @param options.cut the reading that TikTok cut; each key of its rows must come again
 * @param options.onSlice takes each slice as it is done, for a day too large for memory; the result then has no records
 * @throws WindowError when the smallest slice is cut, or when rows of a cut report are missing from the slices
 */
export async function readInSlices(
  report: AdvertiserReport,
  options: MemoryLimits & {
    readonly window: DayRange;
    readonly cut: Reading;
    readonly onSlice?: (records: ReportRecord[]) => Promise<void>;
  },
  signal: AbortSignal,
): Promise<WindowResult> {
  const { window, cut, reservation, rowLimit, settledThrough, onSlice } = options;
  const days = countDays(window);
  if (!report.slicing) return cutWhole(days);
  const records = new Map<string, ReportRecord>();
  const missing = new Set(cut.keys);
  const unassigned = [...cut.unassigned];
  const warnings: string[] = [];
  const sums = new DailySums();
  const figures = await report.advertiserFigures(window, signal);
  const slices = new SliceQueue(report, report.slicing, signal);

  for (const refresh of [false, true]) {
    await slices.list({ refresh });
    let largest = ROWS_AT_ONCE;
    while (slices.hasMore) {
      const batch = slices.take(Math.max(1, Math.min(SLICES_AT_ONCE, Math.floor(ROWS_AT_ONCE / largest))));
      const outcomes = await allOrNone(batch, signal, (slice, batchSignal) =>
        readSlice(report, { ...options, slice, rowsHeld: records.size }, batchSignal),
      );
      largest = 1;
      for (const [index, outcome] of outcomes.entries()) {
        const slice = batch[index] as ReportSlice;
        largest = Math.max(largest, rowsOf(outcome));
        if (outcome.kind === 'too_many_rows' && days > 1) return splitByRows(outcome.rows, days, rowLimit);
        if (outcome.kind === 'rejected')
          return { kind: 'split', days: Math.ceil(days / 2), lasting: false, why: outcome.why };
        if (outcome.kind !== 'whole') {
          if (outcome.kind === 'cut') {
            for (const key of outcome.reading.keys) missing.add(key);
            // Put first: this slice is smaller than the whole report, so TikTok cut less of its row.
            unassigned.unshift(...outcome.reading.unassigned);
          }
          if (await slices.divide(slice)) continue;
          throw undividable(slice, outcome);
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
    const unsliced = unassigned.filter(({ record: { key } }) => missing.delete(key));
    if (unsliced.length > 0) warnings.push(UNSLICED);
    for (const { day, metrics } of unsliced) {
      for (const metric of COMPARED_METRICS) sums.add(day, metric, metrics[metric]);
    }
    const rest = unsliced.map(({ record }) => record);
    if (!onSlice) for (const record of rest) records.set(record.key, record);
    else if (rest.length > 0) await onSlice(rest);
    if (missing.size === 0) {
      const difference = figures && differenceFromAdvertiser(sums, figures, settledThrough);
      if (difference !== undefined) warnings.push(difference);
      if (!figures && report.reconciles) warnings.push(NOT_COMPARED);
      return { kind: 'rows', records: sorted(records.values()), warnings };
    }
    // A campaign or an ad group is newer than the lists, so they are asked for once more.
  }
  const [one = ''] = missing;
  throw new WindowError(
    `TikTok cut the report, and ${missing.size} of its rows came in no slice of campaigns, that of ` +
      `${one.slice(10)} on ${one.slice(0, 10)} among them. Nothing of this window was kept.`,
    'Run again; if it stays so, report it with this message: the list of campaigns that TikTok gives is not whole.',
  );
}

/** Slices still to be read: ad groups of campaigns that are too large alone, then campaigns, as many as a slice may have now. */
class SliceQueue {
  readonly #report: AdvertiserReport;
  readonly #slicing: Slicing;
  readonly #signal: AbortSignal;
  /** Not asked for yet. */
  readonly #campaignIds: string[] = [];
  readonly #ofAdgroups: ReportSlice[] = [];
  /** What was listed, by its kind. */
  readonly #campaigns = new Set<string>();
  readonly #adgroups = new Map<string, Set<string>>();

  constructor(report: AdvertiserReport, slicing: Slicing, signal: AbortSignal) {
    this.#report = report;
    this.#slicing = slicing;
    this.#signal = signal;
  }

  get hasMore(): boolean {
    return this.#ofAdgroups.length > 0 || this.#campaignIds.length > 0;
  }

  /** Adds the campaigns, and the ad groups of those that were divided, that were not listed before. */
  async list({ refresh }: { readonly refresh: boolean }): Promise<void> {
    for (const campaignId of this.#adgroups.keys()) await this.#listAdgroups(campaignId);
    for (const id of await this.#report.campaignIds(this.#signal, { refresh })) {
      if (this.#campaigns.has(id)) continue;
      this.#campaigns.add(id);
      if (!(this.#report.cutAlone.has(id) && (await this.#listAdgroups(id)))) this.#campaignIds.push(id);
    }
  }

  take(count: number): readonly ReportSlice[] {
    const slices = this.#ofAdgroups.splice(0, count);
    while (slices.length < count && this.#campaignIds.length > 0)
      slices.push({ campaignIds: this.#campaignIds.splice(0, this.#report.sliceSize) });
    return slices;
  }

  /** Puts a slice back in smaller ones; false when it has no parts that could be asked for. */
  async divide({ campaignIds, adgroupIds }: ReportSlice): Promise<boolean> {
    const [campaignId = ''] = campaignIds;
    if (campaignIds.length > 1) {
      this.#report.sliceSize = Math.min(this.#report.sliceSize, Math.ceil(campaignIds.length / 2));
      this.#campaignIds.push(...campaignIds);
      return true;
    }
    if (!adgroupIds) {
      // This campaign alone made its slices too large; the others can have full slices again.
      this.#report.cutAlone.add(campaignId);
      this.#report.sliceSize = this.#slicing.campaignsMax;
      return await this.#listAdgroups(campaignId);
    }
    if (adgroupIds.length > 1) this.#addAdgroups(campaignId, adgroupIds, Math.ceil(adgroupIds.length / 2));
    return adgroupIds.length > 1;
  }

  /** Adds the ad groups of a campaign that were not listed before; false when there are none. */
  async #listAdgroups(campaignId: string): Promise<boolean> {
    const { adgroupsMax } = this.#slicing;
    if (adgroupsMax === undefined) return false;
    const listed = this.#adgroups.get(campaignId) ?? new Set();
    this.#adgroups.set(campaignId, listed);
    const ids = (await this.#report.adgroupIds(campaignId, this.#signal)).filter((id) => !listed.has(id));
    for (const id of ids) listed.add(id);
    this.#addAdgroups(campaignId, ids, adgroupsMax);
    return ids.length > 0;
  }

  #addAdgroups(campaignId: string, ids: readonly string[], size: number): void {
    for (let at = 0; at < ids.length; at += size)
      this.#ofAdgroups.push({ campaignIds: [campaignId], adgroupIds: ids.slice(at, at + size) });
  }
}

/** A report that cannot be sliced by campaigns is split by days: fewer days have fewer ads in scope. */
function cutWhole(days: number): WindowResult {
  const why = 'TikTok cut the report, which cannot be asked for in parts';
  if (days > 1) return { kind: 'split', days: Math.ceil(days / 2), lasting: true, why };
  throw new WindowError(
    `${why}. Nothing of this day was kept.`,
    'The advertiser has more ads than TikTok reports at once at this level. Read it by campaign, ad group or ad instead.',
  );
}

/** Why a slice that has no parts cannot be read. */
function undividable(slice: ReportSlice, outcome: Exclude<SliceOutcome, { kind: 'whole' | 'rejected' }>): Error {
  if (outcome.kind === 'too_much') return outcome.error;
  return outcome.kind === 'cut' ? cutAlone(slice, outcome.truncation) : tooManyRows(outcome.rows);
}

function cutAlone({ campaignIds, adgroupIds }: ReportSlice, truncation: string): WindowError {
  const what = adgroupIds ? `ad group ${adgroupIds} of campaign ${campaignIds}` : `campaign ${campaignIds}`;
  const smaller = adgroupIds ? 'Split it' : 'Read it by ad group or ad, which come in smaller parts, or split it';
  return new WindowError(
    `TikTok cuts the report of ${what} even alone. Nothing of this window was kept.`,
    `It has more ads than TikTok reports at once. ${smaller} in TikTok Ads Manager, or exclude this advertiser ` +
      '(exclude_advertiser_ids) to read the others.',
    `TikTok said: “${truncation}”.`,
  );
}

/** `too_much`: TikTok has no time for it, or finds it too large. */
type SliceOutcome =
  | Exclude<ReportOutcome, { kind: 'again' }>
  | { readonly kind: 'too_much'; readonly error: TikTokError };

function rowsOf(outcome: SliceOutcome): number {
  if (outcome.kind === 'whole') return outcome.records.length;
  if (outcome.kind === 'too_many_rows') return outcome.rows;
  return outcome.kind === 'cut' ? outcome.reading.keys.size : 0;
}

/** Reads one slice. */
async function readSlice(
  report: AdvertiserReport,
  options: Parameters<typeof readInSlices>[1] & { readonly slice: ReportSlice; readonly rowsHeld: number },
  signal: AbortSignal,
): Promise<SliceOutcome> {
  const { window, slice, reservation, rowLimit, rowsHeld } = options;
  const isDay = countDays(window) === 1;
  const readings = new Readings(window, report);
  // Rows that were sent cannot be taken back.
  const pages = options.onSlice ? patientPages : furtherPages;
  const ask = (pageNumbers: readonly number[]) => pages(report, { window, slice }, pageNumbers, signal);
  const first = async () => {
    const [page] = (await ask([1])) as [RecordPage];
    if (page.totalNumber <= rowLimit) await reservation.ensure(rowsHeld + page.totalNumber, signal);
    return page;
  };
  for (;;) {
    const outcome = await readOnce(report, readings, options, { first, further: ask }).catch((error: unknown) => {
      // Several days are split first, by the window's own reading.
      if (isDay && isTooMuch(error)) return { kind: 'too_much', error } as const;
      throw error;
    });
    if (outcome.kind === 'again') continue;
    if (outcome.kind !== 'rejected' || !isDay) return outcome;
    throw readings.failure({ subject: 'TikTok cut the report, and its slices', fate: 'Nothing of this day was kept.' });
  }
}

function tooManyRows(rows: number): WindowError {
  return new WindowError(
    `TikTok cut the report, and one slice of its campaigns still has ${rows} rows on one day, too many to be checked.`,
    'Report this with its text: a slice of campaigns should have far fewer rows.',
  );
}
