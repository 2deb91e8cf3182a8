import type { Account } from './account.ts';
import type { DayNumber } from './calendar.ts';
import { type Campaign, entityId, hasRow } from './campaign.ts';
import type { Performance } from './performance.ts';
import { hash, unit } from './random.ts';

/** The id dimension that the rows of a report have. */
export type EntityKind = 'campaign_id' | 'adgroup_id' | 'ad_id' | 'ad_id_v2';

/** The subject of a report's row: a campaign, one of its ad groups or one of its ads. */
export interface Entity {
  readonly account: Account;
  readonly campaign: Campaign;
  readonly kind: EntityKind;
  /** Its ads, as places in the campaign; `to` is not included. */
  readonly from: number;
  readonly to: number;
}

/** The entities of one kind in a campaign, in the order of their ads. */
export function entitiesOf(account: Account, campaign: Campaign, kind: EntityKind): Entity[] {
  const { ads, adGroups } = campaign;
  if (kind === 'campaign_id') return [{ account, campaign, kind, from: 0, to: ads }];
  const isAdGroup = kind === 'adgroup_id' || (kind === 'ad_id_v2' && campaign.automation === 'UPGRADED_SMART_PLUS');
  return Array.from({ length: isAdGroup ? adGroups : ads }, (_, place) =>
    isAdGroup
      ? { account, campaign, kind, from: firstAdOf(campaign, place), to: firstAdOf(campaign, place + 1) }
      : { account, campaign, kind, from: place, to: place + 1 },
  );
}

function firstAdOf({ ads, adGroups }: Campaign, adGroup: number): number {
  return Math.floor((adGroup * ads) / adGroups);
}

function adGroupOf({ ads, adGroups }: Campaign, ad: number): number {
  return Math.ceil(((ad + 1) * adGroups) / ads) - 1;
}

/** The id in the entity's own dimension. */
export function idOf(entity: Entity): string {
  return attributeOf(entity, entity.kind);
}

/** The value of an attribute metric or an id dimension for an entity; `-` where it has none. */
export function attributeOf(entity: Entity, name: string): string {
  const { account, campaign, kind, from } = entity;
  const adGroup = adGroupOf(campaign, from);
  const upgraded = campaign.automation === 'UPGRADED_SMART_PLUS';
  switch (name) {
    case 'campaign_id':
      return campaign.id;
    case 'campaign_name':
      return campaign.name;
    case 'objective_type':
      return campaign.objective;
    case 'campaign_automation_type':
      return upgraded && kind === 'ad_id' ? 'UPGRADED_SMART_PLUS_CREATIVE' : campaign.automation;
    case 'campaign_budget':
      return '50.00';
    case 'tt_app_id':
    case 'tt_app_name':
    case 'mobile_app_id':
      return '0';
  }
  if (kind === 'campaign_id') return accountAttribute(account, name);
  switch (name) {
    case 'adgroup_id':
      return entityId('2', account, numberOf(account, campaign, adGroup));
    case 'adgroup_name':
      return `${campaign.name} / ad group ${adGroup + 1}`;
    case 'promotion_type':
      return 'Website';
    case 'placement_type':
      return 'PLACEMENT_TYPE_NORMAL';
  }
  if (kind === 'adgroup_id') return accountAttribute(account, name);
  switch (name) {
    case 'ad_id':
      // An Upgraded Smart+ ad has several creatives.
      if (upgraded && kind === 'ad_id_v2') return '-';
      return entityId('3', account, numberOf(account, campaign, from));
    case 'ad_id_v2':
      return upgraded
        ? entityId('4', account, numberOf(account, campaign, adGroup))
        : entityId('3', account, numberOf(account, campaign, from));
    case 'ad_name':
      return `${campaign.name} / ad ${from + 1}`;
    case 'ad_text':
      return campaign.name;
    default:
      return accountAttribute(account, name);
  }
}

/** The attributes that every level has. */
export function accountAttribute(account: Account, name: string): string {
  switch (name) {
    case 'advertiser_id':
      return account.id;
    case 'advertiser_name':
      return account.name;
    case 'currency':
      return account.currency;
    case 'timezone':
      return account.reportedTimezone;
    default:
      return '-';
  }
}

