import { CODELESS, throttleDepth } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';
import type { Door } from './door.ts';
import { Gate, type Turn } from './gate.ts';
import type { Sleep } from './nap.ts';
import { OwnDoor } from './own-door.ts';
import { departureLimit, Pace, type QuotaLimits } from './quota.ts';
import { QuotaDay } from './quota-day.ts';
import { SharedDoor, type SharedQuota } from './shared-door.ts';

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
  /** Present: other processes use the same quota. */
  readonly shared: SharedQuota | undefined;
  /** How long to go on without an answer of the store of the shared quota. */
  readonly patienceMs: number;
  readonly redact: (text: string) => string;
  readonly random: () => number;
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
/** The app's quota with all that TikTok has said about it: a request that is to be sent waits here for its turn. */
export class AppQuota {
  readonly #options: AppQuotaOptions;
  readonly #door: Door;
  readonly #gate: Gate;
  readonly #holds = new Map<string, { readonly since: number; readonly ms: number }>();

  constructor(options: AppQuotaOptions) {
    this.#options = options;
    this.#door = this.#doorOf(options);
    this.#gate = new Gate({ door: this.#door, sleep: options.sleep, monotonicNow: options.monotonicNow });
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
  answered({ passage }: Turn, advertiserId: string | undefined): void {
    if (advertiserId !== undefined) this.#holds.delete(advertiserId);
    passage.answered(true);
  }

  /** TikTok failed over an attempt: that is no success, but no throttle either. */
  faltered({ passage }: Turn): void {
    passage.answered(false);
  }

  /**
   * TikTok throttled an attempt of the app: nobody gets a turn for a while.
   *
   * @param atLeastMs how long TikTok wants it
   * @throws TikTokError `unreachable` when it still does after three of its minute-pauses in a row
   */
  async throttled(error: TikTokError, { passage }: Turn, atLeastMs: number): Promise<void> {
    // An advertiser's limit says "temporarily restricted" too, and means a second.
    const depth = error.advertiserOnly ? 'second' : throttleDepth(error.apiMessage ?? '');
    const closedMs = await passage.throttled(depth, atLeastMs);
    if (closedMs === undefined) {
      const { kind, advice } = CODELESS.throttledForever;
      const message = `TikTok still throttles after three pauses in a row. ${error.message}`;
      throw new TikTokError({ kind, advice, message, cause: error });
    }
    const words = error.apiMessage || `HTTP ${error.httpStatus}`;
    if (closedMs > 0) this.#waiting(closedMs, `TikTok says that the app asks too often (${words}).`);
  }

  /** TikTok throttled one advertiser: it waits a second, doubling; the others do not. Returns for how long. */
  throttledAdvertiser(error: TikTokError, { passage }: Turn, advertiserId: string): number {
    const last = this.#holds.get(advertiserId);
    if (last && passage.atMs <= last.since) return last.ms;
    const ms = last ? Math.min(last.ms * 2, HOLD_MAX_MS) : HOLD_FIRST_MS;
    this.#holds.set(advertiserId, { since: this.#options.monotonicNow(), ms });
    this.#gate.hold(advertiserId, ms);
    const reason = `TikTok says that advertiser ${advertiserId} is asked too often (${error.apiMessage}).`;
    this.#waiting(ms, reason, advertiserId);
    return ms;
  }

  /** Milliseconds for which nobody could send so far, because the gate was closed. */
  closedMs(): number {
    return this.#door.closedMs();
  }

  #doorOf({ limits, shared, closing, now, ...options }: AppQuotaOptions): Door {
    const common = {
      day: new QuotaDay(now),
      sleep: options.sleep,
      monotonicNow: options.monotonicNow,
      onWaiting: (ms: number, reason: string) => this.#waiting(ms, reason),
    };
    const { patienceMs, redact, random } = options;
    if (shared) {
      // The store keeps the quota; this process' own pace is asked only where it is a lower one.
      const pace = limits.perSecond < shared.perSecond ? new Pace(limits, closing) : undefined;
      return new SharedDoor({ ...common, shared, limits, pace, patienceMs, redact, random, closing });
    }
    const { perDay, minutePauseSeconds } = limits;
    const minutePauseMs = minutePauseSeconds * 1000;
    return new OwnDoor({
      ...common,
      pace: new Pace(limits, closing),
      second: departureLimit(limits),
      perDay,
      minutePauseMs,
    });
  }

  #waiting(ms: number, reason: string, advertiserId?: string): void {
    const until = new Date(this.#options.now().getTime() + ms);
    this.#options.onWaiting?.({ until, reason, ...(advertiserId === undefined ? {} : { advertiserId }) });
  }
}
