import type { Config } from '../../config/config.ts';
import { isInShard, type Shard } from '../../config/shard.ts';
import { TikTokError } from '../../tiktok/errors.ts';
import type { Clock } from '../clock.ts';
import { forgetSince } from '../coverage.ts';
import { countDays, type Day, type DayRange } from '../days.ts';
import type { AdvertiserFailure, RunOutcome, StreamRecord, SyncEvent } from '../events.ts';
import type { RunPlan } from '../plan.ts';
import type { AdvertiserSelection } from '../select.ts';
import {
  type Coverage,
  coverageOfRefresh,
  lastUpdate,
  parseState,
  type RefreshId,
  StateError,
  stateText,
} from '../state.ts';
import type { StreamAccount } from './account.ts';
import { CheckpointPacer } from './checkpoint-pacer.ts';
import { outcomeOf } from './outcome.ts';
import { plannedText, progressOf } from './progress.ts';

/** The approximate bytes of a state, and of each advertiser in it. */
const STATE_BYTES = 100;
const ENTRY_BYTES = 95;

/** From what a stream goes on. */
interface Beginning {
  /** What its last checkpoint said. */
  readonly state?: unknown;
  /** This day and all after it are read again. */
  readonly since?: Day | undefined;
  readonly refresh?: RefreshId | undefined;
}

/**
 * The record of a run: what was planned, taken, committed and refused, by stream and advertiser. It says when a checkpoint
 * is due, how far the run is, and how it ended.
 */
export class Ledger {
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #open: () => ReadonlyMap<string, StreamAccount>;
  readonly #accounts: ReadonlyMap<string, StreamAccount>;
  readonly #pacer: CheckpointPacer;
  #isEmpty = false;
  #ending: { readonly error: unknown } | undefined;
  #updatedAt: number;

  /**
   * @throws StateError for a state that cannot be continued from
   */
  constructor(config: Config, streams: readonly (Beginning & { readonly name: string })[], clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.#startedAt = clock.monotonicNow();
    const isAlone = streams.length === 1;
    this.#open = () =>
      new Map(streams.map(({ name, ...from }) => [name, openAccount(name, { ...from, shard: config.shard, isAlone })]));
    this.#accounts = this.#open();
    this.#updatedAt = Math.max(0, ...streams.map(({ state }) => lastUpdate(state)));
    this.#pacer = new CheckpointPacer(
      () => clock.monotonicNow(),
      () => sumOf(this.#accounts.values(), ({ coverage }) => STATE_BYTES + coverage.size * ENTRY_BYTES),
    );
  }

  coverageOf(stream: string): ReadonlyMap<string, Coverage> {
    return this.#of(stream).coverage;
  }

  select({ advertisers, unavailable, isEmpty }: AdvertiserSelection): void {
    this.#isEmpty = isEmpty;
    for (const account of this.#accounts.values()) {
      for (const { id, name } of advertisers) account.advertisers.set(id, { name, records: 0, days: 0 });
      for (const { advertiserId } of unavailable) {
        account.advertisers.set(advertiserId, { name: undefined, records: 0, days: 0 });
      }
    }
  }

