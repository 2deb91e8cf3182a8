import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shardOf } from '../../src/config/shard.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { runInTerminal, runVerb } from '../support/run-people.ts';

const folder = mkdtempSync(join(tmpdir(), 'status-'));
const path = (name: string) => join(folder, name);
const BRAND = '7100000000000000019';
const SHOP = '7100000000000000027';

let emulator: Emulator;
let config: string;
let state: string;
const fileOf = (name: string, content: unknown) => {
  writeFileSync(path(name), JSON.stringify(content), { mode: 0o600 });
  return path(name);
};
const configured = (overrides: Readonly<Record<string, unknown>> = {}) =>
  fileOf('config.json', emulator.config({ start_date: '2026-01-01', ...overrides }));
const entry = (from: string, through: string) => ({ from, through, as_of: through });
const stateOf = (advertisers: object) => ({ version: 1, updated_at: '2026-03-15T12:00:00.000Z', advertisers });
const airbyte = (stream_state: object) => [
  { type: 'STREAM', stream: { stream_descriptor: { name: 'campaign_daily' }, stream_state } },
];
const UP_TO_DATE = { [BRAND]: entry('2026-01-01', '2026-03-15'), [SHOP]: entry('2026-01-01', '2026-03-14') };

beforeAll(async () => {
  emulator = await startEmulator({
    now: '2026-03-15T12:00:00Z',
    accounts: [
      { id: BRAND, name: 'Brand', timezone: 'UTC', density: 1, campaigns: 2, created: '2025-01-01' },
      { id: SHOP, name: 'Shop', timezone: 'UTC', density: 1, campaigns: 2, created: '2025-01-01' },
    ],
  });
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  config = configured();
  state = fileOf('state.json', airbyte(stateOf(UP_TO_DATE)));
});

const status = (...args: string[]) => runVerb(['status', '--config', config, ...args]);

