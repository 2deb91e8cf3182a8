import { afterEach, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { readyScenario } from '../../src/emulator/faults/scenario.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { campaignDaily } from '../../src/streams/campaign-daily.ts';
import { gmvMaxCampaignDaily } from '../../src/streams/gmv-max-campaign-daily.ts';
import { checkAccess } from '../../src/sync/check.ts';
import type { StreamOutcome } from '../../src/sync/events.ts';
import { readStreams } from '../support/read-streams.ts';

// A report that TikTok refuses to some, beside one that everybody may read. Today is 2026-03-15.

let emulator: Emulator;
afterEach(() => emulator.close());

const streams = [campaignDaily, gmvMaxCampaignDaily];
const REPORT = 'report/integrated/get/';

async function start(faults: NonNullable<EmulatorOptions['scenario']>['faults'] = []): Promise<void> {
  emulator = await startEmulator({ scenario: { faults } });
}

const read = async (overrides: object = {}) => {
  const { outcome, warnings } = await readStreams(emulator, streams, { start_date: '2026-03-10', ...overrides });
  return { ...outcome, messages: warnings };
};

const failed = ({ advertisers }: StreamOutcome) =>
  advertisers.flatMap(({ advertiserId, failure }) => (failure ? [advertiserId] : []));

it.each([
  [
    'the permission for it',
    { code: 40001, message: 'advertiser does not grant you /report/integrated/get/:GET permission' },
  ],
  ['a scope', { code: 40001, message: 'Permission error: The access token lacks the required scope for endpoint.' }],
  ['its place on a list', { code: 40118 }],
  ['the permission of the developer', { code: 40125 }],
  ['the report itself', { code: 40002, message: 'report_type: one or more value of the param is not acceptable' }],
])('without %s, an advertiser has no GMV Max rows; its campaigns and the others are read', async (_what, then) => {
  await start([{ when: { endpoint: REPORT, report_type: 'TT_SHOP', advertisers: ['#2'] }, then }]);
  const { streams: [campaigns, gmvMax] = [], failure } = await read();
  expect(campaigns?.failure).toBeUndefined();
  expect(gmvMax && failed(gmvMax)).toEqual([emulator.accounts[1]?.id]);
  expect(failure).toMatchObject({ failureClass: 'configuration' });
  expect(failure?.message).toMatch(/^gmv_max_campaign_daily: 1 of 4 advertisers could not/);
  const tolerant = await read({ unavailable_advertisers: 'warn' });
  expect(tolerant.failure).toBeUndefined();
  expect(tolerant.messages.join()).toMatch(
    new RegExp(`do not read its stream.*${emulator.accounts[1]?.id}.*gmv_max_campaign_daily.*${then.code}`),
  );
});

it('GMV Max refused to everybody fails its stream, whatever may be left out, and no other', async () => {
  await start([{ when: { endpoint: REPORT, report_type: 'TT_SHOP' }, then: { code: 41001 } }]);
  const { streams: [campaigns, gmvMax] = [] } = await read({ unavailable_advertisers: 'warn' });
  expect(campaigns?.failure).toBeUndefined();
  expect(gmvMax?.failure?.message).toMatch(/^No advertiser could be read/);
});

it('the permission for basic reports is everybody’s: without it the run ends', async () => {
  emulator = await startEmulator({ scenario: readyScenario('report-permission-not-granted') });
  const { failure } = await read();
  expect(failure?.message).toMatch(/^The token was not granted the permission .* Authorize again/);
});

it('an allow-list that one advertiser is not on fails that one', async () => {
  await start([{ when: { endpoint: REPORT, advertisers: ['#2'] }, then: { code: 40118 } }]);
  const { streams: outcomes } = await read();
  expect(outcomes.map(failed)).toEqual([[emulator.accounts[1]?.id], [emulator.accounts[1]?.id]]);
});

it('the token itself ends the run, also where it is refused to GMV Max first', async () => {
  await start([{ when: { endpoint: REPORT, report_type: 'TT_SHOP' }, then: { code: 40105 } }]);
  expect((await read()).failure?.message).toMatch(/^The access token is wrong or has been revoked\. .*40105/);
});

it('the sandbox is not asked for GMV Max, and that is said', async () => {
  emulator = await startEmulator({ sandbox: true });
  const quota = { per_second: 50, per_minute: 3000, per_day: 1000 };
  const sandbox = { start_date: '2020-12-01', end_date: '2020-12-31', quota };
  const { failure, messages } = await read(sandbox);
  expect(failure).toBeUndefined();
  expect(messages).toContainEqual(expect.stringMatching(/sandbox has no report for gmv_max_campaign_daily/));
  const config = parseConfig(emulator.config(sandbox));
  const access = await checkAccess({ config, streams, signal: new AbortController().signal });
  expect(access).toMatchObject({ verdict: 'usable' });
  expect(emulator.requests.filter(({ params }) => params.report_type === 'TT_SHOP')).toEqual([]);
});

it('check asks for the reports of the streams that it is given, and names the one that is refused', async () => {
  emulator = await startEmulator({ scenario: readyScenario('gmv-max-not-permitted') });
  const config = parseConfig(emulator.config());
  const check = (chosen: typeof streams) =>
    checkAccess({ config, streams: chosen, signal: new AbortController().signal });
  expect(await check([campaignDaily])).toMatchObject({ verdict: 'usable' });
  const access = await check(streams);
  expect(access.verdict).toBe('unusable');
  expect(access.message).toMatch(new RegExp(`${emulator.accounts[1]?.id}.*, gmv_max_campaign_daily: `));
});

it('a stream of which TikTok knows no metric any more fails, with an end', async () => {
  await start();
  for (const metric of gmvMaxCampaignDaily.additiveMetrics) emulator.withdrawMetric(metric);
  emulator.withdrawMetric('campaign_name');
  const { streams: [, gmvMax] = [] } = await read();
  expect(gmvMax?.failure?.message).toMatch(/no longer offers some of the metrics/);
  expect(emulator.requestCount).toBeLessThan(60);
});
