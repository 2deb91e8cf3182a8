import { setTimeout as delay } from 'node:timers/promises';
import { ApiClock } from './api-clock.ts';
import { type Answer, brokenAnswer, openEnvelope } from './envelope.ts';
import { CODELESS, throttleDepth } from './error-codes.ts';
import { TikTokError } from './errors.ts';
import { Gate, type Sleep } from './gate.ts';
import { Pace, type QuotaLimits } from './quota.ts';
import { createRedactor } from './redact.ts';
import { ThrottleLadder } from './throttle-ladder.ts';
import { type AgentOptions, codelessError, Transport } from './transport.ts';

export type { Answer } from './envelope.ts';
export type { QuotaLimits } from './quota.ts';

/** A wait that somebody should hear of. */
export interface Waiting {
  /** On the API's clock. */
  readonly until: Date;
  /** One sentence, without a secret. */
  readonly reason: string;
  /** Only this advertiser waits. */
  readonly advertiserId?: string;
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
  readonly requestTimeoutMs: number;
  /** How long one request is tried again after transient failures, and how long a run goes on without any answer. */
  readonly patienceMs: number;
  /** Kept out of every error; the access token need not be named. */
  readonly secrets?: readonly string[];
  readonly onWaiting?: (waiting: Waiting) => void;
  readonly onRetry?: (retry: Retry) => void;
  /** From 0 to below 1. */
  readonly random?: () => number;
  readonly sleep?: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow?: () => number;
  readonly agentOptions?: AgentOptions;
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
}

export interface GetRequest extends CommonRequest {
  readonly params: Readonly<Record<string, string>>;
}

export interface PostRequest extends CommonRequest {
  readonly body: Readonly<Record<string, unknown>>;
}

