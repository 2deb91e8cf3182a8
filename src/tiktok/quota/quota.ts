/** How often TikTok may be asked; requests over all advertisers and endpoints of the app. */
export interface QuotaLimits {
  /** May be a fraction: 0.5 is one request in two seconds. */
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perDay: number;
  /** How long TikTok closes an app that broke the minute's limit, seconds. */
  readonly minutePauseSeconds: number;
}

const SECOND_MS = 1_000;

/** Breaking the minute's limit closes the app for minutes, so a second is kept for requests that arrive late. */
const MINUTE_MS = 61_035;

/** A store stamps a departure when it hears of it, never before it happens, so less is needed for the way. */
const SHARED_SECOND_MS = 1_025;

/** Up to twice the pace, until the second's limit stops it: so late timers cost nothing, and a wait is made up for. */
const SPACING_FACTOR = 0.5;

/** Requests are spread in slices of a second, not sent all at its beginning; below this, timers are too coarse. */
const SLICES = 25;

/** At most so many requests in so long a time, wherever it begins. */
export interface RateLimit {
  readonly limit: number;
  readonly intervalMs: number;
}

/** The second's limit. A small fraction (2.5 a second) becomes one request in a longer time; of a large one it does not matter. */
export function secondLimit({ perSecond }: Pick<QuotaLimits, 'perSecond'>, secondMs = SECOND_MS): RateLimit {
  if (perSecond < 10 && !Number.isInteger(perSecond)) return { limit: 1, intervalMs: secondMs / perSecond };
  return { limit: Math.floor(perSecond), intervalMs: secondMs };
}

/** The second's limit on the departures of all processes that share a quota. */
export function sharedLimit(perSecond: number): RateLimit {
  return secondLimit({ perSecond }, SHARED_SECOND_MS);
}

/** The pace of the quota: never more requests than allowed in any second or minute, wherever it begins. */
export class Pace {
  readonly #windows: readonly SlidingWindow[];

  constructor(limits: Pick<QuotaLimits, 'perSecond' | 'perMinute'>) {
    const second = secondLimit(limits);
    const slice = Math.ceil(second.limit / SLICES);
    this.#windows = [
      { limit: Math.max(1, Math.floor(limits.perMinute)), intervalMs: MINUTE_MS },
      second,
      { limit: slice, intervalMs: (slice / second.limit) * second.intervalMs * SPACING_FACTOR },
    ].map((rate) => new SlidingWindow(rate));
  }

  /** When the next request may be sent. */
  readyAt(now: number): number {
    return Math.max(...this.#windows.map((window) => window.readyAt(now)));
  }

  /** A request is sent now. */
  take(now: number): void {
    for (const window of this.#windows) window.take(now);
  }
}

/** The moments of the last interval, ascending. */
class SlidingWindow {
  readonly #rate: RateLimit;
  readonly #moments: number[] = [];
  /** The first that still counts. */
  #first = 0;

  constructor(rate: RateLimit) {
    this.#rate = rate;
  }

  readyAt(now: number): number {
    const { limit, intervalMs } = this.#rate;
    while ((this.#moments[this.#first] ?? now) <= now - intervalMs) this.#first++;
    if (this.#first > this.#moments.length / 2) {
      this.#moments.splice(0, this.#first);
      this.#first = 0;
    }
    const blocking = this.#moments.length - limit;
    return blocking < this.#first ? now : (this.#moments[blocking] ?? now) + intervalMs;
  }

  take(now: number): void {
    this.#moments.push(now);
  }
}
