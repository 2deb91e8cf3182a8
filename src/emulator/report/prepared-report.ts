import type { Call, Reply } from '../http/call.ts';
import { badParameter } from '../http/refusal.ts';
import type { Account } from '../world/account.ts';
import { formatDay } from '../world/calendar.ts';
import { campaignAt } from '../world/campaign.ts';
import { MATURE, performanceOf } from '../world/performance.ts';
import { unsorted } from '../world/row-order.ts';
import { accountFor, todayOf, type World } from '../world/world.ts';
import { checkDates, checkMetrics, parseReportRequest, type ReportRequest } from './report-request.ts';
import { attributesOf, rowWriter } from './row-writer.ts';

/** How many rows prepared reports have. */
export interface PreparedOptions {
  /** Rows of each advertiser a day: so many campaigns, each on every day since ever. */
  readonly rowsPerDay: number;
}

/** A page of the most rows that a page can have, as bytes, and where in them keys stand. */
interface Template {
  readonly bytes: Buffer;
  /** Offset of each row's end, of its campaign id and of its day. */
  readonly ends: Uint32Array;
  readonly ids: Uint32Array;
  readonly days: Uint32Array;
}

const PAGE_ROWS = 1000;
const HEAD = '{"code":0,"message":"OK","request_id":"20260315120000000000000000000000","data":{"list":[';

/**
 * Reports for benchmarks: pages are copied from bytes made beforehand, only ids and days are written into them, so that
 * serving costs next to nothing and memory stays the same however many rows there are.
 *
 * Keys and counts are right and distinct; figures repeat every 1,000 rows and follow from no seed of the account.
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
    if (!span || request.batch || request.totals || request.dimensions.join() !== 'campaign_id,stat_time_day') {
      throw badParameter(
        'Prepared reports have the dimensions campaign_id and stat_time_day, one advertiser and no totals.',
      );
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
    const info = `],"page_info":{"page":${page},"page_size":${pageSize},"total_number":${total},"total_page":${Math.ceil(total / pageSize)}}}}`;
    // A buffer of its own for each answer: one that is still being sent must not change.
    const bytes = Buffer.allocUnsafe(end + info.length);
    template.bytes.copy(bytes, 0, 0, end);
    bytes.write(info, end, 'latin1');
    const order = unsorted(total, 0);
    const prefix = `1${account.id.slice(-9).padStart(9, '0')}`;
    for (let row = 0; row < count; row++) {
      const key = order(first + row);
      bytes.write(prefix + String(Math.floor(key / days.length)).padStart(9, '0'), template.ids[row] ?? 0, 'latin1');
      bytes.write(days[key % days.length] ?? '', template.days[row] ?? 0, 'latin1');
    }
    return bytes;
  }

  #template(account: Account, request: ReportRequest): Template {
    const key = request.metrics.join();
    let template = this.#templates.get(key);
    if (!template) {
      template = createTemplate(account, request);
      this.#templates.set(key, template);
    }
    return template;
  }
}

function createTemplate(account: Account, request: ReportRequest): Template {
  const write = rowWriter(request, {});
  const ends = new Uint32Array(PAGE_ROWS);
  const ids = new Uint32Array(PAGE_ROWS);
  const days = new Uint32Array(PAGE_ROWS);
  const chunks = [Buffer.from(HEAD)];
  let offset = HEAD.length;
  const day = 20_000;
  for (let row = 0; row < PAGE_ROWS; row++) {
    const campaign = campaignAt(account, row);
    const json = write(
      {
        account,
        performance: performanceOf(account, campaign, day, MATURE),
        attributes: attributesOf({ account, campaign }),
        rateBasis: 'clicks',
      },
      day,
    );
    const bytes = Buffer.from(row === 0 ? json : `,${json}`);
    ids[row] = offset + bytes.indexOf(campaign.id);
    days[row] = offset + bytes.indexOf(formatDay(day));
    offset += bytes.length;
    ends[row] = offset;
    chunks.push(bytes);
  }
  return { bytes: Buffer.concat(chunks), ends, ids, days };
}
