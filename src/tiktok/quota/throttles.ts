import { CODELESS, throttleDepth } from '../error-codes.ts';
import { codelessError, type TikTokError } from '../errors.ts';
import type { Permit } from './limiter.ts';
import type { RequestQueue } from './request-queue.ts';

export interface ThrottlesOptions {
  readonly queue: Pick<RequestQueue, 'holdBack'>;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  /** @param reason one sentence. @param advertiserId only this advertiser waits */
  readonly onWaiting: (ms: number, reason: string, advertiserId?: string) => void;
}

const HOLD_FIRST_MS = 1_000;
const HOLD_MAX_MS = 60_000;

/** What follows when TikTok throttles a request: the app waits, or one advertiser. */
export class Throttles {
  readonly #options: ThrottlesOptions;
  /** By advertiser, since its last answer. */
  readonly #holds = new Map<string, { readonly since: number; readonly ms: number }>();

  constructor(options: ThrottlesOptions) {
    this.#options = options;
  }

  /** TikTok answered the request, be it with a refusal. */
  answered(permit: Permit, advertiserId: string | undefined): void {
    if (advertiserId !== undefined) this.#holds.delete(advertiserId);
    permit.answered(true);
  }

  /**
   * TikTok throttled the app: no request is sent for a while.
   *
   * @param atLeastMs how long TikTok asks for
   * @throws TikTokError `unreachable` when it still throttles after three of its minute-pauses in a row
   */
  async ofApp(error: TikTokError, permit: Permit, atLeastMs: number): Promise<void> {
    // An advertiser's limit says "temporarily restricted" too, and means a second.
    const depth = error.advertiserOnly ? 'second' : throttleDepth(error.apiMessage ?? '');
    const blockedMs = await permit.throttled(depth, atLeastMs);
    if (blockedMs === undefined) {
      const message = `The answer after three pauses in a row: ${error.message}`;
      throw codelessError(CODELESS.throttledForever, message, error);
    }
    const words = error.apiMessage || `HTTP ${error.httpStatus}`;
    if (blockedMs > 0) this.#options.onWaiting(blockedMs, `TikTok says that the app asks too often (${words}).`);
  }

  /** TikTok throttled one advertiser: it alone waits, a second first, then twice as long each time. Returns the wait, ms. */
  ofAdvertiser(error: TikTokError, { grantedAtMs }: Permit, advertiserId: string): number {
    const { queue, monotonicNow, onWaiting } = this.#options;
    const last = this.#holds.get(advertiserId);
    if (last && grantedAtMs <= last.since) return last.ms;
    const ms = last ? Math.min(last.ms * 2, HOLD_MAX_MS) : HOLD_FIRST_MS;
    this.#holds.set(advertiserId, { since: monotonicNow(), ms });
    queue.holdBack(advertiserId, ms);
    onWaiting(
      ms,
      `TikTok says that advertiser ${advertiserId} is asked too often (${error.apiMessage}).`,
      advertiserId,
    );
    return ms;
  }
}
