import { afterEach, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import type { ReportStream, Slicing } from '../streams/stream.ts';
import { stopAfterwards, stopAll } from '../testing/scripted-client.ts';
import { envelope, ok, ScriptedServer } from '../testing/scripted-server.ts';
import { runSync } from './run.ts';

afterEach(stopAll);

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
    quota: { per_second: 100_000, per_minute: 6_000_000, per_day: 1_000_000_000, minute_pause_seconds: 1 },
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
