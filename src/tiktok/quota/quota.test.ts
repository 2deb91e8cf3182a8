import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from './quota.ts';

/** The moments at which `count` requests leave, asked for as fast as the pace allows. */
async function moments(
  limits: { perSecond: number; perMinute: number },
  count: number,
  afterEach: (index: number) => void = () => {},
): Promise<number[]> {
  const pace = new Pace({ ...limits, perDay: 1e9, minutePauseSeconds: 300 }, new AbortController().signal);
  const sent: number[] = [];
  const all = (async () => {
    for (let index = 0; index < count; index += 1) {
      await pace.next();
      sent.push(Date.now());
      afterEach(index);
    }
  })();
  while (sent.length < count) await vi.runAllTimersAsync();
  await all;
  return sent;
}

/** The shortest time in which `count + 1` consecutive requests left; more than that time's quota would be a breach. */
function shortestSpan(sent: readonly number[], count: number): number {
  const spans = sent.slice(count).map((moment, index) => moment - (sent[index] ?? Number.NaN));
  return Math.min(Number.POSITIVE_INFINITY, ...spans);
}

beforeEach(() => {
  // The clock is the one thing here that is not ours: p-throttle reads the machine's.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date('2026-03-01T00:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const tiers = [
  { tier: 'sandbox', perSecond: 1, perMinute: 30 },
  { tier: 'basic', perSecond: 10, perMinute: 600 },
  { tier: 'advanced', perSecond: 20, perMinute: 1200 },
  { tier: 'premium', perSecond: 30, perMinute: 1800 },
  { tier: 'ultimate', perSecond: 50, perMinute: 3000 },
];

describe('the pace', () => {
  it.each(tiers)('of tier $tier is kept in each second and minute, and reached', async ({ perSecond, perMinute }) => {
    const count = perMinute * 2 + 1;
    const sent = await moments({ perSecond, perMinute }, count);
    expect(shortestSpan(sent, perSecond)).toBeGreaterThanOrEqual(1_030);
    expect(shortestSpan(sent, perMinute)).toBeGreaterThanOrEqual(61_000);
    const durationMs = (sent.at(-1) ?? 0) - (sent[0] ?? 0);
    expect(durationMs).toBeLessThanOrEqual(1.05 * 2 * 60_000);
  });

  it('holds for any quota, also when the process is busy and timers come late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }).chain((perSecond) =>
          fc.record({
            perSecond: fc.constant(perSecond),
            perMinute: fc.integer({ min: perSecond, max: perSecond * 60 }),
          }),
        ),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 }),
        async (limits, busyMs) => {
          const sent = await moments(limits, Math.min(300, limits.perMinute * 3), (index) => {
            vi.setSystemTime(Date.now() + (busyMs[index % busyMs.length] ?? 0));
          });
          expect(shortestSpan(sent, limits.perSecond)).toBeGreaterThanOrEqual(1_020);
          expect(shortestSpan(sent, limits.perMinute)).toBeGreaterThanOrEqual(60_500);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('costs no more than a twentieth over the minimum, whatever the quota', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (perSecond) => {
        const count = perSecond * 20 + 1;
        const sent = await moments({ perSecond, perMinute: perSecond * 60 }, count);
        expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeLessThanOrEqual(1.05 * 20_000);
      }),
      { numRuns: 30 },
    );
  });

  it.each([0.5, 2.5, 0.1])('of %d requests a second is kept, a fraction too', async (perSecond) => {
    const sent = await moments({ perSecond, perMinute: 600 }, 11);
    const durationMs = (sent.at(-1) ?? 0) - (sent[0] ?? 0);
    expect(durationMs).toBeGreaterThanOrEqual(10_000 / perSecond);
    expect(durationMs).toBeLessThanOrEqual((1.05 * 10_000) / perSecond);
  });

  it('spreads requests over the second instead of sending them all at its beginning', async () => {
    const sent = await moments({ perSecond: 50, perMinute: 3000 }, 50);
    expect(shortestSpan(sent, 10)).toBeGreaterThanOrEqual(100);
  });

  it('allows no request after its signal aborts', async () => {
    const controller = new AbortController();
    const pace = new Pace({ perSecond: 1, perMinute: 60, perDay: 10, minutePauseSeconds: 300 }, controller.signal);
    await pace.next();
    const second = pace.next();
    const outcome = expect(second).rejects.toThrow('stop');
    controller.abort(new Error('stop'));
    await outcome;
    await expect(pace.next()).rejects.toThrow('stop');
    expect(vi.getTimerCount()).toBe(0);
  });
});
