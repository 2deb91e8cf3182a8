import { parseDay } from './calendar.ts';
import { Refusal } from './refusal.ts';
import type { ReportRequest } from './report-request.ts';

/** Days that the sandbox has figures for. */
export const SANDBOX_FROM = parseDay('2020-12-08') ?? 0;
export const SANDBOX_TO = parseDay('2020-12-19') ?? 0;

/** Endpoints that the sandbox answers; every other one is 40009. */
export const SANDBOX_PATHS: ReadonlySet<string> = new Set(['report/integrated/get/', 'campaign/get/', 'user/info/']);

/**
 * What the sandbox does not serve.
 *
 * @throws Refusal 40009
 */
export function sandboxRequest(request: ReportRequest): void {
  if (request.level === 'ADVERTISER' || request.reservation) {
    const level = `${request.reservation ? 'RESERVATION' : 'AUCTION'}_${request.level}`;
    throw new Refusal(40009, `Unsupported data_level in sandbox environment: ${level}`);
  }
  if (request.orderField !== undefined) throw new Refusal(40009, 'Unsupported order_field in sandbox environment');
  if (request.totals) throw new Refusal(40009, 'Unsupported enable_total_metrics in sandbox environment');
  if (request.batch) throw new Refusal(40009, 'Unsupported advertiser_ids in sandbox environment');
}
