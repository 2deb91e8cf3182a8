import { setMaxListeners } from 'node:events';
import type { Config } from '../config/config.ts';
import type { ReportStream } from '../streams/daily-report.ts';
import type { Attempt, TikTokClient } from '../tiktok/client.ts';
import type { TikTokError } from '../tiktok/errors.ts';
import { CheckpointPacer } from './checkpoint-pacer.ts';
import { connect } from './connect.ts';
import type { SyncEvent } from './events.ts';
import { advertiserFailure, datesOf, endsRun, nameOf, sentencesOf } from './failure.ts';
import { Outbox } from './outbox.ts';
import { type AdvertiserPlan, planRun, type SyncMode } from './plan.ts';
import { durationText, Progress } from './progress.ts';
import { type AdvertiserSink, RowEstimate, readAdvertiser, WindowFailure } from './read/advertiser.ts';
import { AdvertiserReport, type MetricNews } from './read/pages.ts';
import { RowShare } from './read/row-budget.ts';
import { selectAdvertisers } from './select.ts';
import { type Coverage, parseState, stateText } from './state.ts';
import { Summary } from './summary.ts';

/** One read of one stream. */
export interface SyncRequest {
  readonly config: Config;
  readonly stream: ReportStream;
  /** Wanted columns; absent: all that the configuration gives the stream. The primary key comes in any case. */
  readonly columns?: readonly string[];
  /** What the stream's last checkpoint said, as it came back; absent when there is none. */
  readonly state?: unknown;
  readonly mode: SyncMode;
  /** Aborted: stop at once. The last checkpoint and `finished` still come. */
  readonly signal: AbortSignal;
}

/** Rows in memory at once; a row takes about a kilobyte. */
const FIRST_PAGE_ROWS = 10_000;
const FURTHER_ROWS = 10_000;

/** Windows being read at once, as far as the advertisers left do not make more. */
const WINDOWS_AT_ONCE = 64;
const WINDOWS_AT_ONCE_PER_ADVERTISER = 32;

/** About what a state takes, and each advertiser in it. */
const STATE_BYTES = 100;
const ENTRY_BYTES = 95;

const TICK_MS = 1_000;
const PROGRESS_MS = 10_000;

/**
 * Reads a stream for every chosen advertiser, side by side, and says what happens; see {@link SyncEvent}. One
 * advertiser that fails does not stop the others.
 *
 * @throws StateError at the first pull, before anything is asked
 */
export async function* runSync(request: SyncRequest): AsyncGenerator<SyncEvent, void, void> {
  const run = new Run(request);
  const work = run.work();
  const ticker = setInterval(() => run.tick(), TICK_MS);
  try {
    yield* run.outbox.items();
    await work;
    yield run.checkpoint();
    yield run.finished();
  } finally {
    clearInterval(ticker);
    run.stop();
    await work;
  }
}

