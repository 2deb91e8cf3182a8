import { CODELESS, type ThrottleDepth } from '../error-codes.ts';
import { codelessError } from '../errors.ts';
import { isCertificateError } from '../http/transport.ts';
import type { Limiter, Permit } from './limiter.ts';
import type { Pace, QuotaLimits } from './quota.ts';
import { sharedLimit } from './quota.ts';
import { DAY_IS_SPENT, type QuotaDay } from './quota-day.ts';
import type { QuotaStore, StoreAnswer } from './quota-store.ts';
import { type Sleep, WakeableSleep } from './wakeable-sleep.ts';

/** Where a quota is that several processes keep together. */
export interface SharedQuota {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Whose quota it is. */
  readonly name: string;
  /** What all processes together may send in a second. */
  readonly perSecond: number;
}

export interface SharedLimiterOptions {
  readonly shared: SharedQuota;
  /** The app's; its second is replaced by the shared one. */
  readonly limits: QuotaLimits;
  /** A lower pace of this process alone. */
  readonly pace: Pick<Pace, 'readyAt' | 'take'> | undefined;
  readonly day: QuotaDay;
  /** How long to go on without an answer of the store. */
  readonly patienceMs: number;
  readonly redact: (text: string) => string;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly onWaiting: (ms: number, reason: string) => void;
  /** Ends all waiting for good. */
  readonly closing: AbortSignal;
}

/** A permit that was asked for so long ago is not used any more; the store keeps its place a little longer. */
const EXPIRY_MS = 4_900;
/** The store is asked again at least so often while it makes this process wait. */
const ASK_MS = 5_000;
/** Shorter waits are not reported. */
const REPORTED_MS = 2_000;
/** A store that does not answer is reported no more often than this. */
const AWAY_REPORT_MS = 60_000;
/** What only the operator can mend: credentials, permissions, a server that is one of a cluster. */
const REFUSALS = /^(NOAUTH|WRONGPASS|NOPERM|MOVED|ERR (AUTH|invalid password|Client sent AUTH|unknown command))/;

/**
 * The limiter of a process that shares its quota with others. The store grants all permits, see `scripts/`; while it does
 * not answer, there are none.
 */
export class SharedLimiter implements Limiter {
  readonly #options: SharedLimiterOptions;
  #store: QuotaStore | undefined;
  #blockedMs = 0;
  /** Monotonic moment up to which the last report said that nothing is sent. */
  #reportedUntil = 0;
  /** Monotonic moments: since when the store has not answered, and when that was reported. */
  #awaySince: number | undefined;
  #awayReportedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SharedLimiterOptions) {
    this.#options = options;
    options.closing.addEventListener('abort', () => this.#store?.close(), { once: true });
  }

  async acquire(signal: AbortSignal): Promise<Permit | undefined> {
    const { pace, monotonicNow, day, closing } = this.#options;
    while (!signal.aborted) {
      const askedAt = monotonicNow();
      const paceMs = (pace?.readyAt(askedAt) ?? askedAt) - askedAt;
      if (paceMs > 0) {
        await this.#wait(paceMs, signal, false);
        continue;
      }
      const answer = await this.#ask((store) => store.take(day.number), signal);
      if (answer?.type === 'permit') {
        if (answer.ms > 0) await this.#wait(answer.ms, closing, false);
        const permit = this.#permitOf(answer, askedAt);
        if (permit.isExpired()) continue;
        pace?.take(permit.grantedAtMs);
        return permit;
      }
      if (answer?.type === 'wait') {
        this.#reportBlock(answer);
        await this.#wait(Math.min(answer.ms, ASK_MS), signal, answer.why !== 'pace');
      } else if (answer?.type === 'day') {
        const ms = day.waitMs();
        this.#options.onWaiting(ms, DAY_IS_SPENT);
        await this.#wait(ms, signal, true);
      }
    }
    return undefined;
  }

  blockedMs(): number {
    return this.#blockedMs;
  }

