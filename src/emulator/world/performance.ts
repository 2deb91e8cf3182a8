import { type Account, moneyDecimals } from './account.ts';
import { type DayNumber, startOfDay, weekday } from './calendar.ts';
import type { Campaign } from './campaign.ts';
import { between, hash, unit } from './random.ts';

/** A campaign's figures of a day. Every metric of the report follows from them. */
export interface Performance {
  readonly impressions: number;
  readonly clicks: number;
  /** In units of 10^-decimals of the currency. */
  readonly spend: number;
  readonly decimals: number;
  /** Decimals of cost_per_result. Old reports wrote one more. */
  readonly resultDecimals: number;
  readonly reach: number;
  readonly conversion: number;
  readonly realTimeConversion: number;
  readonly result: number;
  readonly realTimeResult: number;
  /** Undefined without a secondary goal. */
  readonly secondaryResult: number | undefined;
}

/** How complete TikTok's figures of a day are at an instant. */
export interface Maturity {
  /** Share of the day that has passed, by whole hours; 1 when it is over. */
  readonly elapsed: number;
  /** The daily correction, at 12:00 UTC after the day's end, has run ("Data latency"). */
  readonly corrected: boolean;
  /** Metrics of unique users are ready, 16 hours after the day's end. */
  readonly reachReady: boolean;
  /** Share of conversions already credited to the day of the ad interaction. */
  readonly attributed: number;
}

export const MATURE: Maturity = { elapsed: 1, corrected: true, reachReady: true, attributed: 1 };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Share of conversions that are known when the day ends. */
const ATTRIBUTED_AT_ONCE = 0.55;

/**
 * @param attributionDays days after the day's end until the last conversion is credited
 * @param nowMs           the instant of the question, ms since 1970
 */
export function maturityOf(timezone: string, day: DayNumber, attributionDays: number, nowMs: number): Maturity {
  // Two days of slack cover any zone. Nearly every day asked for is older, and needs no zone arithmetic.
  if (nowMs > (day + 2 + Math.max(attributionDays, 3)) * DAY_MS) return MATURE;
  const end = startOfDay(timezone, day + 1);
  if (nowMs < end) {
    const start = startOfDay(timezone, day);
    const hours = Math.floor((nowMs - start) / HOUR_MS) + 1;
    const elapsed = Math.min(1, Math.max(0, hours / Math.round((end - start) / HOUR_MS)));
    return { elapsed, corrected: false, reachReady: false, attributed: ATTRIBUTED_AT_ONCE };
  }
  const ageHours = Math.floor((nowMs - end) / HOUR_MS);
  const correctedAt = Math.ceil((end - DAY_MS / 2) / DAY_MS) * DAY_MS + DAY_MS / 2;
  // Account days may have 23 or 25 hours, so days are counted: a day is settled when the day after its last one begins.
  const settledHours = (startOfDay(timezone, day + 1 + attributionDays) - end) / HOUR_MS;
  const share = settledHours === 0 ? 1 : Math.min(1, ageHours / settledHours);
  return {
    elapsed: 1,
    corrected: nowMs >= correctedAt,
    reachReady: ageHours >= 16,
    attributed: ATTRIBUTED_AT_ONCE + (1 - ATTRIBUTED_AT_ONCE) * share,
  };
}

const WEEKDAYS = [1.08, 0.9, 0.92, 0.95, 1, 1.1, 1.2] as const;

/** A campaign's figures of a day with a row, as far as they are known by then. */
export function performanceOf(account: Account, campaign: Campaign, day: DayNumber, maturity: Maturity): Performance {
  const h = hash(campaign.hash, day);
  const decimals = moneyDecimals(account, day);
  const resultDecimals = decimals === 3 && account.currency !== 'KWD' && account.currency !== 'BHD' ? 4 : decimals;
  if (unit(hash(h, 1)) < campaign.zeroRows)
    return { ...ZERO, decimals, resultDecimals, secondaryResult: campaign.hasSecondaryGoal ? 0 : undefined };

  const season = 1 + 0.25 * Math.cos(((day % 365.25) - 350) * (Math.PI / 182.6));
  const shape = (WEEKDAYS[weekday(day)] ?? 1) * season * between(h, 0.6, 1.4);
  const finalImpressions = Math.floor(campaign.impressions * shape);
  const impressions = Math.floor(finalImpressions * maturity.elapsed);
  const clicks = Math.floor(impressions * campaign.clicksPerImpression * between(hash(h, 2), 0.8, 1.2));
  const estimate = maturity.corrected ? 1 : between(hash(h, 3), 0.96, 1.03);
  const cpm = campaign.cpm * between(hash(h, 4), 0.85, 1.15) * estimate;
  const spend = Math.round((impressions / 1000) * cpm * 10 ** decimals);
  const reachShare = (maturity.reachReady ? 1 : 0.9) / between(hash(h, 5), 1.05, 2.2);
  const reach = impressions === 0 ? 0 : Math.max(1, Math.floor(impressions * reachShare));
  const converted = clicks * campaign.conversionsPerClick * between(hash(h, 6), 0.5, 1.5);
  const conversion = Math.floor(converted * maturity.attributed);
  // Dated by the event, so complete when the day is. Only the correction changes it.
  const realTimeConversion = Math.floor(converted * between(hash(h, 7), 0.75, 1.05) * (maturity.corrected ? 1 : 0.95));
  const byClick = campaign.objective === 'TRAFFIC';
  const byReach = campaign.objective === 'REACH';
  return {
    impressions,
    clicks,
    spend,
    decimals,
    resultDecimals,
    reach,
    conversion,
    realTimeConversion,
    result: byReach ? reach : byClick ? clicks : conversion,
    realTimeResult: byReach ? reach : byClick ? clicks : realTimeConversion,
    secondaryResult: campaign.hasSecondaryGoal ? Math.floor(conversion * 0.3) : undefined,
  };
}

const ZERO = {
  impressions: 0,
  clicks: 0,
  spend: 0,
  reach: 0,
  conversion: 0,
  realTimeConversion: 0,
  result: 0,
  realTimeResult: 0,
};

/** The sum of several days or campaigns. Unique users do not add up, so reach is an estimate. */
export function sum(parts: readonly Performance[]): Performance {
  const total = { ...ZERO };
  let secondary: number | undefined;
  // Periods differ in their decimals. The sum has the larger number of them, so no digit is lost.
  const decimals = parts.reduce((finest, part) => Math.max(finest, part.decimals), 0);
  for (const part of parts) {
    total.impressions += part.impressions;
    total.clicks += part.clicks;
    total.spend += part.spend * 10 ** (decimals - part.decimals);
    total.reach += part.reach;
    total.conversion += part.conversion;
    total.realTimeConversion += part.realTimeConversion;
    total.result += part.result;
    total.realTimeResult += part.realTimeResult;
    if (part.secondaryResult !== undefined) secondary = (secondary ?? 0) + part.secondaryResult;
  }
  return {
    ...total,
    reach: Math.ceil(total.reach * 0.7),
    decimals,
    resultDecimals: parts.reduce((finest, part) => Math.max(finest, part.resultDecimals), 0),
    secondaryResult: secondary,
  };
}

/** A whole account's figures, with those of its reservation ads. No other level has these. */
export function withReservation(performance: Performance, share: number): Performance {
  if (share === 0) return performance;
  const more = (count: number): number => count + Math.floor(count * share);
  const { impressions, clicks, spend, reach } = performance;
  return {
    ...performance,
    impressions: more(impressions),
    clicks: more(clicks),
    spend: more(spend),
    reach: more(reach),
  };
}
