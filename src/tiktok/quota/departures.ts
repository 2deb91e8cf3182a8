/** One request on its way out. */
interface Departure {
  /** When it left this machine; absent while its connection is being made. */
  at?: number;
}

/**
 * When requests really left. A permit is granted before a connection is made, which takes several round trips. A request
 * on a new connection arrives late, and so close to those after it that TikTok would count too many in one second.
 */
export class Departures {
  readonly #limit: number;
  readonly #intervalMs: number;
  readonly #monotonicNow: () => number;
  readonly #onChange: () => void;
  /** In the order of their permits. */
  #recent: Departure[] = [];

  /**
   * @param limit at most so many departures in any `intervalMs`
   * @param onChange called when {@link readyAt} may have become earlier
   */
  constructor(limit: number, intervalMs: number, monotonicNow: () => number, onChange: () => void) {
    this.#limit = limit;
    this.#intervalMs = intervalMs;
    this.#monotonicNow = monotonicNow;
    this.#onChange = onChange;
  }

  /** One more is on its way out. Call what this returns when it is on the wire, or never will be; only the first call counts. */
  begin(): () => void {
    const departure: Departure = {};
    this.#recent.push(departure);
    return () => {
      if (departure.at !== undefined) return;
      departure.at = this.#monotonicNow();
      this.#onChange();
    };
  }

  /** When one more may leave; a request that has not left yet is taken to leave at this very moment. */
  readyAt(now: number): number {
    if (this.#recent.length < this.#limit) return now;
    const since = now - this.#intervalMs;
    this.#recent = this.#recent.filter(({ at = now }) => at > since);
    if (this.#recent.length < this.#limit) return now;
    const moments = this.#recent.map(({ at = now }) => at).sort((a, b) => b - a);
    return (moments[this.#limit - 1] ?? now) + this.#intervalMs;
  }
}
