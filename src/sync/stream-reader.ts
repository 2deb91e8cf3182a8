import type { Config } from '../config/config.ts';
import { isToldOfAdvertiser } from '../streams/page-to-json.ts';
import type { ReportStream } from '../streams/stream.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import type { Day } from './days.ts';
import type { AdvertiserFailure, SyncEvent } from './events.ts';
import { advertiserFailure, datesOf, describeError, endsRun, placeOf, sentencesOf } from './failure.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Outbox } from './outbox.ts';
import { type AdvertiserPlan, firstWindowEverywhere, isOffered, planRun, type RunPlan } from './plan.ts';
import {
  AdvertiserReader,
  type AdvertiserSink,
  RowEstimate,
  type SharedReading,
  WindowFailure,
} from './read/advertiser.ts';
import { AdvertiserReport, type MetricNotices } from './read/pages.ts';
import type { AdvertiserSelection } from './select.ts';
import type { RefreshId } from './state.ts';

/** One stream to read. */
export interface StreamRequest {
  readonly stream: ReportStream;
  /** Wanted columns; absent: all that the configuration gives the stream. The primary key comes in any case. */
  readonly columns?: readonly string[];
  /** What the stream's last checkpoint said, as it came back; absent when there is none. */
  readonly state?: unknown;
  /** Read this day and all after it again, as far as they have been read. */
  readonly since?: Day | undefined;
  /**
   * The full refresh that this is an attempt at. It reads everything but what an earlier attempt at the same one has
   * read, which is not read again, not even its lookback.
   */
  readonly refresh?: RefreshId | undefined;
}

/** What the streams of a run share. */
export interface SharedRun extends Pick<SharedReading, 'budget' | 'windowsAtOnce'> {
  readonly config: Config;
  readonly client: TikTokClient;
  readonly ledger: Ledger;
  readonly outbox: Outbox<SyncEvent>;
  /** The run has no other stream: messages need not name it. */
  readonly isAlone: boolean;
  fail(failure: AdvertiserFailure): void;
  /** Nothing can be read any more, of any stream. */
  end(error: Error): void;
}

/** Reads one stream of a run, advertiser by advertiser. */
export class StreamReader {
  readonly name: string;
  readonly #request: StreamRequest;
  readonly #run: SharedRun;
  readonly #columns: readonly string[];
  readonly #firstPageRows = new RowEstimate();
  readonly #notices: MetricNotices;
  /** By advertiser, reports whose first page is asked for already. */
  readonly #ahead = new Map<string, AdvertiserReport>();

  constructor(request: StreamRequest, run: SharedRun) {
    this.name = request.stream.name;
    this.#request = request;
    this.#run = run;
    this.#columns = request.columns ?? Object.keys(request.stream.schema(run.config).properties);
    this.#notices = this.#metricNotices();
  }

