import type { RowBudget } from './row-budget.ts';

/**
 * The rows that one window holds of the budget, from before its first page until its last record is out.
 *
 * Windows of an advertiser leave in order, and a later one that is read ahead holds rows until the earlier ones are
 * out. So further pages are reserved in that same order: a window waits until the one before it has all it needs. And
 * a window that was let in once never waits for rows again, those that it would wait for may be waiting for it: what it
 * gave back it takes again at once, and who comes next waits until the debt is paid.
 */
export class Reservation {
  /** For the request of a first page: while it waits for another attempt its rows are free for others. */
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

  /** Waits for room for the first page, which is likely to bring so many rows. */
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

  /** A first page is here, with so many rows: what was guessed for it is put right. */
  arrived(rows: number): void {
    if (this.#isComplete) return;
    if (rows > this.#first) this.#budget.first.takeNow(rows - this.#first);
    else this.#budget.first.give(this.#first - rows);
    this.#first = rows;
  }

  /** Gives everything back for the time being: nothing of the window is in memory. */
  pause(): void {
    this.#budget.first.give(this.#first);
    this.#budget.rest.give(this.#rest);
    this.#first = 0;
    this.#rest = 0;
  }

  /** Gives everything back for good. */
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
