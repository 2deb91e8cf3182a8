import { countDays, type Day, dayIn, earlier, rangeOf } from '../../sync/days.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import { REPORT_DAYS_MAX, REPORT_PAGE_SIZE } from '../../tiktok/endpoints/report.ts';
import type { Estimate } from './setup-view.ts';

/**
 * What reading a range costs: an estimate, since TikTok does not tell the rows before they are read. Requests are those
 * for reports, as `plan` counts them, plus a page for every further thousand rows of a window.
 *
 * @param rowsByAdvertiser rows of one recent day, as far as it is known
 */
export function estimate({
  advertisers,
  startDate,
  endDate,
  lookbackDays,
  now,
  requestsPerSecond,
  rowsByAdvertiser,
}: {
  readonly advertisers: readonly Pick<Advertiser, 'id' | 'timezone'>[];
  readonly startDate: Day;
  readonly endDate?: Day | undefined;
  readonly lookbackDays: number;
  readonly now: Date;
  /** The quota's pace. */
  readonly requestsPerSecond: number;
  readonly rowsByAdvertiser: ReadonlyMap<string, number>;
}): Estimate {
  let days = 0;
  let windows = 0;
  let requests = 0;
  let rows = 0;
  for (const { id, timezone } of advertisers) {
    const today = dayIn(timezone ?? 'UTC', now);
    const range = rangeOf(startDate, endDate ? earlier(endDate, today) : today);
    if (!range) continue;
    const count = countDays(range);
    const rowsADay = rowsByAdvertiser.get(id);
    days = Math.max(days, count);
    windows += Math.ceil(count / REPORT_DAYS_MAX);
    rows += (rowsADay ?? 0) * count;
    requests += requestsFor(count, rowsADay ?? 0);
  }
  const daily = advertisers.reduce(
    (sum, { id }) => sum + requestsFor(lookbackDays + 1, rowsByAdvertiser.get(id) ?? 0),
    0,
  );
  const known = advertisers.filter(({ id }) => rowsByAdvertiser.has(id)).length;
  return {
    days,
    advertisers: advertisers.length,
    windows,
    requests,
    seconds: Math.ceil(requests / requestsPerSecond),
    // Those that were not asked yet count like the mean of the others.
    ...(known > 0 ? { rows: Math.round((rows / known) * advertisers.length) } : {}),
    ...(endDate ? {} : { daily: { requests: daily, seconds: Math.ceil(daily / requestsPerSecond) } }),
  };
}

/** Each window has one page at least, and one for every thousand rows. */
function requestsFor(days: number, rowsADay: number): number {
  const full = Math.floor(days / REPORT_DAYS_MAX);
  const rest = days % REPORT_DAYS_MAX;
  const pages = (count: number): number => Math.max(1, Math.ceil((count * rowsADay) / REPORT_PAGE_SIZE));
  return full * pages(REPORT_DAYS_MAX) + (rest > 0 ? pages(rest) : 0);
}
