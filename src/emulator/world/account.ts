import { type DayNumber, dayNumber } from './calendar.ts';
import { CURRENCY_CODES, currencyOf } from './currency.ts';
import { hash, hashText } from './random.ts';

/** What a test may set of an advertiser. The rest comes from the seed. */
export interface AccountSpec {
  /** Digits, at most 19. */
  readonly id?: string;
  readonly name?: string;
  /** The account's IANA zone; its days are this zone's. Default UTC. */
  readonly timezone?: string;
  /** What `/advertiser/info/` says as `timezone`: the same, or a POSIX text such as `Etc/GMT+8` for UTC−8. */
  readonly reportedTimezone?: string;
  /** False: `/advertiser/info/` leaves `display_timezone` out. */
  readonly showsDisplayTimezone?: boolean;
  /** ISO 4217. Default USD. */
  readonly currency?: string;
  /** How many campaigns it has, deleted ones included. Default 12. */
  readonly campaigns?: number;
  /** How many of them are deleted. Default a sixth, with `density` none. */
  readonly deletedCampaigns?: number;
  /** With `density`: the day on which the deleted campaigns are deleted, their first without a row. Default: always were. */
  readonly deletedOn?: string;
  /** The day on which it was opened, `YYYY-MM-DD`; no row is older. */
  readonly created?: string;
  /**
   * Share of days that have a row, 0 to 1, for campaigns that all run from `created` without an end: with 1 there are
   * exactly `campaigns` rows a day. Absent: campaigns start, pause, end and are deleted as in life.
   */
  readonly density?: number;
  /** Share of rows in which every figure is zero. Default 0.03. */
  readonly zeroRows?: number;
  /** Ad groups in each campaign, at most as many as it has ads. Default: with `density` 1, else up to three. */
  readonly adGroupsPerCampaign?: number;
  /** Ads in each campaign. The limit of 20,000 ads counts these. Default: with `density` 1, else up to three an ad group. */
  readonly adsPerCampaign?: number;
  /** Adds a campaign every 14 days, which runs for 20 days and is then deleted. Default false. */
  readonly sales?: boolean;
  /** The share that reservation ads add to the figures of the whole account (AUCTION_ADVERTISER). Default 0. */
  readonly reservationShare?: number;
  /** GMV Max campaigns, which basic reports leave out. Default 0. */
  readonly gmvMaxCampaigns?: number;
  /** Names that the campaigns take in turn; any text. */
  readonly campaignNames?: readonly string[];
  /** An invalid id (`0`, `-1`, `-`) for the rows of the last campaign. */
  readonly oddCampaignId?: string;
  /** As `/advertiser/info/` says it. Default STATUS_ENABLE. */
  readonly status?: string;
  /** False: the token is not granted this advertiser until `grant(id)`. */
  readonly granted?: boolean;
}

/** An advertiser with every property set. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly reportedTimezone: string;
  readonly showsDisplayTimezone: boolean;
  readonly currency: string;
  readonly campaigns: number;
  readonly deletedCampaigns: number;
  readonly deletedOn: DayNumber | undefined;
  readonly created: DayNumber;
  readonly density: number | undefined;
  readonly zeroRows: number;
  readonly adGroupsPerCampaign: number | undefined;
  readonly adsPerCampaign: number | undefined;
  /** How many of the campaigns are sales: short, and deleted when they end. The last ones are. */
  readonly sales: number;
  readonly reservationShare: number;
  readonly gmvMaxCampaigns: number;
  readonly campaignNames: readonly string[] | undefined;
  readonly oddCampaignId: string | undefined;
  readonly status: string;
  /** The seed of its figures. It follows from the emulator's seed and the id, not from the place in a list. */
  hash: number;
  granted: boolean;
  /** Why calls for it are refused although it was granted. */
  unavailable: 'suspended' | 'deleted' | undefined;
}

export type Accounts = 'default' | 'brand' | 'agency' | number | readonly AccountSpec[];

/** Four accounts that differ as real ones do: zones on both sides of UTC, decimals, deleted campaigns. */
const DEFAULT_ACCOUNTS: readonly AccountSpec[] = [
  {
    id: '7100000000000000019',
    name: 'Kōwhai Outdoor (NZ)',
    timezone: 'Pacific/Auckland',
    currency: 'NZD',
    campaigns: 14,
    deletedCampaigns: 3,
    created: '2023-02-01',
  },
  {
    id: '7100000000000000027',
    name: 'Sunset Boards — California',
    timezone: 'America/Los_Angeles',
    reportedTimezone: 'Etc/GMT+8',
    currency: 'USD',
    campaigns: 18,
    deletedCampaigns: 4,
    sales: true,
    gmvMaxCampaigns: 3,
    created: '2022-11-20',
  },
  {
    id: '7100000000000000035',
    name: 'Nordlicht GmbH & Co. KG "Europa"',
    timezone: 'UTC',
    currency: 'EUR',
    campaigns: 12,
    deletedCampaigns: 0,
    created: '2023-06-05',
  },
  {
    id: '7100000000000000043',
    name: '東京スニーカー 🗼',
    timezone: 'Asia/Tokyo',
    reportedTimezone: 'Etc/GMT-9',
    currency: 'JPY',
    campaigns: 10,
    deletedCampaigns: 2,
    gmvMaxCampaigns: 2,
    created: '2024-03-18',
  },
];

