import { afterEach, describe, expect, it } from 'vitest';
import { errorOf, inOrder, scriptedClient, stopAll } from '../testing/scripted-client.ts';
import { envelope, ok, type Scripted } from '../testing/scripted-server.ts';
import { fetchReportPage, type ReportQuery, type ReportRows } from './endpoints/report.ts';

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

afterEach(stopAll);

describe('a transient failure', () => {
  it.each<[string, Scripted]>([
    ['50000', envelope(50000, 'System error')],
    ['51001', envelope(51001)],
    ['a code that is on no list', envelope(53999)],
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
    const { get, retries, time, server } = await scriptedClient(inOrder(failure, failure, ok({ fine: true })));
    expect((await get()).data).toEqual({ fine: true });
    expect(retries.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 1_000],
      [2, 2_000],
    ]);
    expect(time.nowMs).toBe(3_000);
    expect(server.seen).toHaveLength(3);
  });

  it('doubles its waits up to a minute, each of them shortened at random', async () => {
    const { get, retries } = await scriptedClient((_, count) => (count < 9 ? envelope(50000) : ok({})), {
      random: () => 0.5,
    });
    await get();
    expect(retries.map(({ delayMs }) => delayMs)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('ends with its bound and the last error when the patience is spent, while others are answered', async () => {
    const { client, get } = await scriptedClient(
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
    const { client } = await scriptedClient(
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
    const { client, get } = await scriptedClient(
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
    const { get, client } = await scriptedClient(inOrder(envelope(50000), envelope(50000), ok({})));
    await get();
    expect(client.requestCount).toBe(3);
  });

  it('without one answer to anybody ends the run', async () => {
    const { get } = await scriptedClient(() => 'reset', { patienceMs: 60_000 });
    // Whose patience ends first is still an advertiser of its own; the next one is told what that means for all.
    expect(await errorOf(get('x/', '7'))).toMatchObject({ kind: 'transient' });
    const error = await errorOf(get('x/', '8'));
    expect(error.kind).toBe('unreachable');
    expect(error.meaning).toMatch(/^TikTok could not be reached, or the connection broke\. No request has got through/);
    expect(error.message).toMatch(/^The connection to \S+ failed .*60 s \(patience_seconds\)/);
  });

  it.each<[string, Scripted]>([
    ['an answer', ok({})],
    ['a refusal', envelope(40001)],
  ])('long after %s to any request is counted anew', async (_, answer) => {
    const { client, get, time } = await scriptedClient(inOrder(envelope(50000), answer, envelope(50000), ok({})));
    await get('x/', '7').catch(() => undefined);
    expect(client.requestCount).toBe(2);
    time.nowMs += 700_000;
    expect(await get('x/', '8')).toMatchObject({ data: {} });
  });

  it('that takes its time is tried less often: the attempts count, not only the waits between them', async () => {
    const { get, time, client } = await scriptedClient(
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
    const { client, server } = await scriptedClient(() => envelope(50000));
    await errorOf(client.request({ path: 'x/', params: {}, signal, patienceMs: 0 }));
    expect(server.seen).toHaveLength(1);
  });

  it('stops waiting when the signal aborts', async () => {
    const controller = new AbortController();
    const { client } = await scriptedClient(() => envelope(50000), {
      // A wait that only an abort can end.
      sleep: (_ms, waiting) => {
        setImmediate(() => controller.abort(new Error('stop')));
        return new Promise((_, reject) => waiting.addEventListener('abort', () => reject(waiting.reason)));
      },
    });
    await expect(client.request({ path: 'x/', params: {}, signal: controller.signal })).rejects.toThrow('stop');
  });

  it('leaves room in flight for other requests while it waits, and when it has ended', async () => {
    const { client, get } = await scriptedClient((_, count) => (count % 2 ? envelope(50000) : ok({})));
    for (let index = 0; index < 300; index += 1) await get();
    expect(client.requestCount).toBe(600);
  });
});

const counted = { convert: ({ count }: ReportRows) => count };

describe('a timeout', () => {
  it.each(['hang', 'drip'] as const)('of a report is thrown at once: %s', async (failure) => {
    const { client, retries } = await scriptedClient(() => failure, { requestTimeoutMs: 100 });
    const error = await errorOf(fetchReportPage(client, query('7'), signal, counted));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('0.1 s');
    expect([client.requestCount, retries.length]).toEqual([1, 0]);
  });

  it('of another request is tried again', async () => {
    const { get, server } = await scriptedClient(inOrder('hang', ok({})), { requestTimeoutMs: 100 });
    await get();
    expect(server.seen).toHaveLength(2);
  });

  it.each([50002, 51010, 52103])('that TikTok reports as %d is tried once more, then thrown', async (code) => {
    const { client, server } = await scriptedClient(() => envelope(code, 'Error processing request'));
    const error = await errorOf(fetchReportPage(client, query('7'), signal, counted));
    expect(error).toMatchObject({ kind: 'timeout', code });
    expect(server.seen).toHaveLength(2);
  });

  it('after timeout, and no answer to anybody, ends the run, though less could be asked for', async () => {
    const { client, time } = await scriptedClient(() => 'hang', { requestTimeoutMs: 20 });
    const report = (advertiserId: string) => errorOf(fetchReportPage(client, query(advertiserId), signal, counted));
    expect(await report('7')).toMatchObject({ kind: 'timeout' });
    time.nowMs += 700_000;
    expect(await report('8')).toMatchObject({ kind: 'unreachable' });
  });

  it('that TikTok reports once does no harm', async () => {
    const { client } = await scriptedClient(inOrder(envelope(50002), ok(PAGE)));
    expect((await fetchReportPage(client, query('7'), signal, counted)).totalNumber).toBe(0);
  });

  it('is the end of the request only: an abort is no timeout', async () => {
    const controller = new AbortController();
    const { client, retries } = await scriptedClient(() => {
      setImmediate(() => controller.abort(new Error('stop')));
      return 'hang';
    });
    await expect(client.request({ path: 'x/', params: {}, signal: controller.signal })).rejects.toThrow('stop');
    expect(retries, 'nor a failure to be told of').toEqual([]);
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
    const { get, time } = await scriptedClient(inOrder(busy(status, value), ok({})));
    await get();
    expect(time.nowMs).toBeGreaterThanOrEqual(ms);
    expect(time.nowMs).toBeLessThan(ms + 500);
  });

  it('beyond the patience ends the request at once', async () => {
    const { get, time, server } = await scriptedClient(() => busy(503, '7200'));
    expect(await errorOf(get())).toMatchObject({ kind: 'transient', httpStatus: 503 });
    expect(server.seen).toHaveLength(1);
    expect(time.nowMs).toBeLessThan(1_000);
  });

  it('of a throttle is waited for no longer than the patience', async () => {
    const { get, time } = await scriptedClient(inOrder(busy(429, '7200'), ok({})), { patienceMs: 60_000 });
    await get();
    expect(time.nowMs).toBeLessThan(61_000);
  });
});
