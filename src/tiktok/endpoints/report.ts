import { isObject } from '../../json/json.ts';
import type { ApiRequest, TikTokClient } from '../client.ts';
import { TikTokError } from '../errors.ts';
import { type ListAnswer, listAnswer } from './list-answer.ts';
import { CutRows, cutReport, type ReportRow, ReportRows } from './report-rows.ts';

export { type ReportRow, ReportRows } from './report-rows.ts';

/** Rows a page; the most that TikTok serves (docs 1740302848100353). The quota counts requests, so larger is cheaper. */
export const REPORT_PAGE_SIZE = 1000;

/** Inclusive days that one report with `stat_time_day` may ask for (docs 1740302848100353). */
export const REPORT_DAYS_MAX = 30;

/** Ids that one filter may name (docs 1738864850353154). */
export const REPORT_FILTER_IDS_MAX = 100;

/** Which report. */
export interface ReportDefinition {
  /** `TT_SHOP`: GMV Max campaigns, which are in no basic report. */
  readonly reportType: 'BASIC' | 'TT_SHOP';
  /** `AUCTION_CAMPAIGN` and the like. */
  readonly dataLevel: string;
  readonly serviceType: 'AUCTION';
  readonly dimensions: readonly string[];
  /**
   * The field that filters by status at this level; TikTok leaves deleted ones out where it is not asked for them. Absent:
   * the report has all, or knows no filter.
   */
  readonly statusField?: 'campaign_status' | 'adgroup_status' | 'ad_status';
}

/** A part of a report: some campaigns, or some ad groups of one campaign. At most 100 ids each. */
export interface ReportSlice {
  readonly campaignIds: readonly string[];
  readonly adgroupIds?: readonly string[];
}

/** Which page of which report of which advertiser. */
export interface ReportQuery {
  readonly definition: ReportDefinition;
  readonly metrics: readonly string[];
  readonly advertiserId: string;
  /** First day, in the advertiser's time zone. */
  readonly from: string;
  /** Last day, included. */
  readonly to: string;
  readonly includeDeleted: boolean;
  /** Only these. */
  readonly slice?: ReportSlice | undefined;
  /** From 1. */
  readonly page: number;
  readonly pageSize?: number;
  /** Ask for the totals over all pages, too. */
  readonly totalMetrics?: boolean;
}

export interface ReportPage<Rows> {
  /** What `convert` returned. */
  readonly rows: Rows;
  /** Rows of the whole report, as this page tells it. */
  readonly totalNumber: number;
  /** TikTok's words when it cut the report: rows are missing. */
  readonly truncation?: string;
  readonly totalMetrics?: Readonly<Record<string, string>>;
  readonly requestId: string;
}

/** How to ask for a page, and what its rows become. */
export interface PageOptions<Rows> extends Pick<ApiRequest, 'onPause' | 'onResume' | 'patienceMs'> {
  /** Called once for an accepted answer, and maybe for one that is then refused. Must keep nothing of what it is given. */
  readonly convert: (rows: ReportRows) => Rows;
}

/**
 * One page of a synchronous report (`GET /report/integrated/get/`, docs 1740302848100353).
 *
 * Rows have their dimensions as texts and their metrics as an object; the values are not looked at.
 *
 * @throws TikTokError; kind `timeout` at once, without a second attempt: the caller should ask for less
 */
