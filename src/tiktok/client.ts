import { setTimeout as delay } from 'node:timers/promises';
import { CODELESS } from './error-codes.ts';
import { type ErrorKind, TikTokError } from './errors.ts';
import { ApiClock } from './http/api-clock.ts';
import { type Answer, openEnvelope } from './http/envelope.ts';
import { ReachWatch } from './http/reach-watch.ts';
import { codelessError, type RawRequest, Transport } from './http/transport.ts';
import { AppQuota, type Waiting } from './quota/app-quota.ts';
import type { Turn } from './quota/gate.ts';
import type { Sleep } from './quota/nap.ts';
import type { QuotaLimits } from './quota/quota.ts';
import type { SharedQuota } from './quota/shared-door.ts';
import { createRedactor } from './redact.ts';

export type { Answer } from './http/envelope.ts';
export type { Waiting } from './quota/app-quota.ts';
export type { QuotaLimits } from './quota/quota.ts';

/** One attempt that has ended. */
export interface Attempt {
  readonly path: string;
  readonly advertiserId?: string;
  /** Days and page of a report, nothing else: other parameters may be secret. */
  readonly report?: string;
  readonly durationMs: number;
  readonly requestId?: string;
  /** Absent: it was answered. */
  readonly error?: TikTokError;
}

/** One more attempt that is about to come. */
export interface Retry {
  /** Attempts made so far. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: TikTokError;
  readonly path: string;
  readonly advertiserId?: string;
}

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

interface CommonRequest {
  /** Without the base, with the final slash: `report/integrated/get/`. */
  readonly path: string;
  /** Whose request it is: the unit of fairness, and of TikTok's limit per advertiser. */
  readonly advertiserId?: string;
  readonly signal: AbortSignal;
  /** Instead of the client's. 0: no second attempt after a transient failure. */
  readonly patienceMs?: number;
  readonly timeoutMs?: number;
  /** Ask again after a timeout, as after any other transient failure. False where less should be asked for. Default true. */
  readonly retryTimeout?: boolean;
  /** Says what is wrong with `data` (completes "the answer …"): then it is asked for again like any broken answer. */
  readonly validate?: (data: unknown) => string | undefined;
  /** Do not send the access token. */
  readonly anonymous?: boolean;
  /** A faster way than `JSON.parse` to open some answers, undefined for all others; must not keep `body`. */
  readonly parse?: (body: Buffer) => unknown;
  /**
   * Called by turns: `onPause` when the request begins to wait, for another attempt or for TikTok's limit of its
   * advertiser; `onResume` when the attempt after that is about to be sent.
   */
  readonly onPause?: () => void;
  readonly onResume?: () => void;
}

export interface GetRequest extends CommonRequest {
  readonly params: Readonly<Record<string, string>>;
}

export interface PostRequest extends CommonRequest {
  readonly body: Readonly<Record<string, unknown>>;
}

type Wire = Pick<RawRequest<Answer>, 'method' | 'url' | 'body'> & Pick<Attempt, 'report'>;

const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

