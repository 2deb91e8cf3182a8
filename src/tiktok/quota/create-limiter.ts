import type { Limiter } from './limiter.ts';
import { LocalLimiter } from './local-limiter.ts';
import { Pace, secondLimit } from './quota.ts';
import { QuotaDay } from './quota-day.ts';
import { SharedLimiter, type SharedLimiterOptions, type SharedQuota } from './shared-limiter.ts';

export interface LimiterOptions extends Omit<SharedLimiterOptions, 'shared' | 'pace' | 'day'> {
  /** Present: other processes use the same quota. */
  readonly shared: SharedQuota | undefined;
  /** The API's clock: TikTok counts the day's requests from 00:00 UTC to 00:00 UTC. */
  readonly now: () => Date;
}

/** The limiter of an app's quota: this process' own, or the one in a store that several processes share. */
export function createLimiter({ shared, now, ...options }: LimiterOptions): Limiter {
  const { limits } = options;
  const day = new QuotaDay(now);
  if (shared) {
    // The store keeps the quota; this process' own pace matters only where it is lower.
    const pace = limits.perSecond < shared.perSecond ? new Pace(limits) : undefined;
    return new SharedLimiter({ ...options, shared, pace, day });
  }
  return new LocalLimiter({
    ...options,
    day,
    pace: new Pace(limits),
    second: secondLimit(limits),
    perDay: limits.perDay,
    minutePauseMs: limits.minutePauseSeconds * 1000,
  });
}