/** The number of an ad group or ad in its account. The first of a campaign has the campaign's number. */
function numberOf(account: Account, campaign: Campaign, place: number): number {
  // The step is a power of ten, so that more campaigns (sales) do not change the ids of the others.
  return campaign.index + place * 10 ** (String(account.campaigns - account.sales).length + 1);
}

/** The day on which an entity is deleted; Infinity when never. */
export function deletedFrom({ campaign, kind, from }: Entity): DayNumber {
  if (kind === 'campaign_id') return campaign.deletedFrom;
  const adGroup = adGroupOf(campaign, from);
  const ofAdGroup = Math.min(campaign.deletedFrom, deletionDay(campaign, 0x6, adGroup));
  const isAd = kind === 'ad_id' || (kind === 'ad_id_v2' && campaign.automation !== 'UPGRADED_SMART_PLUS');
  return isAd ? Math.min(ofAdGroup, deletionDay(campaign, 0xad, from)) : ofAdGroup;
}

/** One ad group or ad in five is deleted while its campaign goes on; never the first. */
function deletionDay(campaign: Campaign, kind: number, place: number): DayNumber {
  const h = hash(campaign.hash ^ kind, place);
  if (!campaign.pauses || place === 0 || h % 5 > 0) return Number.POSITIVE_INFINITY;
  return campaign.first + 40 + (hash(h, 1) % 900);
}

/** Whether an ad has no row on a day on which its campaign has one. The first ad always has one. */
function isIdle(campaign: Campaign, ad: number, day: DayNumber): boolean {
  if (!campaign.pauses || ad === 0) return false;
  if (hash(hash(campaign.hash ^ 0xae57, ad), Math.floor(day / 5)) % 6 === 0) return true;
  return day >= deletionDay(campaign, 0xad, ad) || day >= deletionDay(campaign, 0x6, adGroupOf(campaign, ad));
}

/** The first ad from `ad` on that is not idle; the number of ads when there is none. */
function firstActive(campaign: Campaign, ad: number, day: DayNumber): number {
  let place = ad;
  while (place < campaign.ads && isIdle(campaign, place, day)) place++;
  return place;
}

/** True when there is a row for this day, as soon as the day has come. */
export function entityHasRow({ campaign, from, to }: Entity, day: DayNumber): boolean {
  return hasRow(campaign, day) && (from === 0 || firstActive(campaign, from, day) < to);
}

/**
 * An entity's part of its campaign's figures on a day.
 *
 * Each count is cut at the same shares, so that the parts of all ads, or of all ad groups, add up to it exactly.
 */
export function partOf(whole: Performance, entity: Entity, day: DayNumber): Performance {
  const { campaign, from, to } = entity;
  if (from === 0 && to === campaign.ads) return whole;
  const low = shareBefore(campaign, from, day);
  const high = shareBefore(campaign, to, day);
  const part = (count: number): number => Math.floor(count * high) - Math.floor(count * low);
  const impressions = part(whole.impressions);
  return {
    ...whole,
    impressions,
    clicks: part(whole.clicks),
    spend: part(whole.spend),
    // The parts of unique users add up to more than the whole, because some users see several ads.
    reach: impressions === 0 ? 0 : Math.min(impressions, 1 + Math.floor(whole.reach * (high - low) * 1.2)),
    conversion: part(whole.conversion),
    realTimeConversion: part(whole.realTimeConversion),
    result: part(whole.result),
    realTimeResult: part(whole.realTimeResult),
    secondaryResult: whole.secondaryResult === undefined ? undefined : part(whole.secondaryResult),
  };
}

/** The share of a campaign's day that the ads before this one have. An ad without a row gives its share to the one before. */
function shareBefore(campaign: Campaign, ad: number, day: DayNumber): number {
  if (ad === 0) return 0;
  const place = firstActive(campaign, ad, day);
  if (place >= campaign.ads) return 1;
  const shift = 0.8 * (unit(hash(hash(campaign.hash ^ 0x54a2e, day), place)) - 0.5);
  return (place + shift) / campaign.ads;
}