/** Answers with a date of its own each are not worth waiting for. */
const CLOCK_REQUESTS_MAX = 4;
const ENDS_ALL: ReadonlySet<ErrorKind> = new Set(['unreachable', 'quota_exhausted']);
/** Less is the way of an answer. */
const CLOCK_TOLERANCE_MS = 60_000;

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
  readonly #quota: AppQuota;
  readonly #reach: ReachWatch;
  readonly #sleep: Sleep;
  readonly #random: () => number;
  readonly #monotonicNow: () => number;
  readonly #closing = new AbortController();
  #requests = 0;
  /** The moment that {@link settleClock} answered with. */
  #settledMs = Number.NEGATIVE_INFINITY;

  constructor(options: TikTokClientOptions) {
    this.#options = options;
    this.#redact = createRedactor([...(options.secrets ?? []), options.accessToken ?? '']);
    this.#transport = new Transport(this.#redact);
    this.#monotonicNow = options.monotonicNow ?? (() => performance.now());
    this.#random = options.random ?? Math.random;
    this.#sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
    this.#clock = new ApiClock(this.#monotonicNow);
    this.#quota = new AppQuota({
      limits: options.quota,
      shared: options.sharedQuota,
      patienceMs: options.patienceMs,
      redact: this.#redact,
      random: this.#random,
      sleep: this.#sleep,
      monotonicNow: this.#monotonicNow,
      now: () => this.#clock.now(),
      onWaiting: options.onWaiting,
      closing: this.#closing.signal,
    });
    this.#reach = new ReachWatch(this.#monotonicNow, () => this.#quota.closedMs());
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
   * Makes sure of {@link now} before it decides which days are read: one answer with a wrong `Date` must not. An answer
   * that agrees with this machine's clock is enough; otherwise more are asked for until two agree. Where none do, the
   * machine's clock counts. Requests fail from here on once the answers say that this moment has not come yet.
   */
  async settleClock(signal: AbortSignal): Promise<void> {
    for (let asked = 0; !this.#clock.isConfirmed && asked < CLOCK_REQUESTS_MAX; asked += 1) {
      try {
        // Every token may ask for it, and every answer has a date, a refusal too.
        await this.get({ path: 'user/info/', params: {}, signal, patienceMs: 0 });
      } catch (error) {
        if (!(error instanceof TikTokError) || ENDS_ALL.has(error.kind)) throw error;
      }
    }
    if (!this.#clock.isConfirmed) this.#clock.forget();
    this.#settledMs = this.#clock.now().getTime();
  }

  /** Ends all waiting and closes the kept connections; nothing can be asked afterwards. */
  close(): void {
    this.#closing.abort(new Error('The client was closed.'));
    this.#transport.close();
  }

  /** GET; arrays and objects among the parameters are to be given as their JSON text. */
  get({ params, ...request }: GetRequest): Promise<Answer> {
    const query = Object.entries(params)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
    return this.#persist(request, {
      method: 'GET',
      url: `${this.#options.apiUrl}${request.path}${query && `?${query}`}`,
      ...(params.start_date !== undefined && {
        report: `${params.start_date}..${params.end_date} page ${params.page}`,
      }),
    });
  }

  /** POST with a JSON body. */
  post({ body, ...request }: PostRequest): Promise<Answer> {
    const url = `${this.#options.apiUrl}${request.path}`;
    return this.#persist(request, { method: 'POST', url, body: JSON.stringify(body) });
  }

  /** One request: attempts until it is answered, refused, or the patience ends. Each attempt pays the quota. */
  async #persist(request: CommonRequest, wire: Wire): Promise<Answer> {
    const { advertiserId, signal } = request;
    const effort: Effort = { attempts: 0, failures: 0, timeoutsAtTikTok: 0, spentMs: 0 };
    let isPaused = false;
    const pause = () => {
      if (!isPaused) request.onPause?.();
      isPaused = true;
    };
    for (;;) {
      const turn = await this.#quota.turn(advertiserId, signal, pause);
      this.#requests += 1;
      if (isPaused) request.onResume?.();
      isPaused = false;
      effort.attempts += 1;
      let error: TikTokError;
      try {
        const answer = await this.#attempt(request, wire, turn.leave);
        this.#answered(turn, advertiserId);
        this.#tellAttempt(request, wire, turn, { requestId: answer.requestId });
        return answer;
      } catch (thrown) {
        if (!(thrown instanceof TikTokError)) throw thrown;
        error = thrown;
      } finally {
        // Before any waiting: a request that waits is not in flight.
        turn.done();
      }
      pause();
      this.#tellAttempt(request, wire, turn, { error });
      effort.spentMs += this.#monotonicNow() - turn.passage.atMs;
      if (error.kind === 'throttle') await this.#throttled(request, effort, error, turn);
      else await this.#backOff(request, effort, error, turn);
    }
  }

  /** Returns when the gate may be asked again, which then does the waiting. */
  async #throttled(request: CommonRequest, effort: Effort, error: TikTokError, turn: Turn): Promise<void> {
    const { advertiserId } = request;
    if (!error.advertiserOnly || advertiserId === undefined) {
      await this.#quota.throttled(error, turn, Math.min(error.retryAfterMs ?? 0, this.#options.patienceMs));
      return;
    }
    // Unlike the app's gate this wait is the request's own: an advertiser that is always throttled comes to an end.
    effort.spentMs += this.#quota.throttledAdvertiser(error, turn, advertiserId);
    const patienceMs = this.#patienceMs(request);
    if (effort.spentMs > patienceMs) throw outOfPatience(error, effort, patienceMs);
  }

  /** Waits before one more attempt; throws where there is to be none. */
  async #backOff(request: CommonRequest, effort: Effort, error: TikTokError, turn: Turn): Promise<void> {
    const { path, advertiserId, signal } = request;
    if (error.kind !== 'transient' && error.kind !== 'timeout') {
      this.#answered(turn, advertiserId); // A refusal, but an answer: TikTok is there.
      throw error;
    }
    if (error.code !== undefined) this.#quota.faltered(turn);
    const unansweredMs = this.#reach.failed(turn.passage.atMs);
    effort.failures += 1;
    if (error.timedOut) effort.timeoutsAtTikTok += 1;
    const isTimeout = error.kind === 'timeout' || effort.timeoutsAtTikTok > 1;
    if (isTimeout && request.retryTimeout === false) {
      this.#checkReach(unansweredMs, error);
      throw asTimeout(error);
    }
    // Full jitter: many requests that failed together do not come back together.
    const jitterMs = this.#random() * Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (effort.failures - 1));
    const backoffMs = jitterMs + (error.retryAfterMs ?? 0);
    // Its own patience first: where only one advertiser is left to ask, its trouble is not everybody's.
    const patienceMs = this.#patienceMs(request);
    if (effort.spentMs + backoffMs > patienceMs) throw outOfPatience(error, effort, patienceMs);
    this.#checkReach(unansweredMs + backoffMs, error);
    this.#options.onRetry?.({
      attempt: effort.attempts,
      delayMs: backoffMs,
      error,
      path,
      ...(advertiserId === undefined ? {} : { advertiserId }),
    });
    await this.#sleep(backoffMs, signal);
    effort.spentMs += backoffMs;
  }

  #tellAttempt(
    { path, advertiserId }: CommonRequest,
    { report }: Wire,
    { passage }: Turn,
    { requestId, error }: { readonly requestId?: string; readonly error?: TikTokError },
  ): void {
    const id = requestId ?? error?.requestId;
    this.#options.onAttempt?.({
      path,
      ...(advertiserId !== undefined && { advertiserId }),
      ...(report !== undefined && { report }),
      durationMs: Math.round(this.#monotonicNow() - passage.atMs),
      ...(id !== undefined && { requestId: id }),
      ...(error && { error }),
    });
  }

  #patienceMs({ patienceMs }: CommonRequest): number {
    return patienceMs ?? this.#options.patienceMs;
  }

  #answered(turn: Turn, advertiserId: string | undefined): void {
    this.#reach.answered();
    this.#quota.answered(turn, advertiserId);
  }

  #checkReach(unansweredMs: number, error: TikTokError): void {
    const { patienceMs } = this.#options;
    if (unansweredMs <= patienceMs) return;
    const bound = `TikTok answered nothing for ${seconds(patienceMs)} (patience_seconds).`;
    throw codelessError(CODELESS.unreachable, `${bound} The last failure: ${error.message}`, error);
  }

  #lookAtClock(dateMs: number | undefined): void {
    if (dateMs === undefined) return;
    this.#clock.seen(dateMs);
    const latestMs = Math.max(this.#clock.now().getTime(), Date.now());
    if (this.#settledMs <= latestMs + CLOCK_TOLERANCE_MS) return;
    const [then, now] = [this.#settledMs, latestMs].map((ms) => new Date(ms).toISOString());
    throw codelessError(CODELESS.clock, `${CODELESS.clock.meaning} The run began at ${then}, and now it is ${now}.`);
  }

  async #attempt(
    { path, advertiserId, signal, validate, anonymous, parse, timeoutMs }: CommonRequest,
    wire: Wire,
    leave: Turn['leave'],
  ): Promise<Answer> {
    const { accessToken, requestTimeoutMs } = this.#options;
    return await this.#transport.exchange({
      ...wire,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'source-tiktok-ads',
        ...(wire.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(anonymous || accessToken === undefined ? {} : { 'Access-Token': accessToken }),
      },
      timeoutMs: timeoutMs ?? requestTimeoutMs,
      signal,
      leave,
      open: (raw) => {
        this.#lookAtClock(raw.dateMs);
        return openEnvelope(raw, { path, advertiserId, redact: this.#redact, validate, parse });
      },
    });
  }
}

/** What one request has cost so far. */
interface Effort {
  attempts: number;
  /** Attempts that failed for another reason than a throttle. */
  failures: number;
  /** Failures of which TikTok said that it ran out of time itself. */
  timeoutsAtTikTok: number;
  /** Attempts and the waits between them; not the time at the gate. */
  spentMs: number;
}

function outOfPatience(error: TikTokError, { attempts }: Effort, patienceMs: number): TikTokError {
  if (patienceMs === 0) return error;
  const message = `${error.message} Gave up after ${attempts} attempts within ${seconds(patienceMs)} (patience_seconds).`;
  return new TikTokError({ ...error, message, cause: error });
}

function asTimeout(error: TikTokError): TikTokError {
  if (error.kind === 'timeout') return error;
  const { kind, advice } = CODELESS.timeout;
  return new TikTokError({ ...error, kind, advice, message: error.message, cause: error });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
