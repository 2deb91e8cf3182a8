import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { QuotaLimits, RateLimit } from './quota.ts';
import answeredScript from './scripts/answered.lua?raw';
import departedScript from './scripts/departed.lua?raw';
import takeScript from './scripts/take.lua?raw';
import throttledScript from './scripts/throttled.lua?raw';

/** How long the place of a permit is kept while its departure is not reported. */
const HOLD_MS = 5_000;
/** A little longer than a minute, as the second is longer than a second: for jitter on the way to TikTok. */
const MINUTE_MS = 60_025;
/**
 * So long before its moment a permit is granted: neither the way to the store nor a late timer then costs any of the pace.
 * No longer, because a throttle that another process meets does not take it back.
 */
const AHEAD_MS = 20;
/** A permit that a store granted before it lost its data may be used so much later. */
const LATE_MS = AHEAD_MS + 375;
/** More requests than any app has in a day. */
const SPENT = 2 ** 50;

/** What the store says to a process that asks for a permit. */
export type StoreAnswer =
  | {
      readonly type: 'permit';
      readonly id: string;
      /** By the store's clock. */
      readonly grantedAt: number;
      /** It may be used after so many milliseconds. */
      readonly ms: number;
      /** The store wants to know whether the request was answered. */
      readonly wantsAnswer: boolean;
    }
  | {
      readonly type: 'wait';
      readonly ms: number;
      readonly why: 'pace' | 'throttled' | 'new';
      readonly blockedMs: number;
    }
  | { readonly type: 'day' };

/** The scripts, as ioredis offers them. */
interface Scripts {
  take(...args: (string | number)[]): Promise<[0, number, string, number] | [1, number, number, number]>;
  departed(key: string, permit: string): Promise<number>;
  throttled(key: string, ...args: (string | number)[]): Promise<number>;
  answered(key: string, ...args: (string | number)[]): Promise<number>;
}

/**
 * The quota of an app in a Redis or Valkey server (decision 16). A command either is answered within a second or rejects;
 * a permit whose answer is lost is never used, and its place is free again five seconds later.
 */
export class QuotaStore {
  readonly #redis: Redis & Scripts;
  readonly #process = randomUUID();
  readonly #keys: Record<'departures' | 'throttle' | 'line' | 'due', string>;
  readonly #prefix: string;
  readonly #limits: QuotaLimits;
  readonly #second: RateLimit;
  #permits = 0;

  constructor({ url, name }: { readonly url: string; readonly name: string }, limits: QuotaLimits, second: RateLimit) {
    // One hash tag: all keys of an app are in one slot.
    this.#prefix = `tiktok-quota:{${name}}`;
    this.#keys = {
      departures: `${this.#prefix}:departures`,
      throttle: `${this.#prefix}:throttle`,
      line: `${this.#prefix}:line`,
      due: `${this.#prefix}:due`,
    };
    this.#limits = limits;
    this.#second = second;
    this.#redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      connectTimeout: 2_000,
      commandTimeout: 1_000,
      // Grows slowly: a store that was away for seconds is found again within one.
      retryStrategy: (attempt) => Math.min(15 * attempt, 2_000),
      scripts: {
        take: { lua: takeScript, numberOfKeys: 5 },
        departed: { lua: departedScript, numberOfKeys: 1 },
        throttled: { lua: throttledScript, numberOfKeys: 1 },
        answered: { lua: answeredScript, numberOfKeys: 1 },
      },
    }) as Redis & Scripts;
    // Without a listener Node would end; a command that fails says the same.
    this.#redis.on('error', (error: Error) => {
      this.lastError = error;
    });
  }

  /** What was wrong with the connection last; a command only says that there is none. */
  lastError: Error | undefined;

  async take(day: number): Promise<StoreAnswer> {
    if (this.#redis.status === 'wait') await this.#redis.connect();
    this.#permits += 1;
    const id = `${this.#process}:${this.#permits}`;
    const { perSecond, perMinute, perDay } = this.#limits;
    const { limit, intervalMs } = this.#second;
    const { departures, throttle, line, due } = this.#keys;
    const silenceMs = (perMinute < 60 * perSecond ? MINUTE_MS : intervalMs) + LATE_MS;
    const [isGranted, value, why, ms] = await this.#redis.take(
      ...[departures, throttle, this.#dayKey(day), line, due],
      ...[
        id,
        this.#process,
        limit,
        intervalMs,
        Math.max(1, Math.floor(perMinute)),
        MINUTE_MS,
        perDay,
        HOLD_MS,
        silenceMs,
        AHEAD_MS,
      ],
    );
    if (isGranted === 1) return { type: 'permit', id, grantedAt: value, ms, wantsAnswer: why === 1 };
    if (why === 'day') return { type: 'day' };
    return { type: 'wait', ms: value, why: why === 'throttled' || why === 'new' ? why : 'pace', blockedMs: ms };
  }

  /** Not waited for: until the store has heard of it, the request counts as leaving at this very moment. */
  departed(id: string): void {
    this.#redis.departed(this.#keys.departures, id).catch(() => undefined);
  }

  answered(grantedAt: number, isSuccess: boolean): void {
    this.#redis.answered(this.#keys.throttle, grantedAt, isSuccess ? 1 : 0).catch(() => undefined);
  }

  /** @returns for how long no permits are granted, ms; 0 when an earlier throttle covers it; -1 when waiting is given up */
  throttled(grantedAt: number, depth: 'second' | 'minute', atLeastMs: number): Promise<number> {
    return this.#redis.throttled(
      this.#keys.throttle,
      grantedAt,
      depth,
      this.#limits.minutePauseSeconds * 1000,
      atLeastMs,
    );
  }

  /** TikTok says that the day's requests are spent. */
  async spendDay(day: number): Promise<void> {
    await this.#redis.set(this.#dayKey(day), SPENT, 'EX', 172_800);
  }

  close(): void {
    this.#redis.disconnect();
  }

  #dayKey(day: number): string {
    return `${this.#prefix}:day:${day}`;
  }
}
