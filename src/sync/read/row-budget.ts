/**
 * Rows that may be in memory at once, over all advertisers.
 *
 * Two shares prevent a deadlock, in which windows hold rows and wait for those of others. A window takes from `first`
 * before it asks for its first page, and then from `rest`, at once, all that its further pages need. A window that has
 * rows of `rest` needs no more, so it always ends and gives them back. Each share serves in the order of asking.
 */
export interface RowBudget {
  readonly first: RowShare;
  readonly rest: RowShare;
}

/** A counting semaphore of rows, first come, first served. */
export class RowShare {
  readonly capacity: number;
  #free: number;
  readonly #waiting: { rows: () => number; grant: (rows: number) => void }[] = [];
  #tellIdle: () => void = () => {};

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#free = capacity;
  }

  /**
   * Waits until that many rows are free, takes them, and returns how many. A number above the whole share means all of it.
   *
   * @param rows a number, or a function that returns it: the guess may improve while it waits
   * @throws the signal's reason when aborted while waiting; nothing is taken then
   */
  async take(rows: number | (() => number), signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const waiter = {
        rows: () => Math.min(typeof rows === 'number' ? rows : rows(), this.capacity),
        grant: (taken: number) => {
          signal.removeEventListener('abort', leave);
          resolve(taken);
        },
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        this.#serve();
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      this.#serve();
    });
  }

  /** Waits until no other caller waits for rows, so that there may be room for one more. Serves one caller at a time. */
  async idle(): Promise<void> {
    if (this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#tellIdle = resolve;
    });
  }

  /** Takes rows that are already in memory, free or not. The share may become negative; others wait until it is not. */
  takeNow(rows: number): void {
    this.#free -= rows;
  }

  give(rows: number): void {
    this.#free += rows;
    this.#serve();
  }

  #serve(): void {
    for (let waiter = this.#waiting[0]; waiter; waiter = this.#waiting[0]) {
      const rows = waiter.rows();
      if (rows > this.#free) return;
      this.#waiting.shift();
      this.#free -= rows;
      waiter.grant(rows);
    }
    this.#tellIdle();
  }
}
