import { countDays, type Day, earlier, rangeOf } from '../../sync/days.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { REPORT_DAYS_MAX, REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import { dayIn } from '../../tiktok/time-zones.ts';
import type { Estimate } from './setup-view.ts';

/**
 * What reading a range costs: an estimate, since TikTok does not tell the rows before they are read. Requests are those
 * for reports, as `plan` counts them, plus a page for every further thousand rows of a window.
 *
 * @param rowsOfDay rows of one recent day of one stream, as far as they are known; those of the others are not
 */
export function estimate({
  advertisers,
  startDate,
  endDate,
  lookbackDays,
  now,
  requestsPerSecond,
  rowsOfDay,
  streams,
  chosen,
}: {
  readonly advertisers: readonly Pick<Advertiser, 'id' | 'timezone'>[];
  readonly startDate: Day;
  readonly endDate?: Day | undefined;
  readonly lookbackDays: number;
  readonly now: Date;
  /** The quota's pace. */
  readonly requestsPerSecond: number;
  readonly rowsOfDay: { readonly stream: string; readonly byAdvertiser: ReadonlyMap<string, number> };
  /** Names of all streams. */
  readonly streams: readonly string[];
  /** Names of those that are read. */
  readonly chosen: readonly string[];
}): Estimate {
  const ranges = advertisers.flatMap(({ id, timezone }) => {
    const today = dayIn(timezone ?? 'UTC', now);
    const range = rangeOf(startDate, endDate ? earlier(endDate, today) : today);
    return range ? [{ id, days: countDays(range) }] : [];
  });
  const rowsOf = (stream: string, id: string): number =>
    stream === rowsOfDay.stream ? (rowsOfDay.byAdvertiser.get(id) ?? 0) : 0;
  const costs = streams.map((name) => {
    const requests = sum(ranges.map(({ id, days }) => requestsFor(days, rowsOf(name, id))));
    const daily = sum(advertisers.map(({ id }) => requestsFor(lookbackDays + 1, rowsOf(name, id))));
    return { name, requests, daily, seconds: Math.ceil(requests / requestsPerSecond) };
  });
  const read = costs.filter(({ name }) => chosen.includes(name));
  const requests = sum(read.map((one) => one.requests));
  const daily = sum(read.map((one) => one.daily));
  const known = advertisers.filter(({ id }) => rowsOfDay.byAdvertiser.has(id)).length;
  const rows = sum(ranges.map(({ id, days }) => rowsOf(rowsOfDay.stream, id) * days));
  return {
    days: Math.max(0, ...ranges.map((one) => one.days)),
    advertisers: advertisers.length,
    windows: read.length * sum(ranges.map(({ days }) => Math.ceil(days / REPORT_DAYS_MAX))),
    requests,
    seconds: Math.ceil(requests / requestsPerSecond),
    streams: costs,
    // An advertiser that was not asked yet counts like the mean of the others.
    ...(known > 0 && chosen.includes(rowsOfDay.stream)
      ? { rows: Math.round((rows / known) * advertisers.length) }
      : {}),
    ...(endDate ? {} : { daily: { requests: daily, seconds: Math.ceil(daily / requestsPerSecond) } }),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Each window has one page at least, and one for every thousand rows. */
function requestsFor(days: number, rowsADay: number): number {
  const full = Math.floor(days / REPORT_DAYS_MAX);
  const rest = days % REPORT_DAYS_MAX;
  const pages = (count: number): number => Math.max(1, Math.ceil((count * rowsADay) / REPORT_PAGE_SIZE));
  return full * pages(REPORT_DAYS_MAX) + (rest > 0 ? pages(rest) : 0);
}
