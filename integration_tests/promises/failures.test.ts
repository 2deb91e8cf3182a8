import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { AccountSpec } from '../../src/emulator/world/account.ts';
import { ERROR_CODES } from '../../src/tiktok/error-codes.ts';
import { expectedTable, sync, table } from '../support/sync.ts';

// What TikTok answers on a bad day, and what a run makes of it. Today is 2026-03-15.

let emulator: Emulator;
afterEach(() => emulator.close());

const START = '2026-02-01';
const all = { from: START, to: '2026-03-15' };
const small = (id: string, name: string): AccountSpec => ({
  id,
  name,
  campaigns: 3,
  density: 1,
  created: '2025-01-01',
});
const ONE = '7000000000000000001';
const TWO = '7000000000000000002';
const THREE = '7000000000000000003';
const REPORT = 'report/integrated/get/';

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({
    accounts: [small(ONE, 'One'), small(TWO, 'Two'), small(THREE, 'Three')],
    ...options,
  });
}

const read = (overrides: object = {}, options: Parameters<typeof sync>[2] = {}) =>
  sync(emulator, { start_date: START, ...overrides }, options);

describe('what another try mends costs no row and no failure', () => {
  it.each([
    ['a system error', { code: 50000 }],
    ['a failing service', { code: 51001 }],
    ['an unknown 5xxxx code', { code: 57777 }],
    ['maintenance', { code: 60001 }],
    ['a time-out that TikTok reports, once', { code: 50002 }],
    ['a throttled app', { code: 40100 }],
    ['a throttled endpoint', { code: 40016 }],
    ['a throttled advertiser', { code: 40133 }],
    ['51021', { code: 51021 }],
    ['61000', { code: 61000 }],
    ['HTTP 429', { http_status: 429 }],
    ['HTTP 504 with a page', { http_status: 504 }],
    ['a reset before the answer', { disconnect: 'before_answer' as const }],
    ['a reset within the answer', { disconnect: 'within_answer' as const }],
    ['a body that ends early', { cut_body: 0.5 }],
    ['broken JSON', { broken_json: true as const }],
    ['an answer without a code', { without_code: true as const }],
  ])('%s', async (_says, then) => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT }, times: 1, then }] } });
    const run = await read();
    expect(emulator.faults[0]?.hits).toBe(1);
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
  });

  it('of the calls that find out who is to be read, too', async () => {
    await start({
      scenario: {
        faults: [
          { when: { endpoint: 'oauth2/advertiser/get/' }, times: 1, then: { code: 50000 } },
          { when: { endpoint: 'advertiser/info/' }, times: 1, then: { http_status: 502 } },
        ],
      },
    });
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expectedTable(emulator, all));
  });
});

