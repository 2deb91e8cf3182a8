import type { Config } from '../../config/config.ts';
import type { ConvertedPage, ConvertPage, ReportRecord, ReportStream, Slicing } from '../../streams/stream.ts';
import type { ApiRequest, TikTokClient } from '../../tiktok/client.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { listEntityIds } from '../../tiktok/endpoints/entity-ids.ts';
import {
  fetchReportPage,
  type PageOptions,
  type ReportDefinition,
  type ReportPage,
  type ReportQuery,
  type ReportRow,
  type ReportRows,
  type ReportSlice,
} from '../../tiktok/endpoints/report.ts';
import { TikTokError } from '../../tiktok/errors.ts';
import { type Day, type DayRange, isDay } from '../days.ts';
import { COMPARED_METRICS, type RecordPage, type UnassignedRow } from './acceptance.ts';
import { DailySums } from './decimal-sum.ts';

/** After three time-outs of the same request within ten minutes TikTok blocks it for ten more (performance page). */
const DAY_SENDS_MAX = 3;

/** An advertiser as a whole, one row a day (docs 1738864915188737). */
const ADVERTISER_BY_DAY: ReportDefinition = {
  reportType: 'BASIC',
  serviceType: 'AUCTION',
  dataLevel: 'AUCTION_ADVERTISER',
  dimensions: ['advertiser_id', 'stat_time_day'],
};

/** The id that TikTok writes for figures that belong to no campaign. */
const UNASSIGNED_ID = /^(.{10})(0|-1)(?= |$)/;

/** What the answers say about metrics and rows during a run; shared by all advertisers. */
export interface MetricNotices {
  /** Metrics that TikTok no longer knows; grows during a run. */
  readonly withdrawn: Set<string>;
  onWithdrawn(metrics: readonly string[], error: TikTokError): void;
  /** A column held a text that is no number. */
  onUnreadable(column: string, advertiserId: string, window: DayRange): void;
  /** A row belongs to no campaign, ad group or ad: TikTok writes 0 or -1 for its id. */
  onUnassigned(advertiserId: string, row: UnassignedRow): void;
}

/** The report of one advertiser: pages of records, and the campaigns to slice it by. */
export class AdvertiserReport {
  readonly advertiser: Advertiser;
  readonly patienceMs: number;
  /** The rows are compared with TikTok's own sums. */
  readonly reconciles: boolean;
  /** A day is accepted when all its readings bring the same rows, even if TikTok counts others. */
  readonly acceptsInconsistent: boolean;
  /** How it is read in parts where TikTok cuts it; undefined where it cannot be. */
  readonly slicing: Slicing | undefined;
  /** Campaigns in a slice; shrinks until TikTok answers uncut, for the rest of the run. */
  sliceSize: number;
  /** Campaigns that are read by their ad groups: TikTok cut the report of each alone. For the rest of the run. */
  readonly cutAlone = new Set<string>();
  readonly #options: AdvertiserReportOptions;
  /** Rebuilt when another metric is withdrawn. */
  #converter: { readonly withdrawn: number; readonly convert: ConvertPage } | undefined;
  #campaignIds: Promise<readonly string[]> | undefined;
  #ahead: PageAhead | undefined;
  /** How often requests about one day were sent and timed out, by what they ask for. */
  readonly #timedOut = new Map<string, number>();

  constructor(options: AdvertiserReportOptions) {
    this.advertiser = options.advertiser;
    this.slicing = options.stream.slicing;
    this.sliceSize = this.slicing?.campaignsMax ?? 0;
    const { patienceMs, reconcile, inconsistentReports } = options.config;
    this.patienceMs = patienceMs;
    this.reconciles = reconcile;
    this.acceptsInconsistent = inconsistentReports === 'warn';
    this.#options = options;
  }

