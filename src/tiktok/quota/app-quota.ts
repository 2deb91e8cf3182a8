import { CODELESS, throttleDepth } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';
import { Gate, type Sleep, type Turn } from './gate.ts';
import { departureLimit, Pace, type QuotaLimits } from './quota.ts';
import { ThrottleLadder } from './throttle-ladder.ts';

/** A wait that somebody should hear of. */
export interface Waiting {
  /** On the API's clock. */
  readonly until: Date;
  /** One sentence, without a secret. */
  readonly reason: string;
  /** Only this advertiser waits. */
  readonly advertiserId?: string;
}

export interface AppQuotaOptions {
  readonly limits: QuotaLimits;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  /** The API's clock: the day's requests are counted from 00:00 UTC to 00:00 UTC. */
  readonly now: () => Date;
  readonly onWaiting: ((waiting: Waiting) => void) | undefined;
  /** Ends all waiting for good. */
  readonly closing: AbortSignal;
}

const HOLD_FIRST_MS = 1_000;
const HOLD_MAX_MS = 60_000;
/** Waiting longer than this for the next day's quota is left to the next run. */
const DAY_WAIT_MAX_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The app's quota with all that TikTok has said about it: whoever wants to send asks here for a turn. */
export class AppQuota {
  readonly #options: AppQuotaOptions;
  readonly #gate: Gate;
  readonly #ladder: ThrottleLadder;
  readonly #holds = new Map<string, { readonly since: number; readonly ms: number }>();
  #day = { number: Number.NaN, requests: 0 };

  constructor(options: AppQuotaOptions) {
    this.#options = options;
    this.#ladder = new ThrottleLadder(options.limits.minutePauseSeconds * 1000);
    this.#gate = new Gate({
      pace: new Pace(options.limits, options.closing),
      second: departureLimit(options.limits),
      day: { spend: () => this.#spendOneOfTheDay() },
      sleep: options.sleep,
      monotonicNow: options.monotonicNow,
      onDaySpent: (ms) => this.#onDaySpent(ms),
    });
  }

  /**
   * One turn, which counts as one request.
   *
   * @param onHeld called when TikTok's limit for this advertiser makes it wait
   * @throws TikTokError `quota_exhausted`; the signal's reason
   */
  turn(advertiserId: string | undefined, signal: AbortSignal, onHeld?: () => void): Promise<Turn> {
    return this.#gate.enter(advertiserId ?? '', signal, onHeld);
  }

  /** TikTok took up an attempt, if only to refuse it. */
  answered(sentAtMs: number, advertiserId: string | undefined): void {
    if (advertiserId !== undefined) this.#holds.delete(advertiserId);
    if (!this.#gate.wasUnderWay(sentAtMs)) this.#ladder.reset();
    this.#gate.answered(sentAtMs);
  }

  /** TikTok failed over an attempt: that is no success, but no throttle either. */
  faltered(sentAtMs: number): void {
    this.#gate.answered(sentAtMs);
  }

  /**
   * TikTok throttled an attempt of the app: nobody gets a turn for a while.
   *
   * @param atLeastMs how long TikTok wants it
   * @throws TikTokError `unreachable` when it still does after three of its minute-pauses in a row
   */
  throttled(error: TikTokError, sentAtMs: number, atLeastMs: number): void {
    // An advertiser's limit says "temporarily restricted" too, and means a second.
    const depth = error.advertiserOnly ? 'second' : throttleDepth(error.apiMessage ?? '');
    if (depth === 'day') {
      this.#day.requests = Number.POSITIVE_INFINITY;
      return;
    }
    // Those already under way when the gate closed say nothing new.
    if (this.#gate.wasUnderWay(sentAtMs)) return;
    const stepMs = this.#ladder.next(depth);
    if (stepMs === undefined) {
      const { kind, advice } = CODELESS.throttledForever;
      const message = `TikTok still throttles after three pauses in a row. ${error.message}`;
      throw new TikTokError({ kind, advice, message, cause: error });
    }
    const closeMs = Math.max(stepMs, atLeastMs);
    this.#gate.close(closeMs);
    const words = error.apiMessage || `HTTP ${error.httpStatus}`;
    this.#waiting(closeMs, `TikTok says that the app asks too often (${words}).`);
  }

  /** TikTok throttled one advertiser: it waits a second, doubling; the others do not. Returns for how long. */
  throttledAdvertiser(error: TikTokError, sentAtMs: number, advertiserId: string): number {
    const last = this.#holds.get(advertiserId);
    if (last && sentAtMs <= last.since) return last.ms;
    const ms = last ? Math.min(last.ms * 2, HOLD_MAX_MS) : HOLD_FIRST_MS;
    this.#holds.set(advertiserId, { since: this.#options.monotonicNow(), ms });
    this.#gate.hold(advertiserId, ms);
    const reason = `TikTok says that advertiser ${advertiserId} is asked too often (${error.apiMessage}).`;
    this.#waiting(ms, reason, advertiserId);
    return ms;
  }

  /** Milliseconds for which nobody could send so far, because the gate was closed. */
  closedMs(): number {
    return this.#gate.closedMs();
  }

  #spendOneOfTheDay(): number | undefined {
    const nowMs = this.#options.now().getTime();
    const number = Math.floor(nowMs / DAY_MS);
    if (number !== this.#day.number) this.#day = { number, requests: 0 };
    // A second more: the clock is known to the second.
    if (this.#day.requests >= this.#options.limits.perDay) return (number + 1) * DAY_MS - nowMs + 1_000;
    this.#day.requests += 1;
    return undefined;
  }

  #onDaySpent(ms: number): TikTokError | undefined {
    if (ms <= DAY_WAIT_MAX_MS) {
      this.#waiting(ms, 'The requests that the app may make in a day are spent.');
      return undefined;
    }
    const retryAt = new Date(this.#options.now().getTime() + ms);
    const { kind, advice, meaning } = CODELESS.quotaExhausted;
    const message = `${meaning} There are new ones from 00:00 UTC on (${retryAt.toISOString()}).`;
    return new TikTokError({ kind, advice, message });
  }

  #waiting(ms: number, reason: string, advertiserId?: string): void {
    const until = new Date(this.#options.now().getTime() + ms);
    this.#options.onWaiting?.({ until, reason, ...(advertiserId === undefined ? {} : { advertiserId }) });
  }
}
