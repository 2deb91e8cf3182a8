import type { Quota as QuotaSpec } from '../faults/scenario.generated.ts';
import { Refusal } from './refusal.ts';

/** How often the app may ask; figures as TikTok gives them for its tiers ("Rate limits"). */
export interface QuotaLimits {
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perDay: number;
  /** Requests a second for one advertiser and path; undefined: no limit. */
  readonly advertiserPerSecond: number | undefined;
  readonly penaltySeconds: number;
  readonly timeoutPenalties: boolean;
  /** How many times faster windows and penalties pass than at TikTok. */
  readonly timeScale: number;
}

export type Tier = 'basic' | 'advanced' | 'premium' | 'ultimate' | 'sandbox';

const TIERS: Readonly<Record<Tier, Pick<QuotaLimits, 'perSecond' | 'perMinute' | 'perDay'>>> = {
  basic: { perSecond: 10, perMinute: 600, perDay: 864_000 },
  advanced: { perSecond: 20, perMinute: 1200, perDay: 1_728_000 },
  premium: { perSecond: 30, perMinute: 1800, perDay: 2_592_000 },
  ultimate: { perSecond: 50, perMinute: 3000, perDay: 4_320_000 },
  sandbox: { perSecond: 1, perMinute: 30, perDay: 1000 },
};

/** A tier's figures, some of them replaced. */
export function quotaLimits(spec: QuotaSpec): QuotaLimits {
  const tier = TIERS[spec.tier ?? 'basic'];
  return {
    perSecond: spec.per_second ?? tier.perSecond,
    perMinute: spec.per_minute ?? tier.perMinute,
    perDay: spec.per_day ?? tier.perDay,
    advertiserPerSecond: spec.advertiser_per_second,
    penaltySeconds: spec.penalty_seconds ?? 300,
    timeoutPenalties: spec.timeout_penalties ?? false,
    timeScale: spec.time_scale ?? 1,
  };
}

/** Counts in windows that begin at whole seconds and minutes, as gateways do. */
class Window {
  #index = -1;
  #count = 0;

  /** Adds one, and returns how many the window of `index` now has. */
  add(index: number): number {
    if (index !== this.#index) {
      this.#index = index;
      this.#count = 0;
    }
    return ++this.#count;
  }
}

/** Requests that timed out, and what TikTok does about them ("Reporting performance improvements"). */
const TIMEOUT_STEPS = [
  { timeouts: 30, perSecond: 0 },
  { timeouts: 20, perSecond: 1 },
  { timeouts: 10, perSecond: 5 },
] as const;

/** The quota of one app. */
export class AppQuota {
  readonly limits: QuotaLimits;
  readonly #appId: string;
  readonly #seconds = new Window();
  readonly #minutes = new Window();
  readonly #days = new Window();
  readonly #advertisers = new Map<string, Window>();
  readonly #monotonicMs: () => number;
  #shutUntilMs = 0;
  #timeouts: { atMs: number; signature: string }[] = [];
  #slowed: { untilMs: number; perSecond: number } | undefined;
  readonly #blocked = new Map<string, number>();

  /** @param monotonicMs a clock that never goes back, ms; the machine's, since clients pace themselves by theirs */
  constructor(limits: QuotaLimits, appId: string, monotonicMs: () => number = () => performance.now()) {
    this.limits = limits;
    this.#appId = appId;
    this.#monotonicMs = monotonicMs;
  }

  /**
   * Counts one request.
   *
   * @param now the emulator's clock, which says when a day of the quota begins (00:00 UTC)
   * @throws Refusal 40100 for the app, 40133 for one advertiser and path, 40016 for a blocked request
   */
  take({
    now,
    path,
    advertiserId,
    signature,
  }: {
    now: Date;
    path: string;
    advertiserId: string | undefined;
    signature: string;
  }): void {
    const { perSecond, perMinute, perDay, advertiserPerSecond, penaltySeconds } = this.limits;
    const ms = this.#monotonicMs() * this.limits.timeScale;
    const second = this.#seconds.add(Math.floor(ms / 1000));
    const minute = this.#minutes.add(Math.floor(ms / 60_000));
    const day = this.#days.add(Math.floor(now.getTime() / 86_400_000));
    if (ms < this.#shutUntilMs) throw this.#restricted();
    if (day > perDay) throw new Refusal(40100, 'App reaches the QPD limit.');
    if (minute > perMinute) {
      this.#shutUntilMs = ms + penaltySeconds * 1000;
      throw this.#restricted();
    }
    const slowedTo = this.#slowed && ms < this.#slowed.untilMs ? this.#slowed.perSecond : perSecond;
    const allowed = Math.min(perSecond, slowedTo);
    if (second > allowed) throw new Refusal(40100, `App reaches the QPS limit ${allowed}`);
    if (ms < (this.#blocked.get(signature) ?? 0))
      throw new Refusal(40016, 'Too many requests. Please retry in some time.');
    if (advertiserPerSecond !== undefined && advertiserId !== undefined) {
      this.#takeForAdvertiser(`${advertiserId} ${path}`, advertiserId, Math.floor(ms / 1000), advertiserPerSecond);
    }
  }

  #takeForAdvertiser(key: string, advertiserId: string, second: number, limit: number): void {
    let window = this.#advertisers.get(key);
    if (!window) {
      window = new Window();
      this.#advertisers.set(key, window);
    }
    const count = window.add(second);
    if (count > limit) {
      throw new Refusal(
        40133,
        `Advertiser (${advertiserId})'s QPS (${count}) reaches QPS limit ${limit} for current path, request is temporarily restricted.`,
      );
    }
  }

  /** The client gave up a report before it was answered. */
  noteTimeout(signature: string): void {
    if (!this.limits.timeoutPenalties) return;
    const ms = this.#monotonicMs() * this.limits.timeScale;
    this.#timeouts = [...this.#timeouts.filter(({ atMs }) => atMs > ms - 600_000), { atMs: ms, signature }];
    if (this.#timeouts.filter((timeout) => timeout.signature === signature).length >= 3) {
      this.#blocked.set(signature, ms + 600_000);
    }
    const recent = this.#timeouts.filter(({ atMs }) => atMs > ms - 10_000).length;
    const step = TIMEOUT_STEPS.find(({ timeouts }) => recent >= timeouts);
    if (step) this.#slowed = { untilMs: ms + 300_000, perSecond: step.perSecond };
  }

  #restricted(): Refusal {
    return new Refusal(
      40100,
      `Due to too many requests, requests from App [${this.#appId}] are temporarily restricted.`,
    );
  }
}