  /** The sandbox knows no totals. */
  get #hasTotals(): boolean {
    return this.#options.config.credentials.type !== 'sandbox_access_token';
  }

  /**
   * Asks for the first page of a window. The next {@link page} is its answer, where it wants the same.
   *
   * @param onArrived called with the number of its rows
   */
  askAhead(window: DayRange, signal: AbortSignal, onArrived: (rows: number) => void): void {
    const ahead: PageAhead = { window, isPaused: false };
    const hooks = {
      onPause: () => {
        ahead.isPaused = true;
        ahead.taker?.onPause?.();
      },
      onResume: () => {
        ahead.isPaused = false;
        ahead.taker?.onResume?.();
      },
    };
    ahead.answer = this.#page({ window, page: 1, ...hooks }, signal);
    // It may never be wanted; until then a failure must not count as unhandled.
    ahead.answer.then(
      ({ records }) => onArrived(records.length),
      () => undefined,
    );
    this.#ahead = ahead;
  }

  /**
   * One page of the report, as records.
   *
   * @throws TikTokError
   */
  async page(request: PageRequest, signal: AbortSignal): Promise<RecordPage> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const { window, page, slice } = request;
    const isSame = page === 1 && !slice && window.from === ahead?.window.from && window.to === ahead.window.to;
    if (!ahead?.answer || !isSame) return this.#page(request, signal);
    ahead.taker = request;
    if (ahead.isPaused) request.onPause?.();
    return ahead.answer;
  }

  async #page({ window, page, slice, ...bounds }: PageRequest, signal: AbortSignal): Promise<RecordPage> {
    const { stream, columns, config } = this.#options;
    const { includeDeleted } = config;
    const metrics = [
      ...stream.metrics(columns),
      ...(this.reconciles ? stream.additiveMetrics : []),
      ...(this.#hasTotals ? COMPARED_METRICS.filter((metric) => stream.additiveMetrics.includes(metric)) : []),
    ];
    const query = { definition: stream.report, metrics, includeDeleted, page, slice, totalMetrics: this.#hasTotals };
    const addUp = this.reconciles || slice !== undefined;
    const convert = (rows: ReportRows) => this.#convert(rows, addUp);
    return this.#judged(await this.#ask(query, window, signal, { ...bounds, convert }), window);
  }

  /**
   * TikTok's figures for the whole advertiser by day, reservation ads and deleted campaigns included. Undefined where
   * they cannot be compared with the rows: in the sandbox, and when deleted campaigns are left out.
   *
   * @throws TikTokError
   */
  async advertiserFigures(
    window: DayRange,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Day, Readonly<Record<string, string | null>>> | undefined> {
    if (!this.#hasTotals || !this.#options.config.includeDeleted) return undefined;
    // This level has no filter by status.
    const query = { definition: ADVERTISER_BY_DAY, metrics: COMPARED_METRICS, includeDeleted: false, page: 1 };
    const byDay = (rows: ReportRows) =>
      new Map(Array.from(rows, ({ dimensions, metrics }) => [dayOf(dimensions), metrics]));
    return (await this.#ask(query, window, signal, { convert: byDay })).rows;
  }

  /**
   * Asks for a page of a report. Again, without a metric, when TikTok no longer knows it; and again, at most twice, after a
   * time-out of a single day, for which nothing shorter can be asked.
   */
  async #ask<Rows>(
    query: Omit<ReportQuery, 'advertiserId' | 'from' | 'to'>,
    { from, to }: DayRange,
    signal: AbortSignal,
    options: PageOptions<Rows>,
  ): Promise<ReportPage<Rows>> {
    const { client, notices, stream } = this.#options;
    const isKnown = (metric: string) => !notices.withdrawn.has(metric);
    const [last = 'spend'] = stream.additiveMetrics;
    for (;;) {
      const wanted = [...new Set(query.metrics)].filter(isKnown);
      // A request without metrics would get TikTok's own choice.
      const metrics = wanted.length > 0 ? wanted : [stream.additiveMetrics.find(isKnown) ?? last];
      const whole = { ...query, metrics, advertiserId: this.advertiser.id, from, to };
      try {
        return await fetchReportPage(client, whole, signal, options);
      } catch (error) {
        if (!(error instanceof TikTokError)) throw error;
        const isAnother = this.#drops(metrics, error) && [...query.metrics, ...stream.additiveMetrics].some(isKnown);
        if (!isAnother && !this.#mayRepeat(whole, error)) throw error;
      }
    }
  }

  /** Stops asking for the metrics that TikTok no longer knows; false when the refusal had another reason. */
  #drops(metrics: readonly string[], error: TikTokError): boolean {
    const { notices } = this.#options;
    const gone = error.kind === 'metric_withdrawn' ? metrics.filter((metric) => error.metrics?.includes(metric)) : [];
    // Other requests may have had the same refusal meanwhile.
    const untold = gone.filter((metric) => !notices.withdrawn.has(metric));
    for (const metric of untold) notices.withdrawn.add(metric);
    if (untold.length > 0) notices.onWithdrawn(untold, error);
    return gone.length > 0;
  }

  /** True when a request about one day that timed out may be sent once more. */
  #mayRepeat({ definition, from, to, page, slice }: ReportQuery, { kind, timedOut }: TikTokError): boolean {
    if (kind !== 'timeout' || from !== to) return false;
    const asked = JSON.stringify([definition.dataLevel, from, page, slice]);
    // The client itself has already repeated a request that TikTok reports as timed out, and would again.
    const sends = timedOut ? 2 : 1;
    const sent = (this.#timedOut.get(asked) ?? 0) + sends;
    this.#timedOut.set(asked, sent);
    return sent + sends <= DAY_SENDS_MAX;
  }

  /** The ids of all campaigns, deleted ones too; asked for once, or again with `refresh`. */
  campaignIds(signal: AbortSignal, { refresh = false } = {}): Promise<readonly string[]> {
    if (this.#campaignIds && !refresh) return this.#campaignIds;
    const ids = listEntityIds(this.#options.client, { kind: 'campaign', advertiserId: this.advertiser.id }, signal);
    this.#campaignIds = ids;
    ids.catch(() => {
      this.#campaignIds = undefined;
    });
    return ids;
  }

  /** The ids of all ad groups of a campaign, deleted ones too. */
  adgroupIds(campaignId: string, signal: AbortSignal): Promise<readonly string[]> {
    const { client } = this.#options;
    return listEntityIds(client, { kind: 'adgroup', advertiserId: this.advertiser.id, campaignId }, signal);
  }

  /** Reports what is unusual in a page, and checks that its rows are of the window. */
  #judged({ rows, ...answer }: ReportPage<ConvertedRows>, window: DayRange): RecordPage {
    const { notices } = this.#options;
    const { records, days, sums, unassigned } = rows;
    const strayDay = [...days].find((day) => day < window.from || day > window.to || !isDay(day));
    const misplaced = rows.misplaced ?? (strayDay === undefined ? undefined : `a row of ${strayDay}`);
    for (const { changes = [] } of records) {
      for (const { field, reason } of changes) {
        if (reason === 'no_number') notices.onUnreadable(field, this.advertiser.id, window);
      }
    }
    const [one] = unassigned;
    if (one) notices.onUnassigned(this.advertiser.id, one);
    return {
      records,
      totalNumber: answer.totalNumber,
      ...(answer.truncation !== undefined && { truncation: answer.truncation }),
      ...(answer.totalMetrics && { totals: answer.totalMetrics }),
      ...(sums && { sums }),
      ...(misplaced !== undefined && { misplaced }),
      unassigned,
    };
  }

  #convert(rows: ReportRows, addUp: boolean): ConvertedRows {
    const { stream, columns, notices } = this.#options;
    if (this.#converter?.withdrawn !== notices.withdrawn.size) {
      const withdrawn = new Set(notices.withdrawn);
      const convert = stream.converter({ columns, withdrawn, advertiser: this.advertiser });
      this.#converter = { withdrawn: withdrawn.size, convert };
    }
    const page = this.#converter.convert(rows);
    return {
      ...page,
      ...(addUp && { sums: sumsOf(rows, stream.additiveMetrics) }),
      // After a misplaced row, the records no longer stand at the places of their rows.
      unassigned: page.misplaced === undefined ? unassignedOf(page.records, rows) : [],
    };
  }
}

/** What the rows of a page become; the rows themselves are gone afterwards. */
interface ConvertedRows extends ConvertedPage {
  readonly sums?: DailySums;
  readonly unassigned: readonly UnassignedRow[];
}

function unassignedOf(records: readonly ReportRecord[], rows: ReportRows): UnassignedRow[] {
  return records.flatMap((record, index) => {
    const [, day = '', id] = UNASSIGNED_ID.exec(record.key) ?? [];
    return id === undefined ? [] : [{ record, day, id, metrics: rows.row(index).metrics }];
  });
}

function sumsOf(rows: ReportRows, additiveMetrics: readonly string[]): DailySums {
  const sums = new DailySums();
  for (const { dimensions, metrics } of rows) {
    for (const metric of additiveMetrics) sums.add(dayOf(dimensions), metric, metrics[metric]);
  }
  return sums;
}

export interface AdvertiserReportOptions {
  readonly config: Pick<Config, 'credentials' | 'includeDeleted' | 'reconcile' | 'inconsistentReports' | 'patienceMs'>;
  readonly client: TikTokClient;
  readonly stream: ReportStream;
  readonly columns: readonly string[];
  readonly notices: MetricNotices;
  readonly advertiser: Advertiser;
}

/** One page of one report. */
export interface PageRequest extends Pick<ApiRequest, 'onPause' | 'onResume' | 'patienceMs'> {
  readonly window: DayRange;
  /** From 1. */
  readonly page: number;
  readonly slice?: ReportSlice | undefined;
}

/** The first page of a window that was asked for before its turn. */
interface PageAhead {
  readonly window: DayRange;
  answer?: Promise<RecordPage>;
  isPaused: boolean;
  /** Who wants it now. */
  taker?: PageRequest;
}

/** The advertiser day of a row: its date without the time of day. */
const dayOf = (dimensions: ReportRow['dimensions']): Day => (dimensions.stat_time_day ?? '').slice(0, 10);
