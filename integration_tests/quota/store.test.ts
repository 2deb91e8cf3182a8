import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { envelope, ok, type Scripted, ScriptedServer } from '../../src/testing/scripted-server.ts';
import { sharedLimit } from '../../src/tiktok/quota/quota.ts';
import { QuotaStore } from '../../src/tiktok/quota/quota-store.ts';
import { errorOf, read } from '../support/run-source.ts';
import { breaches, Fleet, paceOf, until } from './fleet.ts';
import { now } from './on-write.ts';
import { Store } from './store.ts';
import type { WorkerNews, WorkerOrder } from './worker.ts';

// What happens to the store, to a process, and at TikTok, while three processes share 10 requests a second. Tests that only
// wait run side by side, each with its own store; those of the pace of a process have the machine for themselves.

const PER_SECOND = 10;

async function setUp(
  { onTestFinished }: TestContext,
  order: Partial<WorkerOrder> = {},
  answer: () => Scripted = () => ok({}),
  store?: Store,
) {
  const used = store ?? (await Store.start());
  const server = await ScriptedServer.start(answer);
  const fleet = new Fleet(3, {
    apiUrl: server.url,
    store: used.url,
    name: 'shared',
    perSecond: PER_SECOND,
    ...order,
  });
  onTestFinished(async () => {
    fleet.stop();
    await server.stop();
    await used.kill();
  });
  return { store: used, fleet };
}

/** Waits until all processes have sent requests for a second; returns the moment. */
async function underWay(fleet: Fleet): Promise<number> {
  await fleet.firstDeparture();
  await delay(1_500);
  return now();
}

/** Waits until a request leaves after a moment; returns when the first one left. */
async function nextDeparture(fleet: Fleet, after: number): Promise<number> {
  await until(() => fleet.left.some((moment) => moment > after));
  await delay(1_500);
  return fleet.left.find((moment) => moment > after) ?? Number.NaN;
}

