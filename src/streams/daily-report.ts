import type { ReportDefinition } from '../tiktok/endpoints/report.ts';
import { metricColumns } from './additional-metrics.ts';
import { ADVERTISER_COLUMNS, pageConverter } from './page-to-json.ts';
import type { Column, ReportStream, Slicing } from './stream.ts';

/** The day as a dimension of a report, in the advertiser's own zone. */
const DAY = 'stat_time_day';

/** What makes one daily report different from another. */
export interface DailyReport {
  readonly name: string;
  /** Absent: the stream is read only when it is chosen. */
  readonly isDefault?: boolean;
  /** The stream's schema file. A column is the day, a dimension, the advertiser's, or a metric of its name. */
  readonly schema: { readonly $schema: string; readonly properties: object };
  readonly report: Omit<ReportDefinition, 'dimensions'>;
  /** What a row is about, beside its day; with `date` the primary key. */
  readonly dimensions: readonly string[];
  /** Metrics whose daily figures add up over rows and days. */
  readonly additiveMetrics: readonly string[];
  readonly slicing?: Slicing;
}

/** A report by day ("Run a synchronous report") as a stream: one record for each row, dated by the advertiser's day. */
export function dailyReport({
  name,
  isDefault = false,
  schema,
  report,
  dimensions,
  ...more
}: DailyReport): ReportStream {
  // A JSON import loses the tuple types of the schema file.
  const own = schema.properties as Readonly<Record<string, Column>>;
  const ofAdvertiser = Object.entries(ADVERTISER_COLUMNS).filter(([column]) => !(column in own));
  const all = { ...own, ...Object.fromEntries(ofAdvertiser) };
  const primaryKey = ['date', ...dimensions];
  const noMetric = new Set([...primaryKey, ...Object.keys(ADVERTISER_COLUMNS)]);
  const level = report.dataLevel.replace('AUCTION_', '').toLowerCase();
  /** Columns that the stream has on demand: its level's metrics that are not in its schema. */
  const additional = (names: readonly string[]): [string, Column][] =>
    report.reportType === 'BASIC'
      ? metricColumns(
          names.filter((name) => !(name in all)),
          level,
        )
      : [];
  return {
    ...more,
    name,
    isDefault,
    primaryKey,
    cursor: 'date',
    report: { ...report, dimensions: [...dimensions, DAY] },
    schema: ({ advertiserColumns, additionalMetrics }) => ({
      $schema: schema.$schema,
      type: 'object',
      additionalProperties: true,
      properties: { ...(advertiserColumns ? all : own), ...Object.fromEntries(additional(additionalMetrics)) },
    }),
    metrics(columns) {
      const wanted = columns.filter((column) => !noMetric.has(column));
      return wanted.length > 0 ? wanted : more.additiveMetrics.slice(0, 1);
    },
    converter({ columns, ...options }) {
      const wanted = new Set([...primaryKey, ...columns]);
      const kept = Object.entries(all).filter(([column]) => wanted.has(column));
      return pageConverter({ columns: new Map([...kept, ...additional(columns)]), dimensions, ...options });
    },
  };
}
