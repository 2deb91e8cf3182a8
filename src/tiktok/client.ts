import { setTimeout as delay } from 'node:timers/promises';
import { monotonicNow as ownMonotonicNow } from '../wire/monotonic-now.ts';
import { Attempts, type AttemptsContext } from './attempts.ts';
import { type ErrorKind, TikTokError } from './errors.ts';
import { ApiClock } from './http/api-clock.ts';
import { type Answer, openEnvelope } from './http/envelope.ts';
import { ReachWatch } from './http/reach-watch.ts';
import { type RawAnswer, type RawRequest, Transport } from './http/transport.ts';
import { createLimiter } from './quota/create-limiter.ts';
import type { QuotaLimits } from './quota/quota.ts';
import { RequestQueue, type Slot } from './quota/request-queue.ts';
import type { SharedQuota } from './quota/shared-limiter.ts';
import { Throttles } from './quota/throttles.ts';
import type { Sleep } from './quota/wakeable-sleep.ts';
import { createRedactor } from './redact.ts';
import type { ApiRequest, Attempt, Retry, Waiting } from './request.ts';

export type { Answer } from './http/envelope.ts';
export type { QuotaLimits } from './quota/quota.ts';
export type { ApiRequest, Attempt, Retry, Waiting } from './request.ts';

export interface TikTokClientOptions {
  /** Base URL, ends in a slash. */
  readonly apiUrl: string;
  readonly accessToken?: string;
  readonly quota: QuotaLimits;
  /** Absent: the quota is this process' alone. */
  readonly sharedQuota?: SharedQuota | undefined;
  readonly requestTimeoutMs: number;
  /** How long one request is tried again after transient failures, and how long a run goes on without any answer. */
  readonly patienceMs: number;
  /** Kept out of every error; the access token need not be named. */
  readonly secrets?: readonly string[];
  readonly onWaiting?: (waiting: Waiting) => void;
  readonly onRetry?: (retry: Retry) => void;
  /** Called after every attempt, for a log. */
  readonly onAttempt?: (attempt: Attempt) => void;
  /** From 0 to below 1. */
  readonly random?: () => number;
  readonly sleep?: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow?: () => number;
}

/** Further answers about the time are not worth waiting for. */
const CLOCK_REQUESTS_MAX = 5;
const ENDS_ALL: ReadonlySet<ErrorKind> = new Set(['unreachable', 'quota_exhausted']);

/**
 * The TikTok API for Business: asks within the quota, waits out throttles, tries transient failures again.
 *
 * One client per app and process: the quota is the app's. Whatever it throws is a {@link TikTokError}, or the reason of
 * the signal that was aborted.
 */
export class TikTokClient {
  readonly #options: TikTokClientOptions;
  readonly #redact: (text: string) => string;
  readonly #transport: Transport;
  readonly #clock: ApiClock;
  readonly #queue: RequestQueue;
  readonly #shared: AttemptsContext;
  readonly #closing = new AbortController();
  #requests = 0;
  #aboutAll = 0;

