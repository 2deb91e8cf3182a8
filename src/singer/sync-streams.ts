import type { Config } from '../config/config.ts';
import type { ReportStream } from '../streams/daily-report.ts';
import type { AdvertiserSummary, RunOutcome, StreamRecord, SyncEvent } from '../sync/events.ts';
import { OutputClosedError } from '../wire/line-writer.ts';
import type { Stage } from '../wire/program.ts';
import { describeFailure } from './describe-failure.ts';
import type { Log } from './log.ts';
import { recordHead, recordTail, schemaLine, stateLine } from './messages.ts';
import { Metrics } from './metrics.ts';
import type { SelectedStream } from './selection.ts';
import type { Bookmarks } from './state.ts';

/** Reads one stream; what `runSync` of the sync room does. */
export type ReadStream = (request: {
  readonly config: Config;
  readonly stream: ReportStream;
  readonly columns: readonly string[];
  readonly state: unknown;
  readonly mode: 'incremental' | 'full_refresh';
  readonly signal: AbortSignal;
}) => AsyncIterable<SyncEvent>;

/** How far a sync goes: everything, one record of each stream (`--test`), or the schemas alone (`--test=schema`). */
export type SyncExtent = 'all' | 'one-record' | 'schema';

export interface SyncRequest {
  readonly config: Config;
  readonly selected: readonly (SelectedStream & { readonly report: ReportStream })[];
  readonly bookmarks: Bookmarks;
  readonly extent: SyncExtent;
  readonly log: Log;
  readonly now: () => Date;
  readonly readStream: ReadStream;
}

/**
 * Syncs the selected streams one after the other: SCHEMA, RECORDs, and a STATE whenever one is due and at the end.
 *
 * A stream that fails does not keep the next one from being read. After a stop by signal the STATE is the last line.
 *
 * @returns true when everything asked for was read, or when the sync was stopped from outside
 * @throws OutputClosedError when nobody reads any more
 */
export async function syncStreams(request: SyncRequest, stage: Stage): Promise<boolean> {
  const { selected, bookmarks, extent, log } = request;
  let succeeded = true;
  let lastState: string | undefined;
  for (const stream of selected) {
    if (stage.signal.aborted) break;
    stage.out.add(`${schemaLine(stream)}\n`);
    if (extent === 'schema') continue;
    const sync = new StreamSync(request, stream, stage);
    succeeded = (await sync.run()) && succeeded;
    lastState = sync.lastState ?? lastState;
  }
  // A tap that says nothing of its state may leave its runner with none.
  if (extent === 'all' && lastState !== bookmarks.toJson()) stage.out.add(`${stateLine(bookmarks.toJson())}\n`);
  if (stage.signal.aborted) log.info('Stopped from outside; the last STATE says what has been read.');
  return succeeded;
}

/** The sync of one stream: its events as lines. */
class StreamSync {
  /** The state that was written last. */
  lastState: string | undefined;
  readonly #request: SyncRequest;
  readonly #selected: SyncRequest['selected'][number];
  readonly #stage: Stage;
  readonly #metrics: Metrics;
  readonly #head: Buffer;
  #outcome: RunOutcome | undefined;
  #failedAdvertisers = 0;

  constructor(request: SyncRequest, selected: SyncRequest['selected'][number], stage: Stage) {
    this.#request = request;
    this.#selected = selected;
    this.#stage = stage;
    this.#metrics = new Metrics(request.log, selected.stream.name, request.now);
    this.#head = recordHead(selected.stream);
  }