  /**
   * Asks for first pages while TikTok is asked for the time zones, of advertisers whose first window and whose records do
   * not depend on these. {@link read} takes them up.
   *
   * @param ids granted advertisers, in the order in which they will be read
   * @param pages at most so many
   * @param now no later than it is
   */
  askAhead(ids: readonly string[], pages: number, now: Date, signal: AbortSignal): void {
    const { config, ledger } = this.#run;
    const { stream } = this.#request;
    const window = firstWindowEverywhere(config, now);
    if (!window || !isOffered(stream, config) || this.#columns.some(isToldOfAdvertiser)) return;
    const coverage = ledger.coverageOf(this.name);
    for (const id of ids.filter((id) => !coverage.has(id)).slice(0, pages)) {
      const report = this.#reportOf({ id });
      report.askAhead(window, signal, (rows) => this.#firstPageRows.add(rows));
      this.#ahead.set(id, report);
    }
  }

  /** @param now by the API's clock */
  plan(selection: AdvertiserSelection, now: Date): RunPlan {
    const { config, ledger } = this.#run;
    const selected = new Set(selection.advertisers.map(({ id }) => id));
    for (const id of this.#ahead.keys()) if (!selected.has(id)) this.#ahead.delete(id);
    const { stream, since, refresh } = this.#request;
    const coverage = ledger.coverageOf(this.name);
    return planRun({ config, stream, selection, coverage, since, resumeOnly: refresh !== undefined, now });
  }

  /** Reads what is due of one advertiser; never rejects. */
  async read({ advertiser, pass }: AdvertiserPlan, signal: AbortSignal): Promise<void> {
    const { budget, windowsAtOnce } = this.#run;
    const report = this.#ahead.get(advertiser.id) ?? this.#reportOf(advertiser);
    this.#ahead.delete(advertiser.id);
    const shared = { budget, windowsAtOnce, firstPageRows: this.#firstPageRows };
    try {
      await new AdvertiserReader(report, pass, { sink: this.#sinkOf(advertiser), shared, signal }).read();
    } catch (failure) {
      if (signal.aborted) return;
      const { window, error } =
        failure instanceof WindowFailure ? { window: failure.window, error: failure.cause } : { error: failure };
      if (endsRun(error)) this.#run.end(error);
      else {
        const place = { stream: this.#named, window };
        this.#run.fail({ ...advertiserFailure(advertiser, error, place), stream: this.name });
      }
    }
  }

  #reportOf(advertiser: Advertiser): AdvertiserReport {
    const { config, client } = this.#run;
    return new AdvertiserReport({
      config,
      client,
      stream: this.#request.stream,
      columns: this.#columns,
      notices: this.#notices,
      advertiser,
    });
  }

  get #named(): string | undefined {
    return this.#run.isAlone ? undefined : this.name;
  }

  #sinkOf(advertiser: Advertiser): AdvertiserSink {
    const { ledger, outbox } = this.#run;
    const { id } = advertiser;
    const stream = this.name;
    const about = (message: string, window: Parameters<AdvertiserSink['warn']>[0]) =>
      `${placeOf(advertiser, { stream: this.#named, window })}: ${message}`;
    return {
      send: async (window, records) => {
        if (records.length === 0) return;
        await outbox.put({ type: 'records', stream, advertiserId: id, window, records });
        ledger.addRecords(stream, id, records);
      },
      commit: async (coverage, window) => {
        ledger.commit(stream, id, coverage, window);
        if (ledger.isCheckpointDue) await outbox.put(ledger.checkpoint());
      },
      warn: (window, message) =>
        outbox.post({ type: 'warning', stream, advertiserId: id, message: about(message, window) }),
      info: (window, message) => outbox.post({ type: 'info', stream, message: about(message, window) }),
    };
  }

  #metricNotices(): MetricNotices {
    const unreadable = new Set<string>();
    let saysUnassigned = false;
    const stream = this.name;
    const warn = (message: string, advertiserId?: string) =>
      this.#run.outbox.post({
        type: 'warning',
        stream,
        ...(advertiserId !== undefined && { advertiserId }),
        message: this.#run.isAlone ? message : `${stream}: ${message}`,
      });
    return {
      withdrawn: new Set(),
      onWithdrawn: (metrics, error) =>
        warn(`TikTok no longer knows ${metrics.join(', ')}: null from here on. ${sentencesOf(describeError(error))}`),
      onUnreadable: (column, advertiserId, window) => {
        if (unreadable.has(column)) return;
        unreadable.add(column);
        warn(
          `Column ${column}: TikTok sent a text that is no number (advertiser ${advertiserId}, ${datesOf(window)}, ` +
            'maybe others): null, and noted in the record. Said once for each column.',
          advertiserId,
        );
      },
      onUnassigned: (advertiserId, { day, id, metrics }) => {
        if (saysUnassigned) return;
        saysUnassigned = true;
        const figures = ['spend', 'impressions', 'clicks'].map((name) => `${name} ${metrics[name] ?? 'unknown'}`);
        warn(
          `Advertiser ${advertiserId}, ${day}: TikTok has figures that it assigns to nothing, a row with the id ${id} ` +
            `(${figures.join(', ')}). It was loaded; in a table of several advertisers such rows have the same key and ` +
            'replace each other. Said once, there may be more.',
          advertiserId,
        );
      },
    };
  }
}
