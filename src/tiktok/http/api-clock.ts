/** A step back smaller than this is the second that the header cuts off, plus the way; a larger one is a set clock. */
const JITTER_MS = 5_000;

/**
 * The API's own clock, from the `Date` header of its answers, carried on by a steady clock in between. The machine's
 * clock until the first header is seen: that one may be wrong.
 */
export class ApiClock {
  readonly #monotonicNow: () => number;
  #offsetMs: number | undefined;

  constructor(monotonicNow: () => number) {
    this.#monotonicNow = monotonicNow;
  }

  seen(dateMs: number): void {
    const offsetMs = dateMs - this.#monotonicNow();
    // The header is cut to the second and then travels, so it is always late: of two, the later one is nearer the truth.
    const isLater = this.#offsetMs === undefined || offsetMs > this.#offsetMs;
    if (isLater || offsetMs < (this.#offsetMs ?? 0) - JITTER_MS) this.#offsetMs = offsetMs;
  }

  now(): Date {
    return new Date(this.#offsetMs === undefined ? Date.now() : this.#offsetMs + this.#monotonicNow());
  }
}
