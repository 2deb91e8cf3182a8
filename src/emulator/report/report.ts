import type { Call, Reply } from '../http/call.ts';
import { Refusal } from '../http/refusal.ts';
import { fixed } from '../world/metrics.ts';
import { hashText } from '../world/random.ts';
import { scatteredOrder } from '../world/row-order.ts';
import { requireSandboxRequest, SANDBOX_TEXTS } from '../world/sandbox.ts';
import { accountFor, type World } from '../world/world.ts';
import { buildGmvMaxTable } from './gmv-max-table.ts';
import { checkDates, checkMetrics, parseReportRequest, type ReportRequest } from './report-request.ts';
import { buildTable, type ReportTable } from './report-table.ts';

/** The header's text when ads beyond the limit were left out ("Reporting FAQs"). */
const ADS_THROTTLE_TEXT =
  "Number of ad ids is equal or more than 20k, only return the top 20k id's results, sorting by create time desc order.";

/** GET `report/integrated/get/`, "Run a synchronous report". */
export class ReportEndpoint {
  readonly #world: World;
  readonly #tables = new TableCache();

  constructor(world: World) {
    this.#world = world;
  }

  answer(call: Call): Reply {
    const world = this.#world;
    const { effect } = call;
    const request = parseReportRequest(call.parameters);
    if (world.sandbox) requireSandboxRequest(request);
    const accounts = request.advertiserIds.map((id) => accountFor(world, call.grant, id));
    const span = checkDates(request);
    checkMetrics(request, world.withdrawnMetrics);
    if (effect.too_large_above_days !== undefined && span && span.to - span.from + 1 > effect.too_large_above_days) {
      throw new Refusal(
        40067,
        'Your query is too large, please reduce the query size (e.g. fewer metrics or time range) and retry after a while.',
      );
    }
    const adsMax = Math.min(world.adsMax, effect.ads_max ?? Number.POSITIVE_INFINITY);
    const replaced = { ...(world.sandbox ? SANDBOX_TEXTS : {}), ...effect.replace_metrics };
    const table = this.#tables.of(tableKey(world, request, adsMax, replaced), request.pageSize, () => {
      const built = request.gmvMax
        ? buildGmvMaxTable(world, accounts, request, span)
        : buildTable(world, accounts, request, span, { adsMax, replaced });
      return { table: built, order: orderOf(built, request) };
    });
    return {
      data: pageJson(table, request, call),
      ...(table.table.cut ? { headers: { 'X-Tt-Ads-Throttle': ADS_THROTTLE_TEXT } } : {}),
    };
  }
}

/** All that an answer depends on, except the page. Figures change every quarter of an hour at most. */
function tableKey(
  world: World,
  request: ReportRequest,
  adsMax: number,
  replaced: Readonly<Record<string, string>>,
): string {
  const { page: _page, pageSize: _pageSize, filters, ...rest } = request;
  return JSON.stringify([rest, filters.text, adsMax, replaced, Math.floor(world.clock.now().getTime() / 900_000)]);
}

interface OrderedTable {
  readonly table: ReportTable;
  /** The number of the row at a place. */
  readonly order: (place: number) => number;
  /** JSON of `total_metrics`, written when first asked for. */
  totals?: string;
}

function orderOf(table: ReportTable, { orderField, ascending }: ReportRequest): (place: number) => number {
  if (orderField === undefined) return scatteredOrder(table.total, hashText(0, 'report'));
  const keyed = Array.from({ length: table.total }, (_, index) => ({
    index,
    value: Number(table.texts(index, [orderField])[0]) || 0,
  }));
  keyed.sort((a, b) => (ascending ? a.value - b.value : b.value - a.value) || a.index - b.index);
  return (place) => keyed[place]?.index ?? place;
}

/** `data` of the answer: `list`, `page_info` and, when asked for, `total_metrics`. */
function pageJson(ordered: OrderedTable, request: ReportRequest, { effect }: Call): string {
  const { table, order } = ordered;
  const { page, pageSize } = request;
  const { total } = table;
  const first = (page - 1) * pageSize;
  const rows: string[] = [];
  for (let place = first; place < Math.min(first + pageSize, total); place++) {
    rows.push(table.rowJson(order((place + (effect.move_rows ?? 0) + total) % total)));
  }
  if (effect.drop_rows) rows.splice(Math.max(0, rows.length - effect.drop_rows));
  if (effect.repeat_rows) rows.push(...rows.slice(0, effect.repeat_rows));
  const said = Math.max(0, total + (effect.total_number_delta ?? 0));
  // Recorded GMV Max answers have their number of rows there, not the requested page size.
  const pageSizeSaid = request.gmvMax || effect.page_size_counts_rows ? rows.length : pageSize;
  const info = `{"page":${page},"page_size":${pageSizeSaid},"total_number":${said},"total_page":${Math.ceil(said / pageSize)}}`;
  if (request.totals) ordered.totals ??= totalsJson(table, request);
  const totals = request.totals ? `,"total_metrics":${ordered.totals}` : '';
  if (total === 0 && effect.empty_report === 'no_page_info') return `{"list":[]${totals}}`;
  const list = total === 0 && effect.empty_report === 'null_list' ? 'null' : `[${rows.join(',')}]`;
  return `{"list":${list},"page_info":${info}${totals}}`;
}

/** Sums of the metrics that can be added up. The others are `-`; in an answer without rows all are. */
function totalsJson(table: ReportTable, request: ReportRequest): string {
  const summed = table.total === 0 ? [] : request.metrics.filter((name) => SUMMABLE.has(name));
  const sums = summed.map(() => ({ sum: 0, decimals: 0 }));
  for (let index = 0; index < table.total; index++) {
    const texts = table.texts(index, summed);
    for (const [place, total] of sums.entries()) {
      const text = texts[place] ?? '-';
      const point = text.indexOf('.');
      // Periods differ in their decimals. The sum has the larger number of them.
      if (point >= 0) total.decimals = Math.max(total.decimals, text.length - point - 1);
      total.sum += Math.round((Number(text) || 0) * 10_000);
    }
  }
  const totals = new Map(
    sums.map(({ sum, decimals }, place) => [summed[place], fixed(Math.round(sum / 10 ** (4 - decimals)), decimals)]),
  );
  return JSON.stringify(Object.fromEntries(request.metrics.map((name) => [name, totals.get(name) ?? '-'])));
}

const SUMMABLE: ReadonlySet<string> = new Set([
  'spend',
  'billed_cost',
  'impressions',
  'clicks',
  'conversion',
  'real_time_conversion',
  'result',
  'real_time_result',
]);

/** Reports whose next pages may still be asked for. */
class TableCache {
  readonly #kept = new Map<string, OrderedTable>();
  #rows = 0;
  static readonly #rowsMax = 1_000_000;

  of(key: string, pageSize: number, build: () => OrderedTable): OrderedTable {
    let table = this.#kept.get(key);
    if (table) {
      this.#kept.delete(key);
    } else {
      table = build();
      // A report of one page is asked for once, so it is not kept.
      if (table.table.total <= pageSize) return table;
      this.#rows += table.table.total + 1000;
      for (const [oldest, { table: gone }] of this.#kept) {
        if (this.#rows <= TableCache.#rowsMax) break;
        this.#kept.delete(oldest);
        this.#rows -= gone.total + 1000;
      }
    }
    this.#kept.set(key, table);
    return table;
  }
}
