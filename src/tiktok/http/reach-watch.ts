/** How long no request has had an answer; time in which no request was allowed does not count. */
export class ReachWatch {
  readonly #monotonicNow: () => number;
  readonly #closedMs: () => number;
  /** The first failure since the last answer. */
  #failing: { readonly since: number; readonly closedMs: number } | undefined;

  /** @param closedMs milliseconds so far in which no request was allowed */
  constructor(monotonicNow: () => number, closedMs: () => number) {
    this.#monotonicNow = monotonicNow;
    this.#closedMs = closedMs;
  }

  answered(): void {
    this.#failing = undefined;
  }

  /** Notes that an attempt sent at `sentAtMs` failed. Returns for how many milliseconds nothing else has happened. */
  failed(sentAtMs: number): number {
    const closedMs = this.#closedMs();
    this.#failing ??= { since: sentAtMs, closedMs };
    return this.#monotonicNow() - this.#failing.since - (closedMs - this.#failing.closedMs);
  }
}
