/** States may take up to this share of the bytes of the records. */
const SHARE_OF_RECORDS = 0.1;

/** Part of the share is reserved for the last state of a run, which is always written. */
const RESERVE = 0.8;

/** The longest time between a commit and its state. */
const NEWS_MS_MAX = 30_000;

/** Platforms believe that a silent program hangs, so a state is written even when nothing is new. */
const SILENCE_MS_MAX = 600_000;

/**
 * Decides when a state is worth its bytes. A state names every advertiser, so with 2,000 of them one after each window
 * would outweigh the records.
 */
export class CheckpointPacer {
  readonly #now: () => number;
  #recordBytes = 0;
  #stateBytes = 0;
  #lastAt: number;
  #newsSince: number | undefined;

  readonly #nextBytes: () => number;

  /**
   * @param now milliseconds of a clock that never jumps
   * @param nextBytes about how large a state would be now
   */
  constructor(now: () => number, nextBytes: () => number) {
    this.#now = now;
    this.#nextBytes = nextBytes;
    this.#lastAt = now();
  }

  addRecords(bytes: number): void {
    this.#recordBytes += bytes;
  }

  /** Something was committed that is in no state yet. */
  addNews(): void {
    this.#newsSince ??= this.#now();
  }

  /** True when a state should be written now. The reserve for the last one stays. */
  get isDue(): boolean {
    const now = this.#now();
    if (this.#newsSince === undefined) return now - this.#lastAt >= SILENCE_MS_MAX;
    if (now - this.#newsSince >= NEWS_MS_MAX) return true;
    return this.#stateBytes + 2 * this.#nextBytes() <= this.#recordBytes * SHARE_OF_RECORDS * RESERVE;
  }

  written(bytes: number): void {
    this.#stateBytes += bytes;
    this.#lastAt = this.#now();
    this.#newsSince = undefined;
  }
}
