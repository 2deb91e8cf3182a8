import { CODELESS } from './error-codes.ts';
import { codelessError, TikTokError } from './errors.ts';
import type { ReachWatch } from './http/reach-watch.ts';
import type { Permit } from './quota/limiter.ts';
import type { Throttles } from './quota/throttles.ts';
import type { Sleep } from './quota/wakeable-sleep.ts';
import type { ApiRequest, Retry } from './request.ts';

/** What the requests of a client share. */
export interface AttemptsContext {
  /** How long one request is tried again after transient failures, and how long a run goes on without any answer. */
  readonly patienceMs: number;
  readonly throttles: Throttles;
  readonly reach: ReachWatch;
  readonly sleep: Sleep;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  readonly onRetry: ((retry: Retry) => void) | undefined;
}

const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

/** The attempts at one request: decides after each failure whether another one follows, and waits for it. */
export class Attempts {
  readonly #request: ApiRequest;
  readonly #context: AttemptsContext;
  /** Instead of the context's where the request has its own. */
  readonly #patienceMs: number;
  #count = 0;
  /** Attempts that failed for another reason than a throttle. */
  #failures = 0;
  /** Failures of which TikTok said that it ran out of time itself. */
  #timeoutsAtTikTok = 0;
  /** Attempts and the waits between them; not the time in the queue. */
  #spentMs = 0;

  constructor(request: ApiRequest, context: AttemptsContext) {
    this.#request = request;
    this.#context = context;
    this.#patienceMs = request.patienceMs ?? context.patienceMs;
  }

  /** TikTok answered the last attempt, be it with a refusal. */
  answered(permit: Permit): void {
    const { reach, throttles } = this.#context;
    reach.answered();
    throttles.answered(permit, this.#request.advertiserId);
  }

  /**
   * The last attempt failed. Resolves when the request may enter the queue again, which then waits out a throttle.
   *
   * @throws TikTokError when there is to be no other attempt
   */
  async failed(error: TikTokError, permit: Permit): Promise<void> {
    this.#count += 1;
    this.#spentMs += this.#context.monotonicNow() - permit.grantedAtMs;
    switch (error.kind) {
      case 'throttle':
        return await this.#throttled(error, permit);
      case 'transient':
      case 'timeout':
        return await this.#backOff(error, permit);
      default:
        this.answered(permit);
        throw error;
    }
  }

  async #throttled(error: TikTokError, permit: Permit): Promise<void> {
    const { throttles, patienceMs } = this.#context;
    const { advertiserId } = this.#request;
    if (!error.advertiserOnly || advertiserId === undefined)
      return await throttles.ofApp(error, permit, Math.min(error.retryAfterMs ?? 0, patienceMs));
    // Unlike the app's this wait is the request's own: an advertiser that is always throttled comes to an end.
    this.#spentMs += throttles.ofAdvertiser(error, permit, advertiserId);
    if (this.#spentMs > this.#patienceMs) throw this.#outOfPatience(error);
  }

  async #backOff(error: TikTokError, permit: Permit): Promise<void> {
    const { reach, random, sleep, onRetry } = this.#context;
    const { path, advertiserId, signal, retryTimeout } = this.#request;
    // TikTok failed over it: that is no success, but no throttle either.
    if (error.code !== undefined) permit.answered(false);
    const unansweredMs = reach.failed(permit.grantedAtMs);
    this.#failures += 1;
    if (error.timedOut) this.#timeoutsAtTikTok += 1;
    const isTimeout = error.kind === 'timeout' || this.#timeoutsAtTikTok > 1;
    if (isTimeout && retryTimeout === false) {
      this.#checkReach(unansweredMs, error);
      throw asTimeout(error);
    }
    // Full jitter: many requests that failed together do not come back together.
    const jitterMs = random() * Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (this.#failures - 1));
    const delayMs = jitterMs + (error.retryAfterMs ?? 0);
    // Its own patience first: when only one advertiser is left, its trouble does not mean that TikTok is unreachable.
    if (this.#spentMs + delayMs > this.#patienceMs) throw this.#outOfPatience(error);
    this.#checkReach(unansweredMs + delayMs, error);
    onRetry?.({ attempt: this.#count, delayMs, error, path, ...(advertiserId !== undefined && { advertiserId }) });
    await sleep(delayMs, signal);
    this.#spentMs += delayMs;
  }

  /** @throws TikTokError that says what came last, when no request at all has been answered for longer than the patience */
  #checkReach(unansweredMs: number, error: TikTokError): void {
    const { patienceMs } = this.#context;
    if (unansweredMs <= patienceMs) return;
    const { kind, meaning, advice } = CODELESS.unreachable;
    const bound = `No request got through for ${seconds(patienceMs)} (patience_seconds).`;
    throw codelessError({ kind, meaning: `${error.meaning} ${meaning}`, advice }, `${error.message} ${bound}`, error);
  }

  #outOfPatience(error: TikTokError): TikTokError {
    if (this.#patienceMs === 0) return error;
    const bound = `Gave up after ${this.#count} attempts within ${seconds(this.#patienceMs)} (patience_seconds).`;
    return new TikTokError({ ...error, message: `${error.message} ${bound}`, cause: error });
  }
}

function asTimeout(error: TikTokError): TikTokError {
  if (error.kind === 'timeout') return error;
  return new TikTokError({ ...error, ...CODELESS.timeout, message: error.message, cause: error });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
