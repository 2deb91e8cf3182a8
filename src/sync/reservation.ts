import type { RowBudget } from './row-budget.ts';

/**
 * The rows that one window holds of the budget, from before its first page until its last record is out.
 *
 * Windows of an advertiser leave in order, and a later one that is read ahead holds rows until the earlier ones are
 * out. So further pages are reserved in that same order: a window waits until the one before it has all it needs.
 */
export class Reservation {
  readonly #budget: RowBudget;
  readonly #before: Reservation | undefined;
  readonly #complete: Promise<void>;
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

  /** Waits for room for the first page. */
  async takeFirstPage(rows: number, signal: AbortSignal): Promise<void> {
    this.#first = await this.#budget.first.take(rows, signal);
  }

  /**
   * Waits until `rows` in all are reserved. A window that turns out larger at a second reading is not made to wait
   * again, it would wait for itself.
   */
  async ensure(rows: number, signal: AbortSignal): Promise<void> {
    const missing = rows - this.#first - this.#rest;
    if (missing > 0 && this.#isComplete) {
      this.#budget.rest.takeNow(missing);
      this.#rest += missing;
    } else if (missing > 0) {
      if (this.#before) await this.#before.#complete;
      this.#rest += await this.#budget.rest.take(missing, signal);
    } else if (!this.#isComplete && this.#first > rows) {
      this.#budget.first.give(this.#first - rows);
      this.#first = rows;
    }
    this.#end();
  }

  /** Gives everything back. */
  release(): void {
    this.#budget.first.give(this.#first);
    this.#budget.rest.give(this.#rest);
    this.#first = 0;
    this.#rest = 0;
    this.#end();
  }

  #end(): void {
    this.#isComplete = true;
    this.#markComplete();
  }
}
