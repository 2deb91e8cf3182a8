import type { Parameters } from '../http/parameters.ts';
import * as parameter from '../http/parameters.ts';
import { badParameter, missing, pythonList, Refusal } from '../http/refusal.ts';
import { type DayNumber, parseDay } from '../world/calendar.ts';
import { ATTRIBUTES, LEVELS_OF_METRICS } from '../world/metrics.ts';
import { parseFilters, type ReportFilters } from './report-filters.ts';

const REPORT_TYPES = ['BASIC', 'AUDIENCE', 'PLAYABLE_MATERIAL', 'CATALOG', 'BC', 'TT_SHOP'] as const;
const DATA_LEVELS = [
  'AUCTION_AD',
  'AUCTION_ADGROUP',
  'AUCTION_CAMPAIGN',
  'AUCTION_ADVERTISER',
  'RESERVATION_AD',
  'RESERVATION_ADGROUP',
  'RESERVATION_CAMPAIGN',
  'RESERVATION_ADVERTISER',
] as const;
export type DataLevel = (typeof DATA_LEVELS)[number];

/** The ID dimensions of each level. Of the two of an ad, a request may have one. */
const ID_DIMENSIONS: Readonly<Record<string, readonly string[]>> = {
  AD: ['ad_id', 'ad_id_v2'],
  ADGROUP: ['adgroup_id'],
  CAMPAIGN: ['campaign_id'],
  ADVERTISER: ['advertiser_id'],
};
const TIME_DIMENSIONS = ['stat_time_day', 'stat_time_hour'];
/** The API knows these, this emulator does not. */
const OTHER_DIMENSIONS = [
  'country_code',
  'province_id',
  'age',
  'gender',
  'platform',
  'placement',
  'language',
  'ac',
  'search_terms',
];
/** What a GMV Max report can be grouped by ("GMV max ads reports", DocID 1803073629472770): no day without a country. */
const GMV_MAX_GROUPINGS: Readonly<Record<string, readonly string[]>> = {
  ADVERTISER: ['advertiser_id', 'advertiser_id,country_code', 'advertiser_id,country_code,stat_time_day'],
  CAMPAIGN: ['campaign_id,country_code', 'campaign_id,country_code,stat_time_day'],
};
const GMV_MAX_METRICS = ['spend', 'billed_cost', 'campaign_name'];

/** At most so many metrics a request ("Best practices"). */
const METRICS_MAX = 100;
export const DAYS_MAX_DAILY = 30;
const DAYS_MAX = 365;

/** A report's parameters. Shape and enums are right; dates and metrics are not checked yet. */
export interface ReportRequest {
  readonly advertiserIds: readonly string[];
  /** `TT_SHOP`: the GMV Max campaigns, which BASIC reports leave out. */
  readonly gmvMax: boolean;
  /** Asked with `advertiser_ids`: money loses its decimals. */
  readonly batch: boolean;
  readonly inUtc: boolean;
  readonly reservation: boolean;
  readonly level: 'AD' | 'ADGROUP' | 'CAMPAIGN' | 'ADVERTISER';
  readonly dimensions: readonly string[];
  readonly idDimension: string | undefined;
  readonly daily: boolean;
  readonly metrics: readonly string[];
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly lifetime: boolean;
  readonly filters: ReportFilters;
  readonly orderField: string | undefined;
  readonly ascending: boolean;
  readonly totals: boolean;
  readonly page: number;
  readonly pageSize: number;
}

/**
 * Checks shape and enums of a report's parameters.
 *
 * @throws Refusal 40002, 40000-range; see "Run a synchronous report"
 */
export function parseReportRequest(parameters: Parameters, { task = false } = {}): ReportRequest {
  const reportType = parameter.oneOf(parameters, 'report_type', REPORT_TYPES);
  if (!reportType) throw missing('report_type');
  // TikTok's documentation contradicts itself about a default. Only task creation surely has one.
  const service =
    parameter.oneOf(parameters, 'service_type', ['AUCTION', 'RESERVATION']) ?? (task ? 'AUCTION' : undefined);
  if (!service) throw missing('service_type');
  if (reportType !== 'BASIC' && reportType !== 'TT_SHOP')
    throw new Refusal(40008, `This emulator serves the report_types BASIC and TT_SHOP, not ${reportType}.`);
  const gmvMax = reportType === 'TT_SHOP';
  if (gmvMax) checkGmvMax(parameters, { task });
  const dataLevel = parameter.oneOf(parameters, 'data_level', DATA_LEVELS);
  if (!dataLevel) throw missing('data_level');
  const level = dataLevel.slice(dataLevel.indexOf('_') + 1) as ReportRequest['level'];
  const dimensions = parseDimensions(parameter.list(parameters, 'dimensions'), dataLevel, gmvMax);
  const ids = parameter.list(parameters, 'advertiser_ids');
  const batch = ids !== undefined && ids.length > 0;
  if (batch && ids.length > 5) throw badParameter('advertiser_ids: Longer than maximum length 5.');
  const orderType = parameter.oneOf(parameters, 'order_type', ['ASC', 'DESC']);
  parameter.oneOf(parameters, 'query_mode', ['REGULAR', 'CHUNK']);
  return {
    gmvMax,
    advertiserIds: batch
      ? [...new Set(ids.map((value) => parameter.id('advertiser_ids', value)))]
      : [parameter.id('advertiser_id', parameter.requiredText(parameters, 'advertiser_id'))],
    batch,
    inUtc: parameter.flag(parameters, 'multi_adv_report_in_utc_time') && batch,
    reservation: service === 'RESERVATION' || dataLevel.startsWith('RESERVATION'),
    level,
    dimensions,
    idDimension: dimensions.find((name) => ID_NAMES.includes(name)),
    daily: dimensions.includes('stat_time_day'),
    metrics: [...new Set(parameter.list(parameters, 'metrics') ?? ['spend', gmvMax ? 'billed_cost' : 'impressions'])],
    startDate: parameter.text(parameters, 'start_date'),
    endDate: parameter.text(parameters, 'end_date'),
    lifetime: parameter.flag(parameters, 'query_lifetime'),
    filters: parseFilters(parameters, level, { task }),
    orderField: parameter.text(parameters, 'order_field'),
    ascending: orderType === 'ASC',
    totals: parameter.flag(parameters, 'enable_total_metrics'),
    page: parameter.integer(parameters, 'page', { min: 1, max: Number.MAX_SAFE_INTEGER, otherwise: 1 }),
    pageSize: parameter.integer(parameters, 'page_size', { min: 1, max: 1000, otherwise: 10 }),
  };
}

