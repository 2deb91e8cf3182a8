import catalogue from '../../schemas/metrics.json?raw';
import type { Column, ColumnChoice, ReportStream } from './stream.ts';

/** One of TikTok's metrics, as the catalogue in the repository has it. */
interface Metric {
  readonly name: string;
  readonly type: Column['type'][1];
  readonly unit: string;
  readonly levels: readonly string[];
  readonly meaning: string;
}

let metrics: ReadonlyMap<string, Metric> | undefined;

/** Parses the catalogue when it is first asked for: most configurations add no metric, and it is a fifth of what a read loads. */
function metricOf(name: string): Metric | undefined {
  metrics ??= new Map((JSON.parse(catalogue) as { metrics: Metric[] }).metrics.map((metric) => [metric.name, metric]));
  return metrics.get(name);
}

/** What a column's description says beyond the metric's meaning. */
const UNIT_NOTES: Readonly<Record<string, string>> = {
  money: " In the advertiser's currency.",
  percent: ' In percent.',
  seconds: ' In seconds.',
};

/**
 * The columns of the metrics that basic reports of a level have; others are left out.
 *
 * @param level `campaign`, `adgroup`, `ad` or `advertiser`
 */
export function metricColumns(names: readonly string[], level: string): [string, Column][] {
  return names.flatMap((name): [string, Column][] => {
    const metric = metricOf(name);
    if (!metric?.levels.includes(level)) return [];
    const description = `${metric.meaning}${UNIT_NOTES[metric.unit] ?? ''}`;
    return [[name, { type: ['null', metric.type], description }]];
  });
}

/**
 * Warnings of metrics that the configuration adds and that these streams do not bring, one sentence for those that have
 * the same reason.
 *
 * @param streams with the columns that are wanted of each; absent: all
 */
export function warnOfUnreadMetrics(
  choice: ColumnChoice,
  streams: readonly { readonly stream: ReportStream; readonly columns?: readonly string[] | undefined }[],
): string[] {
  const byReason = new Map<string, string[]>();
  for (const name of choice.additionalMetrics) {
    const having = streams.filter(({ stream }) => name in stream.schema(choice).properties);
    if (having.some(({ columns }) => !columns || columns.includes(name))) continue;
    const reason = having.length > 0 ? NOT_SELECTED : ofOtherLevels(metricOf(name)?.levels ?? []);
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  const chosen = `${streams.map(({ stream }) => stream.name).join(', ')} ${streams.length > 1 ? 'do' : 'does'}`;
  return [...byReason].map(
    ([reason, names]) =>
      `additional_metrics names ${names.join(', ')}, which ${chosen} not bring. ${reason}, or shorten additional_metrics.`,
  );
}

const NOT_SELECTED = 'The catalog does not select it: run discover again and select the column';

const ofOtherLevels = (levels: readonly string[]) =>
  `TikTok reports it by ${levels.join(' or ')} only: choose ${levels.map((level) => `${level}_daily`).join(' or ')}`;