describe('status', () => {
  it('tells range, age, days due again and access of each advertiser, and that nothing is overdue', async () => {
    const { status: code, stdout, stderr } = await status('--state', state);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^✓ Brand +${BRAND} +2026-01-01\\.\\.2026-03-15 +0 +8 +ok$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^✓ Shop +${SHOP} +2026-01-01\\.\\.2026-03-14 +1 +8 +2026-03-15 +ok$`, 'm'));
    expect(stdout).toMatch(/^ {2}Brand +█{66}▒{8}$/m);
    expect(stdout).toMatch(/^ {2}Shop +█{65}▒{8}·$/m);
    expect(stdout).toContain('✓ Token and app are valid.');
    expect(stdout).toContain('✓ Nothing is overdue.');
  });

  it.each([
    { what: 'days since', covered: entry('2026-01-01', '2026-03-12'), missing: '2026-03-13..2026-03-15' },
    { what: 'days after start_date', covered: entry('2026-02-01', '2026-03-15'), missing: '2026-01-01..2026-01-31' },
    { what: 'everything', covered: undefined, missing: '2026-01-01..2026-03-15' },
  ])('ends with 1 where $what are missing, and names them', async ({ covered, missing }) => {
    fileOf('state.json', airbyte(stateOf({ [SHOP]: UP_TO_DATE[SHOP], ...(covered && { [BRAND]: covered }) })));
    const { status: code, stdout } = await status('--state', state);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^✕ Brand .* ${missing} +ok$`, 'm'));
    expect(stdout).toContain('✕ 1 of 2 advertisers are overdue.');
  });

  describe('of many advertisers', () => {
    const idOf = (index: number) => String(7_200_000_000_000_000_000n + BigInt(index));
    const ids = Array.from({ length: 60 }, (_, index) => idOf(index));
    const listed = (stdout: string) => stdout.match(/^[✓✕!] \d{19} .*$/gm) ?? [];

    beforeEach(() => {
      config = configured({ advertiser_ids: ids, end_date: '2026-03-15' });
      const through = (index: number) => ({ 7: '2026-03-02', 41: '2026-02-20' })[index] ?? '2026-03-15';
      const entries = ids.map((id, index) => [id, entry('2026-01-01', through(index))]);
      fileOf('state.json', airbyte(stateOf(Object.fromEntries(entries))));
    });

    it('lists those first that are overdue, the oldest first, and sums up the others', async () => {
      const { stdout } = await status('--state', state, '--offline');
      expect(listed(stdout).map((line) => line.slice(0, 21))).toEqual([`✕ ${idOf(41)}`, `✕ ${idOf(7)}`]);
      expect(stdout).toMatch(/^✓ 58 more are in order, read up to 2026-03-15; --all lists them\.$/m);
      expect(stdout).toMatch(new RegExp(`^  ${idOf(41)}  █+▒{8}·+$`, 'm'));
      expect(stdout).toMatch(/^ {2}58 more {14}█+▒{8}$/m);
      expect(stdout).toMatch(/^✕ 2 of 60 advertisers are overdue\./m);
      expect(stdout.split('\n').length).toBeLessThan(15);
    });

    it('lists all of them with --all', async () => {
      const { stdout } = await status('--state', state, '--offline', '--all');
      expect(listed(stdout)).toHaveLength(60);
      expect(stdout).not.toContain('--all lists them');
    });

    it('lists no more than a screen of those that are overdue', async () => {
      fileOf('state.json', airbyte(stateOf({})));
      config = configured({ advertiser_ids: ids });
      const { stdout } = await status('--state', state, '--offline');
      expect(listed(stdout)).toHaveLength(40);
      expect(stdout).toMatch(/^✕ 20 more are overdue or refused; --all lists them\.$/m);
      expect(stdout).toMatch(/^✕ 60 of 60 advertisers are overdue\./m);
    });

    it.each([80, 200])('says at %i columns which days an advertiser lacks, uncut', async (columns) => {
      const run = await runInTerminal(['status', '--config', config, '--state', state], { columns });
      for (const line of run.lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      expect(run.lines.join('\n')).toMatch(/^✕ \S+ +2026-01-01\.\.2026-02-20 .*2026-02-21\.\.2026-03-15 +refused$/m);
    });
  });

  it('counts an advertiser once where several streams are read of it', async () => {
    const stream = (name: string) => ({
      type: 'STREAM',
      stream: { stream_descriptor: { name }, stream_state: stateOf({ [BRAND]: entry('2026-01-01', '2026-03-01') }) },
    });
    fileOf('state.json', [stream('campaign_daily'), stream('ad_daily')]);
    const { stdout } = await status('--state', state);
    expect(stdout).toMatch(/^campaign_daily$.*^ad_daily$/ms);
    expect(stdout).toMatch(/^✕ 2 of 2 advertisers are overdue\./m);
  });

  it('ends with 1 where an advertiser can no longer be read', async () => {
    const granted = emulator.accounts.map(({ id }) => id);
    config = configured({ advertiser_ids: [...granted, '7999'] });
    const { status: code, stdout } = await status('--state', state);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✕ 7999 .* refused$/m);
    expect(stdout).toMatch(/^✕ 1 of 3 advertisers cannot be read\.[^✓✕]* Advertiser 7999\.$/m);
  });

  it('asks TikTok nothing with --offline', async () => {
    const before = emulator.requestCount;
    const { stdout } = await status('--state', state, '--offline');
    expect(emulator.requestCount).toBe(before);
    expect(stdout).toContain(`${BRAND}  2026-01-01..2026-03-15`);
    expect(stdout).not.toContain('access');
  });

  it('is an object for programs with --json', async () => {
    const { status: code, stdout } = await status('--state', state, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      in_order: true,
      access: { verdict: 'usable' },
      advertisers: [
        { stream: 'campaign_daily', id: BRAND, through: '2026-03-15', days_old: 0, missing: [], overdue: false },
        {
          id: SHOP,
          due_again: { from: '2026-03-07', to: '2026-03-14' },
          missing: [{ from: '2026-03-15', to: '2026-03-15' }],
          access: 'ok',
        },
      ],
    });
  });

  it('knows of the last run where sync keeps the table', async () => {
    const to = path('table.duckdb');
    const synced = await runVerb(['sync', '--config', config, '--to', to]);
    expect(synced.status, synced.stderr).toBe(0);
    const { status: code, stdout } = await status('--from', to);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/campaign_daily: the last run began 20\d\d-.* UTC and succeeded with 296 rows\./);
    expect(stdout).toMatch(/^✓ Brand .* 2026-01-01\.\.2026-03-15 +0 /m);
  });

  it('ends with 1 where nothing is overdue and the last run failed', async () => {
    const to = path('failed.duckdb');
    expect((await runVerb(['sync', '--config', config, '--to', to])).status).toBe(0);
    const wrong = configured({
      credentials: { ...(emulator.config().credentials as object), access_token: 'revoked-0123456789' },
    });
    expect((await runVerb(['sync', '--config', wrong, '--to', to])).status).toBe(1);
    // As soon as the read of today is over, all is read again.
    config = configured({ end_date: '2026-03-15' });
    const { status: code, stdout } = await status('--from', to, '--offline');
    expect(code, stdout).toBe(1);
    expect(stdout).toMatch(/^✕ campaign_daily: the last run began .* and failed/m);
    expect(stdout).toMatch(/^✕ Nothing is overdue, but the last run failed\./m);
    const { in_order, runs } = JSON.parse((await status('--from', to, '--offline', '--json')).stdout);
    expect({ in_order, result: runs[0].result }).toEqual({ in_order: false, result: 'failed' });
  });

  it.each([[], ['--offline']])('tells of the advertisers of a shard alone (%s)', async (...offline) => {
    const [count, index] = [64, shardOf(BRAND, 64)];
    // Offline, today is that of this machine.
    config = configured({ end_date: '2026-03-14' });
    expect(shardOf(SHOP, count)).not.toBe(index);
    const { status: code, stdout } = await status(
      '--state',
      state,
      '--shard',
      `${index}/${count}`,
      '--json',
      ...offline,
    );
    expect(code, stdout).toBe(0);
    const said = JSON.parse(stdout);
    expect(said.shard).toBe(`${index}/${count}`);
    expect(said.advertisers.map(({ id }: { id: string }) => id)).toEqual([BRAND]);
  });

  describe('of a folder that setup made', () => {
    const project = path('tiktok');
    const setUp = (kind: string, fields: object = {}) => {
      rmSync(project, { recursive: true, force: true });
      mkdirSync(project);
      fileOf('tiktok/config.json', JSON.parse(readFileSync(config, 'utf8')));
      fileOf('tiktok/setup.json', {
        name: 'Shop',
        slug: 'shop',
        config: 'config.json',
        target: { kind, fields },
        schedule: { time: '13:30', timeZone: 'UTC' },
        timer: 'systemd',
      });
    };

    it('knows configuration, state and the next run', async () => {
      setUp('docker', { image: 'x:1', timer: 'systemd' });
      fileOf('tiktok/state.json', airbyte(stateOf(UP_TO_DATE)));
      const { status: code, stdout } = await runVerb(['status', '--folder', project]);
      expect(code, stdout).toBe(0);
      expect(stdout).toMatch(/^ {2}Next run: 20\d\d-\d\d-\d\d 13:30 UTC, by its timer\.$/m);
    });

    it.each(['docker', 'machine'])('finds everything missing before the first run of %s', async (kind) => {
      setUp(kind);
      const { status: code, stdout } = await runVerb(['status', '--folder', project]);
      expect(code, stdout).toBe(1);
      expect(stdout).toMatch(/^✕ Brand .* nothing .* 2026-01-01\.\.2026-03-15 +ok$/m);
    });

    it('asks Meltano for its state', async () => {
      setUp('meltano', { loader: 'target-postgres' });
      const printed = JSON.stringify({ singer_state: { bookmarks: { campaign_daily: stateOf(UP_TO_DATE) } } });
      // Prints what Meltano 4.4 prints for these two commands; the tier of the orchestrators runs `status` against the real one.
      const script = `#!/bin/sh\ncase "$*" in\n*"--cwd ${project}"*"state list"*) echo prod:tap-tiktok-ads-to-target-postgres;;
*"state get prod:tap-tiktok-ads-to-target-postgres") echo '${printed}';;\n*) exit 1;;\nesac\n`;
      writeFileSync(path('meltano'), script, { mode: 0o755 });
      const run = (env: Record<string, string>) => runVerb(['status', '--folder', project, '--offline'], { env });
      const { stdout, stderr } = await run({ MELTANO: path('meltano') });
      expect(stderr).toBe('');
      expect(stdout).toContain(`${BRAND}  2026-01-01..2026-03-15`);
      expect(stdout).toMatch(/The state is in Meltano, prod:tap-tiktok-ads-to-target-postgres\.$/m);
      const without = await run({ MELTANO: path('nowhere') });
      expect(without).toMatchObject({ status: 2, stdout: '' });
      expect(without.stderr).toContain('`meltano state get ID > state.json`');
    });

    it.each([
      ['airbyte', 'copy the connection state'],
      ['config', 'name a state file with --state, or a database of `sync` with --from'],
    ])('says how to get the state of %s, and takes it', async (kind, says) => {
      setUp(kind);
      const { status: code, stdout, stderr } = await runVerb(['status', '--folder', project]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.replace(/\s+/g, ' ')).toContain(says);
      expect((await runVerb(['status', '--folder', project, '--state', state])).status).toBe(0);
    });
  });

  it.each([80, 200])('fits a terminal of %i columns, with colours', async (columns) => {
    const {
      status: code,
      lines,
      sent,
    } = await runInTerminal(['status', '--config', config, '--state', state], { columns });
    expect(code).toBe(0);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    expect(sent).toContain('\u001b[32m✓');
  });

  it('says what it needs to be told', async () => {
    const { status: code, stderr } = await runVerb(['status', '--config', config]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Name a state file with --state, or a database of `sync` with --from\.\n$/);
  });
});

