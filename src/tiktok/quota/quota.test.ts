import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from './quota.ts';

/** The moments at which `count` requests leave, asked for as fast as the pace allows, by timers of whole milliseconds. */
function moments(
  limits: { perSecond: number; perMinute: number },
  count: number,
  busyMs: (index: number) => number = () => 0,
): number[] {
  const pace = new Pace(limits);
  let now = 0;
  return Array.from({ length: count }, (_, index) => {
    now += busyMs(index);
    while (pace.readyAt(now) > now) now += Math.ceil(pace.readyAt(now) - now);
    pace.take(now);
    return now;
  });
}

/** The shortest time in which `count + 1` consecutive requests left; more than that time's quota would be a breach. */
function shortestSpan(sent: readonly number[], count: number): number {
  const spans = sent.slice(count).map((moment, index) => moment - (sent[index] ?? Number.NaN));
  return Math.min(Number.POSITIVE_INFINITY, ...spans);
}

const tiers = [
  { tier: 'sandbox', perSecond: 1, perMinute: 30 },
  { tier: 'basic', perSecond: 10, perMinute: 600 },
  { tier: 'advanced', perSecond: 20, perMinute: 1200 },
  { tier: 'premium', perSecond: 30, perMinute: 1800 },
  { tier: 'ultimate', perSecond: 50, perMinute: 3000 },
];

describe('the pace', () => {
  it.each(tiers)('of tier $tier is kept in each second and minute, and reached', ({ perSecond, perMinute }) => {
    const sent = moments({ perSecond, perMinute }, perMinute * 2 + 1);
    expect(shortestSpan(sent, perSecond)).toBeGreaterThanOrEqual(1_000);
    expect(shortestSpan(sent, perMinute)).toBeGreaterThanOrEqual(61_000);
    expect(sent.at(-1)).toBeLessThanOrEqual(1.02 * 2 * 60_000);
  });

  it('holds for any quota, also when the process is busy and timers come late', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }).chain((perSecond) =>
          fc.record({
            perSecond: fc.constant(perSecond),
            perMinute: fc.integer({ min: perSecond, max: perSecond * 60 }),
          }),
        ),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 }),
        (limits, busyMs) => {
          const count = Math.min(300, limits.perMinute * 3);
          const sent = moments(limits, count, (index) => busyMs[index % busyMs.length] ?? 0);
          expect(shortestSpan(sent, limits.perSecond)).toBeGreaterThanOrEqual(1_000);
          expect(shortestSpan(sent, limits.perMinute)).toBeGreaterThanOrEqual(61_000);
        },
      ),
    );
  });

  it('costs no more than a hundredth over the minimum of some seconds, whatever the quota', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (perSecond) => {
        const sent = moments({ perSecond, perMinute: perSecond * 60 }, perSecond * 20 + 1);
        expect(sent.at(-1)).toBeLessThanOrEqual(1.01 * 20_000);
      }),
    );
  });

  it.each([0.5, 2.5, 0.1])('of %d requests a second is kept, a fraction too', (perSecond) => {
    const sent = moments({ perSecond, perMinute: 600 }, 11);
    expect(sent.at(-1)).toBeGreaterThanOrEqual(10_000 / perSecond);
    expect(sent.at(-1)).toBeLessThanOrEqual((1.05 * 10_000) / perSecond);
  });

  it('spreads requests over the second instead of sending them all at its beginning', () => {
    expect(shortestSpan(moments({ perSecond: 50, perMinute: 3000 }, 50), 10)).toBeGreaterThanOrEqual(100);
  });

  it('makes up for a wait of most of a second', () => {
    const sent = moments({ perSecond: 50, perMinute: 3000 }, 201, (index) => (index === 1 ? 400 : 0));
    expect(sent.at(-1)).toBeLessThanOrEqual(4_400);
    expect(shortestSpan(sent, 50)).toBeGreaterThanOrEqual(1_000);
  });
});
