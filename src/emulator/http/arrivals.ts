/** When the calls of the API came, by process: it shows whether several processes kept one quota together. */
export interface ArrivalReport {
  readonly total: number;
  /** The limit of calls in any 1,000 ms that `breaches` refers to. */
  readonly perSecond: number | undefined;
  /** Calls that came after `perSecond` others within 1,000 ms. Absent without a limit. */
  readonly breaches?: number;
  /** The most calls within any 1,000 ms. */
  readonly mostInASecond: number;
  /** Calls a second between the first and the last. */
  readonly pace: number;
  /** The machine's clock, ISO 8601; absent without a call. */
  readonly first?: string;
  readonly last?: string;
  /** By name, the most calls first. */
  readonly clients: readonly { readonly name: string; readonly count: number }[];
}

/** When so many are kept, the older half is dropped. The rest is five hours at 50 a second, and 16 MB at most. */
const KEPT_MAX = 2_000_000;

export class Arrivals {
  #times: number[] = [];
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** @param atMs the machine's clock, ms since 1970 with fractions; never goes back */
  note(client: string, atMs: number): void {
    this.#total++;
    this.#counts.set(client, (this.#counts.get(client) ?? 0) + 1);
    this.#times.push(atMs);
    if (this.#times.length > KEPT_MAX) this.#times = this.#times.slice(KEPT_MAX / 2);
  }

  report(perSecond: number | undefined): ArrivalReport {
    const times = this.#times;
    let breaches = 0;
    let mostInASecond = 0;
    let oldest = 0;
    times.forEach((time, index) => {
      while (time - (times[oldest] as number) >= 1000) oldest++;
      const count = index - oldest + 1;
      mostInASecond = Math.max(mostInASecond, count);
      if (perSecond !== undefined && count > perSecond) breaches++;
    });
    const [first, last] = [times[0], times.at(-1)];
    const seconds = first === undefined || last === undefined ? 0 : (last - first) / 1000;
    return {
      total: this.#total,
      perSecond,
      ...(perSecond === undefined ? {} : { breaches }),
      mostInASecond,
      pace: seconds === 0 ? 0 : (times.length - 1) / seconds,
      ...(first === undefined || last === undefined
        ? {}
        : { first: new Date(first).toISOString(), last: new Date(last).toISOString() }),
      clients: [...this.#counts]
        .map(([name, count]) => ({ name, count }))
        .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    };
  }
}
