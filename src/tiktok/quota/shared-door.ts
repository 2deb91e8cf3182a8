import { CODELESS, type ThrottleDepth } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';
import type { Door, Passage } from './door.ts';
import { Nap, type Sleep } from './nap.ts';
import type { Pace, QuotaLimits } from './quota.ts';
import { sharedLimit } from './quota.ts';
import { DAY_IS_SPENT, type QuotaDay } from './quota-day.ts';
import type { QuotaStore, StoreAnswer } from './quota-store.ts';

/** Where a quota is that several processes keep together. */
export interface SharedQuota {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Whose quota it is. */
  readonly name: string;
  /** What all processes together may send in a second. */
  readonly perSecond: number;
}

export interface SharedDoorOptions {
  readonly shared: SharedQuota;
  /** The app's; its second is replaced by the shared one. */
  readonly limits: QuotaLimits;
  /** A lower pace of this process alone. */
  readonly pace: Pick<Pace, 'turn'> | undefined;
  readonly day: QuotaDay;
  /** How long to go on without an answer of the store. */
  readonly patienceMs: number;
  readonly redact: (text: string) => string;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  readonly random: () => number;
  readonly onWaiting: (ms: number, reason: string) => void;
  /** Ends all waiting for good. */
  readonly closing: AbortSignal;
}

/** A turn is not used any more when it was asked for so long ago; the store keeps its place a little longer. */
const VOID_MS = 4_900;
/** The store is asked again at least so often while it makes this process wait. */
const ASK_MS = 5_000;
/** Shorter waits are no news. */
const NEWS_MS = 2_000;
/** The store is not told to be away more often than this. */
const AWAY_NEWS_MS = 60_000;
/** What only the operator can mend: credentials, permissions, a server that is one of a cluster. */
const REFUSALS = /^(NOAUTH|WRONGPASS|NOPERM|MOVED|ERR (AUTH|invalid password|Client sent AUTH|unknown command))/;

/**
 * The door of a process that shares the quota with others. The store decides who passes when; see `scripts/`. Without its
 * answer nobody does.
 */
export class SharedDoor implements Door {
  readonly #options: SharedDoorOptions;
  #store: QuotaStore | undefined;
  /** The pace has given a turn that has not been used yet. */
  #hasTurn = false;
  #closedMs = 0;
  /** Steady moments: until when it was last said to be closed; since when the store has not answered, and when that was said. */
  #closedUntil = 0;
  #awaySince: number | undefined;
  #awaySaidAt = Number.NEGATIVE_INFINITY;

  constructor(options: SharedDoorOptions) {
    this.#options = options;
    options.closing.addEventListener('abort', () => this.#store?.close(), { once: true });
  }

  async pass(signal: AbortSignal): Promise<Passage | undefined> {
    const { pace, monotonicNow, day } = this.#options;
    while (!signal.aborted) {
      if (pace && !this.#hasTurn) {
        await pace.turn();
        this.#hasTurn = true;
        continue;
      }
      const askedAt = monotonicNow();
      const answer = await this.#ask((store) => store.take(day.number), signal);
      if (answer?.type === 'turn') {
        const passage = this.#passageOf(answer, askedAt);
        if (passage.isVoid()) continue;
        this.#hasTurn = false;
        return passage;
      }
      if (answer?.type === 'wait') {
        this.#sayClosed(answer);
        await this.#wait(Math.min(answer.ms, ASK_MS), signal, answer.why !== 'pace');
      } else if (answer?.type === 'day') {
        const ms = day.waitMs();
        this.#options.onWaiting(ms, DAY_IS_SPENT);
        await this.#wait(ms, signal, true);
      }
    }
    return undefined;
  }

  closedMs(): number {
    return this.#closedMs;
  }

  #passageOf({ turn, at, tells }: StoreAnswer & { type: 'turn' }, askedAt: number): Passage {
    const { monotonicNow } = this.#options;
    let hasLeft = false;
    return {
      atMs: monotonicNow(),
      isVoid: () => !hasLeft && monotonicNow() - askedAt > VOID_MS,
      left: () => {
        if (!hasLeft) this.#store?.left(turn);
        hasLeft = true;
      },
      answered: (isSuccess) => {
        if (tells) this.#store?.answered(at, isSuccess);
      },
      throttled: (depth, atLeastMs) => this.#throttled(at, depth, atLeastMs),
    };
  }

  async #throttled(at: number, depth: ThrottleDepth, atLeastMs: number): Promise<number | undefined> {
    const { closing, day, monotonicNow } = this.#options;
    if (depth === 'day') {
      await this.#ask((store) => store.spendDay(day.number), closing);
      return 0;
    }
    const ms = await this.#ask((store) => store.throttled(at, depth, atLeastMs), closing);
    if (ms === -1) return undefined;
    if (ms) this.#closedUntil = monotonicNow() + ms;
    return ms ?? 0;
  }

  /**
   * Until the store answers.
   *
   * @returns nothing when the signal aborts first
   * @throws TikTokError when it has not for longer than the patience, or refuses
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
      const { kind, advice } = CODELESS.quotaStoreRefuses;
      throw new TikTokError({ kind, advice, message: `${where} refuses its commands: ${words}.` });
    }
    if (awayMs > patienceMs) {
      const { kind, advice } = CODELESS.quotaStore;
      const seconds = Math.round(patienceMs / 1000);
      throw new TikTokError({
        kind,
        advice,
        message: `${where} did not answer for ${seconds} s (patience_seconds): ${words}.`,
      });
    }
    if (now - this.#awaySaidAt >= AWAY_NEWS_MS) {
      this.#awaySaidAt = now;
      const left = Math.round((patienceMs - awayMs) / 1000);
      this.#options.onWaiting(2_000, `${where} does not answer (${words}). It is tried again for up to ${left} s.`);
    }
    return awayMs;
  }

  #sayClosed({ why, closedMs }: StoreAnswer & { type: 'wait' }): void {
    const until = this.#options.monotonicNow() + closedMs;
    if (why === 'pace' || closedMs < NEWS_MS || until <= this.#closedUntil + NEWS_MS) return;
    this.#closedUntil = until;
    const reason =
      why === 'closed'
        ? 'TikTok has said to another process with this shared quota that the app asks too often.'
        : 'The store of the shared quota remembers nothing, so a full minute may just have been used.';
    this.#options.onWaiting(closedMs, reason);
  }

  async #wait(ms: number, signal: AbortSignal, isClosed: boolean): Promise<void> {
    const { monotonicNow, sleep, closing } = this.#options;
    const before = monotonicNow();
    await new Nap(sleep).sleep(ms, signal, closing);
    if (isClosed) this.#closedMs += monotonicNow() - before;
    closing.throwIfAborted();
  }
}
