import type { Grant } from '../world/world.ts';
import type { Parameters } from './parameters.ts';

/** What faults change in a right answer. Without any of them the answer is right. */
export interface Effects {
  /** Queries over more days than this are too large (40067). */
  readonly tooLargeAboveDays?: number;
  /** From this number of ads on, only so many of the newest are reported. */
  readonly adsMax?: number;
  /** Rows are taken from so many places further on, so some come twice and some never. */
  readonly moveRows?: number;
  /** The last so many rows of the page are missing. */
  readonly dropRows?: number;
  /** The first so many rows of the page come again at its end. */
  readonly repeatRows?: number;
  /** Added to `total_number`. */
  readonly totalNumberDelta?: number;
  /** The shape of a report without rows. */
  readonly emptyReport?: 'null_list' | 'no_page_info';
  /** `page_size` is the number of rows of the page. */
  readonly pageSizeCountsRows?: boolean;
  /** The list of advertisers has pages of so many. */
  readonly advertisersAPage?: number;
  /** Texts that replace those of metrics. */
  readonly replacedMetrics?: Readonly<Record<string, string>>;
}

/** A request that has passed the checks that every endpoint shares. */
export interface Call {
  readonly parameters: Parameters;
  /** The rights of the token. Endpoints without a token do not use it. */
  readonly grant: Grant;
  readonly token: string;
  readonly effects: Effects;
}

/** A success: `data` as JSON text. */
export interface Reply {
  readonly data: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole body, envelope included, when it was prepared. */
  readonly whole?: Buffer;
  /** The body as a whole instead of an envelope around `data` (downloads of async reports). */
  readonly raw?: { readonly type: string; readonly body: string };
}

/** An endpoint: it returns a reply or throws a Refusal. */
export type Endpoint = (call: Call) => Reply;