describe('one advertiser that cannot be read', () => {
  it.each([
    [40001, /No permission to operate advertiser/],
    [40003, /40003/],
    [40106, /40106/],
    [40300, /40300/],
  ])('with code %i ends alone: the others are read, and only the operator can mend it', async (code, message) => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT, advertisers: [TWO] }, then: { code } }] } });
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    expect(run.outcome.failure?.message).toMatch(message);
    expect(run.outcome.failure?.message).toMatch(/7000000000000000002 \(Two\), 2026-02-01\.\.2026-03-02/);
    expect(run.outcome.failure?.message).toMatch(/exclude_advertiser_ids/);
    expect(run.failures).toHaveLength(1);
    expect(table(run)).toEqual(expectedTable(emulator, { ...all, advertiserIds: [ONE, THREE] }));
    expect(Object.keys(run.state.advertisers).sort()).toEqual([ONE, THREE]);
  });

  it('is told with all others, and what to do about all of them once', async () => {
    await start({
      scenario: { faults: [{ when: { endpoint: REPORT, advertisers: [TWO, THREE] }, then: { code: 40001 } }] },
    });
    const run = await read();
    expect(run.outcome.failure?.message).toMatch(/Advertiser 7000000000000000002 .*Advertiser 7000000000000000003 /);
    expect(run.outcome.failure?.message.match(/exclude_advertiser_ids/g)).toHaveLength(1);
  });

  it('is a warning where the operator allows it', async () => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT, advertisers: [TWO] }, then: { code: 40001 } }] } });
    const run = await read({ unavailable_advertisers: 'warn' });
    expect(run.outcome.failure).toBeUndefined();
    expect(run.warnings.join()).toMatch(/7000000000000000002 \(Two\).*40001/);
    expect(Object.keys(run.state.advertisers).sort()).toEqual([ONE, THREE]);
  });

  it('is a failure all the same when it could be read another time', async () => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT, advertisers: [TWO] }, then: { code: 50000 } }] } });
    const run = await read({ unavailable_advertisers: 'warn', patience_seconds: 1 });
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(run.failures).toEqual([expect.stringMatching(/7000000000000000002 \(Two\).*50000/)]);
  });

  it('is a failure all the same when none could be read', async () => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT }, then: { code: 40001 } }] } });
    const run = await read({ unavailable_advertisers: 'warn' });
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    // To exclude them would leave nobody.
    expect(run.outcome.failure?.message).toMatch(
      /Authorize again and tick the advertisers, or choose others\. Advertiser /,
    );
    expect(run.outcome.failure?.message).not.toMatch(/exclude_advertiser_ids/);
  });

  it('because the call about accounts names it in one batch with the others hides none of them', async () => {
    await start();
    emulator.suspend(TWO, 'deleted');
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    expect(table(run)).toEqual(expectedTable(emulator, { ...all, advertiserIds: [ONE, THREE] }));
  });

  it('beside one that failed for the moment is worth another run', async () => {
    await start({
      scenario: {
        faults: [
          { when: { endpoint: REPORT, advertisers: [TWO] }, then: { code: 40001 } },
          { when: { endpoint: REPORT, advertisers: [THREE] }, then: { code: 50000 } },
        ],
      },
    });
    const run = await read({ patience_seconds: 1 });
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(run.outcome.failure?.message).toMatch(/7000000000000000003 \(Three\).*50000.*patience_seconds/);
    expect(table(run)).toEqual(expectedTable(emulator, { ...all, advertiserIds: [ONE] }));
  });

  it('comes with the next run, from the last day that it has', async () => {
    await start({
      scenario: {
        faults: [{ when: { advertisers: [TWO], days: { from: '2026-03-10' } }, times: 2, then: { code: 40001 } }],
      },
    });
    const first = await read();
    expect(first.state.advertisers[TWO]).toMatchObject({ through: '2026-03-02' });
    const second = await read({}, { state: first.state });
    expect(second.reports.filter(({ advertiserId }) => advertiserId === TWO)[0]).toMatchObject({ from: '2026-03-03' });
    const third = await read({}, { state: second.state });
    expect(table(first, second, third)).toEqual(expectedTable(emulator, all));
  });

  it('holds nobody up while it is tried again', async () => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT, advertisers: [ONE] }, then: { hang: true } }] } });
    const run = await read(
      { request_timeout_seconds: 30 },
      {
        stopAfter: (events) =>
          new Set(events.flatMap((event) => (event.type === 'records' ? [event.advertiserId] : []))).size === 2,
      },
    );
    expect(new Set(run.records.map(({ campaign_id }) => campaign_id)).size).toBe(6);
  });

  it('because TikTok calls the request wrong is a defect to report, with all that TikTok said', async () => {
    await start({
      scenario: {
        faults: [
          {
            when: { endpoint: REPORT, advertisers: [TWO] },
            then: { code: 40002, message: 'Missing required field(s): x.' },
          },
        ],
      },
    });
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('defect');
    expect(run.failures[0]).toMatch(/40002.*Missing required field\(s\): x\./);
    expect(run.failures[0]).toMatch(/request (id )?\w{10,}/);
  });
});

