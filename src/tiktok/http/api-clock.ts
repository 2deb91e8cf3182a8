import { CODELESS } from '../error-codes.ts';
import { codelessError } from '../errors.ts';

/** Readings that differ by less agree: the header is cut to the second, and answers take their time. */
const AGREEMENT_MS = 60_000;

/**
 * Readings that are remembered, and that must all agree on a time that is still to come by this machine's clock: days that
 * are not over must not count as read.
 */
const READINGS = 5;

/** Readings that must agree on any other time. */
const ENOUGH = 2;

/** An answer may seem to come this much before the settled moment: it was on its way. */
const TOLERANCE_MS = 60_000;

/**
 * The API's own clock: the `Date` header of its answers, continued by a monotonic clock in between.
 *
 * A reading that agrees with the machine's clock is right. Otherwise the time is the one that most of the last readings
 * agree on; of equally many the side with the newest is right. Without any reading it is the machine's time.
 */
export class ApiClock {
  readonly #monotonicNow: () => number;
  readonly #machineNow: () => number;
  /** Milliseconds to add to the steady clock; newest first. */
  #readings: number[] = [];
  /** The moment that {@link settle} fixed. */
  #settledMs = Number.NEGATIVE_INFINITY;

  constructor(monotonicNow: () => number, machineNow: () => number = Date.now) {
    this.#monotonicNow = monotonicNow;
    this.#machineNow = machineNow;
  }

  /**
   * Takes the `Date` of an answer, where it has one.
   *
   * @throws TikTokError when the settled moment has not come yet by this and the machine's clock
   */
  seen(dateMs: number | undefined): void {
    if (dateMs === undefined) return;
    this.#readings = [dateMs - this.#monotonicNow(), ...this.#readings].slice(0, READINGS);
    const latestMs = Math.max(this.now().getTime(), this.#machineNow());
    if (this.#settledMs <= latestMs + TOLERANCE_MS) return;
    const [then, now] = [this.#settledMs, latestMs].map((ms) => new Date(ms).toISOString());
    throw codelessError(CODELESS.clock, `The run began at ${then}, and now it is ${now}.`);
  }

  now(): Date {
    return new Date(this.#majority().offsetMs + this.#monotonicNow());
  }

  /** How many more readings must agree with the others before the time is certain. */
  get missing(): number {
    const { offsetMs, votes } = this.#majority();
    const aheadMs = offsetMs - this.#machineOffset();
    if (votes > 0 && Math.abs(aheadMs) < AGREEMENT_MS) return 0;
    return Math.max(0, (aheadMs > 0 ? READINGS : ENOUGH) - votes);
  }

  /** Fixes the moment at which the run began; the machine's where the time is not certain, until answers agree later. */
  settle(): void {
    if (this.missing > 0) this.#readings = [];
    this.#settledMs = this.now().getTime();
  }

  #majority(): { readonly offsetMs: number; readonly votes: number } {
    const machine = this.#machineOffset();
    let best = { offsetMs: machine, votes: 0 };
    for (const reading of this.#readings) {
      const agreeing = this.#readings.filter((offset) => Math.abs(offset - reading) < AGREEMENT_MS);
      // The header is always late, so of those that agree the latest is nearest to the truth.
      const side = { offsetMs: Math.max(...agreeing), votes: agreeing.length };
      if (Math.abs(machine - reading) < AGREEMENT_MS) return side;
      if (side.votes > best.votes) best = side;
    }
    return best;
  }

  #machineOffset(): number {
    return this.#machineNow() - this.#monotonicNow();
  }
}
