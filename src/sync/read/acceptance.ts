import { sha256 } from '../../config/sha256.ts';
import type { ReportRecord } from '../../streams/stream.ts';
import type { ReportRow } from '../../tiktok/endpoints/report.ts';
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
  /** The answer has a row of another day, or one without its day or id: what it is. */
  readonly misplaced?: string;
  readonly unassigned: readonly UnassignedRow[];
}

/** A row that belongs to no object of the account, so that no slice of campaigns can ask for it. */
export interface UnassignedRow {
  readonly record: ReportRecord;
  readonly day: Day;
  /** What TikTok writes for the object, `0` or `-1`. */
  readonly id: string;
  readonly metrics: ReportRow['metrics'];
}

/** Figures that no longer change once a day is settled; conversions arrive for weeks. */
export const COMPARED_METRICS = ['spend', 'impressions', 'clicks'] as const;

/** Why a reading cannot be trusted. */
export interface Flaw {
  readonly text: string;
  /** Each row is right; only TikTok's counts or totals differ from the rows. */
  readonly ofCounts: boolean;
}

export interface ReadingOptions {
  /** The figures of these days no longer move by themselves. */
  readonly settled: boolean;
  /** Compare the rows with TikTok's own totals. */
  readonly reconciles: boolean;
}

/**
 * The pages of one reading of a report, compared with each other.
 *
 * TikTok's pages are not a snapshot. A reading is whole when its rows are all different, are of the days that were asked
 * for, and are as many as every page says. When one row disappears and another appears, the count stays but the totals
 * change, so they are compared too, for days that are settled.
 */
export class Reading {
  /** The keys of all rows so far. */
  readonly keys = new Set<string>();
  /** The additive metrics of all rows so far, as far as the pages have them added up. */
  readonly sums = new DailySums();
  readonly unassigned: UnassignedRow[] = [];
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
    this.unassigned.push(...page.unassigned);
    const known = this.keys.size;
    for (const { key } of page.records) this.keys.add(key);
    this.#note(differenceOf(this.#first, page, this.#options.settled));
    if (this.keys.size > known || page.totalNumber === 0) return true;
    // TikTok's count may be far too high.
    this.#note(`TikTok counted ${page.totalNumber} rows and sent a page without new ones after ${known}`);
    return false;
  }

  /** What is wrong with the reading after its last page; undefined: it is whole. */
  get flaw(): Flaw | undefined {
    const total = this.#first?.totalNumber;
    if (this.keys.size !== total || this.#rows !== total)
      this.#note(`TikTok counted ${total} rows and sent ${this.#rows}, ${this.keys.size} of them different`);
    return this.#flaw;
  }

  /** How the rows differ from TikTok's own totals; undefined when they do not, or are not compared. */
  get difference(): string | undefined {
    if (!this.#options.reconciles) return undefined;
    for (const [metric, sum] of this.sums.totals()) {
      const total = this.#first?.totals?.[metric];
      if (total !== undefined && total !== '-' && sum.compare(total) !== 0)
        return `the rows add up to ${metric} ${sum}, TikTok's own total is ${total}`;
    }
    return undefined;
  }

  /** Equal for readings with the same rows. */
  fingerprint(): string {
    return sha256([...this.keys].sort().join()).toString('hex');
  }

  /** Only the first flaw counts. */
  #note(text: string | undefined): void {
    if (text !== undefined) this.#flaw ??= { text, ofCounts: true };
  }
}

/** Where a page contradicts the first one. */
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

/** What to do after a reading. */
export type Judgement =
  | { readonly kind: 'accept'; readonly warnings: readonly string[] }
  | { readonly kind: 'again'; readonly why: string }
  | { readonly kind: 'reject'; readonly why: string };

/**
 * The readings of the same days, one after the other. Decides what to do after each.
 *
 * Several days are read twice, because they can be split; a single day is read three times. If the operator wants it, a
 * day is then accepted when all readings have the same rows, even if TikTok counts others.
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
    // When the rows are whole and only differ from a total, they are loaded in any case.
    if (!flaw) return { kind: 'accept', warnings: [why] };
    if (!this.#acceptsInconsistent || !flaw.ofCounts || this.#fingerprints.size > 1) return { kind: 'reject', why };
    const same = `All ${this.#count} readings brought the same rows, which were loaded (inconsistent_reports: warn).`;
    return { kind: 'accept', warnings: [`${why}. ${same}`] };
  }

  /**
   * The failure of a single day that was rejected.
   *
   * @param options.fate what happened to its rows, a sentence
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
 * The warning for a report that was read in slices when its rows differ from TikTok's figures for the whole advertiser;
 * undefined when they do not.
 *
 * @param figures asked for before the slices, so figures that still change can only have grown since
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
