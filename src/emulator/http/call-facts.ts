import { type DayNumber, parseDay } from '../world/calendar.ts';
import type { Parameters } from './parameters.ts';

/** What is known of a request before its parameters are checked. Faults, quota and log use it. */
export interface CallFacts {
  /** Path after `/open_api/v1.3/`, ends in a slash. */
  readonly endpoint: string;
  readonly advertiserIds: readonly string[];
  readonly from: DayNumber | undefined;
  readonly to: DayNumber | undefined;
  /** How many days it asks for, both ends included. */
  readonly days: number | undefined;
  readonly page: number;
  /** How many campaigns it asks for by id; undefined: all. */
  readonly campaigns: number | undefined;
  readonly reportType: string | undefined;
  readonly dataLevel: string | undefined;
  /** The same for identical requests. */
  readonly signature: string;
}

export function factsOf(endpoint: string, parameters: Parameters, signature: string): CallFacts {
  const from = parseDay(String(parameters.start_date ?? ''));
  const to = parseDay(String(parameters.end_date ?? ''));
  return {
    endpoint,
    advertiserIds: advertiserIdsOf(parameters),
    from,
    to,
    days: from === undefined || to === undefined ? undefined : to - from + 1,
    page: Number(parameters.page ?? 1),
    campaigns: campaignsIn(parameters.filtering),
    reportType: textOf(parameters.report_type),
    dataLevel: textOf(parameters.data_level),
    signature,
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function campaignsIn(filtering: unknown): number | undefined {
  const text = typeof filtering === 'string' ? filtering : (JSON.stringify(filtering) ?? '');
  if (!text.includes('campaign_ids')) return undefined;
  try {
    const items = JSON.parse(text) as readonly { field_name?: unknown; filter_value?: unknown }[];
    const ids: unknown = JSON.parse(String(items.find((item) => item.field_name === 'campaign_ids')?.filter_value));
    return Array.isArray(ids) ? ids.length : 0;
  } catch {
    // The endpoint refuses the filter, and says why.
    return 0;
  }
}

function advertiserIdsOf(parameters: Parameters): string[] {
  const several = parameters.advertiser_ids;
  if (Array.isArray(several)) return several.map(String);
  if (typeof several === 'string') return several.match(/\d+/g) ?? [];
  const one = parameters.advertiser_id;
  return typeof one === 'string' && one !== '' ? [one] : [];
}