  constructor(options: TikTokClientOptions) {
    const {
      patienceMs,
      onRetry,
      monotonicNow = ownMonotonicNow,
      random = Math.random,
      sleep = (ms, signal) => delay(ms, undefined, { signal }),
    } = options;
    this.#options = options;
    this.#redact = createRedactor([...(options.secrets ?? []), options.accessToken ?? '']);
    this.#transport = new Transport(this.#redact);
    this.#clock = new ApiClock(monotonicNow);
    const onWaiting = (ms: number, reason: string, advertiserId?: string) => {
      const until = new Date(this.#clock.now().getTime() + ms);
      options.onWaiting?.({ until, reason, ...(advertiserId !== undefined && { advertiserId }) });
    };
    const limiter = createLimiter({
      limits: options.quota,
      shared: options.sharedQuota,
      patienceMs,
      redact: this.#redact,
      random,
      sleep,
      monotonicNow,
      now: () => this.#clock.now(),
      onWaiting,
      closing: this.#closing.signal,
    });
    this.#queue = new RequestQueue({ limiter, sleep, monotonicNow });
    this.#shared = {
      patienceMs,
      throttles: new Throttles({ queue: this.#queue, monotonicNow, onWaiting }),
      reach: new ReachWatch(monotonicNow, () => limiter.blockedMs()),
      sleep,
      random,
      monotonicNow,
      onRetry,
    };
  }

  /** Attempts sent so far, each of which counted against the quota. */
  get requestCount(): number {
    return this.#requests;
  }

  /** The API's own clock; the machine's until TikTok has answered once. */
  now(): Date {
    return this.#clock.now();
  }

  /**
   * Makes sure of {@link now} before it decides which days are read: a few answers with a wrong `Date` must not. An answer
   * that agrees with this machine's clock is enough; otherwise more are asked for until two agree, and five on a time that
   * is still to come here. Where they do not, the machine's clock counts. Requests fail from here on, with an error of kind
   * `clock`, once an answer and this machine, or most answers, say that this moment has not come yet.
   */
  async settleClock(signal: AbortSignal): Promise<void> {
    const ask = async () => {
      try {
        // Any token may ask for it, and every answer has a date, a refusal too.
        await this.request({ path: 'user/info/', signal, patienceMs: 0 });
      } catch (error) {
        if (!(error instanceof TikTokError) || ENDS_ALL.has(error.kind)) throw error;
      }
    };
    for (let left = CLOCK_REQUESTS_MAX; this.#clock.missing > 0 && left > 0; ) {
      // Side by side they have connections of their own, which may lead to other servers.
      const now = Math.min(left, this.#clock.missing);
      left -= now;
      await Promise.all(Array.from({ length: now }, ask));
    }
    this.#clock.settle();
  }

  /** Ends all waiting and closes the kept connections; nothing can be asked afterwards. */
  close(): void {
    this.#closing.abort(new Error('The client was closed.'));
    this.#transport.close();
  }

  /** Sends a request until it is answered, refused, or the patience ends. Each attempt counts against the quota. */
  async request(request: ApiRequest): Promise<Answer> {
    const { signal } = request;
    // One that is about all advertisers is in nobody's line: the second of two does not wait for a round of the others.
    const line = request.advertiserId ?? `about all, ${this.#aboutAll++}`;
    const wire = this.#wireOf(request);
    const attempts = new Attempts(request, this.#shared);
    let isPaused = false;
    const pause = () => {
      if (!isPaused) request.onPause?.();
      isPaused = true;
    };
    for (;;) {
      const slot = await this.#queue.enter(line, signal, pause);
      this.#requests += 1;
      if (isPaused) request.onResume?.();
      isPaused = false;
      let error: TikTokError;
      try {
        const answer = await this.#transport.exchange({ ...wire, dispatch: slot.dispatch });
        attempts.answered(slot.permit);
        this.#reportAttempt(request, slot, { requestId: answer.requestId });
        return answer;
      } catch (thrown) {
        if (!(thrown instanceof TikTokError)) throw thrown;
        error = thrown;
      } finally {
        // Before any waiting: a request that waits is not in flight.
        slot.done();
      }
      pause();
      this.#reportAttempt(request, slot, { error });
      await attempts.failed(error, slot.permit);
    }
  }

  /** The request as HTTP, the same for each attempt. */
  #wireOf(request: ApiRequest): RawRequest<Answer> {
    const { apiUrl, accessToken, requestTimeoutMs } = this.#options;
    const { path, params = {}, body, anonymous = false, timeoutMs = requestTimeoutMs, signal } = request;
    const query = Object.entries(params)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
    return {
      url: `${apiUrl}${path}${query && `?${query}`}`,
      ...(body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        Accept: 'application/json',
        'User-Agent': 'source-tiktok-ads',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(!anonymous && accessToken !== undefined && { 'Access-Token': accessToken }),
      },
      timeoutMs,
      signal,
      open: (raw: RawAnswer) => {
        this.#clock.seen(raw.dateMs);
        return openEnvelope(raw, { ...request, redact: this.#redact });
      },
    };
  }

  #reportAttempt(
    { path, advertiserId, params }: ApiRequest,
    { permit }: Slot,
    { requestId, error }: { readonly requestId?: string; readonly error?: TikTokError },
  ): void {
    const id = requestId ?? error?.requestId;
    const report = params?.start_date && `${params.start_date}..${params.end_date} page ${params.page}`;
    this.#options.onAttempt?.({
      path,
      ...(advertiserId !== undefined && { advertiserId }),
      ...(report && { report }),
      durationMs: Math.round(this.#shared.monotonicNow() - permit.grantedAtMs),
      ...(id !== undefined && { requestId: id }),
      ...(error && { error }),
    });
  }
}
