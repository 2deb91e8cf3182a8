import type { ThrottleDepth } from '../error-codes.ts';
import { Departures } from './departures.ts';
import type { Door, Passage } from './door.ts';
import { Nap, type Sleep } from './nap.ts';
import type { Pace, RateLimit } from './quota.ts';
import { DAY_IS_SPENT, type QuotaDay } from './quota-day.ts';
import { ThrottleLadder } from './throttle-ladder.ts';

/** After a closing one request a second tries the door, until one is answered. */
const PROBE_SPACING_MS = 1_000;

export interface OwnDoorOptions {
  readonly pace: Pick<Pace, 'turn'>;
  /** At most so many requests may leave in so long a time. The pace sees to that; this is for requests that leave late. */
  readonly second: RateLimit;
  readonly perDay: number;
  readonly day: QuotaDay;
  readonly minutePauseMs: number;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  readonly onWaiting: (ms: number, reason: string) => void;
}

/** The door of a process that has the quota for itself. */
export class OwnDoor implements Door {
  readonly #options: OwnDoorOptions;
  readonly #departures: Departures;
  readonly #ladder: ThrottleLadder;
  readonly #nap: Nap;
  /** The pace has given a turn that has not been used yet. */
  #hasTurn = false;
  #closedUntil = 0;
  #closedAt = Number.NEGATIVE_INFINITY;
  #closedMs = 0;
  #probing = false;
  #lastAt = Number.NEGATIVE_INFINITY;
  #spent = { day: Number.NaN, requests: 0 };

  constructor(options: OwnDoorOptions) {
    this.#options = options;
    this.#nap = new Nap(options.sleep);
    this.#ladder = new ThrottleLadder(options.minutePauseMs);
    const { limit, intervalMs } = options.second;
    this.#departures = new Departures(limit, intervalMs, options.monotonicNow, () => this.#nap.wake());
  }

  async pass(signal: AbortSignal): Promise<Passage | undefined> {
    while (!signal.aborted) {
      if (!this.#hasTurn) {
        await this.#options.pace.turn();
        this.#hasTurn = true;
        continue;
      }
      const now = this.#options.monotonicNow();
      const probeAt = this.#probing ? this.#lastAt + PROBE_SPACING_MS : 0;
      const openAt = Math.max(this.#closedUntil, probeAt, this.#departures.readyAt(now));
      if (openAt > now) await this.#nap.sleep(openAt - now, signal);
      else if (this.#spendOneOfTheDay()) return this.#passageAt(now);
      else {
        const ms = this.#options.day.waitMs();
        this.#options.onWaiting(ms, DAY_IS_SPENT);
        this.#close(ms);
      }
    }
    return undefined;
  }

  closedMs(): number {
    return this.#closedMs - Math.max(0, this.#closedUntil - this.#options.monotonicNow());
  }

  #passageAt(atMs: number): Passage {
    this.#hasTurn = false;
    this.#lastAt = atMs;
    return {
      atMs,
      isVoid: () => false,
      left: this.#departures.begin(),
      answered: (isSuccess) => {
        if (atMs <= this.#closedAt) return;
        if (isSuccess) this.#ladder.reset();
        if (!this.#probing) return;
        this.#probing = false;
        this.#nap.wake();
      },
      throttled: async (depth, atLeastMs) => this.#throttled(atMs, depth, atLeastMs),
    };
  }

  #throttled(sentAtMs: number, depth: ThrottleDepth, atLeastMs: number): number | undefined {
    if (depth === 'day') {
      this.#spent = { day: this.#options.day.number, requests: Number.POSITIVE_INFINITY };
      return 0;
    }
    if (sentAtMs <= this.#closedAt) return 0;
    const stepMs = this.#ladder.next(depth);
    if (stepMs === undefined) return undefined;
    const ms = Math.max(stepMs, atLeastMs);
    this.#close(ms);
    return ms;
  }

  #close(ms: number): void {
    const now = this.#options.monotonicNow();
    const until = Math.max(this.#closedUntil, now + ms);
    this.#closedMs += until - Math.max(this.#closedUntil, now);
    this.#closedUntil = until;
    this.#closedAt = now;
    this.#probing = true;
  }

  #spendOneOfTheDay(): boolean {
    const day = this.#options.day.number;
    if (day !== this.#spent.day) this.#spent = { day, requests: 0 };
    if (this.#spent.requests >= this.#options.perDay) return false;
    this.#spent.requests += 1;
    return true;
  }
}
