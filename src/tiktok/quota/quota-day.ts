import { CODELESS } from '../error-codes.ts';
import { codelessError } from '../errors.ts';

/** Waiting longer than this for the next day's requests is left to the next run. */
const DAY_WAIT_MAX_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The day for which TikTok counts requests: from 00:00 UTC to 00:00 UTC, by the API's clock. */
export class QuotaDay {
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Days since 1970. */
  get number(): number {
    return Math.floor(this.#now().getTime() / DAY_MS);
  }

  /**
   * The day's requests are spent: milliseconds until there are new ones.
   *
   * @throws TikTokError `quota_exhausted` when that is more than an hour
   */
  waitMs(): number {
    const nowMs = this.#now().getTime();
    // A second more: the clock is known to the second.
    const ms = (this.number + 1) * DAY_MS - nowMs + 1_000;
    if (ms <= DAY_WAIT_MAX_MS) return ms;
    const retryAt = new Date(nowMs + ms).toISOString();
    throw codelessError(CODELESS.quotaExhausted, `There are new ones from 00:00 UTC on (${retryAt}).`);
  }
}

/** Why a run waits for the next day. */
export const DAY_IS_SPENT = 'The requests that the app may make in a day are spent.';
