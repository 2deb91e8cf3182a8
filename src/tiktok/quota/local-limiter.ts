import type { ThrottleDepth } from '../error-codes.ts';
import { Departures } from './departures.ts';
import type { Limiter, Permit } from './limiter.ts';
import type { Pace, RateLimit } from './quota.ts';
import { DAY_IS_SPENT, type QuotaDay } from './quota-day.ts';
import { ThrottleBackoff } from './throttle-backoff.ts';
import { type Sleep, WakeableSleep } from './wakeable-sleep.ts';

/** After a throttle one request a second is sent as a probe, until one is answered. */
const PROBE_SPACING_MS = 1_000;

export interface LocalLimiterOptions {
  readonly pace: Pick<Pace, 'readyAt' | 'take'>;
  /** The limit on arrivals in a second. The pace keeps it for permits; requests leave later, and arrive later still. */
  readonly second: RateLimit;
  readonly perDay: number;
  readonly day: QuotaDay;
  readonly minutePauseMs: number;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  readonly onWaiting: (ms: number, reason: string) => void;
  /** Ends all waiting for good. */
  readonly closing: AbortSignal;
}

/** The limiter of a process that has the quota for itself. */
export class LocalLimiter implements Limiter {
  readonly #options: LocalLimiterOptions;
  readonly #departures: Departures;
  readonly #backoff: ThrottleBackoff;
  readonly #sleep: WakeableSleep;
  #blockedUntil = 0;
  #blockedAt = Number.NEGATIVE_INFINITY;
  #blockedMs = 0;
  #isProbing = false;
  #lastGrantedAt = Number.NEGATIVE_INFINITY;
  #spent = { day: Number.NaN, requests: 0 };

  constructor(options: LocalLimiterOptions) {
    this.#options = options;
    this.#sleep = new WakeableSleep(options.sleep);
    this.#backoff = new ThrottleBackoff(options.minutePauseMs);
    this.#departures = new Departures(options.second, options.monotonicNow, () => this.#sleep.wake());
  }

  async acquire(signal: AbortSignal): Promise<Permit | undefined> {
    const { pace, closing, monotonicNow } = this.#options;
    while (!signal.aborted) {
      closing.throwIfAborted();
      const now = monotonicNow();
      const probeAt = this.#isProbing ? this.#lastGrantedAt + PROBE_SPACING_MS : 0;
      const freeAt = Math.max(this.#blockedUntil, probeAt, pace.readyAt(now), this.#departures.readyAt(now));
      if (freeAt > now) await this.#sleep.sleep(freeAt - now, signal, closing);
      else if (this.#spendOneOfTheDay()) return this.#permitAt(now);
      else {
        const ms = this.#options.day.waitMs();
        this.#options.onWaiting(ms, DAY_IS_SPENT);
        this.#block(ms);
      }
    }
    return undefined;
  }

  blockedMs(): number {
    return this.#blockedMs - Math.max(0, this.#blockedUntil - this.#options.monotonicNow());
  }

  #permitAt(grantedAtMs: number): Permit {
    this.#options.pace.take(grantedAtMs);
    this.#lastGrantedAt = grantedAtMs;
    const { left, answered } = this.#departures.begin();
    return {
      grantedAtMs,
      isExpired: () => false,
      departed: left,
      answered: (isSuccess) => {
        answered();
        if (grantedAtMs <= this.#blockedAt) return;
        if (isSuccess) this.#backoff.reset();
        if (!this.#isProbing) return;
        this.#isProbing = false;
        this.#sleep.wake();
      },
      throttled: async (depth, atLeastMs) => this.#throttled(grantedAtMs, depth, atLeastMs),
    };
  }

  #throttled(grantedAtMs: number, depth: ThrottleDepth, atLeastMs: number): number | undefined {
    if (depth === 'day') {
      this.#spent = { day: this.#options.day.number, requests: Number.POSITIVE_INFINITY };
      return 0;
    }
    this.#departures.beCautious();
    if (grantedAtMs <= this.#blockedAt) return 0;
    const stepMs = this.#backoff.next(depth);
    if (stepMs === undefined) return undefined;
    const ms = Math.max(stepMs, atLeastMs);
    this.#block(ms);
    return ms;
  }

  #block(ms: number): void {
    const now = this.#options.monotonicNow();
    const until = Math.max(this.#blockedUntil, now + ms);
    this.#blockedMs += until - Math.max(this.#blockedUntil, now);
    this.#blockedUntil = until;
    this.#blockedAt = now;
    this.#isProbing = true;
  }

  #spendOneOfTheDay(): boolean {
    const day = this.#options.day.number;
    if (day !== this.#spent.day) this.#spent = { day, requests: 0 };
    if (this.#spent.requests >= this.#options.perDay) return false;
    this.#spent.requests += 1;
    return true;
  }
}
