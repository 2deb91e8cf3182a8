import { type Account, SALE_DAYS, SALE_EVERY_DAYS, SALES_FROM } from './account.ts';
import { type DayNumber, dayNumber } from './calendar.ts';
import { currencyOf } from './currency.ts';
import { between, hash, unit } from './random.ts';

/** A campaign: the properties that do not change from day to day. */
export interface Campaign {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly objective: 'TRAFFIC' | 'WEB_CONVERSIONS' | 'APP_PROMOTION' | 'REACH';
  readonly created: DayNumber;
  /** First and last day on which it may have a row; the last may be Infinity. */
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** The day on which it is deleted; Infinity when never. */
  readonly deletedFrom: DayNumber;
  /** Share of its days that have a row. */
  readonly density: number;
  /** Whether it rests for weeks now and then. */
  readonly pauses: boolean;
  readonly zeroRows: number;
  readonly adGroups: number;
  readonly ads: number;
  /** In an Upgraded Smart+ campaign an `ad_id` is a creative, and `ad_id_v2` the ad. */
  readonly automation: 'MANUAL' | 'SMART_PLUS' | 'UPGRADED_SMART_PLUS';
  /** Impressions of a usual day, and the rates that follow. */
  readonly impressions: number;
  readonly clicksPerImpression: number;
  readonly conversionsPerClick: number;
  /** Price of 1,000 impressions in the account's currency. */
  readonly cpm: number;
  /** Without a goal the three secondary-goal metrics are a dash. */
  readonly hasSecondaryGoal: boolean;
  readonly hash: number;
}

const NAMES = [
  'Prospecting',
  'Retargeting 30d',
  'Été — Soldes & Co.',
  '夏セール 2025',
  'حملة الصيف',
  'Весна «Новинки»',
  'Spark Ads 🎬👩‍👩‍👧',
  'A/B "Hook" \\ variant',
  'Line\nbreak\tand\u2028separator',
  'Größe 50% <b>off</b>',
  'Lookalike 1%',
  'App installs | iOS',
] as const;

const AUTOMATIONS = ['MANUAL', 'MANUAL', 'MANUAL', 'SMART_PLUS', 'UPGRADED_SMART_PLUS'] as const;

const OBJECTIVES = ['WEB_CONVERSIONS', 'TRAFFIC', 'WEB_CONVERSIONS', 'APP_PROMOTION', 'REACH'] as const;

/** Deleted campaigns stop on a day in this range, so that a table of a year has rows of them. */
const DELETED_FROM = dayNumber('2025-06-01');
const DELETED_SPREAD_DAYS = 260;

/** The campaign at a place in its account. It follows from the account alone. */
export function campaignAt(account: Account, index: number): Campaign {
  const h = hash(account.hash, index);
  const objective = OBJECTIVES[hash(h, 1) % OBJECTIVES.length] ?? 'TRAFFIC';
  const given = account.campaignNames;
  const sale = index - (account.campaigns - account.sales) + 1;
  const usual = sale > 0 ? `Flash sale ${sale}` : `${NAMES[hash(h, 2) % NAMES.length]} #${index + 1}`;
  const adGroups = account.adGroupsPerCampaign ?? 1 + (hash(h, 20) % 3);
  const ads = account.adsPerCampaign ?? adGroups * (1 + (hash(h, 21) % 3));
  return {
    index,
    id: campaignId(account, index),
    name: given?.[index % given.length] ?? usual,
    objective,
    ...runningTimeOf(account, index, h),
    zeroRows: account.zeroRows,
    adGroups: Math.min(adGroups, ads),
    ads,
    automation: account.density === undefined ? (AUTOMATIONS[hash(h, 22) % AUTOMATIONS.length] ?? 'MANUAL') : 'MANUAL',
    impressions: Math.floor(10 ** between(hash(h, 3), 2.6, 5.2)),
    clicksPerImpression: between(hash(h, 4), 0.004, 0.025),
    conversionsPerClick: objective === 'REACH' ? 0 : between(hash(h, 5), 0.01, 0.09),
    cpm: between(hash(h, 6), 2, 11) * currencyOf(account.currency).perDollar,
    hasSecondaryGoal: hash(h, 7) % 6 === 0,
    hash: h,
  };
}

