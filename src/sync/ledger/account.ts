import type { AdvertiserFailure } from '../events.ts';
import type { Coverage, RefreshId } from '../state.ts';

/** What was read of one advertiser in one stream. */
export interface AdvertiserAccount {
  readonly name: string | undefined;
  records: number;
  days: number;
  failure?: AdvertiserFailure;
}

/** What was read of one stream. */
export interface StreamAccount {
  readonly stream: string;
  /** What its state says: days whose records were all taken, in this run or an earlier one. */
  readonly coverage: Map<string, Coverage>;
  /** The full refresh that this read is an attempt at. */
  readonly refresh: RefreshId | undefined;
  /** By advertiser id: every chosen advertiser, also one that cannot be read. */
  readonly advertisers: Map<string, AdvertiserAccount>;
  readonly planned: { windows: number; days: number };
  records: number;
  windows: number;
  days: number;
  /** Something was committed that is in no checkpoint yet. */
  hasNews: boolean;
}
