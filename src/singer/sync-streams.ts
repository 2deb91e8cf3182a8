import type { Config } from '../config/config.ts';
import type { ReportStream } from '../streams/stream.ts';
import type { RunOutcome, SyncEvent } from '../sync/events.ts';
import { summaryLines } from '../sync/ledger/summary.ts';
import type { runSync } from '../sync/run.ts';
import { OutputClosedError } from '../wire/line-writer.ts';
import type { ProgramIo } from '../wire/program.ts';
import { describeTapFailure } from './describe-tap-failure.ts';
import type { Log } from './log.ts';
import { recordHead, recordTail, schemaLine, stateLine } from './messages.ts';
import { Metrics } from './metrics.ts';
import type { SelectedStream } from './selection.ts';
import type { Bookmarks } from './state.ts';

/** How far a sync goes: everything, one record of each stream (`--test`), or the schemas alone (`--test=schema`). */
export type SyncExtent = 'all' | 'one-record' | 'schema';

export interface TapRequest {
  readonly config: Config;
  readonly selected: readonly (SelectedStream & { readonly report: ReportStream })[];
  readonly bookmarks: Bookmarks;
  readonly extent: SyncExtent;
  readonly log: Log;
  readonly now: () => Date;
  readonly read: typeof runSync;
}

/**
 * Syncs the selected streams side by side: the SCHEMA of each, RECORDs, and a STATE of all whenever one is due and at
 * the end.
 *
 * A stream that fails does not keep the others from being read. After a stop by signal the STATE is the last line.
 *
 * @returns true when everything asked for was read, or when the sync was stopped from outside
 * @throws OutputClosedError when the reader has gone
 */
export async function syncStreams(request: TapRequest, io: ProgramIo): Promise<boolean> {
  const { selected, bookmarks, extent, log } = request;
  for (const stream of selected) io.out.add(`${schemaLine(stream)}\n`);
  if (extent === 'schema') return true;
  const sync = new Sync(request, io);
  const succeeded = await sync.run();
  // Without a STATE the runner might keep none.
  if (extent === 'all' && sync.lastState !== bookmarks.toJson()) io.out.add(`${stateLine(bookmarks.toJson())}\n`);
  if (io.signal.aborted) log.info('Stopped from outside; the last STATE says what has been read.');
  return succeeded;
}

/** The events of a read as lines. */
class Sync {
  /** The state that was written last. */
  lastState: string | undefined;
  readonly #request: TapRequest;
  readonly #io: ProgramIo;
  readonly #metrics: Metrics;
  readonly #heads: ReadonlyMap<string, Buffer>;
  /** Streams of which a test has not seen a record yet. */
  readonly #unseen: Set<string>;
  #outcome: RunOutcome | undefined;
  #failedAdvertisers = 0;

  constructor(request: TapRequest, io: ProgramIo) {
    this.#request = request;
    this.#io = io;
    const names = request.selected.map(({ stream }) => stream.name);
    this.#metrics = new Metrics(request.log, names, request.now);
    this.#heads = new Map(request.selected.map(({ stream }) => [stream.name, recordHead(stream)]));
    this.#unseen = new Set(names);
  }

  async run(): Promise<boolean> {
    const { config, bookmarks, selected, read, log } = this.#request;
    const enough = new AbortController();
    let succeeded = false;
    try {
      const events = read({
        config,
        streams: selected.map(({ stream, report, columns, fullTable }) => ({
          stream: report,
          columns: Object.keys(columns),
          state: fullTable ? undefined : bookmarks.of(stream.name),
        })),
        signal: AbortSignal.any([this.#io.signal, enough.signal]),
        ...(log.audience && { onTick: (progress) => log.audience?.progress(progress) }),
      });
      for await (const event of events) {
        log.audience?.event(event);
        if (event.type === 'records') await this.#tellRecords(event);
        else this.#tell(event);
        // Its last event still comes, and says how many requests there were.
        if (this.#hasEnough) enough.abort();
        // Records first: a target cannot continue from records that it has not got.
        if (event.type === 'checkpoint' || this.#io.out.isFull) await this.#io.out.handOver();
      }
      succeeded = this.#hasSucceeded();
    } catch (error) {
      if (error instanceof OutputClosedError) throw error;
      // The state is still to be written.
      for (const sentence of describeTapFailure(error)) log.critical(sentence);
    } finally {
      enough.abort();
      const failed = new Set(this.#outcome?.streams.flatMap(({ stream, failure }) => (failure ? [stream] : [])));
      // After a stop from outside the exit code is 0, but the sync is not complete.
      const ended = !this.#io.signal.aborted && (succeeded || this.#outcome !== undefined);
      this.#metrics.finish((stream) => ended && !failed.has(stream));
    }
    return succeeded;
  }

  /** A test has seen a record of each stream. */
  get #hasEnough(): boolean {
    return this.#request.extent === 'one-record' && this.#unseen.size === 0;
  }

  #hasSucceeded(): boolean {
    const { log, extent } = this.#request;
    if (this.#io.signal.aborted) return true;
    if (extent === 'one-record' && !this.#outcome) return this.#failedAdvertisers === 0;
    if (!this.#outcome) throw new Error('The read ended without saying how.');
    if (this.#outcome.failure) log.critical(this.#outcome.failure.message);
    return !this.#outcome.failure;
  }

  async #tellRecords({ stream, records }: Extract<SyncEvent, { type: 'records' }>): Promise<void> {
    const { out } = this.#io;
    const isTest = this.#request.extent === 'one-record';
    const told = !isTest ? records : this.#unseen.has(stream) ? records.slice(0, 1) : [];
    const head = this.#heads.get(stream);
    if (!head) throw new Error(`The stream ${stream} was not asked for.`);
    const tail = recordTail(this.#request.now().toISOString());
    for (const record of told) {
      out.addFramed(head, record, tail);
      if (out.isFull) await out.handOver();
    }
    if (told.length > 0) this.#unseen.delete(stream);
    this.#metrics.countRecords(stream, told.length);
  }

  #tell(event: Exclude<SyncEvent, { type: 'records' }>): void {
    const { log, bookmarks, extent } = this.#request;
    const { out } = this.#io;
    switch (event.type) {
      case 'checkpoint':
        // A test reads only a part, so it writes no state.
        if (extent !== 'all') return;
        for (const { stream, state } of event.states) bookmarks.set(stream, state);
        this.lastState = bookmarks.toJson();
        out.add(`${stateLine(this.lastState)}\n`);
        return;
      case 'progress':
        this.#metrics.setRequests(event.requests);
        log.info(event.message);
        return;
      case 'waiting':
        log.warning(`${event.message} Going on at ${event.until.toISOString()}.`);
        return;
      case 'debug':
        log.debug(event.message);
        return;
      case 'warning':
        log.warning(event.message);
        return;
      case 'planned':
      case 'info':
        log.info(event.message);
        return;
      case 'advertiser-failed':
        this.#failedAdvertisers += 1;
        log.error(event.failure.message);
        return;
      case 'finished':
        this.#metrics.setRequests(event.outcome.requests);
        if (this.#hasEnough) return;
        this.#outcome = event.outcome;
        for (const line of summaryLines(event.outcome)) log.info(line);
        return;
      default:
        event satisfies never;
    }
  }
}
