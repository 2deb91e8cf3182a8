import { noPermission, Refusal } from '../http/refusal.ts';
import type { Account } from './account.ts';
import { type DayNumber, dayInZone } from './calendar.ts';
import type { CampaignCache } from './campaign.ts';
import type { Clock } from './clock.ts';
import { SANDBOX_FROM, SANDBOX_TO } from './sandbox.ts';

/** The rights of an access token. */
export interface Grant {
  /** `all`: every account whose `granted` is true. */
  readonly advertiserIds: 'all' | readonly string[];
  readonly scope: readonly number[];
  revoked: boolean;
}

/** The state of the emulated TikTok: all that does not follow from the seed. */
export interface World {
  readonly seed: number;
  readonly clock: Clock;
  /** `http://host:port`, known once it listens. */
  origin: string;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly campaigns: CampaignCache;
  readonly app: { readonly id: string; readonly secret: string };
  readonly tokens: Map<string, Grant>;
  readonly attributionDays: number;
  readonly rateBasis: 'clicks' | 'impressions';
  /** Number of ads from which on a report is cut to the newest ones. */
  readonly adsMax: number;
  /** Whether reports of whole accounts are cut as well. TikTok's pages contradict each other there. */
  readonly cutsAdvertisers: boolean;
  readonly sandbox: boolean;
  /** Metrics that the API no longer knows. */
  readonly withdrawnMetrics: Set<string>;
}

/** Numeric scopes of a token that may read reports and accounts. */
export const READING_SCOPES: readonly number[] = [1, 10, 100, 4, 44];

/** @throws Refusal 40104 without a token, 40105 with a wrong or revoked one. */
export function grantOf(world: World, token: string | undefined): Grant {
  if (!token) {
    throw new Refusal(40104, 'Access token is null, you should set it in http header with key Access-Token.');
  }
  const grant = world.tokens.get(token);
  if (!grant || grant.revoked) throw new Refusal(40105, 'Access token is incorrect or has been revoked.');
  return grant;
}

/** Scopes of which an endpoint needs one; a parent implies its children ("Permission scopes" 1753986142651394). */
export const SCOPES = { report: [4, 44], account: [1, 10, 100] } as const;

/** @throws Refusal 40001 when the marketer did not grant any of these permissions */
export function checkScope({ scope }: Grant, needed: readonly number[]): void {
  if (needed.length > 0 && !scope.some((id) => needed.includes(id))) {
    throw new Refusal(40001, 'Permission error: The access token lacks the required scope for endpoint.');
  }
}

/** The accounts that a token was granted, also those whose calls are refused at the moment. */
export function grantedAccounts(world: World, grant: Grant): Account[] {
  const ids = grant.advertiserIds;
  if (ids === 'all') return [...world.accounts.values()].filter((account) => account.granted);
  return ids.flatMap((id) => world.accounts.get(id) ?? []).filter((account) => account.granted);
}

/** @throws Refusal 40001 when the token may not read the advertiser, or there is none. */
export function accountFor(world: World, grant: Grant, advertiserId: string): Account {
  const account = world.accounts.get(advertiserId);
  const inGrant = grant.advertiserIds === 'all' || grant.advertiserIds.includes(advertiserId);
  if (!account?.granted || !inGrant || account.unavailable === 'suspended') throw noPermission(advertiserId);
  if (account.unavailable === 'deleted') {
    throw new Refusal(40001, `advertiser ${advertiserId} doesn't exist or has been deleted.`);
  }
  return account;
}

/** The account's today. */
export function todayOf(world: World, account: Account): DayNumber {
  return dayInZone(account.timezone, world.clock.now());
}

/** The days of an account that reports have rows for at an instant, both ends included. */
export function reportedDays(
  world: World,
  account: Account,
  at: Date,
): { readonly first: DayNumber; readonly last: DayNumber } {
  const today = dayInZone(account.timezone, at);
  return world.sandbox
    ? { first: SANDBOX_FROM, last: Math.min(today, SANDBOX_TO) }
    : { first: account.created, last: today };
}
