import type { ReportRecord } from '../streams/daily-report.ts';
import type { Day, DayRange } from './days.ts';

/** One record, ready to be put between a protocol's envelope. */
export type StreamRecord = Omit<ReportRecord, 'key'>;

/**
 * What a failure means, for whoever decides about another try.
 *
 * - `configuration`: only the operator can mend it (token, app, permission, an advertiser that is gone)
 * - `temporary`: likely gone at the next run
 * - `defect`: a request that TikTok calls wrong, or a fault of this program
 */
export type FailureClass = 'configuration' | 'temporary' | 'defect';

/** One advertiser that could not be read to its end. */
export interface AdvertiserFailure {
  readonly advertiserId: string;
  readonly advertiserName?: string;
  readonly failureClass: FailureClass;
  /** True when TikTok says that this token may not, or cannot, read this advertiser (gone, suspended, not granted). */
  readonly unavailable: boolean;
  /** The window that failed, when it was one. */
  readonly window?: DayRange;
  /** For the operator: advertiser, dates, TikTok's code, message, request id and what it means. No secrets. */
  readonly what: string;
  /** For the operator: what to do. Empty where nobody knows. */
  readonly advice: string;
  /** Both, for a log. */
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

/** How the run ended. `failure` absent means: everything asked for was read, or `warn` allowed the gaps it names. */
export interface RunOutcome {
  readonly advertisers: readonly AdvertiserSummary[];
  readonly records: number;
  readonly requests: number;
  readonly failure?: {
    readonly failureClass: FailureClass;
    /** For the operator; the single TRACE ERROR of the run, or the last log line. */
    readonly message: string;
    readonly cause?: unknown;
  };
  /** The run was stopped from outside (signal, closed output). */
  readonly interrupted: boolean;
}

/**
 * What happens during a read, in the order in which a protocol must say it.
 *
 * The order is the contract: a `checkpoint` comes after the last record of every window that it covers, so a protocol
 * that writes what it is given, when it is given, never promises more than it has sent.
 */
export type SyncEvent =
  /** First event: what will be asked for. Rows are not known before they are read. */
  | {
      readonly type: 'planned';
      readonly advertisers: number;
      readonly windows: number;
      /** Report requests, one page a window assumed. */
      readonly requests: number;
      /** Seconds at this quota. */
      readonly seconds: number;
    }
  | {
      readonly type: 'records';
      readonly advertiserId: string;
      readonly window: DayRange;
      readonly records: readonly StreamRecord[];
    }
  /** State may be written now; already thinned: write every one. `state` is the JSON text of the state object. */
  | { readonly type: 'checkpoint'; readonly state: string }
  | {
      readonly type: 'progress';
      readonly records: number;
      readonly windowsDone: number;
      readonly windowsTotal: number;
      /** What the records so far make expect for the whole run; absent while nothing can be said. */
      readonly recordsExpected?: number;
      readonly requests: number;
      readonly secondsLeft: number;
      /** One sentence for a log. */
      readonly message: string;
    }
  /** Nothing can be asked until `until` (a throttle or a spent quota); one sentence for a log. */
  | { readonly type: 'waiting'; readonly until: Date; readonly message: string }
  | { readonly type: 'warning'; readonly advertiserId?: string; readonly message: string }
  | { readonly type: 'info'; readonly message: string }
  /** One request, for a log that is asked to tell everything. */
  | { readonly type: 'debug'; readonly message: string }
  | { readonly type: 'advertiser-failed'; readonly failure: AdvertiserFailure }
  /** Last event, always. */
  | { readonly type: 'finished'; readonly outcome: RunOutcome };
