import type { Credentials } from '../config/config.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import type { ReportStream } from '../streams/stream.ts';
import type { DayRange } from '../sync/days.ts';
import { AdvertiserReport } from '../sync/read/pages.ts';
import { Reservation } from '../sync/read/reservation.ts';
import { RowShare } from '../sync/read/row-budget.ts';
import { readWindow } from '../sync/read/window.ts';
import { scriptedClient, TOKEN } from './scripted-client.ts';
import { ok, type Scripted, type SeenRequest } from './scripted-server.ts';

const ID = '7000000000000000001';

/** A request for a page of a report, as the server of a test got it. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly page: number;
  /** Absent where all campaigns were asked for. */
  readonly campaignIds?: readonly string[];
  /** Absent where all ad groups were asked for. */
  readonly adgroupIds?: readonly string[];
  /** How often this very page has been asked for, this time included. */
  readonly time: number;
  readonly metrics: readonly string[];
  /** TikTok's sums over all pages were asked for. */
  readonly totals: boolean;
}

/** A row by its campaign, or ad group, and its day, as `7 on 2026-03-01`. */
export type RowText = `${number} on ${string}`;

interface PageOptions {
  readonly total?: number;
  readonly cut?: boolean;
  /** What the rows are about. */
  readonly idDimension?: 'campaign_id' | 'adgroup_id';
  /** TikTok's sums over all pages. */
  readonly totals?: Readonly<Record<string, string>>;
}

/** A page of a report with these rows; `total` is what TikTok counts, by default as many as there are. */
export function page(
  rows: readonly RowText[],
  { total = rows.length, cut = false, totals, idDimension = 'campaign_id' }: PageOptions = {},
): Scripted {
  const list = rows.map((text) => {
    const [id = '', day = ''] = text.split(' on ');
    const stat_time_day = day && `${day} 00:00:00`;
    return { dimensions: { [idDimension]: id, stat_time_day }, metrics: { spend: '1.00' } };
  });
  const answer = ok({
    list,
    page_info: { page: 1, page_size: 1000, total_number: total, total_page: 1 },
    total_metrics: totals,
  });
  return cut ? { ...answer, headers: { 'X-Tt-Ads-Throttle': 'too many ads' } } : answer;
}

/** The rows of one page of a day with so many campaigns, numbered from 1. */
export function rowsOfDay(day: string, campaigns: number, pageNumber = 1): RowText[] {
  const first = (pageNumber - 1) * 1000;
  return Array.from(
    { length: Math.min(1000, campaigns - first) },
    (_, index): RowText => `${first + index + 1} on ${day}`,
  );
}

