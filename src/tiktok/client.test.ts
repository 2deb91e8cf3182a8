import { afterEach, describe, expect, it, vi } from 'vitest';
import { envelope, ok, type Scripted, ScriptedServer, type SeenRequest } from '../testing/scripted-server.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { type Retry, TikTokClient, type TikTokClientOptions, type Waiting } from './client.ts';
import { fetchReportPage, type ReportQuery, type ReportRows } from './endpoints/report.ts';
import { TikTokError } from './errors.ts';

const TOKEN = 'token-0123456789abcdef0123456789abcdef01';
const QUOTA = { perSecond: 1_000, perMinute: 60_000, perDay: 1e9, minutePauseSeconds: 300 };
const PAGE = { list: [], page_info: { page: 1, page_size: 1000, total_number: 0, total_page: 0 } };
const signal = new AbortController().signal;

const query = (advertiserId: string): ReportQuery => ({
  definition: {
    reportType: 'BASIC',
    dataLevel: 'AUCTION_CAMPAIGN',
    serviceType: 'AUCTION',
    dimensions: ['campaign_id', 'stat_time_day'],
  },
  metrics: ['spend'],
  advertiserId,
  from: '2026-03-01',
  to: '2026-03-30',
  includeDeleted: true,
  page: 1,
});

let open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of open) await one.stop();
  open = [];
});

/** A client in front of a server that answers by script, on a clock that jumps over every wait. */
async function setUp(
  script: (request: SeenRequest, count: number) => Scripted,
  options: Partial<TikTokClientOptions> = {},
) {
  const server = await ScriptedServer.start(script);
  const time = new VirtualTime();
  const waits: Waiting[] = [];
  const retries: Retry[] = [];
  const client = new TikTokClient({
    apiUrl: server.url,
    accessToken: TOKEN,
    quota: QUOTA,
    requestTimeoutMs: 30_000,
    patienceMs: 600_000,
    onWaiting: (waiting) => waits.push(waiting),
    onRetry: (retry) => retries.push(retry),
    random: () => 1,
    sleep: time.sleep,
    monotonicNow: time.monotonicNow,
    ...options,
  });
  open.push(server, { stop: () => client.close() });
  const get = (path = 'user/info/', advertiserId?: string) =>
    client.request({ path, params: {}, signal, ...(advertiserId === undefined ? {} : { advertiserId }) });
  return { server, client, time, waits, retries, get };
}

async function errorOf(promise: Promise<unknown>): Promise<TikTokError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(TikTokError);
  return thrown as TikTokError;
}

/** Answers in this order, the last one for ever. */
function inTurn(...answers: [Scripted, ...Scripted[]]): (request: SeenRequest, count: number) => Scripted {
  return (_, count) => answers[Math.min(count, answers.length) - 1] ?? answers[0];
}

