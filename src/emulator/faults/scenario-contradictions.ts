import { ENDPOINTS } from '../http/endpoints.ts';
import { parseDay } from '../world/calendar.ts';
import type { Account, Effect, Fault, Scenario, ScheduledEvent } from './scenario.generated.ts';

/** Effects that exclude each other. */
const EXCLUSIVE = ['code', 'http_status', 'hang', 'disconnect'] as const satisfies readonly (keyof Effect)[];

const DEFAULT_COUNTS: Readonly<Record<string, number>> = { default: 4, brand: 2, agency: 2000 };

/** Mistakes that a schema cannot find: impossible days, wrong orders, unknown accounts and endpoints. */
export function contradictions(scenario: Scenario): string[] {
  const found: string[] = [];
  const accounts = scenario.accounts ?? (scenario.sandbox ? 1 : 'default');
  const list = Array.isArray(accounts) ? accounts : undefined;
  const count = list?.length ?? (typeof accounts === 'number' ? accounts : (DEFAULT_COUNTS[String(accounts)] ?? 0));
  const ids = new Set<string>();
  list?.forEach((account, index) => {
    found.push(...accountMistakes(account, `accounts[${index}]`));
    if (account.id !== undefined && ids.has(account.id))
      found.push(`accounts[${index}].id ${account.id} is that of another account.`);
    if (account.id !== undefined) ids.add(account.id);
  });
  if (scenario.now !== undefined) found.push(...instantMistakes(scenario.now, 'now'));
  const advertiserMistakes = (advertiser: string, place: string): string[] =>
    advertiser.startsWith('#') && Number(advertiser.slice(1)) > count
      ? [`${place} is ${advertiser}, but the scenario has ${count} accounts.`]
      : [];
  scenario.faults?.forEach((fault, index) => {
    found.push(...faultMistakes(fault, `faults[${index}]`, advertiserMistakes));
  });
  scenario.events?.forEach((event, index) => {
    found.push(...eventMistakes(event, `events[${index}]`, advertiserMistakes));
  });
  return found;
}

function accountMistakes(account: Account, place: string): string[] {
  const found: string[] = [];
  if (account.timezone !== undefined && !isZone(account.timezone)) {
    found.push(`${place}.timezone is "${account.timezone}", which is no zone of the tz database.`);
  }
  for (const key of ['created', 'deleted_on'] as const) {
    const day = account[key];
    if (day !== undefined) found.push(...dayMistakes(day, `${place}.${key}`));
  }
  if ((account.deleted_campaigns ?? 0) > (account.campaigns ?? 12)) {
    found.push(`${place}.deleted_campaigns is more than the ${account.campaigns ?? 12} campaigns that there are.`);
  }
  return found;
}

type AdvertiserCheck = (advertiser: string, place: string) => string[];

function faultMistakes({ when = {}, then }: Fault, place: string, advertiserMistakes: AdvertiserCheck): string[] {
  const found = endpointMistakes(when.endpoint, `${place}.when.endpoint`);
  when.advertisers?.forEach((advertiser, index) => {
    found.push(...advertiserMistakes(advertiser, `${place}.when.advertisers[${index}]`));
  });
  for (const key of ['days', 'clock'] as const) {
    const range = when[key];
    for (const end of ['from', 'to'] as const) {
      const value = range?.[end];
      const at = `${place}.when.${key}.${end}`;
      if (value !== undefined) found.push(...(key === 'days' ? dayMistakes(value, at) : instantMistakes(value, at)));
    }
    if (range?.from !== undefined && range.to !== undefined && Date.parse(range.from) > Date.parse(range.to)) {
      found.push(`${place}.when.${key} ends before it begins.`);
    }
  }
  const { from, to } = when.calls ?? {};
  if (from !== undefined && to !== undefined && from > to) found.push(`${place}.when.calls ends before it begins.`);
  const ends = EXCLUSIVE.filter((key) => then[key] !== undefined);
  if (ends.length > 1) found.push(`${place}.then has ${ends.join(' and ')}; a call can only have one of them.`);
  if (then.code === 0) found.push(`${place}.then.code is 0, which is a success; expected one of TikTok's codes.`);
  if (then.message !== undefined && then.code === undefined)
    found.push(`${place}.then.message has no code to go with.`);
  return found;
}

function eventMistakes(
  { after_calls, at, endpoint, do: what }: ScheduledEvent,
  place: string,
  advertiserMistakes: AdvertiserCheck,
): string[] {
  const found = endpointMistakes(endpoint, `${place}.endpoint`);
  if ((after_calls === undefined) === (at === undefined))
    found.push(`${place} needs after_calls or at, one of the two.`);
  if (at !== undefined) found.push(...instantMistakes(at, `${place}.at`));
  for (const key of ['suspend', 'delete', 'grant'] as const) {
    const advertiser = what[key];
    if (advertiser !== undefined) found.push(...advertiserMistakes(advertiser, `${place}.do.${key}`));
  }
  return found;
}

function endpointMistakes(endpoint: string | undefined, place: string): string[] {
  if (
    endpoint === undefined ||
    ENDPOINTS.some((known) => known.replace(/\/$/, '') === endpoint.replace(/^\/|\/$/g, ''))
  )
    return [];
  return [`${place} is "${endpoint}", which the emulator does not serve; expected one of ${ENDPOINTS.join(', ')}.`];
}

function dayMistakes(day: string, place: string): string[] {
  return parseDay(day) === undefined ? [`${place} is "${day}", which is not a day of the calendar.`] : [];
}

function instantMistakes(instant: string, place: string): string[] {
  return Number.isNaN(Date.parse(instant)) || parseDay(instant.slice(0, 10)) === undefined
    ? [`${place} is "${instant}", which is no instant.`]
    : [];
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