class Run {
  readonly outbox: Outbox<SyncEvent>;
  readonly #request: SyncRequest;
  readonly #columns: readonly string[];
  readonly #client: TikTokClient;
  readonly #abort = new AbortController();
  readonly #coverage: Map<string, Coverage>;
  readonly #pacer = new CheckpointPacer(
    () => performance.now(),
    () => STATE_BYTES + this.#coverage.size * ENTRY_BYTES,
  );
  readonly #summary: Summary;
  readonly #news: MetricNews;
  readonly #firstPageRows = new RowEstimate();
  readonly #budget = { first: new RowShare(FIRST_PAGE_ROWS), rest: new RowShare(FURTHER_ROWS) };
  #progress: Progress | undefined;
  #progressAt = performance.now();
  #advertisersLeft = 0;
  #updatedAt: number;
  #checkpointDue = false;

  constructor(request: SyncRequest) {
    const { config, stream, state, signal } = request;
    this.#request = request;
    this.#coverage = new Map(parseState(state));
    this.#updatedAt = lastUpdate(state);
    this.#columns = request.columns ?? Object.keys(stream.schema(config).properties);
    this.#summary = new Summary(config);
    setMaxListeners(0, this.#abort.signal);
    this.outbox = new Outbox(this.#abort.signal);
    this.#news = this.#metricNews();
    this.#client = connect(config, {
      onWaiting: ({ until, reason }) => {
        const seconds = Math.ceil((until.getTime() - this.#client.now().getTime()) / 1000);
        const message = `${reason} Nothing is asked for ${durationText(seconds)}.`;
        this.outbox.post({ type: 'waiting', until, message });
      },
      onAttempt: (attempt) => this.outbox.post({ type: 'debug', message: attemptText(attempt) }),
      onRetry: ({ attempt, delayMs, error, advertiserId }) =>
        this.outbox.post({
          type: 'info',
          message:
            `${advertiserId ? `Advertiser ${advertiserId}: ` : ''}${error.message} ` +
            `Try ${attempt + 1} follows in ${(delayMs / 1000).toFixed(1)} s.`,
        }),
    });
    if (signal.aborted) this.#abort.abort(signal.reason);
    else signal.addEventListener('abort', () => this.#abort.abort(signal.reason), { once: true });
  }

  /** Reads everything; never rejects. */
  async work(): Promise<void> {
    const { config, mode } = this.#request;
    const { signal } = this.#abort;
    try {
      for (const message of config.warnings) this.outbox.post({ type: 'warning', message });
      const selection = await selectAdvertisers(config, this.#client, signal);
      this.#summary.select(selection);
      for (const failure of selection.unavailable) this.#tellFailure(failure);
      const plan = planRun({ config, selection, coverage: this.#coverage, mode, now: this.#client.now() });
      for (const message of plan.warnings) this.outbox.post({ type: 'warning', message });
      const { windows, requests, seconds } = plan;
      this.outbox.post({ type: 'planned', advertisers: plan.advertisers.length, windows, requests, seconds });
      this.#progress = new Progress(plan, config.quota, () => performance.now());
      const due = plan.advertisers.filter(({ windows }) => windows > 0);
      this.#advertisersLeft = due.length;
      await Promise.all(due.map((advertiser) => this.#readOne(advertiser)));
    } catch (error) {
      if (!signal.aborted) this.#summary.end(error);
    } finally {
      this.#client.close();
      this.outbox.close();
    }
  }

  /** Says how far it is, and writes a state, when it is time for either. */
  tick(): void {
    if (this.#pacer.isDue && !this.#checkpointDue) {
      this.#checkpointDue = true;
      this.outbox.put(this.checkpoint()).then(
        () => {
          this.#checkpointDue = false;
        },
        () => undefined,
      );
    }
    const now = performance.now();
    if (this.#progress && now - this.#progressAt >= PROGRESS_MS) {
      this.#progressAt = now;
      this.outbox.post({ type: 'progress', ...this.#progress.report(this.#client.requestCount) });
    }
  }

  /** The state of this moment: it covers only what was taken. */
  checkpoint(): SyncEvent {
    this.#updatedAt = Math.max(Date.now(), this.#updatedAt + 1);
    const state = stateText(this.#coverage, new Date(this.#updatedAt));
    this.#pacer.written(state.length);
    return { type: 'checkpoint', state };
  }

  finished(): SyncEvent {
    const { signal } = this.#request;
    const requests = this.#client.requestCount;
    return {
      type: 'finished',
      outcome: this.#summary.outcome(this.#coverage, { requests, interrupted: signal.aborted }),
    };
  }

  stop(): void {
    this.#abort.abort(new Error('the read has ended'));
  }

  async #readOne({ advertiser, pass }: AdvertiserPlan): Promise<void> {
    const { config, stream } = this.#request;
    const { signal } = this.#abort;
    const report = new AdvertiserReport({
      client: this.#client,
      stream,
      columns: this.#columns,
      includeDeleted: config.includeDeleted,
      reconcile: config.reconcile,
      patienceMs: config.patienceMs,
      news: this.#news,
      advertiser,
    });
    const shared = {
      budget: this.#budget,
      firstPageRows: this.#firstPageRows,
      windowsAtOnce: (rows: number) => {
        const left = this.#advertisersLeft;
        // Its part of the first pages and no more: one whose answers take long would keep the others from theirs.
        const inPart = Math.ceil(FIRST_PAGE_ROWS / left / rows);
        return Math.max(1, Math.min(WINDOWS_AT_ONCE_PER_ADVERTISER, Math.floor(WINDOWS_AT_ONCE / left), inPart));
      },
    };
    try {
      await readAdvertiser(report, pass, { sink: this.#sinkOf(advertiser), shared, signal });
    } catch (failure) {
      if (signal.aborted) return;
      const { window, error } =
        failure instanceof WindowFailure ? { window: failure.window, error: failure.cause } : { error: failure };
      if (endsRun(error)) this.#end(error);
      else this.#tellFailure(advertiserFailure(advertiser, error, window));
    } finally {
      this.#advertisersLeft--;
    }
  }

  #sinkOf(advertiser: AdvertiserPlan['advertiser']): AdvertiserSink {
    const { id } = advertiser;
    const about = (message: string, window: Parameters<AdvertiserSink['warn']>[0]) =>
      `Advertiser ${nameOf(advertiser)}, ${datesOf(window)}: ${message}`;
    return {
      send: async (window, records) => {
        if (records.length === 0) return;
        await this.outbox.put({ type: 'records', advertiserId: id, window, records });
        this.#summary.addRecords(id, records.length);
        this.#progress?.addRecords(records.length);
        this.#pacer.addRecords(records.reduce((bytes, { start, end }) => bytes + end - start, 0));
      },
      commit: async (coverage, window) => {
        this.#coverage.set(id, coverage);
        this.#summary.addWindow(id, window);
        this.#progress?.addWindow(window);
        this.#pacer.addNews();
        if (this.#pacer.isDue) await this.outbox.put(this.checkpoint());
      },
      warn: (window, message) =>
        this.outbox.post({ type: 'warning', advertiserId: id, message: about(message, window) }),
      info: (window, message) => this.outbox.post({ type: 'info', message: about(message, window) }),
    };
  }

  #tellFailure(failure: ReturnType<typeof advertiserFailure>): void {
    this.#summary.addFailure(failure);
    const { advertiserId, message } = failure;
    if (this.#summary.tolerates(failure)) this.outbox.post({ type: 'warning', advertiserId, message });
    else this.outbox.post({ type: 'advertiser-failed', failure });
  }

  #end(error: TikTokError): void {
    this.#summary.end(error);
    this.#abort.abort(error);
  }

  #metricNews(): MetricNews {
    const unreadable = new Set<string>();
    return {
      withdrawn: new Set(),
      onWithdrawn: (metrics, error) =>
        this.outbox.post({
          type: 'warning',
          message: `TikTok no longer knows ${metrics.join(', ')}: null from here on. ${sentencesOf(error)}`,
        }),
      onUnreadable: (column, advertiserId, window) => {
        if (unreadable.has(column)) return;
        unreadable.add(column);
        const message =
          `Column ${column}: TikTok sent a text that is no number (advertiser ${advertiserId}, ${datesOf(window)}, ` +
          'maybe others): null, and noted in the record. Said once for each column.';
        this.outbox.post({ type: 'warning', advertiserId, message });
      },
    };
  }
}

function attemptText({ path, advertiserId, report, durationMs, requestId, error }: Attempt): string {
  const whom = advertiserId ? ` of advertiser ${advertiserId}` : '';
  const outcome = error ? `${error.kind}${error.code === undefined ? '' : ` (${error.code})`}` : 'answered';
  return `${path}${whom}${report ? ` ${report}` : ''}: ${outcome} after ${durationMs} ms, request id ${requestId ?? 'unknown'}.`;
}

/** `updated_at` of the state that a run begins with: the next has to come after it, whatever this machine's clock says. */
function lastUpdate(state: unknown): number {
  const text = typeof state === 'object' && state !== null && 'updated_at' in state ? state.updated_at : undefined;
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? 0 : ms;
}