const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;
const HOLD_FIRST_MS = 1_000;
/** Waiting longer than this for the next day's quota is left to the next run. */
const DAY_WAIT_MAX_MS = 3_600_000;
const DAY_MS = 86_400_000;

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
  readonly #gate: Gate;
  readonly #ladder: ThrottleLadder;
  readonly #sleep: Sleep;
  readonly #random: () => number;
  readonly #monotonicNow: () => number;
  readonly #closing = new AbortController();
  readonly #holds = new Map<string, { readonly since: number; readonly ms: number }>();
  #requests = 0;
  #day = { number: Number.NaN, requests: 0 };
  /** The first failure since the last answer. */
  #failing: { readonly since: number; readonly closedMs: number } | undefined;

  constructor(options: TikTokClientOptions) {
    this.#options = options;
    this.#redact = createRedactor([...(options.secrets ?? []), options.accessToken ?? '']);
    this.#transport = new Transport(this.#redact, options.agentOptions);
    this.#monotonicNow = options.monotonicNow ?? (() => performance.now());
    this.#random = options.random ?? Math.random;
    this.#sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
    this.#clock = new ApiClock(this.#monotonicNow);
    this.#ladder = new ThrottleLadder(options.quota.minutePauseSeconds * 1000);
    this.#gate = new Gate({
      pace: new Pace(options.quota, this.#closing.signal),
      day: { spend: () => this.#spendOneOfTheDay() },
      sleep: this.#sleep,
      monotonicNow: this.#monotonicNow,
      onDaySpent: (ms) => this.#onDaySpent(ms),
    });
  }

  /** Attempts sent so far, each of which counted against the quota. */
  get requestCount(): number {
    return this.#requests;
  }

  /** The API's own clock; the machine's until TikTok has answered once. */
  now(): Date {
    return this.#clock.now();
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
    });
  }

  /** POST with a JSON body. */
  post({ body, ...request }: PostRequest): Promise<Answer> {
    const url = `${this.#options.apiUrl}${request.path}`;
    return this.#persist(request, { method: 'POST', url, body: JSON.stringify(body) });
  }

  async #persist(
    request: CommonRequest,
    wire: { readonly method: 'GET' | 'POST'; readonly url: string; readonly body?: string },
  ): Promise<Answer> {
    const { path, advertiserId, signal } = request;
    const patienceMs = request.patienceMs ?? this.#options.patienceMs;
    let spentMs = 0;
    let timeoutsAtTikTok = 0;
    for (let attempt = 1; ; attempt += 1) {
      const sentAt = await this.#gate.enter(advertiserId ?? '', signal);
      this.#requests += 1;
      let error: TikTokError;
      try {
        const answer = await this.#attempt(request, wire);
        this.#answered(sentAt, advertiserId);
        return answer;
      } catch (thrown) {
        if (!(thrown instanceof TikTokError)) throw thrown;
        error = thrown;
      } finally {
        this.#gate.leave();
      }
      spentMs += this.#monotonicNow() - sentAt;

      if (error.kind === 'throttle') {
        if (!error.advertiserOnly || advertiserId === undefined) {
          this.#throttled(error, sentAt);
          continue;
        }
        spentMs += this.#hold(advertiserId, error, sentAt);
        if (spentMs > patienceMs) throw outOfPatience(error, attempt, patienceMs);
        continue;
      }
      if (error.timedOut) {
        timeoutsAtTikTok += 1;
        if (timeoutsAtTikTok > 1 && request.retryTimeout === false) throw asTimeout(error);
      } else if (error.kind !== 'transient' && error.kind !== 'timeout') {
        this.#answered(sentAt, advertiserId); // A refusal, but an answer: TikTok is there.
        throw error;
      }

      if (error.code !== undefined) this.#gate.answered(sentAt); // Not well, but not throttled either.
      if (error.kind === 'timeout' && request.retryTimeout === false) {
        this.#failed(sentAt, 0, error);
        throw error;
      }
      const backoffMs = this.#random() * Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** (attempt - 1));
      this.#failed(sentAt, backoffMs, error);
      if (spentMs + backoffMs > patienceMs) throw outOfPatience(error, attempt, patienceMs);
      this.#options.onRetry?.({
        attempt,
        delayMs: backoffMs,
        error,
        path,
        ...(advertiserId === undefined ? {} : { advertiserId }),
      });
      await this.#sleep(backoffMs, signal);
      spentMs += backoffMs;
    }
  }

  async #attempt(
    { path, advertiserId, signal, validate, anonymous, timeoutMs }: CommonRequest,
    wire: { readonly method: 'GET' | 'POST'; readonly url: string; readonly body?: string },
  ): Promise<Answer> {
    const { accessToken, requestTimeoutMs } = this.#options;
    const raw = await this.#transport.exchange({
      ...wire,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'source-tiktok-ads',
        ...(wire.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(anonymous || accessToken === undefined ? {} : { 'Access-Token': accessToken }),
      },
      timeoutMs: timeoutMs ?? requestTimeoutMs,
      signal,
    });
    if (raw.dateMs !== undefined) this.#clock.seen(raw.dateMs);
    const context = { path, advertiserId, redact: this.#redact };
    const answer = openEnvelope(raw, context);
    const wrong = validate?.(answer.data);
    if (wrong !== undefined) throw brokenAnswer(this.#redact(wrong), context, answer.requestId);
    return answer;
  }

  #answered(sentAt: number, advertiserId: string | undefined): void {
    this.#failing = undefined;
    if (advertiserId !== undefined) this.#holds.delete(advertiserId);
    if (!this.#gate.wasUnderWay(sentAt)) this.#ladder.reset();
    this.#gate.answered(sentAt);
  }

  /** Notes a failure. Throws when nobody has been answered for the whole patience. */
  #failed(sentAt: number, backoffMs: number, error: TikTokError): void {
    const closedMs = this.#gate.closedMs();
    this.#failing ??= { since: sentAt, closedMs };
    const lastedMs = this.#monotonicNow() - this.#failing.since - (closedMs - this.#failing.closedMs);
    if (lastedMs + backoffMs <= this.#options.patienceMs) return;
    const seconds = Math.round(this.#options.patienceMs / 1000);
    throw this.#unreachable(
      `Nothing was answered for ${seconds} s (patience_seconds); the last failure: ${error.message}`,
      error,
    );
  }

  #throttled(error: TikTokError, sentAt: number): void {
    const depth = throttleDepth(error.apiMessage ?? '');
    if (depth === 'day') {
      this.#day.requests = Number.POSITIVE_INFINITY;
      return;
    }
    // Those already under way when the gate closed say nothing new.
    if (this.#gate.wasUnderWay(sentAt)) return;
    const closeMs = this.#ladder.next(depth);
    if (closeMs === undefined) {
      throw this.#unreachable(`TikTok still throttles after three pauses in a row: ${error.message}`, error);
    }
    this.#gate.close(closeMs);
    this.#waiting(
      closeMs,
      `TikTok says that the app asks too often (${error.apiMessage || `HTTP ${error.httpStatus}`}).`,
    );
  }

  /** Holds one advertiser back, a second and doubling; returns for how long. */
  #hold(advertiserId: string, error: TikTokError, sentAt: number): number {
    const last = this.#holds.get(advertiserId);
    // Those already under way when the hold began say nothing new.
    if (last && sentAt <= last.since) return last.ms;
    const ms = last ? Math.min(last.ms * 2, BACKOFF_MAX_MS) : HOLD_FIRST_MS;
    this.#holds.set(advertiserId, { since: this.#monotonicNow(), ms });
    this.#gate.hold(advertiserId, ms);
    this.#waiting(
      ms,
      `TikTok says that advertiser ${advertiserId} is asked too often (${error.apiMessage}).`,
      advertiserId,
    );
    return ms;
  }

  #spendOneOfTheDay(): number | undefined {
    const nowMs = this.now().getTime();
    const number = Math.floor(nowMs / DAY_MS);
    if (number !== this.#day.number) this.#day = { number, requests: 0 };
    if (this.#day.requests >= this.#options.quota.perDay) return (number + 1) * DAY_MS - nowMs + 1_000;
    this.#day.requests += 1;
    return undefined;
  }

  #onDaySpent(ms: number): TikTokError | undefined {
    const until = new Date(this.now().getTime() + ms);
    if (ms <= DAY_WAIT_MAX_MS) {
      this.#waiting(ms, 'The requests that the app may make in a day are spent.');
      return undefined;
    }
    const { kind, advice, meaning } = CODELESS.quotaExhausted;
    const message = `${meaning} The next ones are there from ${until.toISOString()} (00:00 UTC) on.`;
    return new TikTokError({ kind, advice, message, retryAt: until });
  }

  #waiting(ms: number, reason: string, advertiserId?: string): void {
    const until = new Date(this.now().getTime() + ms);
    this.#options.onWaiting?.({ until, reason, ...(advertiserId === undefined ? {} : { advertiserId }) });
  }

  #unreachable(message: string, cause: TikTokError): TikTokError {
    return codelessError(CODELESS.unreachable, message, cause);
  }
}

function outOfPatience(error: TikTokError, attempts: number, patienceMs: number): TikTokError {
  if (patienceMs === 0) return error;
  const bound = `Gave up after ${attempts} attempts within ${Math.round(patienceMs / 1000)} s (patience_seconds).`;
  return new TikTokError({
    ...error,
    kind: error.kind,
    advice: error.advice,
    message: `${error.message} ${bound}`,
    cause: error,
  });
}

function asTimeout(error: TikTokError): TikTokError {
  return new TikTokError({
    ...error,
    kind: 'timeout',
    advice: CODELESS.timeout.advice,
    message: error.message,
    cause: error,
  });
}
