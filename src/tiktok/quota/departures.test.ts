import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Departures } from './departures.ts';

/** How long a request takes, ms. */
interface Way {
  /** To get its connection. */
  readonly connectMs: number;
  /** To TikTok, beyond the least. */
  readonly outMs: number;
  /** To be answered, beyond the least. */
  readonly backMs: number;
}

const AT_ONCE: Way = { connectMs: 0, outMs: 0, backMs: 0 };

/** The moments at which requests leave and arrive that wait for their permits, and then for their connections. */
function moments(
  limit: number,
  ways: readonly Way[],
  { cautious = false, leastMs = 0 }: { cautious?: boolean | undefined; leastMs?: number } = {},
): { left: number[]; arrived: number[] } {
  let now = 0;
  const departures = new Departures(
    { limit, intervalMs: 1_000 },
    () => now,
    () => {},
  );
  if (cautious) departures.beCautious();
  const events: { at: number; happen: () => void }[] = [];
  const left: number[] = [];
  const arrived: number[] = [];
  const happensBy = (moment: number): boolean => {
    const next = events.toSorted((a, b) => a.at - b.at)[0];
    if (!next || next.at > moment) return false;
    now = Math.max(now, next.at);
    events.splice(events.indexOf(next), 1);
    next.happen();
    return true;
  };
  for (const { connectMs, outMs, backMs } of ways) {
    for (;;) {
      const readyAt = departures.readyAt(now);
      if (happensBy(Math.max(readyAt, now))) continue;
      if (readyAt <= now) break;
      now = readyAt;
    }
    const news = departures.begin();
    const leave = () => {
      news.left(now);
      left.push(now);
      arrived.push(now + outMs);
      events.push({ at: now + leastMs + outMs + backMs, happen: news.answered });
    };
    events.push({ at: now + connectMs, happen: leave });
  }
  while (happensBy(Number.POSITIVE_INFINITY));
  return { left: left.sort((a, b) => a - b), arrived: arrived.sort((a, b) => a - b) };
}

function expectKept(moments: readonly number[], limit: number): void {
  for (const [index, moment] of moments.slice(limit).entries()) {
    expect(moment - (moments[index] ?? 0)).toBeGreaterThanOrEqual(1_000);
  }
}

const limit = fc.integer({ min: 1, max: 12 });
const connectMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 5_000 }));
const backMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3_000 }));

describe('departures', () => {
  it('are never more than the limit in any second, however long connections and answers take', () => {
    const ways = fc.array(fc.record({ connectMs, outMs: fc.constant(0), backMs }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(limit, ways, (limit, ways) => {
        const { left } = moments(limit, ways);
        expect(left).toHaveLength(ways.length);
        expectKept(left, limit);
      }),
    );
  });

  it('never make more arrivals than the limit in any second, when some come up to 30 ms later than others', () => {
    const ways = fc.array(fc.record({ connectMs, outMs: fc.integer({ min: 0, max: 30 }), backMs }), { maxLength: 60 });
    fc.assert(
      fc.property(limit, ways, (limit, ways) => {
        expectKept(moments(limit, [...Array(20).fill(AT_ONCE), ...ways]).arrived, limit);
      }),
    );
  });

  it('never make more arrivals than that when one comes up to 400 ms late, where TikTok answers evenly', () => {
    const late = fc.record({ outMs: fc.integer({ min: 0, max: 400 }), index: fc.integer({ min: 20, max: 60 }) });
    fc.assert(
      fc.property(limit, late, fc.integer({ min: 0, max: 900 }), (limit, { outMs, index }, leastMs) => {
        const ways = Array.from({ length: 80 }, (_, at) => ({ ...AT_ONCE, outMs: at === index ? outMs : 0 }));
        expectKept(moments(limit, ways, { leastMs }).arrived, limit);
      }),
    );
  });

  it.each<[string, { backMs: number; cautious?: boolean; slow?: (at: number) => boolean }, number]>([
    ['1 ms where TikTok answers evenly', { backMs: 700 }, 1_001],
    ['35 ms where answers take longer than a second', { backMs: 1_000 }, 1_035],
    ['35 ms where most answers take longer than the fastest', { backMs: 100, slow: (at) => at > 0 }, 1_035],
    ['1 ms by those of uneven answers that are fast', { backMs: 100, slow: (at) => at % 8 === 0 }, 1_001],
    ['35 ms after TikTok has throttled', { backMs: 700, cautious: true }, 1_035],
  ])('are kept %s longer than a second apart', (_, { backMs, cautious, slow = () => false }, apartMs) => {
    const ways = Array.from({ length: 51 }, (_, at) => ({ ...AT_ONCE, backMs: slow(at) ? 300 : backMs }));
    const { left } = moments(10, ways, { cautious });
    expect((left[50] ?? 0) - (left[40] ?? 0)).toBeCloseTo(apartMs, 6);
  });

  it('are kept apart by what an answer came later than the fastest', () => {
    const ways = Array.from({ length: 30 }, (_, at) => ({ ...AT_ONCE, backMs: at === 25 ? 215 : 200 }));
    const { left } = moments(1, ways);
    const apart = left.slice(1).map((moment, index) => Math.round(moment - (left[index] ?? 0)));
    expect(apart.slice(23, 28)).toEqual([1_001, 1_001, 1_016, 1_001, 1_001]);
  });

  it('report once that a request has left', () => {
    let changes = 0;
    const departures = new Departures(
      { limit: 1, intervalMs: 1_000 },
      () => 0,
      () => {
        changes += 1;
      },
    );
    const { left } = departures.begin();
    left();
    left();
    expect(changes).toBe(1);
    expect(departures.readyAt(500)).toBe(1_035);
  });
});