  async run(): Promise<boolean> {
    const { config, bookmarks, extent, readStream, log } = this.#request;
    const { stream, report, columns, fullTable } = this.#selected;
    const enough = new AbortController();
    let succeeded = false;
    try {
      const events = readStream({
        config,
        stream: report,
        columns: Object.keys(columns),
        state: fullTable ? undefined : bookmarks.of(stream.name),
        mode: fullTable ? 'full_refresh' : 'incremental',
        signal: AbortSignal.any([this.#stage.signal, enough.signal]),
      });
      for await (const event of events) {
        if (event.type === 'records') {
          await this.#tellRecords(extent === 'one-record' ? event.records.slice(0, 1) : event.records);
          if (extent === 'one-record' && event.records.length > 0) break;
        } else {
          this.#tell(event);
        }
        // What a reader has not got yet it cannot go on from.
        if (event.type === 'checkpoint' || this.#stage.out.isFull) await this.#stage.out.handOver();
      }
      succeeded = this.#hasSucceeded();
    } catch (error) {
      if (error instanceof OutputClosedError) throw error;
      // The other streams are still to be read, and the state to be said.
      for (const sentence of describeFailure(error)) log.critical(sentence);
    } finally {
      enough.abort();
      // Stopped from outside the tap leaves in peace, but the sync is not what was asked for.
      this.#metrics.finish(succeeded && !this.#stage.signal.aborted ? 'succeeded' : 'failed');
    }
    return succeeded;
  }

  #hasSucceeded(): boolean {
    const { log, extent } = this.#request;
    if (this.#stage.signal.aborted) return true;
    if (extent === 'one-record' && !this.#outcome) return this.#failedAdvertisers === 0;
    if (!this.#outcome) throw new Error('The read ended without saying how.');
    if (this.#outcome.failure) log.critical(this.#outcome.failure.message);
    return !this.#outcome.failure;
  }

  async #tellRecords(records: readonly StreamRecord[]): Promise<void> {
    const { out } = this.#stage;
    const tail = recordTail(this.#request.now().toISOString());
    for (const record of records) {
      out.addFramed(this.#head, record, tail);
      if (out.isFull) await out.handOver();
    }
    this.#metrics.countRecords(records.length);
  }

  #tell(event: Exclude<SyncEvent, { type: 'records' }>): void {
    const { log, bookmarks, extent } = this.#request;
    const { out } = this.#stage;
    switch (event.type) {
      case 'checkpoint':
        // A test reads a part and must not claim more.
        if (extent !== 'all') return;
        bookmarks.set(this.#selected.stream.name, event.state);
        this.lastState = bookmarks.toJson();
        out.add(`${stateLine(this.lastState)}\n`);
        return;
      case 'planned':
        log.info(
          `To read: ${event.advertisers} advertisers, ${event.windows} windows, at least ${event.requests} requests, ` +
            `about ${Math.ceil(event.seconds)} s at this quota.`,
        );
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
      case 'info':
        log.info(event.message);
        return;
      case 'advertiser-failed':
        this.#failedAdvertisers += 1;
        log.error(event.failure.message);
        return;
      case 'finished':
        this.#outcome = event.outcome;
        for (const line of summaryLines(event.outcome.advertisers)) log.info(line);
        this.#metrics.setRequests(event.outcome.requests);
        return;
      default:
        event satisfies never;
    }
  }
}

/** Advertisers that the end of the log lists; those that failed come first. */
const ADVERTISERS_SHOWN = 100;

function summaryLines(advertisers: readonly AdvertiserSummary[]): string[] {
  const sorted = [...advertisers].sort((a, b) => Number(!a.failure) - Number(!b.failure));
  const hidden = sorted.length - ADVERTISERS_SHOWN;
  return [
    ...sorted.slice(0, ADVERTISERS_SHOWN).map(summaryOf),
    ...(hidden > 0 ? [`And ${hidden} more advertisers.`] : []),
  ];
}

/** What was read of one advertiser, for the end of the log; why one failed was said when it did. */
function summaryOf({ advertiserId, advertiserName, records, days, through, failure }: AdvertiserSummary): string {
  return (
    `Advertiser ${advertiserName === undefined ? advertiserId : `${advertiserName} (${advertiserId})`}: ` +
    `${records} records of ${days} days, ${through === undefined ? 'nothing read yet' : `read through ${through}`}` +
    `${failure ? ', failed' : ''}.`
  );
}
