import { drawBars } from '../../terminal/draw-bars.ts';
import { drawTable, type TableColumn } from '../../terminal/draw-table.ts';
import type { Difference, Row } from './campaign-table.ts';

/**
 * What was read of each advertiser: zone, days, rows, spend in its own currency.
 *
 * @param width of the terminal, in cells
 */
export function describeAccounts(rows: readonly Row[], width: number | undefined): string[] {
  const byAdvertiser = advertisersOf(rows);
  return drawTable(
    [
      { title: 'advertiser', widthMax: 32, widthMin: 12 },
      { title: 'timezone', widthMin: 12 },
      { title: 'from' },
      { title: 'to' },
      { title: 'rows', align: 'right' },
      { title: 'spend', align: 'right' },
      { title: '' },
    ],
    byAdvertiser.map((own) => {
      const days = own.map((row) => String(row.date)).sort();
      const spend = own.reduce((sum, row) => sum + Number(row.spend ?? 0), 0);
      const { advertiser_name: name, timezone, currency } = own[0] ?? {};
      return [
        String(name),
        String(timezone),
        days[0] ?? '',
        days.at(-1) ?? '',
        own.length.toLocaleString('en-US'),
        amount(spend),
        String(currency),
      ];
    }),
    width,
  );
}

function advertisersOf(rows: readonly Row[]): Row[][] {
  const byAdvertiser = new Map<unknown, Row[]>();
  for (const row of rows) {
    const own = byAdvertiser.get(row.advertiser_id);
    if (own) own.push(row);
    else byAdvertiser.set(row.advertiser_id, [row]);
  }
  return [...byAdvertiser.values()];
}

const SAMPLE_COLUMNS: readonly TableColumn[] = [
  { title: 'date' },
  { title: 'campaign_name', widthMax: 28, widthMin: 8 },
  { title: 'impressions', align: 'right' },
  { title: 'clicks', align: 'right' },
  { title: 'ctr', align: 'right', isDispensable: true },
  { title: 'conversion', align: 'right' },
  { title: 'spend', align: 'right' },
  { title: 'currency' },
];

/** Each advertiser's two rows with the most spend, on the newest day that is over everywhere; only some columns. */
export function describeSample(rows: readonly Row[], width: number | undefined): string[] {
  const byAdvertiser = advertisersOf(rows);
  const lastDays = byAdvertiser
    .map(
      (own) =>
        own
          .map((row) => String(row.date))
          .sort()
          .at(-1) ?? '',
    )
    .sort();
  const day = rows
    .map((row) => String(row.date))
    .filter((date) => date < (lastDays[0] ?? ''))
    .sort()
    .at(-1);
  const sample = byAdvertiser.flatMap((own) =>
    own
      .filter((row) => row.date === day)
      .sort((a, b) => Number(b.spend) - Number(a.spend))
      .slice(0, 2),
  );
  return drawTable(
    SAMPLE_COLUMNS,
    sample.map((row) => SAMPLE_COLUMNS.map(({ title }) => (row[title] === null ? 'null' : String(row[title] ?? '')))),
    width,
  );
}

/** A chart of one advertiser's spend by day, its last days. */
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

/**
 * A few of the rows that TikTok restated, each with a figure that changed. Their days were over at the first read: their
 * impressions are unchanged, but more conversions came in.
 */
export function describeRestated(
  changed: Difference['changed'],
  rowCount: number,
  width: number | undefined,
): string[] {
  const credited = changed
    .filter(({ columns }) => columns.includes('conversion') && !columns.includes('impressions'))
    .sort((a, b) => gain(b) - gain(a))
    .slice(0, rowCount)
    .sort((a, b) => compare(a.after.date, b.after.date));
  return drawTable(
    [
      { title: 'date' },
      { title: 'campaign_name', widthMax: 28, widthMin: 8 },
      { title: 'spend', align: 'right' },
      { title: 'currency' },
      { title: 'conversion' },
      { title: 'cost_per_conversion' },
    ],
    credited.map(({ before, after }) => [
      String(after.date),
      String(after.campaign_name),
      String(after.spend),
      String(after.currency),
      `${String(before.conversion)} → ${String(after.conversion)}`,
      `${String(before.cost_per_conversion)} → ${String(after.cost_per_conversion)}`,
    ]),
    width,
  );
}

function gain({ before, after }: Difference['changed'][number]): number {
  return Number(after.conversion) - Number(before.conversion);
}

/** How many columns changed, in how many rows. */
export function countValues(changed: Difference['changed']): number {
  return changed.reduce((sum, { columns }) => sum + columns.length, 0);
}

function compare(a: unknown, b: unknown): number {
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function amount(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
