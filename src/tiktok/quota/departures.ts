import type { RateLimit } from './quota.ts';

/** How much later than others a request may arrive, as shares of a second. */
const MARGIN = {
  /** Where nothing else is known: what the jitter of most networks needs. */
  unknown: 0.035,
  /** Beside what its answer tells. */
  known: 0.001,
  /** At most, where a request is not answered in its usual time. */
  unanswered: 0.5,
} as const;

/** So many of the last answers are looked at, and so many of them have to come evenly for arrivals to be known from them. */
const ANSWERS = { last: 20, even: 19 } as const;

/** One request on its way out. */
interface Departure {
  /** Not before this moment. */
  notBefore: number;
  /** When it had left this machine; absent while its connection is being made. */
  at?: number;
  /** When its answer was there. */
  answeredAt?: number;
}

/** What is to be told of a request that has its permit. Only the first call of each counts. */
export interface DepartureNews {
  /**
   * It is on the wire, or never will be.
   *
   * @param notBefore the moment before it was put there: this process may have had to wait for a processor since
   */
  left(notBefore?: number): void;
  /** TikTok has answered. */
  answered(): void;
}

/**
 * When requests really left, and what is known of their arrival: TikTok counts arrivals. A permit is granted before a
 * connection is made, which takes several round trips. A request on a new connection arrives late, and so close to those
 * after it that TikTok would count too many in one second.
 *
 * A place is free again a second after its request arrived. Its answer tells when that was: a request that took 12 ms longer
 * than the fastest one arrived at most 12 ms late. Where most answers take longer than the fastest, they tell of TikTok's work
 * rather than of the way: a request then counts as at most 35 ms late.
 */
export class Departures {
  readonly #second: RateLimit;
  readonly #monotonicNow: () => number;
  readonly #onChange: () => void;
  /** In the order of their permits. */
  #recent: Departure[] = [];
  /** How long the last answers took, ms. */
  #times: number[] = [];
  #fastestMs = Number.POSITIVE_INFINITY;
  #isCautious = false;

  /**
   * @param second at most so many arrivals in any such time
   * @param onChange called when {@link readyAt} may have become earlier
   */
  constructor(second: RateLimit, monotonicNow: () => number, onChange: () => void) {
    this.#second = second;
    this.#monotonicNow = monotonicNow;
    this.#onChange = onChange;
  }

  /** One more is on its way out. */
  begin(): DepartureNews {
    const departure: Departure = { notBefore: 0 };
    this.#recent.push(departure);
    return {
      left: (notBefore) => {
        if (departure.at !== undefined) return;
        departure.at = this.#monotonicNow();
        departure.notBefore = notBefore ?? departure.at;
        this.#onChange();
      },
      answered: () => {
        if (departure.at === undefined || departure.answeredAt !== undefined) return;
        departure.answeredAt = this.#monotonicNow();
        const ms = departure.answeredAt - departure.notBefore;
        this.#times = [ms, ...this.#times].slice(0, ANSWERS.last);
        this.#fastestMs = Math.min(this.#fastestMs, ms);
        if (departure.answeredAt > departure.at + this.#second.intervalMs) this.#onChange();
      },
    };
  }

  /** TikTok has throttled all the same: from here on every request may have been late. */
  beCautious(): void {
    this.#isCautious = true;
  }

  /** When one more may leave; a request that has not left yet is taken to leave at this very moment. */
  readyAt(now: number): number {
    const { limit } = this.#second;
    if (this.#recent.length < limit) return now;
    const freeAt = this.#freeAt();
    this.#recent = this.#recent.filter((departure) => freeAt(departure, now) > now);
    if (this.#recent.length < limit) return now;
    const moments = this.#recent.map((departure) => freeAt(departure, now)).sort((a, b) => b - a);
    return moments[limit - 1] ?? now;
  }

  /** How to tell when the place of a request is free again. */
  #freeAt(): (departure: Departure, now: number) => number {
    const { intervalMs } = this.#second;
    const longestMs = this.#fastestMs + MARGIN.unknown * intervalMs;
    // No answer comes in time.
    if (this.#isCautious || longestMs > intervalMs) return this.#unknownFreeAt;
    const isEven = this.#times.filter((ms) => ms <= longestMs).length >= ANSWERS.even;
    if (isEven) return this.#knownFreeAt;
    return (departure, now) => Math.min(this.#knownFreeAt(departure, now), this.#unknownFreeAt(departure, now));
  }

  readonly #unknownFreeAt = ({ at }: Departure, now: number): number =>
    (at ?? now) + this.#second.intervalMs * (1 + MARGIN.unknown);

  /** The same where answers tell when requests arrive; one that has no answer yet is taken to get it as soon as it can. */
  readonly #knownFreeAt = ({ at, answeredAt }: Departure, now: number): number => {
    const { intervalMs } = this.#second;
    const leftAt = at ?? now;
    const arrivedAt = (answeredAt ?? Math.max(now, leftAt + this.#fastestMs)) - this.#fastestMs;
    return Math.min(leftAt + intervalMs * (1 + MARGIN.unanswered), arrivedAt + intervalMs * (1 + MARGIN.known));
  };
}
