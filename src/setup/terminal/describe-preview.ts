import { barsOf } from '../../terminal/draw-bars.ts';
import { drawTable, type TableColumn } from '../../terminal/draw-table.ts';
import type { PreviewView } from '../session/setup-view.ts';

/** A day with figures of nine digits fits into 80 cells. */
const BAR_CELLS = 12;
const CAMPAIGNS_SHOWN = 5;

const FIGURES = [
  { title: 'Impressions', align: 'right' },
  { title: 'Clicks', align: 'right' },
  { title: 'Conversions', align: 'right' },
] as const satisfies readonly TableColumn[];

/**
 * The preview as lines for a terminal: spend of all days, the days with a bar each, newest first as Ads Manager has
 * them, and the campaigns that spent most.
 */
export function describePreview({ currency, timeZone, days, campaigns }: PreviewView): string[] {
  const spend = `Spend${currency ? `, ${currency}` : ''}`;
  const newestFirst = [...days].reverse();
  const bars = barsOf(
    newestFirst.map((day) => day.spend),
    BAR_CELLS,
  );
  const total = days.reduce((sum, day) => sum + day.spend, 0);
  const daysOf = `in the last ${days.length} days${timeZone ? ` of ${timeZone}` : ''}`;
  if (campaigns.length === 0) return [`No campaign has figures ${daysOf}.`];
  return [
    `${amount(total)}${currency ? ` ${currency}` : ''} spent ${daysOf}. Today still grows.`,
    '',
    ...drawTable(
      [{ title: 'Day' }, { title: spend, align: 'right' }, { title: '' }, ...FIGURES],
      newestFirst.map((day, index) => [day.date, amount(day.spend), bars[index] ?? '', ...figuresOf(day)]),
    ),
    '',
    ...drawTable(
      [{ title: 'Campaigns that spent most', widthMax: 26 }, { title: spend, align: 'right' }, ...FIGURES],
      campaigns
        .slice(0, CAMPAIGNS_SHOWN)
        .map((campaign) => [campaign.name, amount(campaign.spend), ...figuresOf(campaign)]),
    ),
  ];
}

function figuresOf(row: {
  readonly impressions: number;
  readonly clicks: number;
  readonly conversion: number;
}): string[] {
  return [row.impressions, row.clicks, row.conversion].map((figure) => figure.toLocaleString('en'));
}

function amount(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
