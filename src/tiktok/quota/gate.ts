import { setMaxListeners } from 'node:events';
import type { Door, Passage } from './door.ts';
import { FairQueue, type Keyed } from './fair-queue.ts';
import { Nap, type Sleep } from './nap.ts';

/** Requests under way at once, whatever the latency: the files that a process may open are not endless either. */
const IN_FLIGHT_MAX = 500;

/** The right to send one request, until the attempt ends. */
export interface Turn {
  /** The way out that the request takes. */
  readonly passage: Passage;
  /**
   * Call it when the request can go on the wire, with what puts it there: that is called at once, or, where the turn has
   * become too old meanwhile, when there is another passage.
   */
  leave(send: () => void): Promise<void>;
  /** The attempt has ended, however it ended. */
  done(): void;
}

interface Waiter extends Keyed {
  resolve(turn: Turn): void;
  reject(reason: unknown): void;
  readonly onHeld: (() => void) | undefined;
}

export interface GateOptions {
  readonly door: Door;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
}

/**
 * Where every attempt waits for its turn, in a fair order over advertisers, those apart that are held back. Nothing is sent
 * without a turn, and each turn counts as one request. When all may go, the {@link Door} decides.
 */
export class Gate {
  readonly #door: Door;
  readonly #monotonicNow: () => number;
  readonly #queue = new FairQueue<Waiter>();
  readonly #heldUntil = new Map<string, number>();
  readonly #nap: Nap;
  #inFlight = 0;
  #pumping = false;
  /** Aborted when nobody waits any more. */
  #passing = new AbortController();

  constructor({ door, sleep, monotonicNow }: GateOptions) {
    this.#door = door;
    this.#monotonicNow = monotonicNow;
    this.#nap = new Nap(sleep);
  }

  /**
   * Resolves with a turn; its holder tells when the request leaves and when the attempt ends. Rejects with the signal's
   * reason on abort, or with what the door throws.
   *
   * @param onHeld called whenever it turns out that this key is held back while it waits
   */
  enter(key: string, signal: AbortSignal, onHeld?: () => void): Promise<Turn> {
    // Hundreds may wait on one signal; Node would take the eleventh listener for a leak, and say so on stderr.
    setMaxListeners(0, signal);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const abort = () => {
        this.#queue.remove(waiter);
        reject(signal.reason);
        if (!this.#queue.isEmpty) return;
        this.#nap.wake();
        this.#passing.abort();
      };
      const waiter: Waiter = {
        key,
        onHeld,
        resolve: (turn) => {
          signal.removeEventListener('abort', abort);
          resolve(turn);
        },
        reject: (reason) => {
          signal.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#queue.add(waiter);
      if (this.#isHeld(key, this.#monotonicNow())) onHeld?.();
      if (this.#pumping) this.#nap.wake();
      else void this.#pump();
    });
  }

  /** No turn for this key for `ms`. */
  hold(key: string, ms: number): void {
    this.#heldUntil.set(key, this.#monotonicNow() + ms);
    for (const { onHeld } of this.#queue.of(key)) onHeld?.();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (!this.#queue.isEmpty) {
        const now = this.#monotonicNow();
        const freeAt = this.#freeAt(now);
        if (freeAt > now) {
          await this.#nap.sleep(freeAt - now);
          continue;
        }
        if (this.#passing.signal.aborted) this.#passing = new AbortController();
        const passage = await this.#door.pass(this.#passing.signal);
        if (passage) this.#letOneIn(passage);
      }
    } catch (error) {
      for (const waiter of this.#queue.drain()) waiter.reject(error);
    } finally {
      this.#pumping = false;
    }
  }

  /** Who gets the turn is decided only now. */
  #letOneIn(passage: Passage): void {
    const now = this.#monotonicNow();
    const waiter = this.#queue.take((key) => this.#isHeld(key, now));
    if (!waiter) {
      // All went away, or were held back, meanwhile: the place is given back.
      passage.left();
      return;
    }
    this.#inFlight += 1;
    waiter.resolve(this.#turnOf(passage));
  }

  #turnOf(first: Passage): Turn {
    let passage = first;
    let hasEnded = false;
    return {
      get passage() {
        return passage;
      },
      leave: async (send) => {
        if (passage.isVoid()) passage = (await this.#door.pass(new AbortController().signal)) ?? passage;
        // Reported afterwards: this process may have to wait for a processor between the two.
        send();
        passage.left();
      },
      done: () => {
        if (hasEnded) return;
        hasEnded = true;
        if (!passage.isVoid()) passage.left();
        this.#inFlight -= 1;
        if (this.#inFlight === IN_FLIGHT_MAX - 1) this.#nap.wake();
      },
    };
  }

  /** When somebody in the queue may be let in, apart from the door. */
  #freeAt(now: number): number {
    if (this.#inFlight >= IN_FLIGHT_MAX) return Number.POSITIVE_INFINITY;
    let freeAt = Number.POSITIVE_INFINITY;
    for (const key of this.#queue.keys()) {
      if (!this.#isHeld(key, now)) return now;
      freeAt = Math.min(freeAt, this.#heldUntil.get(key) ?? now);
    }
    return freeAt;
  }

  #isHeld(key: string, now: number): boolean {
    const until = this.#heldUntil.get(key);
    if (until === undefined) return false;
    if (until > now) return true;
    this.#heldUntil.delete(key);
    return false;
  }
}
