import { drawTable, type TableColumn } from '../draw-table.ts';
import type { Difference, Row } from './campaign-table.ts';
import { drawBars } from './draw-bars.ts';

const SAMPLE_COLUMNS: readonly TableColumn[] = [
  { title: 'date' },
  { title: 'campaign_name', widthMax: 30 },
  { title: 'impressions', align: 'right' },
  { title: 'clicks', align: 'right' },
  { title: 'ctr', align: 'right' },
  { title: 'spend', align: 'right' },
  { title: 'conversion', align: 'right' },
  { title: 'currency' },
];

/** A few rows of the table, its newest, as a person reads them: not all columns, which would be wider than a terminal. */
export function describeSample(rows: readonly Row[], count: number): string[] {
  const newest = [...rows]
    .filter((row) => Number(row.spend) > 0)
    .sort((a, b) => compare(b.date, a.date) || Number(b.spend) - Number(a.spend))
    .slice(0, count);
  return drawTable(
    SAMPLE_COLUMNS,
    newest.map((row) => SAMPLE_COLUMNS.map(({ title }) => (row[title] === null ? 'null' : String(row[title] ?? '')))),
  );
}

/** A chart of one account's spend by day, its last days. */
export function describeSpend(rows: readonly Row[], days: number): string[] {
  const spendByDay = new Map<string, number>();
  for (const row of rows) {
    const day = String(row.date);
    spendByDay.set(day, (spendByDay.get(day) ?? 0) + Number(row.spend ?? 0));
  }
  const last = [...spendByDay].sort(([a], [b]) => compare(a, b)).slice(-days);
  return drawBars(
    last.map(([label, value]) => ({ label, value, text: amount(value) })),
    36,
  );
}

/** A few of the rows that TikTok restated, each with the figures that moved. */
export function describeRestated(changed: Difference['changed'], count: number): string[] {
  const SHOWN = ['conversion', 'result', 'real_time_conversion', 'impressions', 'clicks', 'spend'];
  const rows = [...changed]
    .sort((a, b) => b.columns.length - a.columns.length || compare(b.after.date, a.after.date))
    .slice(0, count)
    .map(({ before, after, columns }) => [
      String(after.date),
      String(after.campaign_name),
      SHOWN.filter((column) => columns.includes(column))
        .slice(0, 2)
        .map((column) => `${column} ${String(before[column])} → ${String(after[column])}`)
        .join(', '),
    ]);
  return drawTable([{ title: 'date' }, { title: 'campaign_name', widthMax: 30 }, { title: 'then → now' }], rows);
}

/** How many columns of how many rows moved. */
export function countValues(changed: Difference['changed']): number {
  return changed.reduce((sum, { columns }) => sum + columns.length, 0);
}

function compare(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function amount(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
