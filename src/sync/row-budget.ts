/**
 * Rows that may be in memory at once, over all advertisers.
 *
 * Two shares, so that nobody waits for rows while holding what others wait for: a window takes from `first` before its
 * first page is asked for, and from `rest`, all at once, what its further pages need. Who holds of `rest` needs nothing
 * more, so it always ends and gives back; and each share serves in the order of asking.
 */
export interface RowBudget {
  readonly first: RowShare;
  readonly rest: RowShare;
}

/** A counting semaphore of rows, first come, first served. */
export class RowShare {
  readonly capacity: number;
  #free: number;
  readonly #waiting: { rows: number; grant: () => void }[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#free = capacity;
  }

  /**
   * Waits until `rows` are free and takes them; more than there are counts as all of them.
   *
   * @throws the signal's reason when aborted while waiting; nothing is taken then
   */
  async take(rows: number, signal: AbortSignal): Promise<number> {
    const wanted = Math.min(rows, this.capacity);
    signal.throwIfAborted();
    if (this.#waiting.length === 0 && this.#free >= wanted) {
      this.#free -= wanted;
      return wanted;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = {
        rows: wanted,
        grant: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        this.#serve();
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(turn);
    });
    return wanted;
  }

  /** Takes rows that are in memory already, free or not: the next to ask waits until the debt is paid. */
  takeNow(rows: number): void {
    this.#free -= rows;
  }

  give(rows: number): void {
    this.#free += rows;
    this.#serve();
  }

  #serve(): void {
    for (let turn = this.#waiting[0]; turn && this.#free >= turn.rows; turn = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= turn.rows;
      turn.grant();
    }
  }
}
