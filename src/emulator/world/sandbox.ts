import { Refusal } from '../http/refusal.ts';
import type { ReportRequest } from '../report/report-request.ts';
import { dayNumber } from './calendar.ts';

/** Days that the sandbox has figures for. */
export const SANDBOX_FROM = dayNumber('2020-12-08');
export const SANDBOX_TO = dayNumber('2020-12-19');

/** Metrics that the sandbox has no figures for, and the text that it sends instead. */
export const SANDBOX_TEXTS: Readonly<Record<string, string>> = {
  reach: '0',
  frequency: '0.00',
  cost_per_1000_reached: '0.00',
  result_rate: '-',
  cost_per_result: '-',
  real_time_result_rate: '-',
  real_time_cost_per_result: '-',
  secondary_goal_result: '-',
  cost_per_secondary_goal_result: '-',
  secondary_goal_result_rate: '-',
};

/** Endpoints that the sandbox answers; every other one is 40009. */
export const SANDBOX_PATHS: ReadonlySet<string> = new Set(['report/integrated/get/', 'campaign/get/', 'user/info/']);

/**
 * Refuses what the sandbox does not serve.
 *
 * @throws Refusal 40009
 */
export function requireSandboxRequest(request: ReportRequest): void {
  if (request.level === 'ADVERTISER' || request.reservation) {
    const level = `${request.reservation ? 'RESERVATION' : 'AUCTION'}_${request.level}`;
    throw new Refusal(40009, `Unsupported data_level in sandbox environment: ${level}`);
  }
  if (request.gmvMax) throw new Refusal(40009, 'Unsupported report_type in sandbox environment: TT_SHOP');
  if (request.orderField !== undefined) throw new Refusal(40009, 'Unsupported order_field in sandbox environment');
  if (request.totals) throw new Refusal(40009, 'Unsupported enable_total_metrics in sandbox environment');
  if (request.batch) throw new Refusal(40009, 'Unsupported advertiser_ids in sandbox environment');
}
