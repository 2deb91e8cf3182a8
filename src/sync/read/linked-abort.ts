import { setMaxListeners } from 'node:events';

/** A controller whose signal is aborted with its parent's too. Any number of waits may hang on it. */
export class LinkedAbort {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();

  constructor(parent: AbortSignal) {
    this.signal = AbortSignal.any([parent, this.#controller.signal]);
    // Node warns of a leak from 11 listeners on; a window may wait for more pages than that.
    setMaxListeners(0, this.signal);
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }
}
