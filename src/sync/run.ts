import { setMaxListeners } from 'node:events';
import type { Config } from '../config/config.ts';
import { warnOfUnreadMetrics } from '../streams/additional-metrics.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import { keepHeapSmallFor } from '../wire/keep-heap-small.ts';
import type { Access } from './check-verdict.ts';
import { type Clock, systemClock } from './clock.ts';
import { attemptText, createClient } from './create-client.ts';
import type { AdvertiserFailure, SyncEvent } from './events.ts';
import { placeOf } from './failure.ts';
import { Ledger } from './ledger/ledger.ts';
import { isTolerated } from './ledger/outcome.ts';
import { durationText } from './ledger/progress.ts';
import { Outbox } from './outbox.ts';
import type { AdvertiserPlan, RunPlan } from './plan.ts';
import { RowShare } from './read/row-budget.ts';
import { selectAdvertisers } from './select.ts';
import { StreamReader, type StreamRequest } from './stream-reader.ts';

/** How far a read is. */
export type Tick = Extract<SyncEvent, { type: 'progress' }> & { readonly advertisersLeft: number };

/**
 * A person at a terminal who watches the program, beside the reader of its lines. Is told of everything before its lines
 * are written. Texts come without secrets.
 */
export interface Audience {
  debug(message: string): void;
  note(message: string): void;
  warn(message: string): void;
  /** Why the program cannot do what it was asked for. */
  fail(message: string): void;
  event(event: SyncEvent): void;
  /** Every second of a read. */
  progress(progress: Tick): void;
  /** What a check found. */
  access(access: Access): void;
}

/** One read of any number of streams. */
export interface RunRequest {
  readonly config: Config;
  /** Each stream once. */
  readonly streams: readonly StreamRequest[];
  /** Aborted: stop at once. The last checkpoint and `finished` still come. */
  readonly signal: AbortSignal;
  /** Called every second with the progress of the read; the event `progress` comes every ten seconds. */
  readonly onTick?: (progress: Tick) => void;
}

/** Rows in memory at once; a row takes about a kilobyte. */
const FIRST_PAGE_ROWS = 10_000;
const FURTHER_ROWS = 10_000;

/** Windows read at once, unless the number of remaining advertisers allows more. */
const WINDOWS_AT_ONCE = 64;
const WINDOWS_AT_ONCE_PER_ADVERTISER = 32;

/** First pages that are asked for before the plan is made: as many as their share of memory holds. */
const PAGES_AHEAD = FIRST_PAGE_ROWS / 1000;

const TICK_MS = 1_000;
const PROGRESS_MS = 10_000;

/**
 * Reads streams for every chosen advertiser, all side by side, and says what happens; see {@link SyncEvent}. One stream
 * or one advertiser that fails does not stop the others. All of them share one client with its quota, one selection of
 * advertisers and one budget of rows in memory.
 *
 * @throws StateError, ConfigError when it is called: a protocol has said nothing by then
 */
export function runSync(request: RunRequest, clock: Clock = systemClock): AsyncGenerator<SyncEvent, void, void> {
  const run = new Run(request, clock);
  return run.events(async () => {
    const reads = new Set<Promise<unknown>>();
    for (const { reader, advertiser } of await run.plan()) {
      await run.room();
      if (run.signal.aborted) break;
      const read: Promise<unknown> = reader.read(advertiser, run.signal).then(() => {
        reads.delete(read);
        run.done(advertiser);
      });
      reads.add(read);
    }
    await Promise.all(reads);
  });
}

/** One advertiser that a stream is to read. */
interface Due {
  readonly reader: StreamReader;
  readonly advertiser: AdvertiserPlan;
}

/** Plans them one after the other, when their turn comes: all at once would take memory. */
function* dueOf(plans: ReadonlyMap<StreamReader, RunPlan>): Generator<Due, void, void> {
  for (const [reader, { advertisers }] of plans) {
    for (const advertiser of advertisers) if (advertiser.windows > 0) yield { reader, advertiser };
  }
}

