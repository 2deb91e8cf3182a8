/** How often TikTok may be asked; requests over all advertisers and endpoints of the app. */
export interface QuotaLimits {
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perDay: number;
  /** How long TikTok closes an app that broke the minute's limit, seconds. */
  readonly minutePauseSeconds: number;
}

/** Part by which every interval is longer than nominal: what jitter on the way may take from it. */
const MARGIN = 1.03;

/** The times of the last sends: at most `count` of them in any `intervalMs`. */
class Window {
  readonly #sent: number[] = [];
  readonly #count: number;
  readonly #intervalMs: number;

  constructor(count: number, intervalMs: number) {
    this.#count = count;
    this.#intervalMs = intervalMs;
  }

  readyAt(): number {
    const oldest = this.#sent.length < this.#count ? undefined : this.#sent[0];
    return oldest === undefined ? 0 : oldest + this.#intervalMs;
  }

  sent(nowMs: number): void {
    this.#sent.push(nowMs);
    if (this.#sent.length > this.#count) this.#sent.shift();
  }
}

/** Paces sends by second and minute. Knows no clock: it is told the time, in milliseconds of any steady clock. */
export class Pace {
  readonly #windows: readonly Window[];
  readonly #spacingMs: number;
  #nextAt = 0;

  constructor(limits: QuotaLimits) {
    const perSecond = Math.max(1, Math.floor(limits.perSecond));
    const secondMs = (perSecond / limits.perSecond) * 1000 * MARGIN;
    this.#spacingMs = secondMs / perSecond;
    this.#windows = [new Window(perSecond, secondMs), new Window(limits.perMinute, 60_000 * 1.01)];
  }

  /** When the next request may leave; in the past when at once. */
  readyAt(): number {
    return Math.max(this.#nextAt, ...this.#windows.map((window) => window.readyAt()));
  }

  sent(nowMs: number): void {
    // A turn that came late is made up for, within one spacing; else each late timer would lower the pace for good.
    this.#nextAt = Math.max(this.#nextAt, nowMs - this.#spacingMs) + this.#spacingMs;
    for (const window of this.#windows) window.sent(nowMs);
  }
}
