import { type DayNumber, parseDay } from '../world/calendar.ts';
import type { Parameters } from './parameters.ts';

/** What can be said of a request before its parameters are checked; for faults, quota and log. */
export interface CallFacts {
  /** Path after `/open_api/v1.3/`, ends in a slash. */
  readonly endpoint: string;
  readonly advertiserIds: readonly string[];
  readonly from: DayNumber | undefined;
  readonly to: DayNumber | undefined;
  /** How many days it asks for, both ends included. */
  readonly days: number | undefined;
  readonly page: number;
  /** Whether it is narrowed to some campaigns. */
  readonly campaignFilter: boolean;
  /** The same for identical requests. */
  readonly signature: string;
}

export function factsOf(endpoint: string, parameters: Parameters, signature: string): CallFacts {
  const from = parseDay(String(parameters.start_date ?? ''));
  const to = parseDay(String(parameters.end_date ?? ''));
  const filtering = parameters.filtering;
  return {
    endpoint,
    advertiserIds: advertiserIdsOf(parameters),
    from,
    to,
    days: from === undefined || to === undefined ? undefined : to - from + 1,
    page: Number(parameters.page ?? 1),
    campaignFilter: filtering !== undefined && JSON.stringify(filtering).includes('campaign_ids'),
    signature,
  };
}

function advertiserIdsOf(parameters: Parameters): string[] {
  const several = parameters.advertiser_ids;
  if (Array.isArray(several)) return several.map(String);
  if (typeof several === 'string') return several.match(/\d+/g) ?? [];
  const one = parameters.advertiser_id;
  return typeof one === 'string' && one !== '' ? [one] : [];
}