class Run {
  readonly #outbox: Outbox<SyncEvent>;
  readonly #request: RunRequest;
  readonly #clock: Clock;
  readonly #client: TikTokClient;
  readonly #abort = new AbortController();
  readonly #budget = { first: new RowShare(FIRST_PAGE_ROWS), rest: new RowShare(FURTHER_ROWS) };
  readonly #ledger: Ledger;
  readonly #readers: readonly StreamReader[];
  #isPlanned = false;
  #progressAt: number;
  #advertisersLeft = 0;
  /** By id, in how many streams an advertiser is still to be read. */
  readonly #unread = new Map<string, number>();
  #isCheckpointing = false;

  constructor(request: RunRequest, clock: Clock) {
    const { config, streams, signal } = request;
    this.#request = request;
    this.#clock = clock;
    this.#progressAt = clock.monotonicNow();
    this.#ledger = new Ledger(
      config,
      streams.map(({ stream: { name }, state, since, refresh }) => ({ name, state, since, refresh })),
      clock,
    );
    setMaxListeners(0, this.#abort.signal);
    this.#outbox = new Outbox(this.#abort.signal);
    this.#client = createClient(config, {
      onWaiting: ({ until, reason }) => {
        const seconds = Math.ceil((until.getTime() - this.#client.now().getTime()) / 1000);
        const message = `${reason} Nothing is asked for ${durationText(seconds)}.`;
        this.#outbox.post({ type: 'waiting', until, message });
      },
      onAttempt: (attempt) => this.#outbox.post({ type: 'debug', message: attemptText(attempt) }),
      onRetry: ({ attempt, delayMs, error, advertiserId }) =>
        this.#outbox.post({
          type: 'info',
          message:
            `${error.meaning} Try ${attempt + 1} follows in ${(delayMs / 1000).toFixed(1)} s. ` +
            `${advertiserId ? `${placeOf({ id: advertiserId })}: ` : ''}${error.message}`,
        }),
    });
    const shared = {
      config,
      client: this.#client,
      ledger: this.#ledger,
      outbox: this.#outbox,
      budget: this.#budget,
      windowsAtOnce: (rows: number) => this.#windowsAtOnce(rows),
      fail: (failure: AdvertiserFailure) => this.#fail(failure),
      end: (error: Error) => {
        this.#ledger.end(error);
        this.#abort.abort(error);
      },
    };
    this.#readers = streams.map((stream) => new StreamReader(stream, { ...shared, isAlone: streams.length === 1 }));
    if (signal.aborted) this.#abort.abort(signal.reason);
    else signal.addEventListener('abort', () => this.#abort.abort(signal.reason), { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What happens while `readAll` reads, then the last state and the outcome. */
  async *events(readAll: () => Promise<void>): AsyncGenerator<SyncEvent, void, void> {
    const reading = readAll()
      .catch((error: unknown) => {
        if (!this.signal.aborted) this.#ledger.end(error);
      })
      .finally(() => {
        this.#client.close();
        this.#outbox.close();
      });
    const stopTicks = this.#clock.every(TICK_MS, () => this.#tick());
    try {
      yield* this.#outbox.items();
      await reading;
      yield* this.#lastEvents();
    } finally {
      stopTicks();
      this.#abort.abort(new Error('the read has ended'));
      await reading;
    }
  }

  /** Selects the advertisers and decides which of them each stream reads. */
  async plan(): Promise<Iterable<Due>> {
    const { config } = this.#request;
    const warnings = [...config.warnings, ...warnOfUnreadMetrics(config, this.#request.streams)];
    for (const message of warnings) this.#outbox.post({ type: 'warning', message });
    const selection = await selectAdvertisers(config, this.#client, this.signal, (ids) => this.#askAhead(ids));
    keepHeapSmallFor(selection.advertisers.length);
    this.#ledger.select(selection);
    for (const failure of selection.unavailable) this.#fail(failure);
    const now = this.#client.now();
    const plans = new Map(this.#readers.map((reader) => [reader, reader.plan(selection, now)]));
    const byStream = new Map([...plans].map(([{ name }, plan]) => [name, plan]));
    this.#warn(byStream);
    this.#outbox.post(this.#ledger.plan(byStream));
    this.#isPlanned = true;
    for (const { advertiser } of dueOf(plans)) {
      this.#advertisersLeft++;
      this.#countUnread(advertiser.advertiser.id, 1);
    }
    return dueOf(plans);
  }

  /** Of one stream: a second one would wait behind it for the quota. */
  #askAhead(ids: readonly string[]): void {
    // The clock is not settled yet.
    const now = new Date(Math.min(this.#client.now().getTime(), this.#clock.now()));
    this.#readers[0]?.askAhead(ids, PAGES_AHEAD, now, this.signal);
  }

  /** One more advertiser may begin: there is room for its first page. Each takes some thirty kilobytes while it is read. */
  async room(): Promise<void> {
    await this.#budget.first.idle();
  }

  /** A stream has read what was due of an advertiser, or given it up. */
  done({ advertiser }: AdvertiserPlan): void {
    this.#advertisersLeft--;
    this.#countUnread(advertiser.id, -1);
  }

  /** Says how far it is, and writes a state, when it is time for either. */
  #tick(): void {
    if (this.#ledger.isCheckpointDue && !this.#isCheckpointing) {
      this.#isCheckpointing = true;
      this.#outbox.put(this.#ledger.checkpoint()).then(
        () => {
          this.#isCheckpointing = false;
        },
        () => undefined,
      );
    }
    const now = this.#clock.monotonicNow();
    const isDue = now - this.#progressAt >= PROGRESS_MS;
    if (!this.#isPlanned || !(isDue || this.#request.onTick)) return;
    const progress = this.#ledger.progress(this.#client.requestCount);
    this.#request.onTick?.({ ...progress, advertisersLeft: this.#unread.size });
    if (!isDue) return;
    this.#progressAt = now;
    this.#outbox.post(progress);
  }

  *#lastEvents(): Generator<SyncEvent, void, void> {
    const interrupted = this.#request.signal.aborted;
    const outcome = this.#ledger.finish({ requests: this.#client.requestCount, interrupted });
    yield this.#ledger.checkpoint(outcome);
    yield { type: 'finished', outcome };
  }

  #countUnread(id: string, more: 1 | -1): void {
    const streams = (this.#unread.get(id) ?? 0) + more;
    if (streams > 0) this.#unread.set(id, streams);
    else this.#unread.delete(id);
  }

  #windowsAtOnce(rows: number): number {
    const left = this.#advertisersLeft;
    // Only its share of the first pages: an advertiser with slow answers would keep the others waiting.
    const inPart = Math.ceil(FIRST_PAGE_ROWS / left / rows);
    return Math.max(1, Math.min(WINDOWS_AT_ONCE_PER_ADVERTISER, Math.ceil(WINDOWS_AT_ONCE / left), inPart));
  }

  /** A warning that holds for every stream is given once; one that holds for some streams names them. */
  #warn(plans: ReadonlyMap<string, RunPlan>): void {
    const all = [...plans];
    for (const message of new Set(all.flatMap(([, { warnings }]) => warnings))) {
      const streams = all.flatMap(([stream, { warnings }]) => (warnings.includes(message) ? [stream] : []));
      const names = streams.length === all.length ? '' : `${streams.join(', ')}: `;
      this.#outbox.post({ type: 'warning', message: `${names}${message}` });
    }
  }

  #fail(failure: AdvertiserFailure): void {
    this.#ledger.fail(failure);
    const { stream, advertiserId, message } = failure;
    if (!isTolerated(failure, this.#request.config)) this.#outbox.post({ type: 'advertiser-failed', failure });
    else this.#outbox.post({ type: 'warning', ...(stream !== undefined && { stream }), advertiserId, message });
  }
}
