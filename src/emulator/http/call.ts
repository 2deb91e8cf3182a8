import type { Grant } from '../world/world.ts';
import type { Parameters } from './parameters.ts';

/** What faults change in an otherwise right answer; nothing set is the answer as it should be. */
export interface Effects {
  /** More days than this are too large a query (40067). */
  readonly tooLargeAboveDays?: number;
  /** From this number of ads on, only so many of the newest are reported. */
  readonly adsMax?: number;
  /** Rows are taken from so many places further on: some come twice, some never. */
  readonly moveRows?: number;
  /** The last so many rows of the page are missing. */
  readonly dropRows?: number;
  /** The first so many rows of the page come again at its end. */
  readonly repeatRows?: number;
  /** Added to `total_number`. */
  readonly totalNumberDelta?: number;
  /** How a report without rows says so. */
  readonly emptyReport?: 'null_list' | 'no_page_info';
  /** `page_size` is the number of rows of the page. */
  readonly pageSizeCountsRows?: boolean;
  /** The list of advertisers has pages of so many. */
  readonly advertisersAPage?: number;
  /** Texts instead of a metric's own. */
  readonly replacedMetrics?: Readonly<Record<string, string>>;
}

/** A request that has passed the checks that every endpoint shares. */
export interface Call {
  readonly parameters: Parameters;
  /** What the token may do; endpoints without a token never look at it. */
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

/** An endpoint: a reply, or a Refusal thrown. */
export type Endpoint = (call: Call) => Reply;
