import { afterEach, describe, expect, it } from 'vitest';
import { errorOf, inOrder, QUOTA, scriptedClient, stopAll } from '../../testing/scripted-client.ts';
import { envelope, ok, type Scripted } from '../../testing/scripted-server.ts';

afterEach(stopAll);

describe('a throttle of the app', () => {
  it.each<[string, Scripted]>([
    ['40100', envelope(40100, 'App reaches the QPS limit 20')],
    ['40016', envelope(40016)],
    ['40132', envelope(40132)],
    ['51021', envelope(51021, 'Too many requests')],
    ['61000', envelope(61000)],
    ['HTTP 429', { status: 429, body: 'slow down' }],
  ])('%s stops all requests for a second, then two, then asks again', async (_, throttle) => {
    const { get, waits, retries, time } = await scriptedClient(inOrder(throttle, throttle, ok({})));
    await get();
    expect(waits.map(({ until, advertiserId }) => [until.getTime() > 0, advertiserId])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
    expect(retries).toEqual([]);
    expect(time.nowMs).toBe(3_000);
  });

  it('stops the requests of all advertisers', async () => {
    const { get, time, server } = await scriptedClient((request, count) =>
      request.path === 'a/' && count === 1 ? envelope(40100) : ok({}),
    );
    let bSentAt = 0;
    const a = get('a/', '1');
    await new Promise((resolve) => setImmediate(resolve));
    while (server.seen.length < 1) await new Promise((resolve) => setImmediate(resolve));
    await a;
    await get('b/', '2').then(() => {
      bSentAt = time.nowMs;
    });
    expect(bSentAt).toBeGreaterThanOrEqual(1_000);
  });

  it('is one throttle, however many requests were under way when it came', async () => {
    const { get, waits, time } = await scriptedClient(() => (time.nowMs === 0 ? envelope(40100) : ok({})));
    await Promise.all(Array.from({ length: 20 }, (_, index) => get('x/', String(index))));
    expect(waits).toHaveLength(1);
  });

  it('becomes the pause of the minute when it goes on after some seconds', async () => {
    const { get, time, waits } = await scriptedClient((_, count) => (count <= 4 ? envelope(40100) : ok({})));
    await get();
    expect(time.nowMs).toBe(1_000 + 2_000 + 4_000 + 300_000);
    expect(waits).toHaveLength(4);
  });

  it('is the pause of the minute at once when the app is restricted', async () => {
    const message = 'Due to too many requests, requests from App [7] are temporarily restricted.';
    const { get, time } = await scriptedClient(inOrder(envelope(40100, message), ok({})));
    await get();
    expect(time.nowMs).toBe(300_000);
  });

  it('ends the run after three of these pauses without one success', async () => {
    const { get, time, server } = await scriptedClient(() => envelope(40100, 'App reaches the QPS limit 10'));
    const error = await errorOf(get());
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('App reaches the QPS limit 10');
    expect(time.nowMs).toBe(7_000 + 3 * 300_000);
    expect(server.seen).toHaveLength(7);
  });

  it('begins anew with a second after a success', async () => {
    const { get, time } = await scriptedClient((_, count) => (count % 3 === 0 ? ok({}) : envelope(40100)));
    await get();
    const between = time.nowMs;
    await get();
    expect(time.nowMs - between).toBeLessThanOrEqual(between + 1_000);
    expect(between).toBe(3_000);
  });

  it('goes on doubling after a failure, which is no success', async () => {
    const { get, time } = await scriptedClient(inOrder(envelope(40100), envelope(50000), envelope(40100), ok({})), {
      random: () => 0,
    });
    await get();
    expect(time.nowMs).toBe(1_000 + 2_000);
  });

  it('goes on doubling after the answer to a request that was under way when it came', async () => {
    let throttles = 2;
    const { get, time } = await scriptedClient(({ path }) =>
      path === 'a/' && throttles-- > 0 ? envelope(40100) : ok({}),
    );
    await Promise.all([get('a/'), get('b/')]);
    expect(time.nowMs).toBe(1_000 + 2_000);
  });

  it('is a second where TikTok restricts an advertiser and the request names none', async () => {
    const { get, time } = await scriptedClient(
      inOrder(envelope(40133, 'requests … are temporarily restricted'), ok({})),
    );
    await get('x/');
    expect(time.nowMs).toBe(1_000);
  });

  it('does not count as time in which TikTok was out of reach', async () => {
    const { get } = await scriptedClient(
      inOrder(envelope(50000), envelope(40100, 'temporarily restricted'), envelope(50000), ok({ fine: true })),
      {
        patienceMs: 10_000,
      },
    );
    expect((await get()).data).toEqual({ fine: true });
  });
});

describe('a throttle of one advertiser', () => {
  const message = "Advertiser (7)'s QPS (21) reaches QPS limit 20 for current path, request is temporarily restricted.";

  it('holds only that advertiser back, a second and doubling', async () => {
    let left = 3;
    const { get, waits, time, server } = await scriptedClient((request) => {
      if (request.path !== 'held/' || left === 0) return ok({});
      left -= 1;
      return envelope(40133, message);
    });
    const held = get('held/', '7');
    await get('free/', '8');
    expect(time.nowMs).toBeLessThan(7_000);
    await held;
    expect(time.nowMs).toBe(7_000);
    expect(waits.map(({ advertiserId }) => advertiserId)).toEqual(['7', '7', '7']);
    expect(server.seen.filter(({ path }) => path === 'free/')).toHaveLength(1);
  });

  it('doubles up to a minute', async () => {
    let throttles = 8;
    const { get, time } = await scriptedClient(() => (throttles-- > 0 ? envelope(40133) : ok({})));
    await get('x/', '7');
    expect(time.nowMs).toBe((1 + 2 + 4 + 8 + 16 + 32 + 60 + 60) * 1_000);
  });

  it('begins anew with a second after an answer', async () => {
    const { get, time } = await scriptedClient(inOrder(envelope(40133), ok({}), envelope(40133), ok({})));
    await get('x/', '7');
    await get('x/', '7');
    expect(time.nowMs).toBe(2_000);
  });

  it('is one throttle, however many requests of it were under way when it came', async () => {
    const { get, waits, time } = await scriptedClient(() => (time.nowMs === 0 ? envelope(40133) : ok({})));
    await Promise.all(Array.from({ length: 20 }, () => get('x/', '7')));
    expect(waits).toHaveLength(1);
  });

  it('ends that request when it lasts longer than the patience', async () => {
    const { get } = await scriptedClient(() => envelope(40133, message), { patienceMs: 100_000 });
    expect(await errorOf(get('held/', '7'))).toMatchObject({ kind: 'throttle', advertiserOnly: true });
  });
});

describe("the day's requests", () => {
  const at = (time: string) => ({ headers: { Date: new Date(time).toUTCString() } });

  it('are waited for when new ones come within the hour', async () => {
    const { get, waits, client } = await scriptedClient(() => ({ ...ok({}), ...at('2026-03-01T23:30:00Z') }), {
      quota: { ...QUOTA, perDay: 2 },
    });
    await get(); // Sets the clock, and with it the day.
    await get();
    await get();
    await get();
    expect(waits).toHaveLength(1);
    expect(waits[0]?.until.toISOString()).toMatch(/^2026-03-02T00:00:0/);
    expect(client.requestCount).toBe(4);
  });

  it('end the run, saying when to go on, when that is later', async () => {
    const { get } = await scriptedClient(() => ({ ...ok({}), ...at('2026-03-01T12:00:00Z') }), {
      quota: { ...QUOTA, perDay: 2 },
    });
    await get();
    await get();
    await get();
    const error = await errorOf(get());
    expect(error.kind).toBe('quota_exhausted');
    expect(error.message).toContain('2026-03-02T00:00');
    expect(error.message).toMatch(/2026-03-02T00:00:0/);
  });

  it('are spent when TikTok says so', async () => {
    const { get } = await scriptedClient(() => ({
      ...envelope(40100, 'App reaches the QPD limit 864000'),
      ...at('2026-03-01T12:00:00Z'),
    }));
    expect((await errorOf(get())).kind).toBe('quota_exhausted');
  });
});
