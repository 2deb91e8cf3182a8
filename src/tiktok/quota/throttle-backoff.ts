import type { ThrottleDepth } from '../error-codes.ts';

const FIRST_MS = 1_000;
/** Short waits, 1 + 2 + 4 seconds, before a throttle is taken for a breach of the minute's limit. */
const SHORT_STEPS = 3;
/** Minute-pauses in a row, without one success, after which waiting is given up. */
const PAUSES_MAX = 3;

/**
 * How long to wait after each throttle in a row: a second, doubling, then the minute's pause; the pause at once when
 * TikTok says that the app is restricted.
 */
export class ThrottleBackoff {
  readonly #pauseMs: number;
  #step = 0;
  #pauses = 0;

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  /** Milliseconds to wait after one more throttle; undefined when the minute's pause was tried often enough. */
  next(depth: ThrottleDepth): number | undefined {
    if (depth === 'second' && this.#step < SHORT_STEPS) {
      this.#step += 1;
      return Math.min(FIRST_MS * 2 ** (this.#step - 1), this.#pauseMs);
    }
    this.#step = SHORT_STEPS;
    if (this.#pauses >= PAUSES_MAX) return undefined;
    this.#pauses += 1;
    return this.#pauseMs;
  }

  /** A request succeeded: the next throttle starts with a second again. */
  reset(): void {
    this.#step = 0;
    this.#pauses = 0;
  }
}
