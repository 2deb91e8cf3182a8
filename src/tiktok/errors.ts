import type { ErrorCodeEntry, ErrorKind } from './error-codes.ts';

export type { ErrorKind } from './error-codes.ts';

/** What a {@link TikTokError} is made of. */
export interface TikTokErrorDetails {
  readonly kind: ErrorKind;
  readonly meaning: string;
  readonly advice: string;
  readonly message: string;
  readonly advertiserId?: string | undefined;
  readonly code?: number | undefined;
  readonly apiMessage?: string | undefined;
  readonly requestId?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly metrics?: readonly string[] | undefined;
  readonly advertiserOnly?: boolean | undefined;
  readonly timedOut?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A request that brought nothing. `kind` says what to do about it.
 *
 * Whole sentences for the operator: `meaning` says what it means, `advice` what to do, `message` what was asked and what
 * came back, with TikTok's code, words and request id. None of them holds a secret, nor does `cause`.
 */
export class TikTokError extends Error {
  override readonly name = 'TikTokError';
  readonly kind: ErrorKind;
  readonly meaning: string;
  readonly advice: string;
  /** Whose request it was; absent where it was that of no single advertiser. */
  readonly advertiserId?: string;
  /** TikTok's return code, when an answer had one. */
  readonly code?: number;
  /** TikTok's own words. */
  readonly apiMessage?: string;
  readonly requestId?: string;
  readonly httpStatus?: number;
  /** The metrics that TikTok no longer offers; with `metric_withdrawn` only. */
  readonly metrics?: readonly string[];
  /** The throttle concerns one advertiser; the others may go on. */
  readonly advertiserOnly?: boolean;
  /** TikTok said itself that it ran out of time. */
  readonly timedOut?: boolean;
  /** How long the server wants to be left alone (`Retry-After`). */
  readonly retryAfterMs?: number;

  constructor(details: TikTokErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.meaning = details.meaning;
    this.advice = details.advice;
    if (details.advertiserId !== undefined) this.advertiserId = details.advertiserId;
    if (details.code !== undefined) this.code = details.code;
    if (details.apiMessage !== undefined) this.apiMessage = details.apiMessage;
    if (details.requestId !== undefined) this.requestId = details.requestId;
    if (details.httpStatus !== undefined) this.httpStatus = details.httpStatus;
    if (details.metrics !== undefined) this.metrics = details.metrics;
    if (details.advertiserOnly !== undefined) this.advertiserOnly = details.advertiserOnly;
    if (details.timedOut !== undefined) this.timedOut = details.timedOut;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

/** An error for a failure that has no return code. */
export function codelessError(entry: ErrorCodeEntry, message: string, cause?: unknown): TikTokError {
  return new TikTokError({ ...entry, message, cause });
}
