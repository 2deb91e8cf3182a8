/** For tests: a clock that moves only during a sleep, and then at once. */
export class VirtualTime {
  nowMs = 0;
  readonly sleeps: number[] = [];

  readonly monotonicNow = (): number => this.nowMs;

  readonly sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const wakesAt = this.nowMs + ms;
    this.sleeps.push(ms);
    // Others who are due earlier get their turn first.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    this.nowMs = Math.max(this.nowMs, wakesAt);
  };
}
