import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../../testing/virtual-time.ts';
import { FairQueue, type Keyed } from './fair-queue.ts';
import { LocalLimiter, type LocalLimiterOptions } from './local-limiter.ts';
import { QuotaDay } from './quota-day.ts';
import { RequestQueue } from './request-queue.ts';

const never = () => false;

function waiter(key: string): Keyed {
  return { key };
}

/** A pace of one request per `ms`, the first after as long. */
function every(ms: number): LocalLimiterOptions['pace'] {
  let at = ms;
  return {
    readyAt: (now) => Math.max(at, now),
    take: (now) => {
      at = now + ms;
    },
  };
}

/** A queue on a virtual clock whose pace is one request per 100 ms, and its limiter. */
function queueOn(
  time: VirtualTime,
  options: Partial<LocalLimiterOptions> = {},
): { queue: RequestQueue; limiter: LocalLimiter } {
  const { sleep = time.sleep, monotonicNow } = { ...time, ...options };
  const limiter = new LocalLimiter({
    pace: every(100),
    second: { limit: 20, intervalMs: 1_000 },
    perDay: Number.POSITIVE_INFINITY,
    day: new QuotaDay(() => new Date()),
    minutePauseMs: 300_000,
    onWaiting: () => {},
    closing: new AbortController().signal,
    ...options,
    sleep,
    monotonicNow,
  });
  return { queue: new RequestQueue({ limiter, sleep, monotonicNow }), limiter };
}

/** Waits for a slot, sends at once, and returns the permit that it was sent under. */
async function sendWithPermit(queue: RequestQueue, key: string) {
  const slot = await queue.enter(key, new AbortController().signal);
  void slot.dispatch(() => {});
  return slot.permit;
}

/** When it was sent, ms. */
async function send(queue: RequestQueue, key: string): Promise<number> {
  return (await sendWithPermit(queue, key)).grantedAtMs;
}

describe('a fair queue', () => {
  it('goes round over advertisers: a small account waits for one request of a huge one, not for all', () => {
    const queue = new FairQueue<Keyed>();
    for (let page = 0; page < 1000; page += 1) queue.add(waiter('huge'));
    queue.add(waiter('small'));
    expect([queue.take(never)?.key, queue.take(never)?.key]).toEqual(['huge', 'small']);
  });

  it('is fair for any arrival: while an advertiser waits, no other is served twice more than it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }), (keys) => {
        const queue = new FairQueue<Keyed>();
        for (const key of keys) queue.add(waiter(key));
        const left = new Map<string, number>();
        for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
        const served = new Map<string, number>();
        for (let next = queue.take(never); next; next = queue.take(never)) {
          served.set(next.key, (served.get(next.key) ?? 0) + 1);
          left.set(next.key, (left.get(next.key) ?? 0) - 1);
          for (const [key, waiting] of left) {
            if (waiting > 0) expect((served.get(next.key) ?? 0) - (served.get(key) ?? 0)).toBeLessThanOrEqual(1);
          }
        }
        expect([...served.values()].reduce((sum, count) => sum + count, 0)).toBe(keys.length);
      }),
    );
  });

  it('is first come, first served inside an advertiser', () => {
    const queue = new FairQueue<Keyed>();
    const waiters = [waiter('a'), waiter('a'), waiter('a')];
    for (const one of waiters) queue.add(one);
    expect([queue.take(never), queue.take(never), queue.take(never)]).toEqual(waiters);
    expect(queue.isEmpty).toBe(true);
  });

  it('passes over an advertiser that is held back', () => {
    const queue = new FairQueue<Keyed>();
    for (const key of ['held', 'free']) queue.add(waiter(key));
    expect(queue.take((key) => key === 'held')?.key).toBe('free');
    expect(queue.take((key) => key === 'held')).toBeUndefined();
    expect(queue.take(never)?.key).toBe('held');
  });
});