/** A relay to a store that passes its answers on, delays them, or ends the connection. */
async function wayTo({ onTestFinished }: TestContext, store: Store) {
  const way = { url: '', treatment: 'passed on' as 'passed on' | 'late' | 'cut' };
  const server = createServer((client) => {
    const upstream = createConnection(store.port, '127.0.0.1').on('error', () => client.destroy());
    let before = Promise.resolve();
    client.on('error', () => {}).on('close', () => upstream.destroy());
    client.pipe(upstream);
    upstream.on('data', (answer) => {
      if (way.treatment === 'cut') return void client.destroy();
      const wait = way.treatment === 'late' ? delay(1_500) : before;
      before = Promise.all([before, wait]).then(() => void client.write(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  way.url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return way;
}

/** Moves the moments in a quota's keys, as if the store's clock had been set back. */
const SET_BACK = `
local p = 'tiktok-quota:{shared}:'
for _, field in ipairs({'seen', 'blocked', 'blockedat', 'last'}) do
  if redis.call('HEXISTS', p .. 'throttle', field) == 1 then redis.call('HINCRBY', p .. 'throttle', field, 60000) end
end
for _, permit in ipairs(redis.call('ZRANGE', p .. 'departures', 0, -1)) do redis.call('ZINCRBY', p .. 'departures', 60000, permit) end
for _, process in ipairs(redis.call('HKEYS', p .. 'due')) do redis.call('HINCRBY', p .. 'due', process, 60000) end
return 1`;

describe.concurrent('a store', () => {
  it('that is killed and comes back empty after five seconds is waited for: nothing leaves, then it goes on within two', async (test) => {
    const { store, fleet } = await setUp(test);
    await underWay(fleet);
    await store.kill();
    const killed = now();
    await delay(5_000);
    await store.start();
    const back = now();
    const next = await nextDeparture(fleet, killed + 500);
    expect(next).toBeGreaterThan(back);
    expect(next - back).toBeLessThan(2_000);
    expect(breaches(fleet.left, PER_SECOND)).toBe(0);
    expect(fleet.workers.some(({ news }) => news.some((one) => one.type === 'waiting'))).toBe(true);
  });

  it.for<[string, (store: Store) => Promise<unknown>]>([
    [
      'that is killed and started at once',
      async (store) => {
        await store.kill();
        await store.start();
      },
    ],
    [
      'that stands still for five seconds',
      async (store) => {
        store.signal('SIGSTOP');
        await delay(5_000);
        store.signal('SIGCONT');
      },
    ],
    ['that is flushed', (store) => store.command('FLUSHALL')],
    ['whose clock is set back by a minute', (store) => store.command('EVAL', SET_BACK, '0')],
  ])('%s breaks no second, and it goes on within two seconds', async ([, mistreat], test) => {
    const { store, fleet } = await setUp(test);
    await underWay(fleet);
    await mistreat(store);
    const done = now();
    expect((await nextDeparture(fleet, done)) - done).toBeLessThan(2_000);
    await delay(1_500);
    expect(breaches(fleet.left, PER_SECOND)).toBe(0);
    expect(fleet.failures).toEqual([]);
  });

  it('that never answers lets nothing leave, and ends everything after the patience', async (test) => {
    const { fleet } = await setUp(test, { patienceMs: 2_000 }, undefined, await Store.prepare());
    await until(() => fleet.workers.every(({ news }) => news.some(({ type }) => type === 'failed')));
    expect(fleet.left).toEqual([]);
    for (const { news } of fleet.workers) {
      const failure = news.find(({ type }) => type === 'failed');
      expect(failure).toMatchObject({ kind: 'unreachable' });
      expect(failure).toMatchObject({ message: expect.stringMatching(/store of the shared quota .*ECONNREFUSED/) });
    }
  });
});

describe.concurrent('a store whose answers', () => {
  it.for([
    ['come late', 'late'],
    ['are lost with the connection', 'cut'],
  ] as const)('%s lets nothing leave meanwhile, and no second is broken then', async ([, treatment], test) => {
    const store = await Store.start();
    const way = await wayTo(test, store);
    const { fleet } = await setUp(test, { store: way.url }, undefined, store);
    await underWay(fleet);
    way.treatment = treatment;
    await delay(1_500);
    const from = now();
    await delay(4_000);
    const to = now();
    way.treatment = 'passed on';
    await nextDeparture(fleet, to);
    await delay(5_000);
    expect(fleet.left.filter((moment) => moment > from && moment < to)).toEqual([]);
    expect(breaches(fleet.left, PER_SECOND)).toBe(0);
    expect(fleet.failures).toEqual([]);
  });
});

describe('a process', () => {
  it('that is lost with all permits of a second gives them back after six seconds', async (test) => {
    const store = await Store.start();
    const limits = { perSecond: PER_SECOND, perMinute: 600, perDay: 1_000, minutePauseSeconds: 4 };
    const lost = new QuotaStore({ url: store.url, name: 'shared' }, limits, sharedLimit(PER_SECOND));
    const permits: number[] = [];
    while (permits.length < PER_SECOND) {
      const answer = await lost.take(20_000);
      if (answer.type === 'permit') permits.push(now());
      else if (answer.type === 'wait') await delay(answer.ms);
    }
    lost.close();
    const { fleet } = await setUp(test, {}, undefined, store);
    await until(() => fleet.left.length > 2 * PER_SECOND);
    const all = [...permits, ...fleet.left];
    const after = (fleet.left[0] ?? 0) - (permits[0] ?? 0);
    expect(after).toBeGreaterThan(5_900);
    expect(after).toBeLessThan(9_000);
    expect(breaches(all, PER_SECOND)).toBe(0);
  });

  it.for([
    ['within a second are made up for', { 6: 700, 12: 700, 18: 700 }, [-1, 1]],
    ['for longer are made up for by no more than a second’s worth', { 6: 6_000 }, [16, 30]],
  ] as const)('that asks late: turns that it missed %s', async ([, lateAfter, [fewest, most]], test) => {
    const store = await Store.start();
    test.onTestFinished(() => store.kill());
    const end = now() + 15_000;
    const takeTurns = async (lateMsAfter: Readonly<Record<number, number>> = {}): Promise<number> => {
      const limits = { perSecond: PER_SECOND, perMinute: 600, perDay: 1_000, minutePauseSeconds: 4 };
      const process = new QuotaStore({ url: store.url, name: 'shared' }, limits, sharedLimit(PER_SECOND));
      test.onTestFinished(() => process.close());
      let turns = 0;
      while (now() < end) {
        const answer = await process.take(20_000);
        if (answer.type === 'day') throw new Error('the day is spent');
        await delay(answer.ms);
        if (answer.type === 'wait') continue;
        process.departed(answer.id);
        turns += 1;
        await delay(lateMsAfter[turns] ?? 0);
      }
      return turns;
    };
    const [one, two, late] = await Promise.all([takeTurns(), takeTurns(), takeTurns(lateAfter)]);
    expect(Math.abs(one - two)).toBeLessThanOrEqual(1);
    expect(one - late).toBeGreaterThanOrEqual(fewest);
    expect(one - late).toBeLessThanOrEqual(most);
  });

  it('whose clock is wrong by hours breaks no second', async (test) => {
    const { fleet } = await setUp(test, { clockOffMs: 20 * 3_600_000 });
    await underWay(fleet);
    await delay(3_000);
    expect(breaches(fleet.left, PER_SECOND)).toBe(0);
    expect(paceOf(fleet.left, PER_SECOND)).toBeGreaterThan(0.8);
  });

  it('that is stopped with a permit delays no other process, and breaks no second when it goes on', async (test) => {
    const { fleet } = await setUp(test);
    await underWay(fleet);
    fleet.workers[0]?.process.kill('SIGSTOP');
    const stopped = now();
    await delay(8_000);
    const others = fleet.left.filter((moment) => moment > stopped + 100).length;
    fleet.workers[0]?.process.kill('SIGCONT');
    await delay(2_500);
    expect(others).toBeGreaterThan(0.8 * 8 * PER_SECOND);
    expect(breaches(fleet.left, PER_SECOND)).toBe(0);
    expect(fleet.failures).toEqual([]);
  });
});

describe.concurrent('a throttle that one process meets', () => {
  it.for(['goes on', 'is killed then'])(
    'and %s lets no process send while the store blocks, then one a second until one is answered',
    async (what, test) => {
      let throttles = 0;
      const { store, fleet } = await setUp(test, {}, () =>
        throttles-- > 0 ? envelope(40100, 'The app is temporarily restricted.') : ok({}),
      );
      await underWay(fleet);
      throttles = 1;
      const throttle = (field: string) => store.command('HGET', 'tiktok-quota:{shared}:throttle', field);
      const numberIn = (answer: string) => Number(answer.split('\r\n')[1]);
      let blockedAt = Number.NaN;
      while (!(blockedAt > 0)) {
        blockedAt = numberIn(await throttle('blockedat'));
        await delay(20);
      }
      const isOwn = (one: WorkerNews) => one.type === 'waiting' && !/another process/.test(one.reason);
      if (what === 'is killed then') {
        await until(() => fleet.workers.some(({ news }) => news.some(isOwn)));
        fleet.workers.find(({ news }) => news.some(isOwn))?.process.kill('SIGKILL');
      }
      // Converts from the store's clock, which is this machine's, to the steady clock.
      const blocked = blockedAt - Date.now() + now();
      const next = await nextDeparture(fleet, blocked + 100);
      expect(next - blocked).toBeGreaterThanOrEqual(3_950);
      expect(next - blocked).toBeLessThan(6_000);
      await until(() => fleet.left.filter((moment) => moment > next).length > 2 * PER_SECOND);
      expect(breaches(fleet.left, PER_SECOND)).toBe(0);
      expect(await throttle('probing')).toBe('$1\r\n0\r\n');
    },
  );
});

describe.concurrent('the other windows', () => {
  it('of a minute may be full where the store remembers nothing, so nothing leaves for a minute', async (test) => {
    const { store, fleet } = await setUp(test, { perMinute: 30 });
    await until(() => fleet.workers.every(({ news }) => news.some(({ type }) => type === 'waiting')));
    const blocked = Number((await store.command('HGET', 'tiktok-quota:{shared}:throttle', 'blocked')).split('\r\n')[1]);
    const seen = Number((await store.command('HGET', 'tiktok-quota:{shared}:throttle', 'seen')).split('\r\n')[1]);
    expect(blocked - seen).toBeGreaterThan(50_000);
    expect(fleet.left).toEqual([]);
    expect(JSON.stringify(fleet.workers.map(({ news }) => news))).toContain('a full minute may just have been used');
  });

  it('of a minute and of a day are those of all processes together', async (test) => {
    const store = await Store.start();
    const keys = 'tiktok-quota:{shared}';
    const moment = Date.now();
    const started = now();
    // Thirty requests left fifty seconds ago, so a quota of thirty a minute is used up for ten more seconds.
    await store.command('HSET', `${keys}:throttle`, 'seen', String(moment));
    for (let n = 0; n < 30; n += 1)
      await store.command('ZADD', `${keys}:departures`, String(moment - 50_000 + n), `old:${n}`);
    const { fleet } = await setUp(test, { perMinute: 30, perDay: 5 }, undefined, store);
    await until(() =>
      fleet.workers.every(({ news }) => news.some(({ type }) => type === 'failed' || type === 'waiting')),
    );
    expect(fleet.left).toHaveLength(5);
    expect((fleet.left[0] ?? 0) - started).toBeGreaterThan(9_000);
  });
});

describe.concurrent('the program', () => {
  const password = 'store-pass/word-0123456789';

  it('ends as transient while the store is away, and tells its password nowhere', async (test) => {
    const emulator = await startEmulator({ now: '2026-03-15T12:00:00Z' });
    test.onTestFinished(() => emulator.close());
    const store = await Store.prepare({ password });
    const config = emulator.config({ shared_quota: { url: store.url }, patience_seconds: 2 });
    const run = await read({ config });
    expect(run.exit).toBe(1);
    expect(errorOf(run)).toMatchObject({
      failure_type: 'transient_error',
      message: expect.stringContaining('The store of the shared quota'),
    });
    expect(emulator.requestCount).toBe(0);
    expect(run.stdout + run.stderr).not.toMatch(/store-pass/);
  });

  it('ends as a wrong configuration when the store wants another password', async (test) => {
    const emulator = await startEmulator({ now: '2026-03-15T12:00:00Z' });
    const store = await Store.start({ password });
    test.onTestFinished(async () => {
      await store.kill();
      await emulator.close();
    });
    const wrong = store.url.replace('0123456789', '9876543210');
    const run = await read({ config: emulator.config({ shared_quota: { url: wrong } }) });
    expect(run.exit).toBe(1);
    expect(errorOf(run)).toMatchObject({ failure_type: 'config_error' });
    expect(run.stdout + run.stderr).not.toMatch(/store-pass/);
    const right = await read({
      config: emulator.config({ shared_quota: { url: store.url }, start_date: '2026-03-10' }),
    });
    expect(right.exit).toBe(0);
    expect(right.records.length).toBeGreaterThan(0);
    expect(right.stdout + right.stderr).not.toMatch(/store-pass/);
  });
});
