import type { RowBudget } from './row-budget.ts';

/**
 * The rows that one window holds of the budget, from before its first page until its last record is out.
 *
 * The windows of an advertiser are sent in order, so a window that is read ahead holds its rows until the earlier ones
 * were sent. Further pages are therefore reserved in the same order: a window waits until the one before it has all it
 * needs. A window that had all its rows once never waits for rows again, because the windows that hold them may be waiting
 * for it. It takes what it gave back at once, and the next window to ask waits until the share is positive again.
 */
export class Reservation {
  /** For the request of a first page: while it waits for another attempt, other windows can have its rows. */
  readonly ofFirstPage = { onPause: () => this.pause(), onResume: () => this.#resume() };
  readonly #budget: RowBudget;
  readonly #before: Reservation | undefined;
  readonly #complete: Promise<void>;
  #firstPageRows = 0;
  #first = 0;
  #rest = 0;
  #isComplete = false;
  #markComplete: () => void = () => {};

  constructor(budget: RowBudget, before: Reservation | undefined) {
    this.#budget = budget;
    this.#before = before;
    this.#complete = new Promise((resolve) => {
      this.#markComplete = resolve;
    });
  }

  /** Waits until there is room for the first page, which is likely to have so many rows. */
  async takeFirstPage(rows: number | (() => number), signal: AbortSignal): Promise<void> {
    this.#firstPageRows = await this.#budget.first.take(rows, signal);
    this.#first = this.#firstPageRows;
  }

  /** Waits until `rows` in all are reserved. */
  async ensure(rows: number, signal: AbortSignal): Promise<void> {
    const missing = rows - this.#first - this.#rest;
    if (missing > 0 && this.#isComplete) {
      this.#budget.rest.takeNow(missing);
      this.#rest += missing;
    } else if (missing > 0) {
      if (this.#before) await this.#before.#complete;
      this.#rest += await this.#budget.rest.take(missing, signal);
    }
    this.#end();
  }

  /** The first page has arrived with so many rows: they replace the guess. */
  arrived(rows: number): void {
    if (this.#isComplete) return;
    if (rows > this.#first) this.#budget.first.takeNow(rows - this.#first);
    else this.#budget.first.give(this.#first - rows);
    this.#first = rows;
  }

  /** Gives all rows back for now: nothing of the window is in memory. */
  pause(): void {
    this.#budget.first.give(this.#first);
    this.#budget.rest.give(this.#rest);
    this.#first = 0;
    this.#rest = 0;
  }

  /** Gives all rows back for good. */
  release(): void {
    this.pause();
    this.#end();
  }

  #resume(): void {
    this.#budget.first.takeNow(this.#firstPageRows);
    this.#first = this.#firstPageRows;
  }

  #end(): void {
    this.#isComplete = true;
    this.#markComplete();
  }
}
