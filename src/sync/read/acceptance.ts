import { createHash } from 'node:crypto';
import type { ReportRecord } from '../../streams/stream.ts';
import type { Day, DayRange } from '../days.ts';
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

/** Why a reading cannot be trusted. */
export interface Flaw {
  readonly text: string;
  /** Each row is right by itself; only what TikTok counts is not what it sends. */
  readonly ofCounts: boolean;
}

export interface ReadingOptions {
  /** The figures of these days no longer move by themselves. */
  readonly settled: boolean;
  /** The rows are to be held against TikTok's own totals. */
  readonly reconciles: boolean;
}

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
  /** The additive metrics of all rows so far, as far as the pages have them added up. */
  readonly sums = new DailySums();
  /** TikTok's words when it cut the report: the rows are a part of it. */
  truncation: string | undefined;
  readonly #options: ReadingOptions;
  #first: RecordPage | undefined;
  #rows = 0;
  #flaw: Flaw | undefined;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** Takes the next page; false when its rows cannot be used, and no further page need be asked for. */
  add(page: RecordPage): boolean {
    this.#first ??= page;
    this.truncation ??= page.truncation;
    this.#rows += page.records.length;
    if (page.misplaced !== undefined) {
      this.#flaw = { text: `TikTok sent ${page.misplaced}`, ofCounts: false };
      return false;
    }
    if (page.sums) this.sums.addAll(page.sums);
    const known = this.keys.size;
    for (const { key } of page.records) this.keys.add(key);
    this.#note(differenceOf(this.#first, page, this.#options.settled));
    if (this.keys.size > known || page.totalNumber === 0) return true;
    // What is counted may have no end.
    this.#note(`TikTok counted ${page.totalNumber} rows and sent a page without new ones after ${known}`);
    return false;
  }

  /** What is wrong with the reading now that all its pages are in; undefined: it is whole. */
  get flaw(): Flaw | undefined {
    const total = this.#first?.totalNumber;
    if (this.keys.size !== total || this.#rows !== total)
      this.#note(`TikTok counted ${total} rows and sent ${this.#rows}, ${this.keys.size} of them different`);
    return this.#flaw;
  }

  /** Where the rows do not add up to TikTok's own totals; undefined where they do, and where nobody asked. */
  get difference(): string | undefined {
    if (!this.#options.reconciles) return undefined;
    for (const [metric, sum] of this.sums.totals()) {
      const total = this.#first?.totals?.[metric];
      if (total !== undefined && total !== '-' && sum.compare(total) !== 0)
        return `the rows add up to ${metric} ${sum}, TikTok's own total is ${total}`;
    }
    return undefined;
  }

  /** The same for the same rows. */
  fingerprint(): string {
    return createHash('sha256')
      .update([...this.keys].sort().join())
      .digest('hex');
  }

  /** The first flaw counts. */
  #note(text: string | undefined): void {
    if (text !== undefined) this.#flaw ??= { text, ofCounts: true };
  }
}

/** What TikTok says on one page and says otherwise on another. */
function differenceOf(first: RecordPage, page: RecordPage, settled: boolean): string | undefined {
  if (page.totalNumber !== first.totalNumber)
    return `TikTok counted ${first.totalNumber} rows on one page, ${page.totalNumber} on another`;
  for (const metric of settled ? COMPARED_METRICS : []) {
    const [before, now] = [first.totals?.[metric], page.totals?.[metric]];
    if (before !== now && before !== undefined && now !== undefined)
      return `TikTok's total of ${metric} was ${before} on one page, ${now} on another`;
  }
  return undefined;
}

/** What is to be done after a reading. */
export type Judgement =
  | { readonly kind: 'accept'; readonly warnings: readonly string[] }
  | { readonly kind: 'again'; readonly why: string }
  | { readonly kind: 'reject'; readonly why: string };

/**
 * The readings of the same days, one after the other, and what is to be done after each.
 *
 * Several days are read twice, for they can be split; a single day is read three times. Where the operator wants it, a
 * day whose readings all bring the same rows is then taken although TikTok counts others.
 */
export class Readings {
  readonly #window: DayRange;
  readonly #acceptsInconsistent: boolean;
  readonly #fingerprints = new Set<string>();
  #count = 0;
  #flaw: Flaw | undefined;

  constructor(window: DayRange, { acceptsInconsistent }: { readonly acceptsInconsistent: boolean }) {
    this.#window = window;
    this.#acceptsInconsistent = acceptsInconsistent && window.from === window.to;
  }

  judge(reading: Reading): Judgement {
    const { flaw } = reading;
    const why = flaw?.text ?? reading.difference;
    if (why === undefined) return { kind: 'accept', warnings: [] };
    this.#count += 1;
    this.#flaw = flaw;
    if (this.#acceptsInconsistent) this.#fingerprints.add(flaw?.ofCounts === false ? '' : reading.fingerprint());
    if (this.#count < (this.#window.from === this.#window.to ? 3 : 2)) return { kind: 'again', why };
    // Rows that are whole and differ from a total only are loaded in any case.
    if (!flaw) return { kind: 'accept', warnings: [why] };
    if (!this.#acceptsInconsistent || !flaw.ofCounts || this.#fingerprints.size > 1) return { kind: 'reject', why };
    const same = `All ${this.#count} readings brought the same rows, which were loaded (inconsistent_reports: warn).`;
    return { kind: 'accept', warnings: [`${why}. ${same}`] };
  }

  /**
   * The failure of a single day that was rejected.
   *
   * @param options.fate what became of its rows, a sentence
   */
  failure({ subject = 'The report', fate }: { readonly subject?: string; readonly fate: string }): WindowError {
    const mayAccept = this.#flaw?.ofCounts && !this.#acceptsInconsistent;
    return new WindowError(
      `${subject} never added up in ${this.#count} readings: ${this.#flaw?.text}. ${fate}`,
      `Run again later. ${mayAccept ? 'If it stays so, set inconsistent_reports to warn: then the rows are taken once every reading brings the same. ' : ''}` +
        `To go on without this day, set start_date to the day after ${this.#window.to}.`,
    );
  }
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
