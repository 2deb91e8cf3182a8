import type { ReportRequest } from './report-request.ts';
import type { ReportTable } from './report-table.ts';

/**
 * A report as CSV with a line of headers.
 *
 * @param titles whether the headers are titles for people, or the names of the fields
 */
export function csvOf(table: ReportTable, request: ReportRequest, { titles }: { readonly titles: boolean }): string {
  const names = [...request.dimensions, ...request.metrics];
  const lines = [names.map((name) => field(titles ? titleOf(name) : name)).join(',')];
  for (let index = 0; index < table.total; index++) {
    const row = JSON.parse(table.rowJson(index)) as Record<'dimensions' | 'metrics', Record<string, string>>;
    lines.push(names.map((name) => field(row.dimensions[name] ?? row.metrics[name] ?? '-')).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** RFC 4180: quotes around what holds a comma, a quote or a line break. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const TITLES: Readonly<Record<string, string>> = {
  campaign_id: 'Campaign ID',
  stat_time_day: 'By Day',
  campaign_name: 'Campaign name',
  spend: 'Cost',
  cpc: 'CPC',
  cpm: 'CPM',
  ctr: 'CTR',
  conversion: 'Conversions',
  conversion_rate: 'CVR',
  cost_per_conversion: 'CPA',
};

function titleOf(name: string): string {
  return TITLES[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
}
