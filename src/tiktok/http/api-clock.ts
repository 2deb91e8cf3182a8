/** Readings that differ by less agree: the header is cut to the second, and answers take their time. */
const AGREEMENT_MS = 60_000;

/** Readings that are remembered: enough that one wrong server among several is outvoted. */
const READINGS = 5;

/**
 * The API's own clock, from the `Date` header of its answers, carried on by a steady clock in between.
 *
 * The time is the one that most of the last readings agree on; the machine's clock has one vote, too. Of equally many
 * the side with the newest reading is right. Without any reading it is the machine's time.
 */
export class ApiClock {
  readonly #monotonicNow: () => number;
  readonly #machineNow: () => number;
  /** Milliseconds to add to the steady clock; newest first. */
  #readings: number[] = [];

  constructor(monotonicNow: () => number, machineNow: () => number = Date.now) {
    this.#monotonicNow = monotonicNow;
    this.#machineNow = machineNow;
  }

  seen(dateMs: number): void {
    this.#readings = [dateMs - this.#monotonicNow(), ...this.#readings].slice(0, READINGS);
  }

  now(): Date {
    return new Date(this.#majority().offsetMs + this.#monotonicNow());
  }

  /** Whether two sources agree on the time: two answers, or an answer and this machine. */
  get isConfirmed(): boolean {
    return this.#majority().votes > 1;
  }

  /** Goes by the machine until answers come that can be believed. */
  forget(): void {
    this.#readings = [];
  }

  #majority(): { readonly offsetMs: number; readonly votes: number } {
    const machine = this.#machineNow() - this.#monotonicNow();
    let best = { offsetMs: machine, votes: 0 };
    for (const reading of this.#readings) {
      const agrees = (offset: number) => Math.abs(offset - reading) < AGREEMENT_MS;
      const agreeing = this.#readings.filter(agrees);
      const votes = agreeing.length + (agrees(machine) ? 1 : 0);
      // The header is always late, so of those that agree the latest is nearest to the truth.
      if (votes > best.votes) best = { offsetMs: Math.max(...agreeing), votes };
    }
    return best;
  }
}