  /** @param plans by stream */
  plan(plans: ReadonlyMap<string, RunPlan>): SyncEvent {
    for (const [stream, { windows, days }] of plans) Object.assign(this.#of(stream).planned, { windows, days });
    const all = [...plans.values()];
    const figures = {
      advertisers: Math.max(0, ...all.map(({ advertiserCount }) => advertiserCount)),
      windows: sumOf(all, ({ windows }) => windows),
      requests: sumOf(all, ({ requests }) => requests),
      seconds: sumOf(all, ({ seconds }) => seconds),
    };
    return { type: 'planned', ...figures, message: plannedText(figures) };
  }

  /** The records were taken. */
  addRecords(stream: string, advertiserId: string, records: readonly StreamRecord[]): void {
    const account = this.#of(stream);
    account.records += records.length;
    const advertiser = account.advertisers.get(advertiserId);
    if (advertiser) advertiser.records += records.length;
    this.#pacer.addRecords(sumOf(records, ({ start, end }) => end - start));
  }

  /** All records of the window were taken: its days count as read. */
  commit(stream: string, advertiserId: string, coverage: Coverage, window: DayRange): void {
    const account = this.#of(stream);
    const days = countDays(window);
    account.coverage.set(advertiserId, coverage);
    account.windows += 1;
    account.days += days;
    account.hasNews = true;
    const advertiser = account.advertisers.get(advertiserId);
    if (advertiser) advertiser.days += days;
    this.#pacer.addNews();
  }

  /** Of one stream, or of all where the failure names none. */
  fail(failure: AdvertiserFailure): void {
    const { stream, advertiserId } = failure;
    for (const account of stream === undefined ? this.#accounts.values() : [this.#of(stream)]) {
      const advertiser = account.advertisers.get(advertiserId);
      if (advertiser) advertiser.failure = failure;
    }
  }

  /** The run ended for all because of this; the first one counts. */
  end(error: unknown): void {
    this.#ending ??= { error };
  }

  get isCheckpointDue(): boolean {
    return this.#pacer.isDue;
  }

  /**
   * The states of this moment, of the streams with something new; of all streams when none has.
   *
   * @param outcome of the run, for its last checkpoint: the states of all streams, refreshes that are complete unmarked
   */
  checkpoint(outcome?: RunOutcome): SyncEvent {
    const accounts = [...this.#accounts.values()];
    const withNews = accounts.filter(({ hasNews }) => hasNews);
    this.#updatedAt = Math.max(this.#clock.now(), this.#updatedAt + 1);
    const states = (outcome || withNews.length === 0 ? accounts : withNews).map((account) => {
      const { stream, coverage, refresh } = account;
      account.hasNews = false;
      const isComplete =
        outcome && !outcome.interrupted && !outcome.streams.find((one) => one.stream === stream)?.failure;
      return { stream, state: stateText(coverage, new Date(this.#updatedAt), isComplete ? undefined : refresh) };
    });
    this.#pacer.written(sumOf(states, ({ state }) => state.length));
    return { type: 'checkpoint', states };
  }

  /** @param requests made so far, all kinds together */
  progress(requests: number): Extract<SyncEvent, { type: 'progress' }> {
    const seconds = (this.#clock.monotonicNow() - this.#startedAt) / 1000;
    return { type: 'progress', ...progressOf([...this.#accounts.values()], this.#config.quota, { requests, seconds }) };
  }

  /** Ends the record; nothing is committed afterwards. After a wrong clock the coverage becomes that of before the run. */
  finish({ requests, interrupted }: { requests: number; interrupted: boolean }): RunOutcome {
    const error = this.#ending?.error;
    if (error instanceof TikTokError && error.kind === 'clock') {
      for (const [stream, { coverage }] of this.#open()) Object.assign(this.#of(stream), { coverage });
    }
    const outcome = outcomeOf([...this.#accounts.values()], {
      config: this.#config,
      isEmpty: this.#isEmpty,
      ...(this.#ending && { ending: this.#ending }),
    });
    return { ...outcome, requests, interrupted };
  }

  #of(stream: string): StreamAccount {
    const account = this.#accounts.get(stream);
    if (!account) throw new Error(`no stream ${stream} in this run`);
    return account;
  }
}

function openAccount(
  stream: string,
  {
    state,
    since,
    refresh,
    shard,
    isAlone,
  }: Beginning & { readonly shard: Shard | undefined; readonly isAlone: boolean },
): StreamAccount {
  const counts = { planned: { windows: 0, days: 0 }, records: 0, windows: 0, days: 0, hasNews: false };
  try {
    const known = refresh ? coverageOfRefresh(state, refresh) : parseState(state);
    const begun = since === undefined ? known : forgetSince(known, since);
    // A state may be that of all shards. Each shard writes only its own part, so that no two shards contradict each other.
    const coverage = new Map([...begun].filter(([id]) => isInShard(id, shard)));
    return { stream, coverage, refresh, advertisers: new Map(), ...counts };
  } catch (error) {
    throw error instanceof StateError && !isAlone ? new StateError(`${stream}: ${error.message}`) : error;
  }
}

function sumOf<Item>(items: Iterable<Item>, figure: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += figure(item);
  return sum;
}
