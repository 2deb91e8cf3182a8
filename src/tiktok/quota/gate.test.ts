import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../../testing/virtual-time.ts';
import { FairQueue, type Keyed } from './fair-queue.ts';
import { Gate } from './gate.ts';
import { OwnDoor, type OwnDoorOptions } from './own-door.ts';
import { QuotaDay } from './quota-day.ts';

const never = () => false;

function waiter(key: string): Keyed {
  return { key };
}

/** A gate on a virtual clock whose pace is one turn per 100 ms, and its door. */
function gateOn(time: VirtualTime, options: Partial<OwnDoorOptions> = {}): { gate: Gate; door: OwnDoor } {
  const { signal } = new AbortController();
  const { sleep = time.sleep, monotonicNow } = { ...time, ...options };
  const door = new OwnDoor({
    pace: { turn: () => time.sleep(100, signal) },
    second: { limit: 10, intervalMs: 1_000 },
    perDay: Number.POSITIVE_INFINITY,
    day: new QuotaDay(() => new Date()),
    minutePauseMs: 300_000,
    onWaiting: () => {},
    ...options,
    sleep,
    monotonicNow,
  });
  return { gate: new Gate({ door, sleep, monotonicNow }), door };
}

/** Enters, sends at once, and returns the moment, with what lets the door know how the request went. */
async function sendThrough(gate: Gate, key: string) {
  const turn = await gate.enter(key, new AbortController().signal);
  void turn.leave(() => {});
  return turn.passage;
}

async function send(gate: Gate, key: string): Promise<number> {
  return (await sendThrough(gate, key)).atMs;
}

describe('turns', () => {
  it('go round over advertisers: a small account waits for one turn of a huge one, not for all', () => {
    const queue = new FairQueue<Keyed>();
    for (let page = 0; page < 1000; page += 1) queue.add(waiter('huge'));
    queue.add(waiter('small'));
    expect([queue.take(never)?.key, queue.take(never)?.key]).toEqual(['huge', 'small']);
  });

  it('are fair for any arrival: while somebody waits, nobody else has two turns more than it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }), (keys) => {
        const queue = new FairQueue<Keyed>();
        for (const key of keys) queue.add(waiter(key));
        const left = new Map<string, number>();
        for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
        const turns = new Map<string, number>();
        for (let next = queue.take(never); next; next = queue.take(never)) {
          turns.set(next.key, (turns.get(next.key) ?? 0) + 1);
          left.set(next.key, (left.get(next.key) ?? 0) - 1);
          for (const [key, waiting] of left) {
            if (waiting > 0) expect((turns.get(next.key) ?? 0) - (turns.get(key) ?? 0)).toBeLessThanOrEqual(1);
          }
        }
        expect([...turns.values()].reduce((sum, count) => sum + count, 0)).toBe(keys.length);
      }),
    );
  });

  it('are first come, first served inside an advertiser', () => {
    const queue = new FairQueue<Keyed>();
    const waiters = [waiter('a'), waiter('a'), waiter('a')];
    for (const one of waiters) queue.add(one);
    expect([queue.take(never), queue.take(never), queue.take(never)]).toEqual(waiters);
    expect(queue.isEmpty).toBe(true);
  });

  it('pass over whoever is held back', () => {
    const queue = new FairQueue<Keyed>();
    for (const key of ['held', 'free']) queue.add(waiter(key));
    expect(queue.take((key) => key === 'held')?.key).toBe('free');
    expect(queue.take((key) => key === 'held')).toBeUndefined();
    expect(queue.take(never)?.key).toBe('held');
  });
});

