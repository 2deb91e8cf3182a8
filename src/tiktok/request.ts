import type { TikTokError } from './errors.ts';

/** One request of the API: a POST when it has a body, a GET otherwise. */
export interface ApiRequest {
  /** Without the base, with the final slash: `report/integrated/get/`. */
  readonly path: string;
  /** Of the query; arrays and objects as their JSON text. */
  readonly params?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
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
   * Called in alternation: `onPause` when the request begins to wait, for another attempt or for TikTok's limit of its
   * advertiser; `onResume` when the attempt after that is about to be sent.
   */
  readonly onPause?: () => void;
  readonly onResume?: () => void;
}

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

/** A wait that the operator should know of. */
export interface Waiting {
  /** On the API's clock. */
  readonly until: Date;
  /** One sentence, without a secret. */
  readonly reason: string;
  /** Only this advertiser waits. */
  readonly advertiserId?: string;
}