describe('a request', () => {
  it('carries the token in its header, and its parameters percent-encoded', async () => {
    const { server, client } = await setUp(() => ok({ a: 1 }));
    const answer = await client.request({ path: 'x/', params: { ids: '["1","2"]', text: 'a b&c=+ü' }, signal });
    expect(answer).toEqual({ data: { a: 1 }, isMended: false, requestId: 'req-0' });
    const [seen] = server.seen;
    expect(seen?.headers['access-token']).toBe(TOKEN);
    expect(Object.fromEntries(seen?.query ?? [])).toEqual({ ids: '["1","2"]', text: 'a b&c=+ü' });
    expect(client.requestCount).toBe(1);
  });

  it('that is anonymous carries no token', async () => {
    const { server, client } = await setUp(() => ok({}));
    await client.request({ path: 'x/', body: { a: 'ü' }, signal, anonymous: true });
    expect(server.seen[0]).toMatchObject({ method: 'POST', body: '{"a":"ü"}' });
    expect(server.seen[0]?.headers).not.toHaveProperty('access-token');
  });

  it('goes through the proxy that the environment names', async () => {
    const proxy = await ScriptedServer.start(() => ok({ from: 'proxy' }));
    open.push(proxy, { stop: () => vi.unstubAllEnvs() });
    vi.stubEnv('http_proxy', new URL(proxy.url).origin);
    const { client } = await setUp(() => ok({}), { apiUrl: 'http://tiktok.invalid/open_api/v1.3/' });
    const answer = await client.request({ path: 'x/', params: { a: '1' }, signal });
    expect(answer.data).toEqual({ from: 'proxy' });
    expect(proxy.seen[0]?.headers.host).toBe('tiktok.invalid');
    expect(proxy.seen[0]?.query.get('a')).toBe('1');
  });

  it('keeps its connection for the next one', async () => {
    const { server, get } = await setUp(() => ok({}));
    for (let index = 0; index < 5; index += 1) await get();
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(1);
  });

  it('is not redirected: the token would go to whatever host the answer names', async () => {
    const { server, get } = await setUp((_, count) =>
      count === 1 ? { status: 302, headers: { Location: '/open_api/v1.3/elsewhere/' }, body: '' } : ok({}),
    );
    expect(await errorOf(get())).toMatchObject({ kind: 'our_fault', httpStatus: 302 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('the code of an answer', () => {
  it('outranks the HTTP status', async () => {
    const { get } = await setUp(inTurn({ status: 500, ...ok({ fine: true }) }));
    expect((await get()).data).toEqual({ fine: true });
  });

  it('that refuses also outranks the HTTP status', async () => {
    const { get } = await setUp(() => ({ ...envelope(40105, 'Access token is incorrect'), status: 503 }));
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
    const { server, get, waits } = await setUp(() => envelope(code, message));
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
    const { get } = await setUp(() => envelope(40002, message));
    expect(await errorOf(get())).toMatchObject({
      kind: 'metric_withdrawn',
      metrics: ['voucher_spend', 'cash_spend'],
    });
  });
});

describe('a transient failure', () => {
  it.each<[string, Scripted]>([
    ['50000', envelope(50000, 'System error')],
    ['51001', envelope(51001)],
    ['a code nobody has listed', envelope(53999)],
    ['60001', envelope(60001)],
    ['40201', envelope(40201)],
    ['HTTP 502 with HTML', { status: 502, body: '<html>Bad gateway</html>' }],
    ['HTTP 504 without a body', { status: 504, body: '' }],
    ['JSON that breaks off', { body: '{"code":0,"data":{' }],
    ['HTML with status 200', { body: '<html></html>' }],
    ['an answer without a code', { body: '{"data":{}}' }],
    ['JSON that is no object', { body: '[]' }],
    ['a reset connection', 'reset'],
    ['a connection that ends too early', 'cut'],
  ])('is tried again: %s', async (_, failure) => {
    const { get, retries, time, server } = await setUp(inTurn(failure, failure, ok({ fine: true })));
    expect((await get()).data).toEqual({ fine: true });
    expect(retries.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 1_000],
      [2, 2_000],
    ]);
    expect(time.nowMs).toBe(3_000);
    expect(server.seen).toHaveLength(3);
  });

  it('doubles its waits up to a minute, each of them shortened at random', async () => {
    const { get, retries } = await setUp((_, count) => (count < 9 ? envelope(50000) : ok({})), { random: () => 0.5 });
    await get();
    expect(retries.map(({ delayMs }) => delayMs)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('ends with its bound and the last error when the patience is spent, while others are answered', async () => {
    const { client, get } = await setUp(
      (request) => (request.path === 'bad/' ? envelope(50000, 'System error') : ok({})),
      {
        onRetry: () => void get('good/'),
      },
    );
    const error = await errorOf(client.request({ path: 'bad/', params: {}, signal, advertiserId: '7' }));
    expect(error).toMatchObject({ kind: 'transient', code: 50000 });
    expect(error.advertiserId).toBe('7');
    expect(error.message).toMatch(/code 50000.*System error/);
    expect(error.message).toMatch(/after \d+ attempts within 600 s \(patience_seconds\)/);
  });

  it('says when it begins to wait, and when it goes on', async () => {
    const log: string[] = [];
    const pair = { onPause: () => void log.push('pause'), onResume: () => void log.push('resume') };
    const { client } = await setUp(
      (_, count) => {
        log.push('sent');
        return count === 1 ? envelope(50000) : count === 2 ? envelope(40100) : ok({});
      },
      { onRetry: () => log.push('waits') },
    );
    await client.request({ path: 'x/', params: {}, signal, ...pair });
    expect(log).toEqual(['sent', 'pause', 'waits', 'resume', 'sent', 'pause', 'resume', 'sent']);
  });

  it('says that, too, while only its advertiser has to wait', async () => {
    const log: string[] = [];
    const pair = { onPause: () => void log.push('pause'), onResume: () => void log.push('resume') };
    let second: Promise<unknown> | undefined;
    const { client, get } = await setUp(
      (request, count) => {
        log.push(request.path);
        return count === 1 ? envelope(40133) : ok({});
      },
      {
        onWaiting: () => {
          second = client.request({ path: 'second/', params: {}, signal, ...pair, advertiserId: '7' });
        },
      },
    );
    await get('first/', '7');
    await second;
    expect(log.filter((entry) => entry !== 'first/')).toEqual(['pause', 'resume', 'second/']);
  });

  it('counts each attempt against the quota', async () => {
    const { get, client } = await setUp(inTurn(envelope(50000), envelope(50000), ok({})));
    await get();
    expect(client.requestCount).toBe(3);
  });

  it('without one answer to anybody ends the run', async () => {
    const { get } = await setUp(() => 'reset', { patienceMs: 60_000 });
    // Whose patience ends first is still an advertiser of its own; the next one is told what that means for all.
    expect(await errorOf(get('x/', '7'))).toMatchObject({ kind: 'transient' });
    const error = await errorOf(get('x/', '8'));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(/60 s \(patience_seconds\)/);
  });

  it.each<[string, Scripted]>([
    ['an answer', ok({})],
    ['a refusal', envelope(40001)],
  ])('long after %s to anybody is a new story', async (_, answer) => {
    const { client, get, time } = await setUp(inTurn(envelope(50000), answer, envelope(50000), ok({})));
    await get('x/', '7').catch(() => undefined);
    expect(client.requestCount).toBe(2);
    time.nowMs += 700_000;
    expect(await get('x/', '8')).toMatchObject({ data: {} });
  });

  it('that takes its time is tried less often: the attempts count, not only the waits between them', async () => {
    const { get, time, client } = await setUp(
      () => {
        time.nowMs += 30_000;
        return envelope(50000);
      },
      { patienceMs: 60_000, random: () => 0 },
    );
    expect(await errorOf(get())).toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('after 3 attempts'),
    });
    expect(client.requestCount).toBe(3);
  });

  it('is not waited for when the request has no patience', async () => {
    const { client, server } = await setUp(() => envelope(50000));
    await errorOf(client.request({ path: 'x/', params: {}, signal, patienceMs: 0 }));
    expect(server.seen).toHaveLength(1);
  });

  it('stops waiting when the signal aborts', async () => {
    const controller = new AbortController();
    const { client } = await setUp(() => envelope(50000), {
      // A wait that only an abort can end.
      sleep: (_ms, waiting) => {
        setImmediate(() => controller.abort(new Error('stop')));
        return new Promise((_, reject) => waiting.addEventListener('abort', () => reject(waiting.reason)));
      },
    });
    await expect(client.request({ path: 'x/', params: {}, signal: controller.signal })).rejects.toThrow('stop');
  });

  it('leaves room in flight for other requests while it waits, and when it has ended', async () => {
    const { client, get } = await setUp((_, count) => (count % 2 ? envelope(50000) : ok({})));
    for (let index = 0; index < 300; index += 1) await get();
    expect(client.requestCount).toBe(600);
  });
});

const counted = { convert: ({ count }: ReportRows) => count };

describe('a timeout', () => {
  it.each(['hang', 'drip'] as const)('of a report is thrown at once: %s', async (failure) => {
    const { client, retries } = await setUp(() => failure, { requestTimeoutMs: 100 });
    const error = await errorOf(fetchReportPage(client, query('7'), signal, counted));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('0.1 s');
    expect([client.requestCount, retries.length]).toEqual([1, 0]);
  });

  it('of another request is tried again', async () => {
    const { get, server } = await setUp(inTurn('hang', ok({})), { requestTimeoutMs: 100 });
    await get();
    expect(server.seen).toHaveLength(2);
  });

  it.each([50002, 51010, 52103])('that TikTok reports as %d is tried once more, then thrown', async (code) => {
    const { client, server } = await setUp(() => envelope(code, 'Error processing request'));
    const error = await errorOf(fetchReportPage(client, query('7'), signal, counted));
    expect(error).toMatchObject({ kind: 'timeout', code });
    expect(server.seen).toHaveLength(2);
  });

  it('after timeout, and no answer to anybody, ends the run, though less could be asked for', async () => {
    const { client, time } = await setUp(() => 'hang', { requestTimeoutMs: 20 });
    const report = (advertiserId: string) => errorOf(fetchReportPage(client, query(advertiserId), signal, counted));
    expect(await report('7')).toMatchObject({ kind: 'timeout' });
    time.nowMs += 700_000;
    expect(await report('8')).toMatchObject({ kind: 'unreachable' });
  });

  it('that TikTok reports once does no harm', async () => {
    const { client } = await setUp(inTurn(envelope(50002), ok(PAGE)));
    expect((await fetchReportPage(client, query('7'), signal, counted)).totalNumber).toBe(0);
  });

  it('is the end of the request only: an abort is no timeout', async () => {
    const controller = new AbortController();
    const { client, retries } = await setUp(() => {
      setImmediate(() => controller.abort(new Error('stop')));
      return 'hang';
    });
    await expect(client.request({ path: 'x/', params: {}, signal: controller.signal })).rejects.toThrow('stop');
    expect(retries, 'nor a failure to be told of').toEqual([]);
  });
});

describe('a throttle of the app', () => {
  it.each<[string, Scripted]>([
    ['40100', envelope(40100, 'App reaches the QPS limit 20')],
    ['40016', envelope(40016)],
    ['40132', envelope(40132)],
    ['51021', envelope(51021, 'Too many requests')],
    ['61000', envelope(61000)],
    ['HTTP 429', { status: 429, body: 'slow down' }],
  ])('%s closes the gate for a second, doubling, then asks again', async (_, throttle) => {
    const { get, waits, retries, time } = await setUp(inTurn(throttle, throttle, ok({})));
    await get();
    expect(waits.map(({ until, advertiserId }) => [until.getTime() > 0, advertiserId])).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
    expect(retries).toEqual([]);
    expect(time.nowMs).toBe(3_000);
  });

  it('stops the requests of everybody', async () => {
    const { get, time, server } = await setUp((request, count) =>
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
    const { get, waits, time } = await setUp(() => (time.nowMs === 0 ? envelope(40100) : ok({})));
    await Promise.all(Array.from({ length: 20 }, (_, index) => get('x/', String(index))));
    expect(waits).toHaveLength(1);
  });

  it('becomes the pause of the minute when it goes on after some seconds', async () => {
    const { get, time, waits } = await setUp((_, count) => (count <= 4 ? envelope(40100) : ok({})));
    await get();
    expect(time.nowMs).toBe(1_000 + 2_000 + 4_000 + 300_000);
    expect(waits).toHaveLength(4);
  });

  it('is the pause of the minute at once when the app is restricted', async () => {
    const message = 'Due to too many requests, requests from App [7] are temporarily restricted.';
    const { get, time } = await setUp(inTurn(envelope(40100, message), ok({})));
    await get();
    expect(time.nowMs).toBe(300_000);
  });

  it('ends the run after three such pauses without one success', async () => {
    const { get, time, server } = await setUp(() => envelope(40100, 'App reaches the QPS limit 10'));
    const error = await errorOf(get());
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('App reaches the QPS limit 10');
    expect(time.nowMs).toBe(7_000 + 3 * 300_000);
    expect(server.seen).toHaveLength(7);
  });

  it('begins anew with a second after a success', async () => {
    const { get, time } = await setUp((_, count) => (count % 3 === 0 ? ok({}) : envelope(40100)));
    await get();
    const between = time.nowMs;
    await get();
    expect(time.nowMs - between).toBeLessThanOrEqual(between + 1_000);
    expect(between).toBe(3_000);
  });

  it('goes on doubling after a failure, which is no success', async () => {
    const { get, time } = await setUp(inTurn(envelope(40100), envelope(50000), envelope(40100), ok({})), {
      random: () => 0,
    });
    await get();
    expect(time.nowMs).toBe(1_000 + 2_000);
  });

  it('goes on doubling after the answer to a request that was under way when it came', async () => {
    let throttles = 2;
    const { get, time } = await setUp(({ path }) => (path === 'a/' && throttles-- > 0 ? envelope(40100) : ok({})));
    await Promise.all([get('a/'), get('b/')]);
    expect(time.nowMs).toBe(1_000 + 2_000);
  });

  it('is a second where TikTok restricts an advertiser and the request names none', async () => {
    const { get, time } = await setUp(inTurn(envelope(40133, 'requests … are temporarily restricted'), ok({})));
    await get('x/');
    expect(time.nowMs).toBe(1_000);
  });

  it('does not count as time in which TikTok was out of reach', async () => {
    const { get } = await setUp(
      inTurn(envelope(50000), envelope(40100, 'temporarily restricted'), envelope(50000), ok({ fine: true })),
      {
        patienceMs: 10_000,
      },
    );
    expect((await get()).data).toEqual({ fine: true });
  });
});

describe('Retry-After', () => {
  const busy = (status: number, value: string): Scripted => ({
    status,
    body: 'busy',
    headers: { 'Retry-After': value, Date: 'Sun, 01 Mar 2026 10:00:00 GMT' },
  });

  it.each([
    [503, '20', 21_000],
    [503, 'Sun, 01 Mar 2026 10:00:20 GMT', 21_000],
    [503, 'soon', 1_000],
    [429, '20', 20_000],
    [429, '0', 1_000],
  ])('of HTTP %d, %s, is waited for', async (status, value, ms) => {
    const { get, time } = await setUp(inTurn(busy(status, value), ok({})));
    await get();
    expect(time.nowMs).toBeGreaterThanOrEqual(ms);
    expect(time.nowMs).toBeLessThan(ms + 500);
  });

  it('beyond the patience ends the request at once', async () => {
    const { get, time, server } = await setUp(() => busy(503, '7200'));
    expect(await errorOf(get())).toMatchObject({ kind: 'transient', httpStatus: 503 });
    expect(server.seen).toHaveLength(1);
    expect(time.nowMs).toBeLessThan(1_000);
  });

  it('of a throttle is waited for no longer than the patience', async () => {
    const { get, time } = await setUp(inTurn(busy(429, '7200'), ok({})), { patienceMs: 60_000 });
    await get();
    expect(time.nowMs).toBeLessThan(61_000);
  });
});

describe('a throttle of one advertiser', () => {
  const message = "Advertiser (7)'s QPS (21) reaches QPS limit 20 for current path, request is temporarily restricted.";

  it('holds only that advertiser back, a second and doubling', async () => {
    let left = 3;
    const { get, waits, time, server } = await setUp((request) => {
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
    const { get, time } = await setUp(() => (throttles-- > 0 ? envelope(40133) : ok({})));
    await get('x/', '7');
    expect(time.nowMs).toBe((1 + 2 + 4 + 8 + 16 + 32 + 60 + 60) * 1_000);
  });

  it('begins anew with a second after an answer', async () => {
    const { get, time } = await setUp(inTurn(envelope(40133), ok({}), envelope(40133), ok({})));
    await get('x/', '7');
    await get('x/', '7');
    expect(time.nowMs).toBe(2_000);
  });

  it('is one throttle, however many requests of it were under way when it came', async () => {
    const { get, waits, time } = await setUp(() => (time.nowMs === 0 ? envelope(40133) : ok({})));
    await Promise.all(Array.from({ length: 20 }, () => get('x/', '7')));
    expect(waits).toHaveLength(1);
  });

  it('ends that request when it lasts longer than the patience', async () => {
    const { get } = await setUp(() => envelope(40133, message), { patienceMs: 100_000 });
    expect(await errorOf(get('held/', '7'))).toMatchObject({ kind: 'throttle', advertiserOnly: true });
  });
});

describe("the day's requests", () => {
  const at = (time: string) => ({ headers: { Date: new Date(time).toUTCString() } });

  it('are waited for when new ones come within the hour', async () => {
    const { get, waits, client } = await setUp(() => ({ ...ok({}), ...at('2026-03-01T23:30:00Z') }), {
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
    const { get } = await setUp(() => ({ ...ok({}), ...at('2026-03-01T12:00:00Z') }), {
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
    const { get } = await setUp(() => ({
      ...envelope(40100, 'App reaches the QPD limit 864000'),
      ...at('2026-03-01T12:00:00Z'),
    }));
    expect((await errorOf(get())).kind).toBe('quota_exhausted');
  });
});

describe('the clock', () => {
  it("is the API's, from its Date header, and goes on between answers", async () => {
    const { get, client, time } = await setUp(() => ({
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
    const { get, client } = await setUp(inTurn(at(first), at(second)));
    await get();
    await get();
    expect(client.now().toISOString()).toBe(`2026-03-01T${now}.000Z`);
  });

  it("is the machine's until TikTok has answered", async () => {
    const { client } = await setUp(() => ok({}));
    expect(Math.abs(client.now().getTime() - Date.now())).toBeLessThan(60_000);
  });
});

describe('a secret', () => {
  const secrets = ['s3cret/+ =&with"quote', '4242'];
  const everything = (error: unknown): string => {
    const texts: string[] = [];
    for (let at = error; at instanceof Error; at = at.cause) {
      texts.push(
        at.message,
        at.stack ?? '',
        JSON.stringify(at, Object.getOwnPropertyNames(at)),
        JSON.stringify({ ...at }),
      );
    }
    return texts.join('\n');
  };

  it.each<[string, Scripted]>([
    ['a message of TikTok', envelope(40000, `bad ${TOKEN} ${secrets[0]} ${encodeURIComponent(secrets[0] ?? '')} 4242`)],
    [
      'a page of a proxy',
      { status: 403, body: `<html>${TOKEN} ?secret=${encodeURIComponent(secrets[0] ?? '')}</html>` },
    ],
    ['a broken answer', { body: `{"echo":"${TOKEN}"` }],
    ['a reset connection', 'reset'],
    ['a timeout', 'hang'],
  ])('is in no error: %s', async (_, answer) => {
    const { client } = await setUp(() => answer, { secrets, requestTimeoutMs: 100, patienceMs: 0 });
    const error = await errorOf(
      client.request({ path: 'oauth2/advertiser/get/', params: { app_id: '4242', secret: secrets[0] ?? '' }, signal }),
    );
    const said = everything(error);
    expect(said).not.toContain(TOKEN);
    expect(said).not.toContain('s3cret');
    expect(said).not.toMatch(/\b4242\b/);
    expect(error.message.length).toBeLessThan(1_000);
  });

  it('is in no error about what is wrong with an answer', async () => {
    const { client } = await setUp(() => ok({ total_number: TOKEN }), { patienceMs: 0 });
    const request = { path: 'x/', params: {}, signal, validate: (data: unknown) => `is ${JSON.stringify(data)}` };
    const error = await errorOf(client.request(request));
    expect(error.message).toContain('total_number');
    expect(everything(error)).not.toContain(TOKEN);
  });

  it('is in no error about a host that does not exist', async () => {
    const client = new TikTokClient({
      apiUrl: 'http://host.invalid/open_api/v1.3/',
      accessToken: TOKEN,
      quota: QUOTA,
      requestTimeoutMs: 5_000,
      patienceMs: 0,
    });
    const error = await errorOf(client.request({ path: 'x/', params: { secret: TOKEN }, signal }));
    expect(error.kind).toBe('transient');
    expect(error.message).toContain('host.invalid');
    expect(everything(error)).not.toContain(TOKEN);
  });

  it('is in no error about a connection, though the host is named after it', async () => {
    const { get } = await setUp(() => ok({}), {
      apiUrl: `http://${TOKEN}.invalid/open_api/v1.3/`,
      patienceMs: 0,
    });
    const error = await errorOf(get());
    expect(error.message).toContain('***.invalid');
    expect(everything(error)).not.toContain(TOKEN);
  });
});
