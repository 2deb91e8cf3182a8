import { setMaxListeners } from 'node:events';
import { FairQueue, type Keyed } from './fair-queue.ts';
import type { Limiter, Permit } from './limiter.ts';
import { type Sleep, WakeableSleep } from './wakeable-sleep.ts';

/** Requests under way at once, whatever the latency: a process may not open files without end. */
const IN_FLIGHT_MAX = 500;

/** A place among the requests under way, until the attempt ends. */
export interface Slot {
  readonly permit: Permit;
  /**
   * Call it when the request can go on the wire, with the function that puts it there. That is called at once; or, where
   * the permit has expired meanwhile, when there is another one.
   */
  dispatch(send: () => void): Promise<void>;
  /** The attempt has ended, however it ended. */
  done(): void;
}

interface Waiter extends Keyed {
  resolve(slot: Slot): void;
  reject(reason: unknown): void;
  readonly onHeldBack: (() => void) | undefined;
}

export interface RequestQueueOptions {
  readonly limiter: Limiter;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
}

/**
 * Every attempt waits here for its slot, in a fair order over advertisers; those that are held back wait longer. Each slot
 * counts as one request of the quota. The {@link Limiter} decides when the next slot is free.
 */
export class RequestQueue {
  readonly #limiter: Limiter;
  readonly #monotonicNow: () => number;
  readonly #queue = new FairQueue<Waiter>();
  readonly #heldUntil = new Map<string, number>();
  readonly #sleep: WakeableSleep;
  #inFlight = 0;
  #isServing = false;
  /** Aborted when the queue has become empty. */
  #acquiring = new AbortController();

  constructor({ limiter, sleep, monotonicNow }: RequestQueueOptions) {
    this.#limiter = limiter;
    this.#monotonicNow = monotonicNow;
    this.#sleep = new WakeableSleep(sleep);
  }

  /**
   * Waits for a slot.
   *
   * @param onHeldBack called each time that TikTok's limit for this advertiser makes it wait
   * @throws the signal's reason on abort; what the limiter throws
   */
  enter(advertiserId: string, signal: AbortSignal, onHeldBack?: () => void): Promise<Slot> {
    // Hundreds may wait on one signal; Node would take the eleventh listener for a leak, and say so on stderr.
    setMaxListeners(0, signal);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const abort = () => {
        this.#queue.remove(waiter);
        reject(signal.reason);
        if (!this.#queue.isEmpty) return;
        this.#sleep.wake();
        this.#acquiring.abort();
      };
      const waiter: Waiter = {
        key: advertiserId,
        onHeldBack,
        resolve: (slot) => {
          signal.removeEventListener('abort', abort);
          resolve(slot);
        },
        reject: (reason) => {
          signal.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#queue.add(waiter);
      if (this.#isHeldBack(advertiserId, this.#monotonicNow())) onHeldBack?.();
      if (this.#isServing) this.#sleep.wake();
      else void this.#serve();
    });
  }

  /** No slot for this advertiser for `ms`. */
  holdBack(advertiserId: string, ms: number): void {
    this.#heldUntil.set(advertiserId, this.#monotonicNow() + ms);
    for (const { onHeldBack } of this.#queue.of(advertiserId)) onHeldBack?.();
  }

  /** Gives out slots until the queue is empty. */
  async #serve(): Promise<void> {
    this.#isServing = true;
    try {
      while (!this.#queue.isEmpty) {
        const now = this.#monotonicNow();
        const freeAt = this.#freeAt(now);
        if (freeAt > now) {
          await this.#sleep.sleep(freeAt - now);
          continue;
        }
        if (this.#acquiring.signal.aborted) this.#acquiring = new AbortController();
        const permit = await this.#limiter.acquire(this.#acquiring.signal);
        if (permit) this.#giveToNext(permit);
      }
    } catch (error) {
      for (const waiter of this.#queue.drain()) waiter.reject(error);
    } finally {
      this.#isServing = false;
    }
  }

  /** The next in the fair order is chosen only when the permit is there. */
  #giveToNext(permit: Permit): void {
    const now = this.#monotonicNow();
    const waiter = this.#queue.take((key) => this.#isHeldBack(key, now));
    if (!waiter) {
      // Meanwhile all have aborted or are held back: the permit is given back.
      permit.departed();
      return;
    }
    this.#inFlight += 1;
    waiter.resolve(this.#slotWith(permit));
  }

  #slotWith(first: Permit): Slot {
    let permit = first;
    let hasEnded = false;
    return {
      get permit() {
        return permit;
      },
      dispatch: async (send) => {
        if (permit.isExpired()) permit = (await this.#limiter.acquire(new AbortController().signal)) ?? permit;
        // Reported afterwards: this process may have to wait for a processor between the two.
        const notBefore = this.#monotonicNow();
        send();
        permit.departed(notBefore);
      },
      done: () => {
        if (hasEnded) return;
        hasEnded = true;
        if (!permit.isExpired()) permit.departed();
        this.#inFlight -= 1;
        if (this.#inFlight === IN_FLIGHT_MAX - 1) this.#sleep.wake();
      },
    };
  }

  /** When the queue may take the limiter's next permit. */
  #freeAt(now: number): number {
    if (this.#inFlight >= IN_FLIGHT_MAX) return Number.POSITIVE_INFINITY;
    let freeAt = Number.POSITIVE_INFINITY;
    for (const key of this.#queue.keys()) {
      if (!this.#isHeldBack(key, now)) return now;
      freeAt = Math.min(freeAt, this.#heldUntil.get(key) ?? now);
    }
    return freeAt;
  }

  #isHeldBack(key: string, now: number): boolean {
    const until = this.#heldUntil.get(key);
    if (until === undefined) return false;
    if (until > now) return true;
    this.#heldUntil.delete(key);
    return false;
  }
}