/** The day of the first sale, the days from one to the next, and the days that each lasts. */
export const SALES_FROM = dayNumber('2025-12-01');
export const SALE_EVERY_DAYS = 14;
export const SALE_DAYS = 20;

const ZONES = [
  ['America/New_York', 'Etc/GMT+5'],
  ['Europe/London', 'Europe/London'],
  ['Asia/Singapore', 'Etc/GMT-8'],
  ['America/Sao_Paulo', 'America/Sao_Paulo'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Pacific/Auckland', 'Pacific/Auckland'],
  ['America/Los_Angeles', 'Etc/GMT+8'],
  ['UTC', 'UTC'],
] as const;

const TRADES = ['Coffee', 'Sneakers', 'Skincare', 'Games', 'Travel', 'Furniture', 'Pet Food', 'Music', 'Bikes', 'Café'];

/**
 * `default` (four), `brand` (two), `agency` (2,000), a number of generated ones, or exactly these.
 *
 * @param start the day on which the emulator starts. The number of sales depends on it, their figures do not
 */
export function createAccounts(accounts: Accounts, seed: number, start: DayNumber): Account[] {
  const hashes = new Set<number>();
  return specsOf(accounts, seed).map((spec) => {
    const account = createAccount(spec, seed, start);
    // Ids of campaigns follow from the hash: two accounts with the same hash would share them.
    while (hashes.has(account.hash)) account.hash = hash(account.hash, 1);
    hashes.add(account.hash);
    return account;
  });
}

function specsOf(accounts: Accounts, seed: number): readonly AccountSpec[] {
  if (accounts === 'default') return DEFAULT_ACCOUNTS;
  if (accounts === 'brand') return DEFAULT_ACCOUNTS.slice(1, 3);
  if (accounts === 'agency') return specsOf(2000, seed);
  if (typeof accounts === 'number') {
    return Array.from({ length: accounts }, (_, index) => generatedSpec(index, seed));
  }
  return accounts.map((spec, index) => ({ ...spec, id: spec.id ?? generatedId(index) }));
}

/** Nineteen digits, beyond what a double holds exactly; ends in 1 so that rounding shows. */
function generatedId(index: number): string {
  return (7_200_000_000_000_000_001n + BigInt(index) * 1_010n).toString();
}

function generatedSpec(index: number, seed: number): AccountSpec {
  const h = hash(seed ^ 0x5eed, index);
  const [timezone, reportedTimezone] = ZONES[h % ZONES.length] ?? ZONES[0];
  const campaigns = 4 + (hash(h, 2) % 20);
  return {
    id: generatedId(index),
    name: `${TRADES[hash(h, 3) % TRADES.length]} ${index + 1}`,
    timezone,
    reportedTimezone,
    currency: CURRENCY_CODES[hash(h, 4) % CURRENCY_CODES.length] ?? 'USD',
    campaigns,
    created: new Date(Date.UTC(2022, 0, 1 + (hash(h, 5) % 900))).toISOString().slice(0, 10),
  };
}

function createAccount(spec: AccountSpec, seed: number, start: DayNumber): Account {
  const id = spec.id ?? generatedId(0);
  if (!/^\d{1,19}$/.test(id)) throw new RangeError(`The account id "${id}" is not valid; expected up to 19 digits.`);
  const timezone = spec.timezone ?? 'UTC';
  const campaigns = spec.campaigns ?? 12;
  // The sales of the next year are included, as the clock may be moved.
  const sales = spec.sales ? Math.max(0, Math.ceil((start + 366 - SALES_FROM) / SALE_EVERY_DAYS)) : 0;
  return {
    id,
    name: spec.name ?? `Advertiser ${id}`,
    timezone,
    reportedTimezone: spec.reportedTimezone ?? timezone,
    showsDisplayTimezone: spec.showsDisplayTimezone ?? true,
    currency: spec.currency ?? 'USD',
    campaigns: campaigns + sales,
    sales,
    deletedCampaigns: spec.deletedCampaigns ?? (spec.density === undefined ? Math.floor(campaigns / 6) : 0),
    deletedOn: spec.deletedOn === undefined ? undefined : dayNumber(spec.deletedOn),
    created: dayNumber(spec.created ?? '2023-01-01'),
    density: spec.density,
    zeroRows: spec.zeroRows ?? 0.03,
    adGroupsPerCampaign: spec.adGroupsPerCampaign ?? (spec.density === undefined ? undefined : 1),
    adsPerCampaign: spec.adsPerCampaign ?? (spec.density === undefined ? undefined : 1),
    reservationShare: spec.reservationShare ?? 0,
    gmvMaxCampaigns: spec.gmvMaxCampaigns ?? 0,
    campaignNames: spec.campaignNames,
    oddCampaignId: spec.oddCampaignId,
    status: spec.status ?? 'STATUS_ENABLE',
    hash: hashText(seed, id),
    granted: spec.granted ?? true,
    unavailable: undefined,
  };
}

/** Digits after the point of this account's amounts on a day: three before 2024, as old reports had them. */
export function moneyDecimals(account: Account, day: DayNumber): number {
  const { decimals } = currencyOf(account.currency);
  return decimals === 2 && day < MONEY_OF_TWO_DECIMALS_FROM ? 3 : decimals;
}

const MONEY_OF_TWO_DECIMALS_FROM = dayNumber('2024-01-01');
