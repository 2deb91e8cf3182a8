import pThrottle from 'p-throttle';

/** How often TikTok may be asked; requests over all advertisers and endpoints of the app. */
export interface QuotaLimits {
  /** May be a fraction: 0.5 is one request in two seconds. */
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perDay: number;
  /** How long TikTok closes an app that broke the minute's limit, seconds. */
  readonly minutePauseSeconds: number;
}

/** The pace takes a second as this long. More would miss the budget: 1.05 of requests ÷ quota. */
const SECOND_MS = 1_035;

/** Departures, which come a little after, are held to this length of a second; the rest is for jitter on the way. */
const DEPARTURE_SECOND_MS = 1_030;

/** A store stamps a departure when it hears of it, never before it happens, so less is needed for the way. */
const SHARED_SECOND_MS = 1_025;

/** Requests leave about this much faster than the quota until it stops them, so that a late timer costs no pace. */
const SPACING_FACTOR = 0.8;

/** Requests are spread in slices of a second, not sent all at its beginning; below this, timers are too coarse. */
const SLICES = 25;

/** At most so many requests in so long a time, wherever it begins. */
export interface RateLimit {
  readonly limit: number;
  readonly intervalMs: number;
}

/** The second's limit on departures. */
export function departureLimit({ perSecond }: QuotaLimits): RateLimit {
  return secondLimit(perSecond, DEPARTURE_SECOND_MS);
}

/** The second's limit on the departures of all processes that share a quota. */
export function sharedLimit(perSecond: number): RateLimit {
  return secondLimit(perSecond, SHARED_SECOND_MS);
}

/** A small fraction (2.5 a second) becomes one request in a longer time; of a large one the fraction does not matter. */
function secondLimit(perSecond: number, secondMs: number): RateLimit {
  if (perSecond < 10 && !Number.isInteger(perSecond)) return { limit: 1, intervalMs: secondMs / perSecond };
  return { limit: Math.floor(perSecond), intervalMs: secondMs };
}

/**
 * The pace of the quota: never more requests than allowed in any second or minute, wherever it begins.
 *
 * p-throttle in its strict mode, because that is a sliding window, and one that notes when a late timer really fired.
 * rate-limiter-flexible, the better-known one, counts in windows that begin at the first request: twice the quota fits
 * into a second around their border, and its Redis store knows whole seconds only. p-throttle goes by the machine's
 * clock; setting that back during a run delays the next request by as much.
 */
export class Pace {
  readonly #limits: readonly (() => Promise<void>)[];
  readonly #signal: AbortSignal;

  /** @param signal ends all waiting; {@link next} only throws afterwards */
  constructor({ perSecond, perMinute }: QuotaLimits, signal: AbortSignal) {
    this.#signal = signal;
    const { limit: inSecond, intervalMs: secondMs } = secondLimit(perSecond, SECOND_MS);
    const inSlice = Math.ceil(inSecond / SLICES);
    this.#limits = [
      // A request leaves up to a second after the minute allowed it, so the minute is longer by that.
      ...(perMinute < perSecond * 60 ? [this.#limit(Math.max(1, Math.floor(perMinute)), 60_000 + secondMs)] : []),
      this.#limit(inSlice, (inSlice / inSecond) * secondMs * SPACING_FACTOR),
      // Comes last: its moments are those of sending.
      this.#limit(inSecond, secondMs),
    ];
  }

  /** Resolves when the next request may leave. Call it for one request at a time. */
  async next(): Promise<void> {
    for (const take of this.#limits) {
      this.#signal.throwIfAborted();
      await take();
    }
  }

  #limit(limit: number, intervalMs: number): () => Promise<void> {
    // With a weight, if only of one, p-throttle looks at the times in the window; without, it also puts whole
    // milliseconds between requests, which at a hundred a second is more than the quota does.
    const weight = () => 1;
    const interval = Math.ceil(intervalMs);
    return pThrottle({ limit, interval, strict: true, weight, signal: this.#signal })(async () => {});
  }
}