describe('what concerns everybody ends the run, and keeps the state', () => {
  it.each([40105, 40102, 40104, 40113, 40125, 41000])('code %i is for the operator', async (code) => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT, advertisers: [TWO] }, then: { code } }] } });
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    expect(run.outcome.failure?.message).toMatch(
      new RegExp(`^${ERROR_CODES[code]?.meaning} ${ERROR_CODES[code]?.advice} Advertiser ${TWO}: .*${code}`),
    );
    expect(run.failures).toEqual([]);
    expect(run.outcome.interrupted).toBe(false);
  });

  it('a token that is revoked half way loses nothing that was read before', async () => {
    await start({ scenario: { events: [{ after_calls: 5, do: { revoke_token: true } }] } });
    const first = await read();
    expect(first.outcome.failure?.message).toMatch(/40105/);
    await emulator.close();
    await start();
    const second = await read({}, { state: first.state });
    expect(table(first, second)).toEqual(expectedTable(emulator, all));
  });

  it('stops the others at once, who would fare no better', async () => {
    await start({
      scenario: {
        faults: [
          { when: { endpoint: REPORT, advertisers: [TWO] }, then: { code: 40105 } },
          { when: { endpoint: REPORT, advertisers: [ONE, THREE] }, then: { hang: true } },
        ],
      },
    });
    const run = await read({ request_timeout_seconds: 300 });
    expect(run.outcome.failure?.message).toMatch(/^The access token is wrong or has been revoked\. .*40105/);
    expect(run.failures).toEqual([]);
  });

  it('a token that was revoked brings the state that came in, as the last word', async () => {
    await start();
    const first = await read();
    emulator.revokeToken();
    const second = await read({}, { state: first.state });
    expect(second.outcome.failure?.message).toMatch(/40105/);
    expect(second.events.slice(-2).map(({ type }) => type)).toEqual(['checkpoint', 'finished']);
    expect(second.state.advertisers).toEqual(first.state.advertisers);
  });

  it('40001 that speaks of the scope of the token is a matter of the token', async () => {
    const message = 'Permission error: The access token lacks the required scope for endpoint.';
    await start({ scenario: { faults: [{ when: { endpoint: REPORT }, times: 1, then: { code: 40001, message } }] } });
    const run = await read();
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    expect(run.outcome.failure?.message).toMatch(/Authorize again/);
  });

  it('nobody answers: said within the patience, worth another run', async () => {
    await start({ scenario: { faults: [{ then: { http_status: 503 } }] } });
    const run = await read({ patience_seconds: 1 });
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(run.outcome.failure?.message).toMatch(/503/);
    expect(run.records).toEqual([]);
  });

  it('nobody answers any more: the run does not go through all advertisers', async () => {
    const id = (index: number) => String(7_000_000_000_000_001_000n + BigInt(index));
    await start({
      accounts: Array.from({ length: 30 }, (_, index) => small(id(index), `Account ${index}`)),
      scenario: { faults: [{ when: { endpoint: REPORT }, then: { http_status: 503 } }] },
    });
    const run = await read({
      patience_seconds: 0.2,
      quota: { per_second: 10, per_minute: 600, per_day: 1e6, minute_pause_seconds: 1 },
    });
    expect(run.outcome.failure?.failureClass).toBe('temporary');
    expect(run.outcome.failure?.message).toMatch(
      /^The server answered with an HTTP 5xx status\. No request has got through for too long\. .*HTTP 503.*patience_seconds/,
    );
    expect(run.failures.length).toBeLessThan(30);
  });

  it("the day's requests are spent: says when to go on", async () => {
    await start();
    const first = await read({ quota: { per_second: 100, per_minute: 6000, per_day: 5 } });
    expect(first.outcome.failure?.failureClass).toBe('temporary');
    expect(first.outcome.failure?.message).toMatch(
      /^The requests that this app may make in a day are spent\. .*2026-03-16T00:00/,
    );
    expect(first.failures).toEqual([]);
    // The very first request is counted by this machine's day: TikTok's is not known before its answer.
    expect(emulator.requestCount).toBeLessThanOrEqual(6);
    const second = await read({}, { state: first.state });
    expect(table(first, second)).toEqual(expectedTable(emulator, all));
  });
});

