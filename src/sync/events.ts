import type { ReportRecord } from '../streams/stream.ts';
import type { Day, DayRange } from './days.ts';

/** One record, ready for the envelope of a protocol. */
export type StreamRecord = Omit<ReportRecord, 'key'>;

/**
 * What a failure means for the decision about another try.
 *
 * - `configuration`: only the operator can mend it (token, app, permission, an advertiser that is gone)
 * - `temporary`: likely gone at the next run
 * - `defect`: a request that TikTok calls wrong, or a fault of this program
 */
export type FailureClass = 'configuration' | 'temporary' | 'defect';

/** What is said of a failure, for the operator. Whole sentences without secrets; all but the first may be empty. */
export interface FailureText {
  readonly meaning: string;
  /** What to do. */
  readonly advice: string;
  /** Advertiser and days, and what TikTok said: code, words, request id. */
  readonly evidence: string;
}

/** One advertiser that could not be read to its end. */
export interface AdvertiserFailure extends FailureText {
  /** Absent where it holds for every stream: the advertiser cannot be read at all. */
  readonly stream?: string;
  readonly advertiserId: string;
  readonly advertiserName?: string;
  readonly failureClass: FailureClass;
  /** True when TikTok says that this token cannot read this advertiser (gone, suspended, not granted). */
  readonly unavailable: boolean;
  /** The window that failed, when it was one. */
  readonly window?: DayRange;
  /** All of {@link FailureText} in one, for a log. */
  readonly message: string;
}

/** What was read of one advertiser in this run. */
export interface AdvertiserSummary {
  readonly advertiserId: string;
  readonly advertiserName?: string;
  /** Records handed out in this run. */
  readonly records: number;
  /** Days committed in this run. */
  readonly days: number;
  /** The last day now covered, of this or of earlier runs; absent when nothing is. */
  readonly through?: Day;
  readonly failure?: AdvertiserFailure;
}

/** Why a run, or one stream of it, did not bring everything that was asked for. */
export interface RunFailure {
  readonly failureClass: FailureClass;
  /** For the operator. */
  readonly message: string;
  readonly cause?: unknown;
}

/** How the reading of one stream ended. `failure` absent: everything was read, or `warn` allowed the gaps it names. */
export interface StreamOutcome {
  readonly stream: string;
  readonly advertisers: readonly AdvertiserSummary[];
  readonly records: number;
  readonly failure?: RunFailure;
}

/** How the run ended. `failure` absent: every stream was read. */
export interface RunOutcome {
  /** In the order of the request. */
  readonly streams: readonly StreamOutcome[];
  readonly records: number;
  readonly requests: number;
  /** The failures of its streams in one: the only TRACE ERROR of the run, or its last log line. */
  readonly failure?: RunFailure;
  /** The run was stopped from outside (signal, closed output). */
  readonly interrupted: boolean;
}

/**
 * What happens during a read, in the order in which a protocol must report it.
 *
 * The order is the contract: a `checkpoint` comes after the last record of every window that it covers, so a protocol
 * that writes each event when it comes never promises more than it has sent. An event of one stream names that stream;
 * its message names it where there are several.
 */
export type SyncEvent =
  /** What the run will ask for, in all streams together. Rows are not known before they are read. */
  | {
      readonly type: 'planned';
      readonly advertisers: number;
      readonly windows: number;
      /** Report requests, one page a window assumed. */
      readonly requests: number;
      /** Seconds at this quota. */
      readonly seconds: number;
      /** One sentence for a log. */
      readonly message: string;
    }
  /** Their texts are freed once the next event is asked for. */
  | {
      readonly type: 'records';
      readonly stream: string;
      readonly advertiserId: string;
      readonly window: DayRange;
      readonly records: readonly StreamRecord[];
    }
  /**
   * States to be written now. They are already thinned: write every one. `state` is the JSON text of the stream's state object.
   * Streams without anything new are left out; the last checkpoint of a run has all streams.
   */
  | { readonly type: 'checkpoint'; readonly states: readonly { readonly stream: string; readonly state: string }[] }
  | {
      readonly type: 'progress';
      readonly records: number;
      readonly windowsDone: number;
      readonly windowsTotal: number;
      /** Records that a stream is likely to have in the end; without the streams for which nothing is known yet. */
      readonly expected: readonly { readonly stream: string; readonly records: number }[];
      readonly requests: number;
      readonly secondsLeft: number;
      /** One sentence for a log. */
      readonly message: string;
    }
  /** Nothing can be asked until `until` (a throttle or a spent quota); one sentence for a log. */
  | { readonly type: 'waiting'; readonly until: Date; readonly message: string }
  | {
      readonly type: 'warning';
      readonly stream?: string;
      readonly advertiserId?: string;
      readonly message: string;
    }
  | { readonly type: 'info'; readonly stream?: string; readonly message: string }
  /** One request, for a log that is asked to tell everything. */
  | { readonly type: 'debug'; readonly message: string }
  | { readonly type: 'advertiser-failed'; readonly failure: AdvertiserFailure }
  /** Last event, always. */
  | { readonly type: 'finished'; readonly outcome: RunOutcome };
