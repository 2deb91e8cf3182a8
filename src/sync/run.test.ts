import { afterEach, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import type { ReportStream, Slicing } from '../streams/stream.ts';
import { stopAfterwards, stopAll } from '../testing/scripted-client.ts';
import { envelope, ok, ScriptedServer } from '../testing/scripted-server.ts';
import { type Clock, systemClock } from './clock.ts';
import { runSync } from './run.ts';

afterEach(stopAll);

/** So large that nothing waits for it. */
const NO_QUOTA = { per_second: 100_000, per_minute: 6_000_000, per_day: 1_000_000_000, minute_pause_seconds: 1 };

it('of thousands of advertisers that all fail, one begins when another has ended', async () => {
  const ids = Array.from({ length: 2_000 }, (_, index) => String(7_000_000_000_000_001_000n + BigInt(index)));
  const server = await ScriptedServer.start(({ path, query }) =>
    path === 'report/integrated/get/'
      ? envelope(40114, 'The advertiser is logged out')
      : ok({ list: JSON.parse(query.get('advertiser_ids') ?? '[]').map((id: string) => ({ advertiser_id: id })) }),
  );
  stopAfterwards(server);
  const config = parseConfig({
    credentials: { auth_type: 'access_token', access_token: 'token' },
    advertiser_ids: ids,
    start_date: '2026-03-01',
    end_date: '2026-03-02',
    api_url: server.url,
    quota: NO_QUOTA,
  });
  let [begun, ended, atOnce] = [0, 0, 0];
  const stream: ReportStream = {
    ...campaignDaily,
    // It is looked at once for each advertiser that begins.
    get slicing() {
      begun += 1;
      atOnce = Math.max(atOnce, begun - ended);
      return campaignDaily.slicing as Slicing;
    },
  };
  const stop = new AbortController();
  for await (const event of runSync({ config, streams: [{ stream }], signal: stop.signal })) {
    if (event.type === 'advertiser-failed') ended += 1;
    if (ended === 50) stop.abort(new Error('stopped by the test'));
  }
  expect(begun).toBeGreaterThanOrEqual(50);
  expect(atOnce).toBeLessThan(20);
});

it('asks for the advertisers and their zones once, also when the read takes a day', async () => {
  const id = '7000000000000000001';
  const list = [{ advertiser_id: id, timezone: 'UTC' }];
  let nowMs = Date.parse('2026-03-15T00:00:00Z');
  const asked: string[] = [];
  const server = await ScriptedServer.start(({ path }) => {
    asked.push(path);
    if (path !== 'report/integrated/get/') return ok({ list });
    nowMs += 3_600_000;
    return ok({ list: [], page_info: { page: 1, page_size: 1000, total_number: 0, total_page: 0 } });
  });
  stopAfterwards(server);
  const config = parseConfig({
    credentials: {
      auth_type: 'oauth2.0',
      app_id: '7000000000000000009',
      secret: 'a'.repeat(40),
      access_token: 'b'.repeat(40),
    },
    start_date: '2024-03-01',
    end_date: '2026-03-02',
    api_url: server.url,
    quota: NO_QUOTA,
  });
  const clock: Clock = { ...systemClock, now: () => nowMs, monotonicNow: () => nowMs };
  const { signal } = new AbortController();
  for await (const event of runSync({ config, streams: [{ stream: campaignDaily }], signal }, clock)) {
    if (event.type === 'finished') expect(event.outcome.failure).toBeUndefined();
  }
  const reports = asked.filter((path) => path === 'report/integrated/get/');
  expect(reports.length).toBeGreaterThan(24);
  expect(asked.filter((path) => path !== reports[0])).toEqual(['oauth2/advertiser/get/', 'advertiser/info/']);
});