type RunningTime = Pick<Campaign, 'created' | 'first' | 'last' | 'deletedFrom' | 'density' | 'pauses'>;

function runningTimeOf(account: Account, index: number, h: number): RunningTime {
  const { created } = account;
  const lasting = account.campaigns - account.sales;
  if (index >= lasting) {
    const first = SALES_FROM + (index - lasting) * SALE_EVERY_DAYS;
    const last = first + SALE_DAYS - 1;
    return { created: first, first, last, deletedFrom: last + 1, density: 1, pauses: false };
  }
  const deleted = index >= lasting - account.deletedCampaigns;
  if (account.density !== undefined) {
    const deletedFrom = deleted ? (account.deletedOn ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY;
    const last = deleted && account.deletedOn !== undefined ? account.deletedOn - 1 : Number.POSITIVE_INFINITY;
    return { created, first: created, last, deletedFrom, density: account.density, pauses: false };
  }
  const density = between(hash(h, 10), 0.85, 1);
  if (deleted) {
    const first = created + (hash(h, 11) % 200);
    const last = Math.max(first + 60, DELETED_FROM + (hash(h, 12) % DELETED_SPREAD_DAYS));
    return { created: first, first, last, deletedFrom: last + 1 + (hash(h, 13) % 20), density, pauses: true };
  }
  // Half of them run without an end, so that there are always rows. The others start and end.
  if (index % 2 === 0) {
    const first = created + (hash(h, 14) % 120);
    return {
      created: first,
      first,
      last: Number.POSITIVE_INFINITY,
      deletedFrom: Number.POSITIVE_INFINITY,
      density,
      pauses: true,
    };
  }
  const first = created + (hash(h, 15) % 1500);
  const last = first + 30 + (hash(h, 16) % 370);
  return { created: first, first, last, deletedFrom: Number.POSITIVE_INFINITY, density, pauses: true };
}

/** Nineteen digits: the account in the first eleven, the place in the last eight, scattered so that ids show no order. */
function campaignId(account: Account, index: number): string {
  if (account.oddCampaignId !== undefined && index === account.campaigns - 1) return account.oddCampaignId;
  return entityId('1', account, index);
}

/** The id of the `number`th campaign, ad group or ad of an account; numbers up to 100,000,000 give different ids. */
export function entityId(kind: string, account: Account, number: number): string {
  const place = (number * 10_000_019 + account.hash) % 100_000_000;
  return `${kind}${String(account.hash).padStart(10, '0')}${String(place).padStart(8, '0')}`;
}

/** True when there is a row for this day, as soon as the day has come. */
export function hasRow(campaign: Campaign, day: DayNumber): boolean {
  if (day < campaign.first || day > campaign.last) return false;
  if (campaign.density < 1 && unit(hash(campaign.hash ^ 0x0ab5e27, day)) >= campaign.density) return false;
  return !(campaign.pauses && hash(campaign.hash ^ 0x0fa05e5, Math.floor(day / 7)) % 11 === 0);
}

/** The campaigns of the accounts used last. All campaigns of an agency would not fit into the memory of a test. */
export class CampaignCache {
  readonly #kept = new Map<Account, readonly Campaign[]>();
  #count = 0;
  static readonly #max = 20_000;

  of(account: Account): readonly Campaign[] {
    let campaigns = this.#kept.get(account);
    if (campaigns) {
      // Least recently used first.
      this.#kept.delete(account);
    } else {
      campaigns = Array.from({ length: account.campaigns }, (_, index) => campaignAt(account, index));
      this.#count += campaigns.length;
      for (const [oldest, { length }] of this.#kept) {
        if (this.#count <= CampaignCache.#max) break;
        this.#kept.delete(oldest);
        this.#count -= length;
      }
    }
    this.#kept.set(account, campaigns);
    return campaigns;
  }
}