export async function fetchReportPage<Rows>(
  client: TikTokClient,
  query: ReportQuery,
  signal: AbortSignal,
  { convert, ...bounds }: PageOptions<Rows>,
): Promise<ReportPage<Rows>> {
  const { definition, advertiserId, pageSize = REPORT_PAGE_SIZE } = query;
  const filtering = filters(query);
  const answer = await client
    .request({
      path: 'report/integrated/get/',
      advertiserId,
      signal,
      ...bounds,
      retryTimeout: false,
      parse: (body) => cutReport(body, definition.dimensions, convert),
      validate: (data) => whatIsWrong(data, definition.dimensions),
      params: {
        advertiser_id: advertiserId,
        report_type: definition.reportType,
        service_type: definition.serviceType,
        data_level: definition.dataLevel,
        dimensions: JSON.stringify(definition.dimensions),
        metrics: JSON.stringify(query.metrics),
        start_date: query.from,
        end_date: query.to,
        page: String(query.page),
        page_size: String(pageSize),
        ...(filtering.length === 0 ? {} : { filtering: JSON.stringify(filtering) }),
        ...(query.totalMetrics ? { enable_total_metrics: 'true' } : {}),
      },
    })
    .catch((error: unknown) => {
      throw definition.reportType === 'BASIC' ? error : refusalOfReport(error);
    });
  const { list, total: totalNumber } = listAnswer(answer.data) as ListAnswer;
  const { total_metrics: totalMetrics } = answer.data as Record<string, unknown>;
  return {
    rows: isCut<Rows>(list) ? list[0].converted : convert(ReportRows.of(list as unknown as readonly ReportRow[])),
    totalNumber,
    requestId: answer.requestId,
    ...(answer.adsThrottle === undefined ? {} : { truncation: answer.adsThrottle }),
    ...(isObject(totalMetrics) ? { totalMetrics: totalMetrics as Record<string, string> } : {}),
  };
}

/** Codes of a missing permission: 40001 where its words say so. */
const PERMISSION_CODES: ReadonlySet<number | undefined> = new Set([40001, 40125, 40130, 40131]);

/**
 * Reports that are not BASIC are not available to all apps, and TikTok may withdraw them. A refusal says nothing about the
 * basic reports, so it counts for this advertiser only.
 */
function refusalOfReport(error: unknown): unknown {
  if (!(error instanceof TikTokError)) return error;
  const lacksPermission = error.kind === 'credentials' && PERMISSION_CODES.has(error.code);
  if (!lacksPermission && error.kind !== 'our_fault') return error;
  return new TikTokError({
    ...error,
    kind: 'advertiser_unavailable',
    meaning: `${error.meaning} This is the report of GMV Max campaigns alone; basic reports do not depend on it.`,
    advice:
      'Ask TikTok whether the app and the advertiser may read this report (report_type TT_SHOP) and whether it is still ' +
      'served, or do not read its stream. unavailable_advertisers: warn lets the other advertisers pass.',
    message: error.message,
    cause: error,
  });
}

/**
 * A filter's value is itself JSON text. Without the status filter TikTok leaves deleted ones out. Ad groups are named
 * beside their campaign: at the level of ads TikTok advises a filter by campaign in any case ("Best practices").
 */
function filters({ definition: { statusField }, includeDeleted, slice }: ReportQuery): object[] {
  const wanted: [field: string, values: readonly string[] | undefined][] = [
    [statusField ?? '', includeDeleted && statusField ? ['STATUS_ALL'] : undefined],
    ['campaign_ids', slice?.campaignIds],
    ['adgroup_ids', slice?.adgroupIds],
  ];
  return wanted.flatMap(([field_name, values]) =>
    values ? [{ field_name, filter_type: 'IN', filter_value: JSON.stringify(values) }] : [],
  );
}

/** Runs once a row, so it checks only what would otherwise lose a row or give it a wrong key. */
function whatIsWrong(data: unknown, dimensions: readonly string[]): string | undefined {
  const answer = listAnswer(data);
  if (typeof answer === 'string') return answer;
  if (isCut(answer.list)) return undefined;
  const list = answer.list as readonly Partial<ReportRow>[];
  for (const row of list) {
    const texts = row?.dimensions;
    if (typeof texts !== 'object' || texts === null) return 'has a row without dimensions';
    if (typeof row.metrics !== 'object' || row.metrics === null) return 'has a row without metrics';
    for (const name of dimensions) {
      if (typeof texts[name] !== 'string') return `has a row without a text for ${name}`;
    }
  }
  return undefined;
}

const isCut = <Rows>(list: readonly unknown[]): list is readonly [CutRows<Rows>] => list[0] instanceof CutRows;
