/** The time of the emulated TikTok. */
export interface Clock {
  now(): Date;
  /** Sets the time; a ticking clock goes on from there. */
  set(instant: Date | string): void;
  /** Moves by whole days of 24 hours; negative goes back. */
  advanceDays(count: number): void;
}

/**
 * @param start   the time at which it begins
 * @param ticking whether it runs on from there. A clock that stands still makes equal requests have equal answers
 * @throws RangeError when `start` is no instant
 */
export function createClock(start: Date | string, ticking: boolean): Clock {
  let base = instantOf(start);
  let setAt = Date.now();
  const now = (): number => (ticking ? base + (Date.now() - setAt) : base);
  const set = (ms: number): void => {
    base = ms;
    setAt = Date.now();
  };
  return {
    now: () => new Date(now()),
    set: (instant) => set(instantOf(instant)),
    advanceDays: (count) => set(now() + count * 86_400_000),
  };
}

function instantOf(value: Date | string): number {
  const ms = typeof value === 'string' ? Date.parse(value) : value.getTime();
  if (Number.isNaN(ms))
    throw new RangeError(`"${String(value)}" is not an instant; expected e.g. 2026-03-15T12:00:00Z.`);
  return ms;
}
