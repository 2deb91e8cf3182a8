/**
 * Many producers put items in, one consumer takes them out. Nothing is buffered for long: `put` waits until its item was
 * taken and processed, so a slow reader of stdout slows the requests.
 */
export class Outbox<Item> {
  readonly #items: { item: Item; taken?: () => void }[] = [];
  readonly #signal: AbortSignal;
  #wake: () => void = () => {};
  #closed = false;

  /** @param signal once aborted, no item is accepted, and items whose producers wait are dropped */
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
      const abort = () => reject(this.#signal.reason);
      this.#signal.addEventListener('abort', abort, { once: true });
      this.#items.push({
        item,
        taken: () => {
          this.#signal.removeEventListener('abort', abort);
          resolve();
        },
      });
      this.#wake();
    });
  }

  /** Puts `item` in without waiting. For small, rare items only. */
  post(item: Item): void {
    this.#items.push({ item });
    this.#wake();
  }

  /** Ends `items()` once everything was taken. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** The items in the order of arrival. Ends when closed and empty, or when aborted; posted items still come then. */
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
    // No producer waits for a posted item, so its loss would go unnoticed: it is still delivered.
    for (const { item, taken } of this.#items.splice(0)) if (!taken) yield item;
  }
}
