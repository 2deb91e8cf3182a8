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
  readonly pace: Pick<Pace, 'next'>;
  /** The limit on departures. The pace keeps it; this is for requests that leave late. */
  readonly second: RateLimit;
  readonly perDay: number;
  readonly day: QuotaDay;
  readonly minutePauseMs: number;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  readonly onWaiting: (ms: number, reason: string) => void;
}

/** The limiter of a process that has the quota for itself. */
export class LocalLimiter implements Limiter {
  readonly #options: LocalLimiterOptions;
  readonly #departures: Departures;
  readonly #backoff: ThrottleBackoff;
  readonly #sleep: WakeableSleep;
  /** The pace allows one request that has not been granted yet. */
  #isPaced = false;
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
    const { limit, intervalMs } = options.second;
    this.#departures = new Departures(limit, intervalMs, options.monotonicNow, () => this.#sleep.wake());
  }

  async acquire(signal: AbortSignal): Promise<Permit | undefined> {
    while (!signal.aborted) {
      if (!this.#isPaced) {
        await this.#options.pace.next();
        this.#isPaced = true;
        continue;
      }
      const now = this.#options.monotonicNow();
      const probeAt = this.#isProbing ? this.#lastGrantedAt + PROBE_SPACING_MS : 0;
      const freeAt = Math.max(this.#blockedUntil, probeAt, this.#departures.readyAt(now));
      if (freeAt > now) await this.#sleep.sleep(freeAt - now, signal);
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
    this.#isPaced = false;
    this.#lastGrantedAt = grantedAtMs;
    return {
      grantedAtMs,
      isExpired: () => false,
      departed: this.#departures.begin(),
      answered: (isSuccess) => {
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
