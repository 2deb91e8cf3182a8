import type { Account } from '../world/account.ts';
import { formatDay } from '../world/calendar.ts';
import { type GmvMaxRow, gmvMaxRows } from '../world/gmv-max.ts';
import { fixed } from '../world/metrics.ts';
import { todayOf, type World } from '../world/world.ts';
import type { ReportRequest, Span } from './report-request.ts';
import { Figures, type ReportTable } from './report-table.ts';

/** The table of a report of GMV Max campaigns (`report_type` TT_SHOP). */
export function buildGmvMaxTable(
  world: World,
  accounts: readonly Account[],
  request: ReportRequest,
  span: Span | undefined,
): ReportTable {
  const figures = new Figures(world);
  const groups = new Map<string, GmvMaxRow>();
  for (const account of accounts) {
    const days = { from: span?.from ?? 0, to: span?.to ?? 0, today: todayOf(world, account) };
    for (const row of gmvMaxRows(account, days, (day) => figures.maturityOf(account.timezone, day))) {
      const key = JSON.stringify(request.dimensions.map((name) => dimensionOf(row, name)));
      const before = groups.get(key);
      groups.set(key, before ? sumOf(before, row) : row);
    }
  }
  const rows = [...groups.values()];
  const at = (index: number): GmvMaxRow => rows[index] as GmvMaxRow;
  const object = (names: readonly string[], textOf: (name: string) => string): string =>
    JSON.stringify(Object.fromEntries(names.map((name) => [name, textOf(name)])));
  return {
    total: rows.length,
    cut: false,
    texts: (index, metrics) => metrics.map((metric) => gmvMaxText(at(index), metric)),
    rowJson: (index) =>
      `{"dimensions":${object(request.dimensions, (name) => dimensionOf(at(index), name))},"metrics":${object(request.metrics, (name) => gmvMaxText(at(index), name))}}`,
  };
}

/** The text of a metric. */
export function gmvMaxText(row: GmvMaxRow, metric: string): string {
  if (metric === 'campaign_name') return row.campaignName;
  return fixed(metric === 'spend' ? row.spend : row.billedCost, row.decimals);
}

function dimensionOf(row: GmvMaxRow, name: string): string {
  switch (name) {
    case 'campaign_id':
      return row.campaignId;
    case 'advertiser_id':
      return row.account.id;
    case 'country_code':
      return row.country;
    default:
      return `${formatDay(row.day)} 00:00:00`;
  }
}

function sumOf(one: GmvMaxRow, other: GmvMaxRow): GmvMaxRow {
  const decimals = Math.max(one.decimals, other.decimals);
  const units = (row: GmvMaxRow, money: number): number => money * 10 ** (decimals - row.decimals);
  return {
    ...one,
    decimals,
    spend: units(one, one.spend) + units(other, other.spend),
    billedCost: units(one, one.billedCost) + units(other, other.billedCost),
  };
}
