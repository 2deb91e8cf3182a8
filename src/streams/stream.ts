import type { Config } from '../config/config.ts';
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import type { ReportDefinition, ReportRows } from '../tiktok/endpoints/report.ts';
import type { RecordText } from './record-text.ts';

/** A column of a stream as its JSON schema declares it. */
export interface Column {
  readonly type: readonly ['null', 'string' | 'integer' | 'number'];
  readonly description?: string;
}

/** The JSON schema (draft-07) of a stream's records; the one place that lists its columns. */
export interface StreamSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Column>>;
  readonly [keyword: string]: unknown;
}

/**
 * Why a field does not hold what TikTok has.
 *
 * - `no_number`: TikTok sent a text that is none; the field is null
 * - `withdrawn`: TikTok no longer knows the metric; the field is null
 * - `replaced`: characters of the text became U+FFFD, as no UTF-8 or no PostgreSQL can hold them
 */
export interface FieldChange {
  readonly field: string;
  readonly reason: 'no_number' | 'withdrawn' | 'replaced';
}

/** One row of a report as a record that can be kept. */
export interface ReportRecord extends RecordText {
  /** Unique in a report, and sorts by the stream's cursor first. */
  readonly key: string;
  readonly changes?: readonly FieldChange[];
}

/** The rows of a page in the terms of the stream. */
export interface ConvertedPage {
  /** In the order of the rows. */
  readonly records: ReportRecord[];
  /** The days of the records, in the advertiser's time zone. */
  readonly days: ReadonlySet<string>;
  /** A row that cannot be placed in the table, without its day or its id: the answer as a whole is then broken. */
  readonly misplaced?: string;
}

/** The result keeps no reference to the page. */
export type ConvertPage = (rows: ReportRows) => ConvertedPage;

/** A report in parts, each of some campaigns, or of some ad groups of one campaign. */
export interface Slicing {
  /** Campaigns that one request may name. */
  readonly campaignsMax: number;
  /** Ad groups that one request may name; absent: the report knows no filter by ad group. */
  readonly adgroupsMax?: number;
}

/** What of a configuration decides about the columns of streams. */
export type ColumnChoice = Pick<Config, 'advertiserColumns' | 'additionalMetrics'>;

/** The choice in a configuration that is unchecked or incomplete: wrong values count as absent. */
export function columnChoiceIn(raw: Readonly<Record<string, unknown>>): ColumnChoice {
  const { advertiser_columns, additional_metrics } = raw;
  return {
    advertiserColumns: advertiser_columns === true,
    additionalMetrics: Array.isArray(additional_metrics) ? additional_metrics : [],
  };
}

/** A daily report as a stream of records: all that the reader and both protocols need to know about it. */
export interface ReportStream {
  readonly name: string;
  readonly primaryKey: readonly string[];
  readonly cursor: string;
  /** Read by default, without being chosen. */
  readonly isDefault: boolean;
  readonly report: ReportDefinition;
  /** Metrics whose daily figures add up, so that their sum over a window can be compared with TikTok's own total. */
  readonly additiveMetrics: readonly string[];
  /** How a report that TikTok cuts is read in parts; absent: only by fewer days. */
  readonly slicing?: Slicing;
  schema(choice: ColumnChoice): StreamSchema;
  /** The metrics to ask for when these columns are wanted; never empty, TikTok would answer with its own choice. */
  metrics(columns: readonly string[]): readonly string[];
  /**
   * @param columns  wanted columns; the primary key is put out in any case
   * @param withdrawn metrics that TikTok no longer knows: null, and noted in `changes`
   */
  converter(options: {
    readonly columns: readonly string[];
    readonly withdrawn: ReadonlySet<string>;
    readonly advertiser: Advertiser;
  }): ConvertPage;
}
