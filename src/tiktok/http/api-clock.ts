import { CODELESS } from '../error-codes.ts';
import { codelessError } from '../errors.ts';

/** Readings that differ by less agree: the header is cut to the second, and answers take their time. */
const AGREEMENT_MS = 60_000;

/** Readings that are kept: enough to recognise one wrong server among several. */
const READINGS = 5;

/** An answer may seem to come this much before the settled moment: it was on its way. */
const TOLERANCE_MS = 60_000;

/**
 * The API's own clock: the `Date` header of its answers, continued by a monotonic clock in between.
 *
 * The time is the one that most of the last readings agree on; the machine's clock counts as one reading. When two times
 * have equally many, the one with the newest reading is right. Without any reading it is the machine's time.
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

  /** Whether two sources agree on the time: two answers, or an answer and this machine. */
  get isConfirmed(): boolean {
    return this.#majority().votes > 1;
  }

  /** Fixes the moment at which the run began; the machine's where no two sources agree, until answers agree later. */
  settle(): void {
    if (!this.isConfirmed) this.#readings = [];
    this.#settledMs = this.now().getTime();
  }

  #majority(): { readonly offsetMs: number; readonly votes: number } {
    const machine = this.#machineNow() - this.#monotonicNow();
    let best = { offsetMs: machine, votes: 0 };
    for (const reading of this.#readings) {
      const agrees = (offset: number) => Math.abs(offset - reading) < AGREEMENT_MS;
      const agreeing = this.#readings.filter(agrees);
      const votes = agreeing.length + (agrees(machine) ? 1 : 0);
      // The header is always late, so of those that agree the latest is the most accurate.
      if (votes > best.votes) best = { offsetMs: Math.max(...agreeing), votes };
    }
    return best;
  }
}
