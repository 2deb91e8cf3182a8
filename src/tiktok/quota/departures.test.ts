import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Departures } from './departures.ts';

/** The moments at which requests leave that wait for their permits, and then for their connections. */
function moments(limit: number, connectMs: readonly number[]): number[] {
  let now = 0;
  const departures = new Departures(
    limit,
    1_000,
    () => now,
    () => {},
  );
  const underWay: { at: number; left: () => void }[] = [];
  const left: number[] = [];
  for (const delayMs of connectMs) {
    for (;;) {
      const readyAt = departures.readyAt(now);
      const next = underWay.toSorted((a, b) => a.at - b.at)[0];
      if (next && next.at <= Math.max(readyAt, now)) {
        now = Math.max(now, next.at);
        next.left();
        left.push(now);
        underWay.splice(underWay.indexOf(next), 1);
      } else if (readyAt > now) {
        now = readyAt;
      } else break;
    }
    underWay.push({ at: now + delayMs, left: departures.begin() });
  }
  for (const { at } of underWay) left.push(at);
  return left.sort((a, b) => a - b);
}

describe('departures', () => {
  it('are never more than the limit in any interval, however long connections take to make', () => {
    const connectMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 5_000 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(connectMs, { minLength: 1, maxLength: 60 }),
        (limit, delays) => {
          const left = moments(limit, delays);
          expect(left).toHaveLength(delays.length);
          for (const [index, moment] of left.slice(limit).entries()) {
            expect(moment - (left[index] ?? 0)).toBeGreaterThanOrEqual(1_000);
          }
        },
      ),
    );
  });

  it('cost no time when connections are there', () => {
    expect(moments(10, Array(31).fill(0)).at(-1)).toBe(3_000);
  });

  it('report once that a request has left', () => {
    let changes = 0;
    const departures = new Departures(
      1,
      1_000,
      () => 0,
      () => {
        changes += 1;
      },
    );
    const left = departures.begin();
    left();
    left();
    expect(changes).toBe(1);
    expect(departures.readyAt(500)).toBe(1_000);
  });
});
