/** Something that waits, under the key of an advertiser. */
export interface Keyed {
  readonly key: string;
}

/**
 * A queue in a fair order: round-robin over keys, first come first served inside a key. A key with a thousand waiters is
 * served once a round, like a key with one.
 */
export class FairQueue<Waiter extends Keyed> {
  /** Insertion order is the order of the round: a key that was served goes to the end. */
  readonly #lines = new Map<string, Waiter[]>();

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  add(waiter: Waiter): void {
    const line = this.#lines.get(waiter.key);
    if (line) line.push(waiter);
    else this.#lines.set(waiter.key, [waiter]);
  }

  /** Removes and returns the next waiter whose key is not held back; undefined when all are. */
  take(isHeldBack: (key: string) => boolean): Waiter | undefined {
    for (const [key, line] of this.#lines) {
      if (isHeldBack(key)) continue;
      const waiter = line.shift();
      this.#lines.delete(key);
      if (line.length > 0) this.#lines.set(key, line);
      return waiter;
    }
    return undefined;
  }

  remove(waiter: Waiter): void {
    const line = this.#lines.get(waiter.key);
    const index = line?.indexOf(waiter) ?? -1;
    if (!line || index < 0) return;
    line.splice(index, 1);
    if (line.length === 0) this.#lines.delete(waiter.key);
  }

  /** Empties the queue and returns what was in it. */
  drain(): Waiter[] {
    const all = [...this.#lines.values()].flat();
    this.#lines.clear();
    return all;
  }

  /** What waits under a key, first come first. */
  of(key: string): readonly Waiter[] {
    return this.#lines.get(key) ?? [];
  }

  keys(): Iterable<string> {
    return this.#lines.keys();
  }
}