describe('the gate', () => {
  it('lets the small account in second, though the huge one asked a hundred times before it', async () => {
    const time = new VirtualTime();
    const { gate } = gateOn(time);
    const order: string[] = [];
    const enter = (key: string) => send(gate, key).then(() => order.push(key));
    const all = [...Array.from({ length: 100 }, () => enter('huge')), enter('small')];
    await Promise.all(all);
    expect(order.indexOf('small')).toBeLessThanOrEqual(2);
    expect(time.nowMs).toBe(101 * 100);
  });

  it('lets nobody in while it is closed, and then one a second until one is answered', async () => {
    const time = new VirtualTime();
    const { gate, door } = gateOn(time);
    const closing = await sendThrough(gate, 'a');
    expect(await closing.throttled('second', 5_000)).toBe(5_000);
    const passages = await Promise.all([sendThrough(gate, 'a'), sendThrough(gate, 'b'), sendThrough(gate, 'c')]);
    const moments = passages.map(({ atMs }) => atMs);
    expect(moments[0]).toBeGreaterThanOrEqual(closing.atMs + 5_000);
    expect(moments[1]).toBeGreaterThanOrEqual((moments[0] ?? 0) + 1_000);
    expect(moments[2]).toBeGreaterThanOrEqual((moments[1] ?? 0) + 1_000);
    passages[2]?.answered(true);
    const next = [await send(gate, 'a'), await send(gate, 'a')];
    expect((next[1] ?? 0) - (next[0] ?? 0)).toBe(100);
    expect(door.closedMs()).toBe(5_000);
  });

  it('is not opened by the answer to an attempt that left before it closed', async () => {
    const time = new VirtualTime();
    const { gate } = gateOn(time);
    const [before, other] = [await sendThrough(gate, 'a'), await sendThrough(gate, 'a')];
    await other.throttled('second', 0);
    before.answered(true);
    const first = await sendThrough(gate, 'a');
    const second = await sendThrough(gate, 'a');
    expect(await before.throttled('second', 0), 'that says nothing new').toBe(0);
    expect(await first.throttled('second', 0)).toBe(2_000);
    expect(second.atMs - first.atMs).toBeGreaterThanOrEqual(1_000);
  });

  it('holds one advertiser back and lets the others in meanwhile', async () => {
    const time = new VirtualTime();
    const { gate } = gateOn(time);
    gate.hold('held', 10_000);
    const [held, free] = await Promise.all([send(gate, 'held'), send(gate, 'free')]);
    expect(free).toBeLessThan(1_000);
    expect(held).toBeGreaterThanOrEqual(10_000);
  });

  it('tells whoever waits for an advertiser that it is held back, and nobody else', async () => {
    const time = new VirtualTime();
    const { gate } = gateOn(time);
    const told: string[] = [];
    const { signal } = new AbortController();
    const enter = (key: string) => gate.enter(key, signal, () => told.push(key)).then((turn) => turn.leave(() => {}));
    const before = [enter('held'), enter('held'), enter('free')];
    gate.hold('held', 5_000);
    await Promise.all([...before, enter('held')]);
    expect(told).toEqual(['held', 'held', 'held']);
  });

  it('has no more than 500 requests under way, and lets the next one in when one has ended', async () => {
    const time = new VirtualTime();
    const waits: number[] = [];
    const { gate } = gateOn(time, {
      pace: { turn: async () => undefined },
      second: { limit: 10_000, intervalMs: 1_000 },
      sleep: (ms, signal) => {
        waits.push(ms);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const { signal } = new AbortController();
    const turns: { done(): void }[] = [];
    const all = Array.from({ length: 502 }, () => gate.enter('a', signal).then((turn) => turns.push(turn)));
    await Promise.all(all.slice(0, 500));
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toHaveLength(500);
    turns[0]?.done();
    await all[500];
    expect(turns).toHaveLength(501);
    turns[1]?.done();
    await all[501];
    // A timer that is set for longer fires at once.
    expect(Math.max(...waits)).toBeLessThan(2 ** 31);
  });

  it('counts the second from when requests really leave, whatever the pace allows', async () => {
    const time = new VirtualTime();
    const { gate } = gateOn(time, { pace: { turn: async () => undefined } });
    const moments = await Promise.all(Array.from({ length: 21 }, () => send(gate, 'a')));
    expect(moments[9]).toBe(0);
    expect(moments[10]).toBeGreaterThanOrEqual(1_000);
    expect(moments[20]).toBeGreaterThanOrEqual(2_000);
  });

  it('forgets who aborts, and stops its timer when nobody is left', async () => {
    const slept: AbortSignal[] = [];
    const { gate } = gateOn(new VirtualTime(), {
      pace: { turn: async () => {} },
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          slept.push(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    await (await sendThrough(gate, 'a')).throttled('second', 60_000);
    const controller = new AbortController();
    const waiting = expect(gate.enter('a', controller.signal)).rejects.toThrow('stop');
    while (slept.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('stop'));
    await waiting;
    expect(slept.map((signal) => signal.aborted)).toEqual([true]);
    await expect(gate.enter('a', controller.signal)).rejects.toThrow('stop');
  });

  it('refuses everybody when its pace ends', async () => {
    const { gate } = gateOn(new VirtualTime(), { pace: { turn: () => Promise.reject(new Error('closed')) } });
    const outcomes = await Promise.allSettled([send(gate, 'a'), send(gate, 'b')]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  });

  it('lets a request whose turn became too old while its connection was made go out by another, and only by that', async () => {
    const time = new VirtualTime();
    const order: string[] = [];
    const send = () => void order.push('sent');
    let given = 0;
    const gate = new Gate({
      door: {
        pass: async () => {
          given += 1;
          const [number, atMs] = [given, time.nowMs];
          return {
            atMs,
            isVoid: () => time.nowMs - atMs > 4_900,
            left: () => void order.push(`${number} has left`),
            answered: () => {},
            throttled: async () => 0,
          };
        },
        closedMs: () => 0,
      },
      sleep: time.sleep,
      monotonicNow: time.monotonicNow,
    });
    const turn = await gate.enter('a', new AbortController().signal);
    time.nowMs += 6_000;
    await turn.leave(send);
    expect(order).toEqual(['sent', '2 has left']);
    expect(turn.passage.atMs).toBe(6_000);
    void turn.leave(send);
    expect(order.slice(2), 'a turn that is good leaves at once').toEqual(['sent', '2 has left']);
  });
});