describe('who is to be read', () => {
  it('says that no advertiser was granted', async () => {
    await start({ accounts: [{ ...small(ONE, 'One'), granted: false }] });
    const run = await read();
    expect(run.outcome.failure).toMatchObject({ failureClass: 'configuration' });
    expect(run.outcome.failure?.message).toMatch(/granted none/);
  });

  it('warns of an advertiser that is no longer granted, with its last day, and keeps its state', async () => {
    await start();
    const first = await read();
    emulator.withdraw(TWO);
    const second = await read({}, { state: first.state });
    expect(second.outcome.failure).toBeUndefined();
    expect(second.warnings).toEqual([
      expect.stringMatching(/7000000000000000002 .*no longer granted.*ends on 2026-03-15/),
    ]);
    expect(second.state.advertisers[TWO]).toEqual(first.state.advertisers[TWO]);
  });

  it('fails for one that is named and not granted, after reading the others', async () => {
    await start({ accounts: [small(ONE, 'One'), { ...small(TWO, 'Two'), granted: false }] });
    const run = await read({ advertiser_ids: [ONE, TWO] });
    expect(run.outcome.failure?.failureClass).toBe('configuration');
    expect(run.outcome.failure?.message).toMatch(/not granted.*advertiser_ids.*7000000000000000002/);
    expect(table(run)).toEqual(expectedTable(emulator, { ...all, advertiserIds: [ONE] }));
  });

  it('leaves out the excluded, and keeps the state of those not chosen', async () => {
    await start();
    const first = await read();
    const second = await read({ exclude_advertiser_ids: [TWO], advertiser_ids: [ONE, TWO] }, { state: first.state });
    expect([...new Set(second.reports.map(({ advertiserId }) => advertiserId))]).toEqual([ONE]);
    expect(Object.keys(second.state.advertisers).sort()).toEqual([ONE, TWO, THREE]);
    expect(second.outcome.failure).toBeUndefined();
  });

  it('a token alone reads the advertisers that it names', async () => {
    await start();
    const { access_token } = emulator.credentials;
    const run = await read({ credentials: { auth_type: 'access_token', access_token }, advertiser_ids: [TWO] });
    expect(table(run)).toEqual(expectedTable(emulator, { ...all, advertiserIds: [TWO] }));
  });

  it('the sandbox is read by the UTC day, and its last day again', async () => {
    await start({ sandbox: true, accounts: [{ ...small(ONE, 'One'), created: '2020-12-01' }] });
    const { access_token } = emulator.credentials;
    const credentials = { auth_type: 'sandbox_access_token', access_token, advertiser_id: ONE };
    const run = await read({
      credentials,
      start_date: '2020-12-01',
      end_date: '2020-12-31',
      quota: { per_second: 50, per_minute: 3000, per_day: 1000 },
    });
    expect(run.outcome.failure).toBeUndefined();
    expect(run.warnings.join()).toMatch(/time zone of 7000000000000000001/);
    expect(run.state.advertisers[ONE]).toMatchObject({ through: '2020-12-31', as_of: '2026-03-14' });
  });

  it('a start date in the future reads nothing, successfully, and says so', async () => {
    await start();
    const run = await read({ start_date: '2026-04-01' });
    expect(run.outcome.failure).toBeUndefined();
    expect(run.warnings.join()).toMatch(/2026-04-01 is in the future/);
    expect(run.reports).toEqual([]);
  });
});
