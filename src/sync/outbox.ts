/**
 * Where the readers of many advertisers hand over to the one who pulls. Nothing is buffered for long: who puts
 * something in waits until it was taken and worked off, so a slow reader of stdout slows the requests.
 */
export class Outbox<Item> {
  readonly #items: { item: Item; taken?: () => void }[] = [];
  readonly #signal: AbortSignal;
  #wake: () => void = () => {};
  #closed = false;

  /** @param signal once aborted nothing more is accepted, and what somebody waits for is dropped */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /**
   * Resolves when the other side has taken `item` and come back for more.
   *
   * @throws the signal's reason when aborted before that
   */
  async put(item: Item): Promise<void> {
    this.#signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = () => reject(this.#signal.reason);
      this.#signal.addEventListener('abort', leave, { once: true });
      this.#items.push({
        item,
        taken: () => {
          this.#signal.removeEventListener('abort', leave);
          resolve();
        },
      });
      this.#wake();
    });
  }

  /** Leaves `item` to be taken, without waiting; for news that is small and rare. */
  post(item: Item): void {
    this.#items.push({ item });
    this.#wake();
  }

  /** Ends `items()` once everything was taken. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** What was put in, in that order; ends when closed and empty, or when aborted, after the news left by then. */
  async *items(): AsyncGenerator<Item, void, void> {
    while (!this.#signal.aborted) {
      const next = this.#items.shift();
      if (next) {
        yield next.item;
        next.taken?.();
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    // Nobody waits for news, so nobody learns that it was dropped: it is still said.
    for (const { item, taken } of this.#items.splice(0)) if (!taken) yield item;
  }
}
