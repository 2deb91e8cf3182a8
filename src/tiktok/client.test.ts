import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorOf, inOrder, scriptedClient, stopAfterwards, stopAll, TOKEN } from '../testing/scripted-client.ts';
import { envelope, ok, ScriptedServer } from '../testing/scripted-server.ts';

const signal = new AbortController().signal;

afterEach(stopAll);

describe('a request', () => {
  it('carries the token in its header, and its parameters percent-encoded', async () => {
    const { server, client } = await scriptedClient(() => ok({ a: 1 }));
    const answer = await client.request({ path: 'x/', params: { ids: '["1","2"]', text: 'a b&c=+ü' }, signal });
    expect(answer).toEqual({ data: { a: 1 }, requestId: 'req-0' });
    const [seen] = server.seen;
    expect(seen?.headers['access-token']).toBe(TOKEN);
    expect(Object.fromEntries(seen?.query ?? [])).toEqual({ ids: '["1","2"]', text: 'a b&c=+ü' });
    expect(client.requestCount).toBe(1);
  });

  it('that is anonymous carries no token', async () => {
    const { server, client } = await scriptedClient(() => ok({}));
    await client.request({ path: 'x/', body: { a: 'ü' }, signal, anonymous: true });
    expect(server.seen[0]).toMatchObject({ method: 'POST', body: '{"a":"ü"}' });
    expect(server.seen[0]?.headers).not.toHaveProperty('access-token');
  });

  it('goes through the proxy that the environment names', async () => {
    const proxy = await ScriptedServer.start(() => ok({ from: 'proxy' }));
    stopAfterwards(proxy, { stop: () => vi.unstubAllEnvs() });
    vi.stubEnv('http_proxy', new URL(proxy.url).origin);
    const { client } = await scriptedClient(() => ok({}), { apiUrl: 'http://tiktok.invalid/open_api/v1.3/' });
    const answer = await client.request({ path: 'x/', params: { a: '1' }, signal });
    expect(answer.data).toEqual({ from: 'proxy' });
    expect(proxy.seen[0]?.headers.host).toBe('tiktok.invalid');
    expect(proxy.seen[0]?.query.get('a')).toBe('1');
  });

  it('keeps its connection for the next one', async () => {
    const { server, get } = await scriptedClient(() => ok({}));
    for (let index = 0; index < 5; index += 1) await get();
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(1);
  });

  it('is not redirected: the token would go to whatever host the answer names', async () => {
    const { server, get } = await scriptedClient((_, count) =>
      count === 1 ? { status: 302, headers: { Location: '/open_api/v1.3/elsewhere/' }, body: '' } : ok({}),
    );
    expect(await errorOf(get())).toMatchObject({ kind: 'our_fault', httpStatus: 302 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('requests about all advertisers', () => {
  it('are sent in their turn: the second does not wait for a round of the advertisers', async () => {
    const quota = { perSecond: 1, perMinute: 60, perDay: 1e9, minutePauseSeconds: 300 };
    const { server, client } = await scriptedClient(() => ok({}), { quota });
    const ask = (path: string, advertiserId?: string) =>
      client.request({ path, signal, ...(advertiserId !== undefined && { advertiserId }) });
    await Promise.all([ask('zones/1/'), ask('zones/2/'), ask('report/1/', '1'), ask('report/2/', '2')]);
    expect(server.seen.map(({ path }) => path)).toEqual(['zones/1/', 'zones/2/', 'report/1/', 'report/2/']);
  });
});

describe('the code of an answer', () => {
  it('outranks the HTTP status', async () => {
    const { get } = await scriptedClient(inOrder({ status: 500, ...ok({ fine: true }) }));
    expect((await get()).data).toEqual({ fine: true });
  });

  it('that refuses also outranks the HTTP status', async () => {
    const { get } = await scriptedClient(() => ({ ...envelope(40105, 'Access token is incorrect'), status: 503 }));
    expect(await errorOf(get())).toMatchObject({ kind: 'credentials', code: 40105, httpStatus: 503 });
  });

  it.each([
    [40001, 'No permission to operate advertiser: 7', 'advertiser_unavailable'],
    [40001, 'The access token lacks the required scope for endpoint.', 'credentials'],
    [40001, 'advertiser does not grant you /report/integrated/get/:GET permission', 'credentials'],
    [40002, "advertiser 7 doesn't exist or has been deleted.", 'advertiser_unavailable'],
    [40002, 'max time span is 30 days when use stat_time_day', 'our_fault'],
    [40067, 'Your query is too large', 'too_large'],
    [40102, 'expired', 'credentials'],
    [40113, 'The app_id is inconsistent', 'credentials'],
    [40300, 'gone', 'advertiser_unavailable'],
    [49999, 'new', 'our_fault'],
    [20001, 'partly', 'our_fault'],
  ] as const)('%d "%s" is %s, at once', async (code, message, kind) => {
    const { server, get, waits } = await scriptedClient(() => envelope(code, message));
    const error = await errorOf(get('x/', '7'));
    expect(error).toMatchObject({ kind, code, apiMessage: message, requestId: `req-${code}` });
    expect(error.message).toContain(`code ${code}`);
    expect(error.message).toContain(`req-${code}`);
    expect(error.advice).not.toBe('');
    expect(server.seen).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('40002 names the metrics that were withdrawn', async () => {
    const message =
      "Please correct the information in invalid metric fields and try again. Invalid metric fields: ['voucher_spend', 'cash_spend']. ";
    const { get } = await scriptedClient(() => envelope(40002, message));
    expect(await errorOf(get())).toMatchObject({
      kind: 'metric_withdrawn',
      metrics: ['voucher_spend', 'cash_spend'],
    });
  });
});

describe('the clock', () => {
  it("is the API's, from its Date header, and goes on between answers", async () => {
    const { get, client, time } = await scriptedClient(() => ({
      ...ok({}),
      headers: { Date: 'Sun, 01 Mar 2026 10:00:00 GMT' },
    }));
    await get();
    expect(client.now().toISOString()).toBe('2026-03-01T10:00:00.000Z');
    time.nowMs += 90_000;
    expect(client.now().toISOString()).toBe('2026-03-01T10:01:30.000Z');
  });

  it.each<[string, string, string, string]>([
    // The header is cut to the second and travels: of two that nearly agree the later one is nearer the truth.
    ['does not go back by the second that the header cuts off', '10:00:00', '09:59:58', '10:00:00'],
    ['follows a clock that was set back', '10:00:00', '09:00:00', '09:00:00'],
    ['follows one that was set forward', '10:00:00', '11:00:00', '11:00:00'],
    ['goes on when a header cannot be read', '10:00:00', 'no time', '10:00:00'],
    ['waits for the first header that can be read', 'no time', '10:00:00', '10:00:00'],
  ])('%s', async (_says, first, second, now) => {
    const at = (text: string) => ({ ...ok({}), headers: { Date: `Sun, 01 Mar 2026 ${text} GMT` } });
    const { get, client } = await scriptedClient(inOrder(at(first), at(second)));
    await get();
    await get();
    expect(client.now().toISOString()).toBe(`2026-03-01T${now}.000Z`);
  });

  it("is the machine's until TikTok has answered", async () => {
    const { client } = await scriptedClient(() => ok({}));
    expect(Math.abs(client.now().getTime() - Date.now())).toBeLessThan(60_000);
  });
});
