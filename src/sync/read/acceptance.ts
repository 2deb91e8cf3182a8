import type { RecordPage } from './pages.ts';
import { WindowError } from './window-result.ts';

/**
 * The pages of one reading of a report, held against each other.
 *
 * TikTok's pages are no snapshot. A reading is whole when its rows are all different, belong where they were asked for,
 * and are as many as every page says.
 */
export class Reading {
  /** The keys of all rows so far. */
  readonly keys = new Set<string>();
  /** TikTok's words when it cut the report: the rows are a part of it. */
  truncation: string | undefined;
  /** Why this reading cannot be trusted, as far as single pages show it. */
  flaw: string | undefined;
  #total: number | undefined;
  #rows = 0;

  /** Takes the next page; false when it shows that the reading cannot be trusted. */
  add(page: RecordPage): boolean {
    const total = this.#total ?? page.totalNumber;
    this.#total = total;
    this.truncation ??= page.truncation;
    this.#rows += page.records.length;
    const known = this.keys.size;
    for (const { key } of page.records) this.keys.add(key);
    const flaw = flawOf(page, total, known, this.keys.size);
    this.flaw ??= flaw;
    return flaw === undefined;
  }

  /** The flaw of the reading when all its pages are in; undefined: it is whole. */
  get verdict(): string | undefined {
    if (this.flaw !== undefined || (this.keys.size === this.#total && this.#rows === this.#total)) return this.flaw;
    return `TikTok counted ${this.#total} rows and sent ${this.#rows}, ${this.keys.size} of them different`;
  }
}

function flawOf(
  { totalNumber, misplaced }: RecordPage,
  total: number,
  known: number,
  knownNow: number,
): string | undefined {
  if (totalNumber !== total) return `TikTok counted ${total} rows on one page, ${totalNumber} on another`;
  if (misplaced !== undefined) return `TikTok sent ${misplaced}`;
  // What is counted may have no end: a page that brings nothing new is the last to be asked for.
  if (total > 0 && known === knownNow)
    return `TikTok counted ${total} rows and sent a page without new ones after ${known}`;
  return undefined;
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
