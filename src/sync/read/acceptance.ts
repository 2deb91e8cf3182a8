import type { ReportRecord } from '../../streams/daily-report.ts';
import type { Day } from '../days.ts';
import { DailySums } from './decimal-sum.ts';
import { WindowError } from './window-result.ts';

/** One page of a report, as records. */
export interface RecordPage {
  readonly records: readonly ReportRecord[];
  /** Rows of the whole report, as TikTok counts them on this page. */
  readonly totalNumber: number;
  /** TikTok's words when it cut the report. */
  readonly truncation?: string;
  /** TikTok's own sums over the whole report. */
  readonly totals?: Readonly<Record<string, string>>;
  /** The additive metrics of this page's rows, added up; only when reconciling, and of slices. */
  readonly sums?: DailySums;
  /** The answer holds a row that belongs elsewhere or nowhere. */
  readonly misplaced?: string;
}

/** Figures that stay as they are once a day is settled; conversions come in for weeks. */
export const COMPARED_METRICS = ['spend', 'impressions', 'clicks'] as const;

/**
 * The pages of one reading of a report, held against each other.
 *
 * TikTok's pages are no snapshot. A reading is whole when its rows are all different, belong where they were asked for,
 * and are as many as every page says. Where a row goes and another comes the count stays, but not the totals: they are
 * compared too, on days that are settled.
 */
export class Reading {
  /** The keys of all rows so far. */
  readonly keys = new Set<string>();
  /** TikTok's words when it cut the report: the rows are a part of it. */
  truncation: string | undefined;
  /** Why this reading cannot be trusted, as far as single pages show it. */
  flaw: string | undefined;
  readonly #settled: boolean;
  #first: RecordPage | undefined;
  #rows = 0;
  /** The additive metrics of all rows, as far as the pages have them added up. */
  readonly sums = new DailySums();

  /** @param options.settled the figures of these days no longer move by themselves */
  constructor({ settled }: { readonly settled: boolean }) {
    this.#settled = settled;
  }

  /** Takes the next page; false when it shows that the reading cannot be trusted. */
  add(page: RecordPage): boolean {
    this.#first ??= page;
    this.truncation ??= page.truncation;
    this.#rows += page.records.length;
    if (page.sums) this.sums.addAll(page.sums);
    const known = this.keys.size;
    for (const { key } of page.records) this.keys.add(key);
    const flaw =
      differenceOf(this.#first, page, this.#settled) ??
      (this.keys.size === known ? withoutEnd(page, known) : undefined);
    this.flaw ??= flaw;
    return flaw === undefined;
  }

  /** The flaw of the reading when all its pages are in; undefined: it is whole. */
  get verdict(): string | undefined {
    const total = this.#first?.totalNumber;
    if (this.flaw !== undefined || (this.keys.size === total && this.#rows === total)) return this.flaw;
    return `TikTok counted ${total} rows and sent ${this.#rows}, ${this.keys.size} of them different`;
  }
}

/** What is wrong with a page, beside the first. */
function differenceOf(first: RecordPage, page: RecordPage, settled: boolean): string | undefined {
  if (page.misplaced !== undefined) return `TikTok sent ${page.misplaced}`;
  if (page.totalNumber !== first.totalNumber)
    return `TikTok counted ${first.totalNumber} rows on one page, ${page.totalNumber} on another`;
  for (const metric of settled ? COMPARED_METRICS : []) {
    const [before, now] = [first.totals?.[metric], page.totals?.[metric]];
    if (before !== now && before !== undefined && now !== undefined)
      return `TikTok's total of ${metric} was ${before} on one page, ${now} on another`;
  }
  return undefined;
}

/** What is counted may have no end: a page that brings nothing new is the last to be asked for. */
function withoutEnd({ totalNumber }: RecordPage, known: number): string | undefined {
  return totalNumber > 0
    ? `TikTok counted ${totalNumber} rows and sent a page without new ones after ${known}`
    : undefined;
}

/**
 * What a warning says of a report that was put together from slices, where its rows are not what TikTok has for the
 * advertiser as a whole; nothing where they are.
 *
 * @param figures asked for before the slices, so that figures that still move can only have grown since
 */
export function differenceFromAdvertiser(
  rows: DailySums,
  figures: ReadonlyMap<Day, Readonly<Record<string, string | null>>>,
  settledThrough: Day,
): string | undefined {
  const differences = [...new Set([...figures.keys(), ...rows.days])].sort().flatMap((day) => {
    const ofDay = figures.get(day) ?? {};
    const metric = COMPARED_METRICS.find((name) => {
      const figure = figures.has(day) ? ofDay[name] : '0';
      if (figure === undefined || figure === null || figure === '-') return false;
      const order = rows.of(day, name).compare(figure);
      return day <= settledThrough ? order !== 0 : order < 0;
    });
    return metric === undefined ? [] : [{ day, metric, figure: ofDay[metric] ?? '0' }];
  });
  const [first] = differences;
  if (!first) return undefined;
  const more = differences.length - 1;
  return (
    `on ${first.day}: ${first.metric} is ${rows.of(first.day, first.metric)} in the rows that TikTok gave by campaign, because it ` +
    `cut this report, and ${first.figure} for the advertiser as a whole${more > 0 ? `; so for ${more} more day${more > 1 ? 's' : ''}` : ''}. ` +
    'TikTok may not list all campaigns, or the advertiser has reservation ads, which are not in this table. ' +
    'The rows were loaded; compare the day in TikTok Ads Manager.'
  );
}

/**
 * The failure of a day that no reading brought whole.
 *
 * @param options.fate what became of its rows, a sentence
 */
export function neverAddedUp(options: {
  readonly subject?: string;
  readonly readings: number;
  readonly flaw: string;
  readonly fate: string;
  readonly day: string;
}): WindowError {
  const { subject = 'The report', readings, flaw, fate, day } = options;
  return new WindowError(
    `${subject} never added up in ${readings} readings: ${flaw}. ${fate}`,
    `Run again later. To go on without it, set start_date to the day after ${day}.`,
  );
}