  #permitOf({ id, grantedAt, wantsAnswer }: StoreAnswer & { type: 'permit' }, askedAt: number): Permit {
    const { monotonicNow } = this.#options;
    let hasDeparted = false;
    return {
      grantedAtMs: monotonicNow(),
      isExpired: () => !hasDeparted && monotonicNow() - askedAt > EXPIRY_MS,
      departed: () => {
        if (!hasDeparted) this.#store?.departed(id);
        hasDeparted = true;
      },
      answered: (isSuccess) => {
        if (wantsAnswer) this.#store?.answered(grantedAt, isSuccess);
      },
      throttled: (depth, atLeastMs) => this.#throttled(grantedAt, depth, atLeastMs),
    };
  }

  async #throttled(grantedAt: number, depth: ThrottleDepth, atLeastMs: number): Promise<number | undefined> {
    const { closing, day, monotonicNow } = this.#options;
    if (depth === 'day') {
      await this.#ask((store) => store.spendDay(day.number), closing);
      return 0;
    }
    const ms = await this.#ask((store) => store.throttled(grantedAt, depth, atLeastMs), closing);
    if (ms === -1) return undefined;
    if (ms) this.#reportedUntil = monotonicNow() + ms;
    return ms ?? 0;
  }

  /**
   * Asks the store, again and again until it answers.
   *
   * @returns nothing when the signal aborts first
   * @throws TikTokError when the store refuses, or has not answered for longer than the patience
   */
  async #ask<Answer>(
    command: (store: QuotaStore) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    const { random, closing } = this.#options;
    for (;;) {
      try {
        const answer = await command(await this.#open());
        this.#awaySince = undefined;
        return answer;
      } catch (error) {
        closing.throwIfAborted();
        const awayMs = this.#away(error);
        await this.#wait(Math.min(50 + awayMs / 100, 2_000) * (0.5 + random()), signal, true);
        if (signal.aborted) return undefined;
      }
    }
  }

  async #open(): Promise<QuotaStore> {
    if (this.#store) return this.#store;
    const { shared, limits, closing } = this.#options;
    const { QuotaStore } = await import('./quota-store.ts');
    this.#store ??= new QuotaStore(shared, { ...limits, perSecond: shared.perSecond }, sharedLimit(shared.perSecond));
    if (closing.aborted) this.#store.close();
    return this.#store;
  }

  /** The store has not answered. Returns for how many milliseconds; throws when that is too long. */
  #away(error: unknown): number {
    const { monotonicNow, patienceMs, redact, shared } = this.#options;
    const now = monotonicNow();
    this.#awaySince ??= now;
    const awayMs = now - this.#awaySince;
    const last = this.#store?.lastError ?? error;
    const words = redact(last instanceof Error ? last.message : String(last));
    const where = `The store of the shared quota (${redact(new URL(shared.url).host)})`;
    if (REFUSALS.test(words)) {
      throw codelessError(CODELESS.quotaStoreRefuses, `${where} refuses its commands: ${words}.`);
    }
    if (isCertificateError(last)) {
      throw codelessError(CODELESS.quotaStoreCertificate, `${where}: ${words}.`);
    }
    if (awayMs > patienceMs) {
      const seconds = Math.round(patienceMs / 1000);
      const message = `${where} did not answer for ${seconds} s (patience_seconds): ${words}.`;
      throw codelessError(CODELESS.quotaStore, message);
    }
    if (now - this.#awayReportedAt >= AWAY_REPORT_MS) {
      this.#awayReportedAt = now;
      const left = Math.round((patienceMs - awayMs) / 1000);
      this.#options.onWaiting(2_000, `${where} does not answer (${words}). It is tried again for up to ${left} s.`);
    }
    return awayMs;
  }

  #reportBlock({ why, blockedMs }: StoreAnswer & { type: 'wait' }): void {
    const until = this.#options.monotonicNow() + blockedMs;
    if (why === 'pace' || blockedMs < REPORTED_MS || until <= this.#reportedUntil + REPORTED_MS) return;
    this.#reportedUntil = until;
    const reason =
      why === 'throttled'
        ? 'TikTok has said to another process with this shared quota that the app asks too often.'
        : 'The store of the shared quota remembers nothing, so a full minute may just have been used.';
    this.#options.onWaiting(blockedMs, reason);
  }

  async #wait(ms: number, signal: AbortSignal, isBlocked: boolean): Promise<void> {
    const { monotonicNow, sleep, closing } = this.#options;
    const before = monotonicNow();
    await new WakeableSleep(sleep).sleep(ms, signal, closing);
    if (isBlocked) this.#blockedMs += monotonicNow() - before;
    closing.throwIfAborted();
  }
}