describe('state', () => {
  it('shows what a state says', async () => {
    const { stdout } = await runVerb(['state', 'show', '--state', state]);
    expect(stdout).toMatch(new RegExp(`^campaign_daily +${BRAND} +2026-01-01 +2026-03-15 +2026-03-15$`, 'm'));
  });

  it.each([
    { form: 'Airbyte', content: airbyte(stateOf(UP_TO_DATE)), start: '[{"type":"STREAM"' },
    {
      form: 'Singer',
      content: { bookmarks: { campaign_daily: stateOf(UP_TO_DATE), other: { x: 1 } } },
      start: '{"bookmarks":{"campaign_daily"',
    },
  ])(
    'takes an advertiser out of a file of $form, whose form stays, and the next read brings it whole',
    async ({ content, start }) => {
      fileOf('state.json', content);
      const {
        status: code,
        stdout,
        stderr,
      } = await runVerb(['state', 'remove', '--state', state, '--advertiser', BRAND]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`campaign_daily: ${BRAND}, 2026-01-01..2026-03-15, is taken out.`);
      const text = readFileSync(state, 'utf8');
      const left = JSON.parse(text);
      expect(text.startsWith(start), text).toBe(true);
      expect(text).toContain(SHOP);
      expect(text).not.toContain(BRAND);
      expect(left.bookmarks?.other).toEqual('bookmarks' in content ? { x: 1 } : undefined);
      expect(statSync(state).mode & 0o777).toBe(0o600);
      const read = await runVerb(['bookmarks' in content ? 'tap' : 'read', '--config', config, '--state', state]);
      expect(read.status).toBe(0);
      expect(read.stdout).toContain('"date":"2026-01-01"');
    },
  );

  it('takes one out of the database of sync', async () => {
    const to = path('remove.duckdb');
    expect((await runVerb(['sync', '--config', config, '--to', to])).status).toBe(0);
    expect((await runVerb(['state', 'remove', '--from', to, '--advertiser', BRAND])).status).toBe(0);
    const { stdout } = await runVerb(['state', 'show', '--from', to]);
    expect(stdout).toContain(SHOP);
    expect(stdout).not.toContain(BRAND);
  });

  it('changes nothing when the state has no such advertiser', async () => {
    const before = readFileSync(state, 'utf8');
    const args = ['state', 'remove', '--state', state, '--advertiser', BRAND, '7999'];
    const { status: code, stderr } = await runVerb(args);
    expect(code).toBe(1);
    expect(stderr).toBe('The state has no advertiser 7999; `state show` lists them.\n');
    expect(readFileSync(state, 'utf8')).toBe(before);
  });
});
