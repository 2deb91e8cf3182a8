/** Waits; rejects when the signal aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** The longest time that a timer takes. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** A sleep that {@link wake} ends early. Only one at a time. */
export class WakeableSleep {
  readonly #sleep: Sleep;
  #wake: AbortController | undefined;

  constructor(sleep: Sleep) {
    this.#sleep = sleep;
  }

  /** Resolves after `ms` at the latest, or when {@link wake} is called, or one of the signals aborts. */
  async sleep(ms: number, ...signals: readonly AbortSignal[]): Promise<void> {
    if (signals.some(({ aborted }) => aborted)) return;
    const wake = new AbortController();
    const stop = () => wake.abort();
    this.#wake = wake;
    for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
    try {
      await this.#sleep(Math.min(Math.ceil(ms), TIMER_MAX_MS), wake.signal);
    } catch (error) {
      if (!wake.signal.aborted) throw error;
    } finally {
      this.#wake = undefined;
      for (const signal of signals) signal.removeEventListener('abort', stop);
    }
  }

  wake(): void {
    this.#wake?.abort();
  }
}
