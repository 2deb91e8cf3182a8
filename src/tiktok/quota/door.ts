import type { ThrottleDepth } from '../error-codes.ts';

/** The right to send one request. */
export interface Passage {
  /** When it was given, on the steady clock of this process. */
  readonly atMs: number;
  /** Too old to be used: another process may have its place. */
  isVoid(): boolean;
  /** The request is on the wire, or will never be. Once is enough. */
  left(): void;
  /** TikTok took the request up. @param isSuccess false where it failed over it, which is no throttle either */
  answered(isSuccess: boolean): void;
  /**
   * TikTok throttled the request: nobody passes for a while.
   *
   * @param atLeastMs how long TikTok wants it
   * @returns for how long, ms; 0 when it says nothing new, as the request was under way when the door last closed;
   *   undefined when waiting is given up, as several pauses in a row have not helped
   */
  throttled(depth: ThrottleDepth, atLeastMs: number): Promise<number | undefined>;
}

/** Lets requests out at the pace of the quota, and none while it is closed. */
export interface Door {
  /**
   * Resolves with a passage when one more request may leave; with nothing when the signal aborts first. Ask for one at a
   * time.
   *
   * @throws TikTokError when nobody can pass for long; the reason of the signal that closed the client
   */
  pass(signal: AbortSignal): Promise<Passage | undefined>;
  /** Milliseconds for which nobody could pass so far, because it was closed. */
  closedMs(): number;
}
