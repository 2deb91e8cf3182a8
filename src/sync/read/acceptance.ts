import type { RecordPage } from './pages.ts';
import { WindowError } from './window-result.ts';

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

  /** @param options.settled the figures of these days no longer move by themselves */
  constructor({ settled }: { readonly settled: boolean }) {
    this.#settled = settled;
  }

  /** Takes the next page; false when it shows that the reading cannot be trusted. */
  add(page: RecordPage): boolean {
    this.#first ??= page;
    this.truncation ??= page.truncation;
    this.#rows += page.records.length;
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
