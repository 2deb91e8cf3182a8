import { addDays } from '../../sync/days.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { dayIn } from '../../tiktok/time-zones.ts';
import type { AppCredentials } from '../session/collection.ts';
import { explainRequest } from '../session/setup-problem.ts';
import type { Problem } from '../session/setup-view.ts';
import { type Mark, markAdvertisers } from './mark-advertisers.ts';
import type { TikTokAccess } from './tiktok-access.ts';

/** The advertisers that the token was granted, and what is being found out about each in the background. */
export class GrantedAdvertisers {
  state: 'none' | 'loading' | 'ready' | 'failed' = 'none';
  /** Why the list could not be fetched. */
  problem: Problem | undefined;
  list: readonly Advertiser[] = [];
  readonly marks = new Map<string, Mark>();
  /** Resolves when every advertiser has been asked, or when the asking was stopped. */
  marked: Promise<void> = Promise.resolve();
  readonly #access: TikTokAccess;
  readonly #signal: AbortSignal;
  /** Ends the work of an authorization that a newer one has replaced. */
  #background = new AbortController();
  readonly #others = new Set<Promise<unknown>>();

  constructor(access: TikTokAccess, signal: AbortSignal) {
    this.#access = access;
    this.#signal = signal;
  }

  /** Rows of yesterday, of those that could be read. */
  get rowsByAdvertiser(): ReadonlyMap<string, number> {
    return new Map(
      [...this.marks].flatMap(([id, mark]): [string, number][] =>
        mark.report === 'readable' ? [[id, mark.rows]] : [],
      ),
    );
  }

  /** Fetches the list, then begins to mark. Never rejects: `state` and `problem` say how it went. */
  async load(credentials: AppCredentials): Promise<void> {
    this.close();
    this.#background = new AbortController();
    const signal = AbortSignal.any([this.#signal, this.#background.signal]);
    this.state = 'loading';
    this.problem = undefined;
    this.marks.clear();
    try {
      this.list = await this.#access.advertisers(credentials, signal);
      this.state = 'ready';
    } catch (error) {
      this.state = 'failed';
      this.problem = explainRequest(error);
      return;
    }
    this.marked = this.#mark(credentials, signal);
  }

  /**
   * Does what asks TikTok by itself. The background waits for its end: each of the two keeps to the quota of the app, and
   * together they would exceed it, for which TikTok shuts the app out.
   */
  async alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const working = work();
    this.#others.add(working);
    try {
      return await working;
    } finally {
      this.#others.delete(working);
    }
  }

  /** Ends what runs in the background. */
  close(): void {
    this.#background.abort();
  }

  async #mark(credentials: AppCredentials, signal: AbortSignal): Promise<void> {
    const now = this.#access.now();
    await markAdvertisers({
      // Yesterday is complete, and a usual day.
      advertisers: this.list.map(({ id, timezone }) => ({ id, day: addDays(dayIn(timezone ?? 'UTC', now), -1) })),
      rowsOn: async (advertiserId, day) => {
        while (this.#others.size > 0) await Promise.allSettled(this.#others);
        return this.#access.rowsOn(credentials, { advertiserId, day }, signal);
      },
      onMark: (id, mark) => {
        if (!signal.aborted) this.marks.set(id, mark);
      },
      signal,
    });
  }
}