/** An advertiser's report before a server that answers by script, on a clock that jumps over every wait; see `stopAll`. */
export async function scriptedReport(
  script: (asked: Asked) => Scripted,
  {
    stream = campaignDaily,
    campaigns = () => [],
    adgroups = () => [],
    rowLimit = 5_000,
    patienceMs = 600_000,
    settledThrough = '2026-12-31',
    sandbox = false,
    reconcile = false,
    inconsistentReports = 'fail',
    includeDeleted = true,
    ofAdvertiser = (day) => ({ [day]: { spend: '-', impressions: '-', clicks: '-' } }),
  }: {
    stream?: ReportStream;
    /** The ids of all campaigns, when they are asked for the first time, the second… */
    campaigns?: (time: number) => readonly string[];
    /** The ids of all ad groups of a campaign. */
    adgroups?: (campaignId: string) => readonly string[];
    /** Rows that may be in memory. */
    rowLimit?: number;
    patienceMs?: number;
    /** The last day whose figures no longer move by themselves. */
    settledThrough?: string;
    sandbox?: boolean;
    reconcile?: boolean;
    inconsistentReports?: 'fail' | 'warn';
    includeDeleted?: boolean;
    /** The figures of the advertiser as a whole, by day, when those from a day on are asked for; by default unknown. */
    ofAdvertiser?: (from: string) => Readonly<Record<string, Readonly<Record<string, string>>>>;
  } = {},
) {
  const asked: Asked[] = [];
  const times = new Map<string, number>();
  const totalsAsked: URLSearchParams[] = [];
  let lists = 0;
  const answer = (request: SeenRequest): Scripted => {
    if (request.path === 'campaign/get/') {
      lists += 1;
      const list = campaigns(lists).map((campaign_id) => ({ campaign_id }));
      return ok({ list, page_info: { page: 1, page_size: 1000, total_number: list.length, total_page: 1 } });
    }
    if (request.path === 'adgroup/get/') {
      const { campaign_ids: [campaignId = ''] = [] } = JSON.parse(request.query.get('filtering') ?? '{}');
      const list = adgroups(campaignId).map((adgroup_id) => ({ adgroup_id }));
      return ok({ list, page_info: { page: 1, page_size: 1000, total_number: list.length, total_page: 1 } });
    }
    if (request.query.get('data_level') === 'AUCTION_ADVERTISER') {
      totalsAsked.push(request.query);
      const list = Object.entries(ofAdvertiser(request.query.get('start_date') ?? '')).map(([day, metrics]) => ({
        dimensions: { advertiser_id: ID, stat_time_day: `${day} 00:00:00` },
        metrics,
      }));
      return ok({ list, page_info: { page: 1, page_size: 1000, total_number: list.length, total_page: 1 } });
    }
    const one = askedIn(request, times);
    asked.push(one);
    return script(one);
  };
  const { client } = await scriptedClient(answer, { requestTimeoutMs: 600_000, patienceMs });
  const credentials: Credentials = sandbox
    ? { type: 'sandbox_access_token', accessToken: TOKEN, advertiserId: ID }
    : { type: 'access_token', accessToken: TOKEN };
  const report = new AdvertiserReport({
    config: { credentials, includeDeleted, reconcile, inconsistentReports, patienceMs },
    client,
    stream,
    columns: ['spend'],
    notices: {
      withdrawn: new Set(),
      onWithdrawn: () => undefined,
      onUnreadable: () => undefined,
      onUnassigned: () => undefined,
    },
    advertiser: { id: ID },
  });
  const budget = { first: new RowShare(1_000), rest: new RowShare(rowLimit) };
  return {
    report,
    memory: { reservation: new Reservation(budget, undefined), rowLimit, settledThrough },
    budget,
    asked,
    /** The queries for the figures of the advertiser as a whole. */
    totalsAsked,
    get campaignLists() {
      return lists;
    },
  };
}

/** What was read of a window: its rows, or how to go on. */
export async function rowsOf({ report, memory }: Awaited<ReturnType<typeof scriptedReport>>, window: DayRange) {
  const result = await readWindow(report, window, memory, new AbortController().signal);
  if (result.kind !== 'rows') return result;
  return result.records.map(({ key }): RowText => `${Number(key.slice(10))} on ${key.slice(0, 10)}`);
}

function askedIn({ query }: SeenRequest, times: Map<string, number>): Asked {
  const filters = JSON.parse(query.get('filtering') ?? '[]') as { field_name: string; filter_value: string }[];
  const idsOf = (field: string): string[] | undefined => {
    const ids = filters.find(({ field_name }) => field_name === field)?.filter_value;
    return ids === undefined ? undefined : JSON.parse(ids);
  };
  const [campaignIds, adgroupIds] = [idsOf('campaign_ids'), idsOf('adgroup_ids')];
  const time = (times.get(query.toString()) ?? 0) + 1;
  times.set(query.toString(), time);
  return {
    from: query.get('start_date') ?? '',
    to: query.get('end_date') ?? '',
    page: Number(query.get('page')),
    ...(campaignIds && { campaignIds }),
    ...(adgroupIds && { adgroupIds }),
    time,
    metrics: JSON.parse(query.get('metrics') ?? '[]') as string[],
    totals: query.get('enable_total_metrics') === 'true',
  };
}
