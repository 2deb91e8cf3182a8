import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { AccountSpec } from '../../src/emulator/world/account.ts';
import { check, errorOf, logsOf, read, Table } from '../support/run-source.ts';
import { expectedTable } from '../support/sync.ts';

// The program as its users run it: processes, files, HTTP. An operator's first two days.

let emulator: Emulator;
afterEach(() => emulator.close());

const account = (id: string, timezone: string, more: Partial<AccountSpec> = {}): AccountSpec => ({
  id,
  name: `Account ${timezone}`,
  timezone,
  created: '2024-06-01',
  campaigns: 14,
  deletedCampaigns: 4,
  ...more,
});
const AUCKLAND = account('7000000000000000001', 'Pacific/Auckland', { currency: 'NZD' });
const LOS_ANGELES = account('7000000000000000002', 'America/Los_Angeles', { reportedTimezone: 'Etc/GMT+8' });
const UTC = account('7000000000000000003', 'UTC', { currency: 'JPY' });

describe('the main job', () => {
  it('reads three zones over 400 days to the last digit, with the fewest requests; a day later only what is due', async () => {
    const late = account('7000000000000000004', 'Asia/Tokyo', { granted: false });
    emulator = await startEmulator({ accounts: [AUCKLAND, LOS_ANGELES, UTC, late], now: '2026-03-15T12:30:00Z' });
    const config = emulator.config({ start_date: '2025-02-09' });

    const first = await read({ config });
    expect(first.exit).toBe(0);
    const expected = expectedTable(emulator, { from: '2025-02-09', to: '2026-03-16' });
    expect(new Table().upsert(first.records).rows).toEqual(expected);
    expect(first.records).toHaveLength(expected.size);
    expect(first.records.some((row) => row.secondary_goal_result === null)).toBe(true);
    // 401, 400 and 400 days in windows of 30, and two to find out whom to read.
    expect(emulator.requestCount).toBe(3 * 14 + 2);
    expect(first.stderr).toBe('');

    emulator.clock.advanceDays(1);
    emulator.grant('7000000000000000004');
    const before = emulator.requestCount;
    const second = await read({ config, state: first.states.at(-1) });
    expect(second.exit).toBe(0);
    const after = expectedTable(emulator, { from: '2025-02-09', to: '2026-03-17' });
    expect(new Table().upsert(first.records).upsert(second.records).rows).toEqual(after);
    expect(emulator.requestCount - before, 'one window for each, 14 for the new one, two to find them').toBe(
      3 + 14 + 2,
    );

    const third = await read({ config: { ...config, start_date: '2025-01-01' }, state: second.states.at(-1) });
    const longer = expectedTable(emulator, { from: '2025-01-01', to: '2026-03-17' });
    expect(
      new Table().upsert(second.records).upsert(first.records).upsert(second.records).upsert(third.records).rows,
    ).toEqual(longer);
    expect(emulator.requestCount - before - 19, 'the lookback and 39 days before').toBe(4 * (1 + 2) + 2);
  });

  it('counts its records exactly in its states, none of which is like another', async () => {
    emulator = await startEmulator({ accounts: [UTC, LOS_ANGELES] });
    const run = await read({ config: emulator.config({ start_date: '2025-06-01' }) });
    let since = 0;
    for (const { record, state } of run.messages) {
      if (record) since++;
      if (!state) continue;
      expect(state.sourceStats.recordCount).toBe(since);
      since = 0;
    }
    expect(since).toBe(0);
    const updates = run.states.map(({ updated_at }) => updated_at);
    expect(updates.length).toBeGreaterThan(2);
    expect([...new Set(updates)].sort()).toEqual(updates);
  });

  it('never promises more than it has sent: whatever state it is cut at, the next run brings the rest', async () => {
    emulator = await startEmulator({ accounts: [UTC, LOS_ANGELES] });
    const config = emulator.config({ start_date: '2025-06-01' });
    const whole = await read({ config });
    const expected = expectedTable(emulator, { from: '2025-06-01', to: '2026-03-15' });
    const cuts = whole.messages.flatMap(({ state }, index) => (state ? [index] : []));
    for (const cut of [cuts[0], cuts[Math.floor(cuts.length / 2)], cuts.at(-2)]) {
      const sent = whole.messages.slice(0, (cut ?? 0) + 1);
      const state = sent.at(-1)?.state?.stream.stream_state;
      const rest = await read({ config, state });
      const table = new Table()
        .upsert(sent.flatMap(({ record }) => (record ? [record.data] : [])))
        .upsert(rest.records);
      expect(table.rows).toEqual(expected);
    }
  });

  it('on SIGTERM writes a last state that the next run goes on from, and dies by the signal', async () => {
    emulator = await startEmulator({ accounts: [UTC, LOS_ANGELES], latencyMs: 20 });
    const config = emulator.config({ start_date: '2025-01-01' });
    let signalled = false;
    const first = await read({
      config,
      onMessage: ({ state }, kill) => {
        if (state && !signalled) kill('SIGTERM');
        signalled ||= state !== undefined;
      },
    });
    expect(first.exit).toBe('SIGTERM');
    const statuses = first.messages.flatMap(({ trace }) => trace?.stream_status?.status ?? []);
    expect(statuses.at(-1)).toBe('INCOMPLETE');
    const second = await read({ config, state: first.states.at(-1) });
    expect(second.exit).toBe(0);
    expect(new Table().upsert(first.records).upsert(second.records).rows).toEqual(
      expectedTable(emulator, { from: '2025-01-01', to: '2026-03-15' }),
    );
  });

  it('says per advertiser what was read and what failed, in one TRACE ERROR and non-zero', async () => {
    emulator = await startEmulator({
      accounts: [UTC, LOS_ANGELES],
      scenario: {
        faults: [{ when: { endpoint: 'report/integrated/get/', advertisers: ['#2'] }, then: { code: 40001 } }],
      },
    });
    const run = await read({ config: emulator.config({ start_date: '2026-03-01' }) });
    expect(run.exit).toBe(1);
    expect(errorOf(run)).toMatchObject({ failure_type: 'config_error' });
    expect(errorOf(run)?.message).toMatch(
      /7000000000000000002 \(Account America\/Los_Angeles\), 2026-03-01\.\.2026-03-15/,
    );
    const logs = [...logsOf(run, 'INFO'), ...logsOf(run, 'ERROR')].join('\n');
    expect(logs).toMatch(/7000000000000000003.*2026-03-15/);
    expect(run.states.at(-1)?.advertisers).toHaveProperty('7000000000000000003');
  });

  it('prints no secret, whatever fails', async () => {
    emulator = await startEmulator({ accounts: [UTC] });
    const config = emulator.config() as { credentials: { app_id: string; secret: string; access_token: string } };
    const { secret, access_token } = config.credentials;
    const broken = { ...config, credentials: { ...config.credentials, secret: 'wrong-secret-0123456789' } };
    const runs = [await read({ config: broken }), await check(broken), await read({ config }), await check(config)];
    emulator.arm({ then: { code: 40002, message: `bad ${access_token} and ${encodeURIComponent(secret)}` } });
    runs.push(await read({ config }), await check(config));
    emulator.revokeToken();
    runs.push(await read({ config: { ...config, patience_seconds: 0 } }));
    await emulator.close();
    runs.push(await read({ config: { ...config, patience_seconds: 1 } }));
    emulator = await startEmulator();
    for (const { stdout, stderr } of runs) {
      for (const text of [secret, access_token, 'wrong-secret-0123456789', config.credentials.app_id]) {
        expect(stdout + stderr).not.toContain(text);
      }
    }
  });
});

describe('check', () => {
  it('proves token, app, advertisers and the report permission', async () => {
    emulator = await startEmulator({ accounts: [UTC, LOS_ANGELES] });
    const run = await check(emulator.config());
    expect(run.messages.filter(({ connectionStatus }) => connectionStatus)).toHaveLength(1);
    expect(run.messages.at(-1)?.connectionStatus?.status).toBe('SUCCEEDED');
    expect(run.exit).toBe(0);
  });

  it('names an advertiser that cannot be read, with the advice', async () => {
    emulator = await startEmulator({ accounts: [UTC, LOS_ANGELES] });
    emulator.suspend('7000000000000000002');
    const run = await check(emulator.config());
    const status = run.messages.find(({ connectionStatus }) => connectionStatus)?.connectionStatus;
    expect(status?.status).toBe('FAILED');
    expect(status?.message).toMatch(/7000000000000000002/);
    expect(run.exit).toBe(0);
    const warned = await check(emulator.config({ unavailable_advertisers: 'warn' }));
    expect(warned.messages.find(({ connectionStatus }) => connectionStatus)?.connectionStatus?.status).toBe(
      'SUCCEEDED',
    );
  });
});
