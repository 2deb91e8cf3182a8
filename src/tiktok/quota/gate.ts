import { setMaxListeners } from 'node:events';
import { Departures } from './departures.ts';
import { FairQueue, type Keyed } from './fair-queue.ts';
import type { Pace, RateLimit } from './quota.ts';

/** Waits; rejects when the signal aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Requests under way at once, whatever the latency: the files that a process may open are not endless either. */
const IN_FLIGHT_MAX = 500;

/** After a closing one request a second tries the door, until one is answered. */
const PROBE_SPACING_MS = 1_000;

/** Requests of one day that the app may make. */
export interface DayBudget {
  /** Counts one request and returns undefined, or counts nothing and says for how many milliseconds there are none. */
  spend(): number | undefined;
}

/** The right to send one request. */
export interface Turn {
  /** When it was given, on the steady clock. */
  readonly atMs: number;
  /** The request is on the wire now. */
  left(): void;
  /** The attempt has ended, however it ended. */
  done(): void;
}

interface Waiter extends Keyed {
  resolve(turn: Turn): void;
  reject(reason: unknown): void;
  readonly onHeld: (() => void) | undefined;
}

export interface GateOptions {
  readonly pace: Pick<Pace, 'turn'>;
  /** At most so many requests may leave in so long a time. The pace sees to that; this is for requests that leave late. */
  readonly second: RateLimit;
  readonly day: DayBudget;
  readonly sleep: Sleep;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicNow: () => number;
  /** The day is spent for `ms` more: the error to refuse everybody with, or undefined to close the gate that long. */
  readonly onDaySpent: (ms: number) => unknown;
}

/**
 * Where every attempt waits for its turn: the quota's pace, closings for all, holds for one advertiser, fair order.
 * Nothing is sent without a turn, and each turn counts as one request.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #queue = new FairQueue<Waiter>();
  readonly #departures: Departures;
  readonly #heldUntil = new Map<string, number>();
  #closedUntil = 0;
  #closedAt = Number.NEGATIVE_INFINITY;
  #closedMs = 0;
  #probing = false;
  #lastSentAt = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  #pumping = false;
  /** The pace has given a turn that nobody has had yet. */
  #hasTurn = false;
  #wake: AbortController | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    const { limit, intervalMs } = options.second;
    this.#departures = new Departures(limit, intervalMs, options.monotonicNow, () => this.#wake?.abort());
  }

  /**
   * Resolves with a turn; whoever has it tells when the request leaves and when the attempt ends. Rejects with the
   * signal's reason on abort, or when the day's requests are spent.
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
        if (this.#queue.isEmpty) this.#wake?.abort();
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
      if (this.#isHeld(key, this.#options.monotonicNow())) onHeld?.();
      if (this.#pumping) this.#wake?.abort();
      else void this.#pump();
    });
  }

  /** Nobody gets a turn for `ms`; afterwards one a second, until {@link answered}. */
  close(ms: number): void {
    const now = this.#options.monotonicNow();
    const until = Math.max(this.#closedUntil, now + ms);
    this.#closedMs += until - Math.max(this.#closedUntil, now);
    this.#closedUntil = until;
    this.#closedAt = now;
    this.#probing = true;
  }

  /** No turn for this key for `ms`. */
  hold(key: string, ms: number): void {
    this.#heldUntil.set(key, this.#options.monotonicNow() + ms);
    for (const { onHeld } of this.#queue.of(key)) onHeld?.();
  }

  /** An attempt that left at `sentAtMs` was answered: when that was after the last closing, the door is open. */
  answered(sentAtMs: number): void {
    if (sentAtMs <= this.#closedAt || !this.#probing) return;
    this.#probing = false;
    this.#wake?.abort();
  }

  /** Whether an attempt that left at this moment was already under way when the gate last closed. */
  wasUnderWay(sentAtMs: number): boolean {
    return sentAtMs <= this.#closedAt;
  }

  /** Milliseconds for which the gate has been closed so far, all closings together. */
  closedMs(): number {
    return this.#closedMs - Math.max(0, this.#closedUntil - this.#options.monotonicNow());
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (!this.#queue.isEmpty) {
        if (!this.#hasTurn) {
          await this.#options.pace.turn();
          this.#hasTurn = true; // Kept for whoever comes next, should nobody be left.
          continue;
        }
        const now = this.#options.monotonicNow();
        const openAt = this.#openAt(now);
        if (openAt > now) await this.#pause(openAt - now);
        else this.#letOneIn(now);
      }
    } catch (error) {
      for (const waiter of this.#queue.drain()) waiter.reject(error);
    } finally {
      this.#pumping = false;
    }
  }

  /** Who gets the turn is decided only now. */
  #letOneIn(now: number): void {
    const spentForMs = this.#options.day.spend();
    if (spentForMs !== undefined) {
      const refusal = this.#options.onDaySpent(spentForMs);
      if (refusal === undefined) this.close(spentForMs);
      else for (const waiter of this.#queue.drain()) waiter.reject(refusal);
      return;
    }
    const waiter = this.#queue.take((key) => this.#isHeld(key, now));
    if (!waiter) return;
    this.#hasTurn = false;
    this.#lastSentAt = now;
    this.#inFlight += 1;
    waiter.resolve(this.#turnAt(now));
  }

  #turnAt(atMs: number): Turn {
    const left = this.#departures.begin();
    return {
      atMs,
      left,
      done: () => {
        left();
        this.#inFlight -= 1;
        if (this.#inFlight === IN_FLIGHT_MAX - 1) this.#wake?.abort();
      },
    };
  }

  /** When somebody in the queue may be let in, apart from the pace. */
  #openAt(now: number): number {
    if (this.#inFlight >= IN_FLIGHT_MAX) return Number.POSITIVE_INFINITY;
    const probeAt = this.#probing ? this.#lastSentAt + PROBE_SPACING_MS : 0;
    let freeAt = Number.POSITIVE_INFINITY;
    for (const key of this.#queue.keys()) {
      if (!this.#isHeld(key, now)) {
        freeAt = now;
        break;
      }
      freeAt = Math.min(freeAt, this.#heldUntil.get(key) ?? now);
    }
    return Math.max(this.#closedUntil, probeAt, freeAt, this.#departures.readyAt(now));
  }

  #isHeld(key: string, now: number): boolean {
    const until = this.#heldUntil.get(key);
    if (until === undefined) return false;
    if (until > now) return true;
    this.#heldUntil.delete(key);
    return false;
  }

  /** Sleeps at most `ms`; less when something has happened that may give somebody a turn. */
  async #pause(ms: number): Promise<void> {
    this.#wake = new AbortController();
    const { signal } = this.#wake;
    try {
      // The longest time that a timer takes; the loop comes back here.
      await this.#options.sleep(Math.min(Math.ceil(ms), 2 ** 31 - 1), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#wake = undefined;
    }
  }
}
