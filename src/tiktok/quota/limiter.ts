import type { ThrottleDepth } from '../error-codes.ts';

/** Permission to send one request. */
export interface Permit {
  /** When it was granted, by this process' monotonic clock. */
  readonly grantedAtMs: number;
  /** Too old to be used: another process may have been given its place. */
  isExpired(): boolean;
  /**
   * The request is on the wire, or never will be. Only the first call counts.
   *
   * @param notBefore the moment before it was put there, by this process' monotonic clock
   */
  departed(notBefore?: number): void;
  /** TikTok answered the request. @param isSuccess false for TikTok's own failures, which are no throttles either */
  answered(isSuccess: boolean): void;
  /**
   * TikTok throttled the request: no permits for a while.
   *
   * @param atLeastMs how long TikTok asks for
   * @returns for how long, ms; 0 when the request was already under way at the last throttle, which covers this one;
   *   undefined when several pauses in a row have not helped and the run should end
   */
  throttled(depth: ThrottleDepth, atLeastMs: number): Promise<number | undefined>;
}

/** Grants permits at the pace of the quota, and none while TikTok throttles. */
export interface Limiter {
  /**
   * Waits until one more request may be sent. Call it for one permit at a time.
   *
   * @returns nothing when the signal aborts first
   * @throws TikTokError when the wait would be too long; the reason of the signal that closed the client
   */
  acquire(signal: AbortSignal): Promise<Permit | undefined>;
  /** Milliseconds so far in which no permit was granted because TikTok throttled or the day's quota was spent. */
  blockedMs(): number;
}
