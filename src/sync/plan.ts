import type { Config } from '../config/config.ts';
import type { ReportStream } from '../streams/stream.ts';
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import { REPORT_DAYS_MAX } from '../tiktok/endpoints/report.ts';
import type { QuotaLimits } from '../tiktok/quota/quota.ts';
import { dayIn } from '../tiktok/time-zones.ts';
import { type Pass, planPass } from './coverage.ts';
import { addDays, countDays, type Day, type DayRange, earlier, later, rangeOf } from './days.ts';
import { nameOf } from './failure.ts';
import type { AdvertiserSelection } from './select.ts';
import type { CoverageByAdvertiser } from './state.ts';

/** What a run reads of one advertiser. */
export interface AdvertiserPlan {
  readonly advertiser: Advertiser;
  readonly pass: Pass;
  /** Windows of at most 30 days. */
  readonly windows: number;
  /** Days of all advertisers together. */
  readonly days: number;
}

/** What a run will ask for, as far as that is known: a window with many rows takes more than one request. */
export interface RunPlan {
  /** Made one by one as they are gone through: of thousands of advertisers they would take much memory until their turn. */
  readonly advertisers: Iterable<AdvertiserPlan>;
  readonly advertiserCount: number;
  readonly windows: number;
  readonly days: number;
  readonly requests: number;
  /** At the quota's pace. */
  readonly seconds: number;
  /** One sentence each. */
  readonly warnings: readonly string[];
}

/** Each day ends last in the zones this far behind UTC. */
const LAST_ZONE_MS = 12 * 3_600_000;

/** The sandbox has basic reports only (docs 1738855331457026). */
export function isOffered({ report }: ReportStream, { credentials }: Config): boolean {
  return report.reportType === 'BASIC' || credentials.type !== 'sandbox_access_token';
}

/** Plans the run of a stream: one pass for each advertiser, its today taken from the same moment. */
export function planRun(options: {
  readonly config: Config;
  readonly stream: ReportStream;
  readonly selection: AdvertiserSelection;
  readonly coverage: CoverageByAdvertiser;
  /** The coverage has forgotten this day and all after it, to read them again. */
  readonly since?: Day | undefined;
  /** Read nothing again that the coverage says was read. */
  readonly resumeOnly?: boolean | undefined;
  /** By the API's clock. */
  readonly now: Date;
}): RunPlan {
  const { config, stream, selection, coverage, since, now, resumeOnly = false } = options;
  if (!isOffered(stream, config)) {
    const warnings = [`TikTok's sandbox has no report for ${stream.name}: nothing is asked for.`];
    return { advertisers: [], advertiserCount: 0, windows: 0, days: 0, requests: 0, seconds: 0, warnings };
  }
  const todayOf = dayByZone(now);
  const { advertisers } = selection;
  const inFuture = (what: string, day: Day, effect: string) => {
    const early = advertisers.filter((advertiser) => todayOf(advertiser) < day);
    return early.length === 0 ? [] : [`${what} ${day} is in the future for ${listed(early.map(nameOf))}: ${effect}.`];
  };
  const plans = {
    *[Symbol.iterator]() {
      for (const advertiser of advertisers) {
        const pass = planPass(coverage.get(advertiser.id), {
          startDate: config.startDate,
          ...(config.endDate && { endDate: config.endDate }),
          lookbackDays: config.lookbackDays,
          includeDeleted: config.includeDeleted,
          today: todayOf(advertiser),
          zoneKnown: advertiser.timezone !== undefined,
          resumeOnly,
        });
        yield planOf(advertiser, pass);
      }
    },
  };
  let [windows, days] = [0, 0];
  for (const plan of plans) {
    windows += plan.windows;
    days += plan.days;
  }
  return {
    advertisers: plans,
    advertiserCount: advertisers.length,
    windows,
    days,
    requests: windows,
    seconds: Math.ceil(windows / requestsPerSecond(config.quota)),
    warnings: [
      ...zoneWarnings(advertisers),
      ...inFuture('start_date', config.startDate, 'nothing is read yet'),
      ...(since === undefined ? [] : inFuture('--since', since, 'nothing is read again')),
      ...aheadWarnings(advertisers, coverage, todayOf),
      ...lostWarnings(config, selection, coverage),
    ],
  };
}

/**
 * The first window of an advertiser of which nothing was read, where it does not depend on the time zone: its days are
 * over everywhere on Earth. Undefined where it does.
 */
export function firstWindowEverywhere({ startDate, endDate }: Config, now: Date): DayRange | undefined {
  const days30 = addDays(startDate, REPORT_DAYS_MAX - 1);
  const last = endDate ? earlier(endDate, days30) : days30;
  const today = new Date(now.getTime() - LAST_ZONE_MS).toISOString().slice(0, 10);
  return last < today ? rangeOf(startDate, last) : undefined;
}

function planOf(advertiser: Advertiser, pass: Pass): AdvertiserPlan {
  const ranges = [pass.forward, pass.backward].filter((range): range is DayRange => range !== undefined);
  return {
    advertiser,
    pass,
    windows: ranges.reduce((sum, range) => sum + Math.ceil(countDays(range) / REPORT_DAYS_MAX), 0),
    days: ranges.reduce((sum, range) => sum + countDays(range), 0),
  };
}

/** The pace that the quota allows over minutes. */
export function requestsPerSecond({ perSecond, perMinute }: QuotaLimits): number {
  return Math.min(perSecond, perMinute / 60);
}

/** Tells the day of advertisers; asks for each zone once. */
function dayByZone(now: Date): (advertiser: Advertiser) => Day {
  const days = new Map<string, Day>();
  return ({ timezone = 'UTC' }) => {
    const day = days.get(timezone) ?? dayIn(timezone, now);
    days.set(timezone, day);
    return day;
  };
}

function zoneWarnings(advertisers: readonly Advertiser[]): string[] {
  const unknown = advertisers.filter(({ timezone }) => timezone === undefined);
  if (unknown.length === 0) return [];
  return [
    `TikTok does not tell the time zone of ${listed(unknown.map(nameOf))}: read up to the UTC day, and its last day is ` +
      'read again by the next run.',
  ];
}

/** Its days count as read, so nothing is asked for until then; the operator should know. */
function aheadWarnings(
  advertisers: readonly Advertiser[],
  coverage: CoverageByAdvertiser,
  todayOf: (advertiser: Advertiser) => Day,
): string[] {
  const ahead = advertisers.filter((advertiser) => {
    const entry = coverage.get(advertiser.id);
    return entry !== undefined && later(entry.as_of, entry.through) > todayOf(advertiser);
  });
  if (ahead.length === 0) return [];
  return [
    `The state speaks of days that are still to come for ${listed(ahead.map(nameOf))}: it comes from another clock, such ` +
      'as that of an emulator. What it calls read is not asked for; start without a state to read everything again.',
  ];
}

function lostWarnings(config: Config, selection: AdvertiserSelection, coverage: CoverageByAdvertiser): string[] {
  const { granted } = selection;
  if (!granted || config.advertiserIds.length > 0) return [];
  return [...coverage].flatMap(([id, { through }]) =>
    granted.has(id) || config.excludeAdvertiserIds.includes(id)
      ? []
      : [
          `Advertiser ${id} is no longer granted to this token; its table ends on ${through}. ` +
            `Its state is kept: should it be granted again, it is read on from ${addDays(through, 1)}.`,
        ],
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