const ID_NAMES = Object.values(ID_DIMENSIONS).flat();

/** Refuses what a report of GMV Max campaigns does not accept: filters, a lifetime, several advertisers, task creation. */
function checkGmvMax(parameters: Parameters, { task }: { readonly task: boolean }): void {
  const refused = ['filtering', 'query_lifetime', 'advertiser_ids'].find((name) => {
    const value = parameters[name];
    return value !== undefined && !['', 'false', 'False', '[]'].includes(String(value));
  });
  if (refused) throw badParameter(`${refused} is not supported for report_type TT_SHOP.`);
  if (task) throw badParameter('report_type TT_SHOP is not supported for asynchronous reports.');
}

function parseDimensions(dimensions: string[] | undefined, dataLevel: DataLevel, gmvMax: boolean): string[] {
  if (!dimensions || dimensions.length === 0) throw missing('dimensions');
  const level = dataLevel.slice(dataLevel.indexOf('_') + 1);
  if (gmvMax) {
    if (!GMV_MAX_GROUPINGS[level]?.includes([...dimensions].sort().join())) throw conflict();
    return dimensions;
  }
  const own = ID_DIMENSIONS[level] ?? [];
  for (const name of dimensions) {
    if (ID_NAMES.includes(name) && !own.includes(name))
      throw badParameter(`dimension ${name} does not match data_level ${dataLevel}`);
    if (OTHER_DIMENSIONS.includes(name) || name === 'stat_time_hour') {
      throw new Refusal(40008, `This emulator does not serve the dimension ${name}.`);
    }
    if (!ID_NAMES.includes(name) && !TIME_DIMENSIONS.includes(name)) {
      throw badParameter(
        `dimensions: one or more value of the param is not acceptable, correct is ${pythonList([...ID_NAMES, ...TIME_DIMENSIONS, ...OTHER_DIMENSIONS])}`,
      );
    }
  }
  if (dimensions.includes('ad_id') && dimensions.includes('ad_id_v2')) throw conflict();
  return [...new Set(dimensions)];
}

/** TikTok's message for dimensions that exclude each other ("Reporting FAQs"). */
const conflict = (): Refusal =>
  badParameter('Conflict occurs. The input params including metrics and dimensions have no relation.');

/** Days asked for, both ends included; undefined for a whole lifetime. */
export interface Span {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** @throws Refusal 40002 for dates missing, malformed, in the wrong order or too far apart. */
export function checkDates(request: ReportRequest, { spanLimited = true } = {}): Span | undefined {
  if (request.lifetime) {
    if (request.daily) throw badParameter('query_lifetime does not support the dimension stat_time_day.');
    return undefined;
  }
  const absent = ['start_date', 'end_date'].filter(
    (name) => !(name === 'start_date' ? request.startDate : request.endDate),
  );
  if (absent.length > 0) throw missing(...absent);
  const from = parseDay(request.startDate ?? '');
  const to = parseDay(request.endDate ?? '');
  if (from === undefined || to === undefined) throw badParameter('Time format should be %Y-%m-%d. Please try again.');
  if (from > to) throw badParameter('start_date should not be later than end_date.');
  const days = to - from + 1;
  if (spanLimited && request.daily && days > DAYS_MAX_DAILY) {
    throw badParameter('max time span is 30 days when use stat_time_day');
  }
  if (spanLimited && days > DAYS_MAX) throw badParameter('max time span is 365 days when not use stat_time_day');
  return { from, to };
}

/** @throws Refusal 40002 naming every metric that this level does not have. */
export function checkMetrics(request: ReportRequest, withdrawn: ReadonlySet<string>): void {
  if (request.metrics.length > METRICS_MAX) throw badParameter(`metrics: Longer than maximum length ${METRICS_MAX}.`);
  const wrong = request.metrics.filter((name) => !isKnownMetric(name, request) || withdrawn.has(name));
  if (wrong.length > 0) {
    throw badParameter(
      `Please correct the information in invalid metric fields and try again. Invalid metric fields: ${pythonList(wrong)}. `,
    );
  }
  const { orderField } = request;
  if (orderField !== undefined && (ATTRIBUTES.has(orderField) || !request.metrics.includes(orderField))) {
    throw badParameter(`order_field: ${orderField} is not one of the metrics that can be sorted by.`);
  }
}

function isKnownMetric(name: string, { level, gmvMax }: ReportRequest): boolean {
  if (gmvMax) return GMV_MAX_METRICS.includes(name) && (name !== 'campaign_name' || level === 'CAMPAIGN');
  return LEVELS_OF_METRICS.get(name)?.includes(level.toLowerCase()) ?? false;
}
