import type { Call, Reply } from '../http/call.ts';
import { badParameter } from '../http/refusal.ts';
import type { Account } from '../world/account.ts';
import { formatDay } from '../world/calendar.ts';
import { campaignAt } from '../world/campaign.ts';
import { attributeOf, type Entity, entitiesOf, idOf } from '../world/entity.ts';
import { fixed, METRICS, type Row } from '../world/metrics.ts';
import { MATURE, performanceOf } from '../world/performance.ts';
import { scatteredOrder } from '../world/row-order.ts';
import { accountFor, todayOf, type World } from '../world/world.ts';
import { checkDates, checkMetrics, DAYS_MAX_DAILY, parseReportRequest, type ReportRequest } from './report-request.ts';
import { rowWriter } from './row-writer.ts';

/** How many rows prepared reports have. */
export interface PreparedOptions {
  /** Rows of each advertiser a day, at every level: so many campaigns, ad groups or ads, each with a row on every day. */
  readonly rowsPerDay: number;
}

/** The bytes of the largest page, and the places of the keys in them. */
interface Template {
  readonly bytes: Buffer;
  /** Offset of each row's end, of its id and of its day. */
  readonly ends: Uint32Array;
  readonly ids: Uint32Array;
  readonly days: Uint32Array;
  /** By metric, in units of 10^-4: the sums of the first so many rows. */
  readonly sums: ReadonlyMap<string, Float64Array>;
}

/** The metrics that `total_metrics` can have here. */
const SUMMED = ['spend', 'impressions', 'clicks'];

const PREPARED = ['campaign_id,stat_time_day', 'adgroup_id,stat_time_day', 'ad_id,stat_time_day'];
const PAGE_ROWS_MAX = 1000;
const HEAD = '{"code":0,"message":"OK","request_id":"20260315120000000000000000000000","data":{"list":[';

/**
 * Reports for benchmarks. Pages are copies of prepared bytes, into which only ids and days are written, so that
 * serving costs next to nothing and memory stays the same however many rows there are.
 *
 * Keys are distinct, and counts are right. Figures repeat every 1,000 rows, and do not follow from the seed.
 */
export class PreparedReport {
  readonly #world: World;
  readonly #rowsPerDay: number;
  readonly #templates = new Map<string, Template>();

  constructor(world: World, { rowsPerDay }: PreparedOptions) {
    this.#world = world;
    this.#rowsPerDay = rowsPerDay;
  }

  answer(call: Call): Reply {
    const request = parseReportRequest(call.parameters);
    const account = accountFor(this.#world, call.grant, request.advertiserIds[0] ?? '');
    const span = checkDates(request);
    checkMetrics(request, this.#world.withdrawnMetrics);
    if (!span || request.batch || request.gmvMax || !PREPARED.includes(request.dimensions.join())) {
      throw badParameter('Prepared reports are daily, by campaign, ad group or ad, of one advertiser.');
    }
    const days = Math.max(0, Math.min(span.to, todayOf(this.#world, account)) - span.from + 1);
    const dayTexts = Array.from({ length: days }, (_, index) => formatDay(span.from + index));
    return { data: '', whole: this.#page(account, request, dayTexts) };
  }

  #page(account: Account, request: ReportRequest, days: readonly string[]): Buffer {
    const { page, pageSize } = request;
    const total = days.length * this.#rowsPerDay;
    const first = Math.min((page - 1) * pageSize, total);
    const count = Math.min(pageSize, total - first);
    const template = this.#template(account, request);
    const end = count === 0 ? HEAD.length : (template.ends[count - 1] ?? 0);
    const totals = request.totals ? `,"total_metrics":${totalsOf(template, request, total)}` : '';
    const info = `],"page_info":{"page":${page},"page_size":${pageSize},"total_number":${total},"total_page":${Math.ceil(total / pageSize)}}${totals}}}`;
    // Each answer has its own buffer, as one that is still being sent must not change.
    const bytes = Buffer.allocUnsafe(end + info.length);
    template.bytes.copy(bytes, 0, 0, end);
    bytes.write(info, end, 'latin1');
    const order = scatteredOrder(total, 0);
    const kind = { CAMPAIGN: '1', ADGROUP: '2', AD: '3', ADVERTISER: '' }[request.level];
    const prefix = `${kind}${account.id.slice(-9).padStart(9, '0')}`;
    for (let row = 0; row < count; row++) {
      const key = order(first + row);
      bytes.write(prefix + String(Math.floor(key / days.length)).padStart(9, '0'), template.ids[row] ?? 0, 'latin1');
      bytes.write(days[key % days.length] ?? '', template.days[row] ?? 0, 'latin1');
    }
    return bytes;
  }

  #template(account: Account, request: ReportRequest): Template {
    const key = `${request.level} ${request.metrics.join()}`;
    let template = this.#templates.get(key);
    if (!template) {
      template = createTemplate(account, request, Math.min(PAGE_ROWS_MAX, DAYS_MAX_DAILY * this.#rowsPerDay));
      this.#templates.set(key, template);
    }
    return template;
  }
}

/** Each page repeats the template's first rows. */
function totalsOf({ sums }: Template, { metrics, pageSize }: ReportRequest, total: number): string {
  const texts = metrics.map((name) => {
    const upTo = sums.get(name);
    if (!upTo) return [name, '-'];
    const sum = Math.floor(total / pageSize) * (upTo[pageSize] ?? 0) + (upTo[total % pageSize] ?? 0);
    const decimals = name === 'spend' ? 4 : 0;
    return [name, fixed(Math.round(sum / 10 ** (4 - decimals)), decimals)];
  });
  return JSON.stringify(Object.fromEntries(texts));
}

function createTemplate(account: Account, request: ReportRequest, pageRows: number): Template {
  const write = rowWriter(request, {});
  const ends = new Uint32Array(pageRows);
  const ids = new Uint32Array(pageRows);
  const days = new Uint32Array(pageRows);
  const sums = new Map(SUMMED.map((name) => [name, new Float64Array(pageRows + 1)]));
  const chunks = [Buffer.from(HEAD)];
  let offset = HEAD.length;
  const day = 20_000;
  const kind = request.level === 'AD' ? 'ad_id' : request.level === 'ADGROUP' ? 'adgroup_id' : 'campaign_id';
  for (let row = 0; row < pageRows; row++) {
    const campaign = campaignAt(account, row);
    const entity = entitiesOf(account, campaign, kind)[0] as Entity;
    const figures: Row = {
      account,
      performance: performanceOf(account, campaign, day, MATURE),
      attribute: (name) => attributeOf(entity, name),
      rateBasis: 'clicks',
    };
    const json = write(figures, day);
    const bytes = Buffer.from(row === 0 ? json : `,${json}`);
    ids[row] = offset + bytes.indexOf(idOf(entity));
    days[row] = offset + bytes.indexOf(formatDay(day));
    offset += bytes.length;
    ends[row] = offset;
    chunks.push(bytes);
    for (const [name, upTo] of sums)
      upTo[row + 1] = (upTo[row] ?? 0) + Math.round(Number(METRICS[name]?.(figures)) * 10_000);
  }
  return { bytes: Buffer.concat(chunks), ends, ids, days, sums };
}