describe('the request queue', () => {
  it('serves the small account second, though the huge one asked a hundred times before it', async () => {
    const time = new VirtualTime();
    const { queue } = queueOn(time);
    const order: string[] = [];
    const enter = (key: string) => send(queue, key).then(() => order.push(key));
    const all = [...Array.from({ length: 100 }, () => enter('huge')), enter('small')];
    await Promise.all(all);
    expect(order.indexOf('small')).toBeLessThanOrEqual(2);
    expect(time.nowMs).toBe(101 * 100);
  });

  it('sends nothing while TikTok throttles, and then one request a second until one is answered', async () => {
    const time = new VirtualTime();
    const { queue, limiter } = queueOn(time);
    const throttled = await sendWithPermit(queue, 'a');
    expect(await throttled.throttled('second', 5_000)).toBe(5_000);
    const permits = await Promise.all([
      sendWithPermit(queue, 'a'),
      sendWithPermit(queue, 'b'),
      sendWithPermit(queue, 'c'),
    ]);
    const moments = permits.map(({ grantedAtMs }) => grantedAtMs);
    expect(moments[0]).toBeGreaterThanOrEqual(throttled.grantedAtMs + 5_000);
    expect(moments[1]).toBeGreaterThanOrEqual((moments[0] ?? 0) + 1_000);
    expect(moments[2]).toBeGreaterThanOrEqual((moments[1] ?? 0) + 1_000);
    permits[2]?.answered(true);
    const next = [await send(queue, 'a'), await send(queue, 'a')];
    expect((next[1] ?? 0) - (next[0] ?? 0)).toBe(100);
    expect(limiter.blockedMs()).toBe(5_000);
  });

  it('is not opened by the answer to an attempt that left before the throttle', async () => {
    const time = new VirtualTime();
    const { queue } = queueOn(time);
    const [before, other] = [await sendWithPermit(queue, 'a'), await sendWithPermit(queue, 'a')];
    await other.throttled('second', 0);
    before.answered(true);
    const first = await sendWithPermit(queue, 'a');
    const second = await sendWithPermit(queue, 'a');
    expect(await before.throttled('second', 0), 'that says nothing new').toBe(0);
    expect(await first.throttled('second', 0)).toBe(2_000);
    expect(second.grantedAtMs - first.grantedAtMs).toBeGreaterThanOrEqual(1_000);
  });

  it('holds one advertiser back and serves the others meanwhile', async () => {
    const time = new VirtualTime();
    const { queue } = queueOn(time);
    queue.holdBack('held', 10_000);
    const [held, free] = await Promise.all([send(queue, 'held'), send(queue, 'free')]);
    expect(free).toBeLessThan(1_000);
    expect(held).toBeGreaterThanOrEqual(10_000);
  });

  it('tells the requests of an advertiser that it is held back, and no others', async () => {
    const time = new VirtualTime();
    const { queue } = queueOn(time);
    const told: string[] = [];
    const { signal } = new AbortController();
    const enter = (key: string) =>
      queue.enter(key, signal, () => told.push(key)).then((slot) => slot.dispatch(() => {}));
    const before = [enter('held'), enter('held'), enter('free')];
    queue.holdBack('held', 5_000);
    await Promise.all([...before, enter('held')]);
    expect(told).toEqual(['held', 'held', 'held']);
  });

  it('has no more than 500 requests under way, and sends the next one when one has ended', async () => {
    const time = new VirtualTime();
    const waits: number[] = [];
    const { queue } = queueOn(time, {
      pace: every(0),
      second: { limit: 10_000, intervalMs: 1_000 },
      sleep: (ms, signal) => {
        waits.push(ms);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const { signal } = new AbortController();
    const slots: { done(): void }[] = [];
    const all = Array.from({ length: 502 }, () => queue.enter('a', signal).then((slot) => slots.push(slot)));
    await Promise.all(all.slice(0, 500));
    await new Promise((resolve) => setImmediate(resolve));
    expect(slots).toHaveLength(500);
    slots[0]?.done();
    await all[500];
    expect(slots).toHaveLength(501);
    slots[1]?.done();
    await all[501];
    // A timer that is set for longer fires at once.
    expect(Math.max(...waits)).toBeLessThan(2 ** 31);
  });

  it('counts the second from when requests really leave, whatever the pace allows', async () => {
    const time = new VirtualTime();
    const { queue } = queueOn(time, { pace: every(0), second: { limit: 10, intervalMs: 1_000 } });
    const moments = await Promise.all(Array.from({ length: 21 }, () => send(queue, 'a')));
    expect(moments[9]).toBe(0);
    expect(moments[10]).toBeGreaterThanOrEqual(1_000);
    expect(moments[20]).toBeGreaterThanOrEqual(2_000);
  });

  it('forgets a request that aborts, and stops its timer when none is left', async () => {
    const slept: AbortSignal[] = [];
    const { queue } = queueOn(new VirtualTime(), {
      pace: every(0),
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          slept.push(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    await (await sendWithPermit(queue, 'a')).throttled('second', 60_000);
    const controller = new AbortController();
    const waiting = expect(queue.enter('a', controller.signal)).rejects.toThrow('stop');
    while (slept.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('stop'));
    await waiting;
    expect(slept.map((signal) => signal.aborted)).toEqual([true]);
    await expect(queue.enter('a', controller.signal)).rejects.toThrow('stop');
  });

  it('refuses all requests when the client is closed, and stops its timer', async () => {
    const slept: AbortSignal[] = [];
    const closing = new AbortController();
    const { queue } = queueOn(new VirtualTime(), {
      closing: closing.signal,
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          slept.push(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    const waiting = Promise.allSettled([send(queue, 'a'), send(queue, 'b')]);
    while (slept.length === 0) await new Promise((resolve) => setImmediate(resolve));
    closing.abort(new Error('closed'));
    const outcomes = [...(await waiting), ...(await Promise.allSettled([send(queue, 'c')]))];
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(slept.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('sends a request whose permit expired while its connection was made under another, and only under that', async () => {
    const time = new VirtualTime();
    const order: string[] = [];
    const transmit = () => void order.push('sent');
    let granted = 0;
    const queue = new RequestQueue({
      limiter: {
        acquire: async () => {
          granted += 1;
          const [number, grantedAtMs] = [granted, time.nowMs];
          return {
            grantedAtMs,
            isExpired: () => time.nowMs - grantedAtMs > 4_900,
            departed: () => void order.push(`${number} has departed`),
            answered: () => {},
            throttled: async () => 0,
          };
        },
        blockedMs: () => 0,
      },
      sleep: time.sleep,
      monotonicNow: time.monotonicNow,
    });
    const slot = await queue.enter('a', new AbortController().signal);
    time.nowMs += 6_000;
    await slot.dispatch(transmit);
    expect(order).toEqual(['sent', '2 has departed']);
    expect(slot.permit.grantedAtMs).toBe(6_000);
    void slot.dispatch(transmit);
    expect(order.slice(2), 'a permit that is good is used at once').toEqual(['sent', '2 has departed']);
  });
});
