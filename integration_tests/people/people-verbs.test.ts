import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The verbs for people, as processes, with the emulator as another one: what its help and its output promise is used.
const SOURCE = resolve(import.meta.dirname, '../..', 'dist', 'source-tiktok-ads.js');
const folder = mkdtempSync(join(tmpdir(), 'people-verbs-'));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function run(...args: string[]) {
  return spawnSync(process.execPath, [SOURCE, ...args], { encoding: 'utf8', cwd: folder, maxBuffer: 1e8 });
}

function fileOf(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

/** Starts an emulator and waits until it says that it is ready. */
async function startEmulator(...args: string[]) {
  const child = spawn(process.execPath, [SOURCE, 'emulator', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('Ctrl+C')) break;
  }
  const config = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Config;
  return { child, text, config };
}

interface Config {
  readonly credentials: Readonly<Record<string, string>>;
  readonly api_url: string;
  readonly [key: string]: unknown;
}

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let config: string;
beforeAll(async () => {
  emulator = await startEmulator('--now', '2026-03-15T12:00:00Z', '--seed', '3');
  config = fileOf('config.json', emulator.config);
});

describe('emulator', () => {
  it('prints its address, its credentials and a configuration that reads it', () => {
    const { app_id, secret, access_token } = emulator.config.credentials;
    for (const value of [app_id, secret, access_token, emulator.config.api_url]) {
      expect(emulator.text.slice(0, emulator.text.indexOf('{'))).toContain(value);
    }
    const { stdout, status } = run('check', '--config', config);
    expect(status).toBe(0);
    expect(stdout).toContain('"SUCCEEDED"');
  });

  it('says which port is in use', () => {
    const { port } = new URL(emulator.config.api_url);
    const { status, stderr, stdout } = run('emulator', '--port', port);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use.*\\n$`));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s', async (signal) => {
    const { child } = await startEmulator();
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('plays a ready scenario by its name', async () => {
    const { config: sandbox } = await startEmulator('--scenario', 'sandbox');
    expect(sandbox.credentials.auth_type).toBe('sandbox_access_token');
  });

  it('names every mistake of a scenario file, and the ready scenarios to whoever names none', () => {
    const bad = run('emulator', '--scenario', fileOf('scenario.json', { faults: 1, latency_ms: 'long' }));
    expect(bad.status).toBe(1);
    expect(bad.stderr).toContain('latency_ms');
    expect(bad.stderr).toContain('faults');
    expect(run('emulator', '--scenario', 'a-good-day').stderr).toContain('a-bad-day');
  });

  it('names every mistake of its options', () => {
    const { status, stderr } = run('emulator', '--port', '70000', '--now', 'tomorrow');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('--port'), expect.stringContaining('--now')]);
  });
});

describe('advertisers', () => {
  it('lists what the token can see, and what of it is read', () => {
    const excluded = fileOf('excluded.json', { ...emulator.config, exclude_advertiser_ids: ['7100000000000000027'] });
    const { status, stdout } = run('advertisers', '--config', excluded);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^7100000000000000019 +Kōwhai Outdoor \(NZ\) +NZD +Pacific\/Auckland +enable +yes$/m);
    expect(stdout).toMatch(/^7100000000000000027 .* no$/m);
    expect(stdout).toContain('4 advertisers, 3 to be read with this configuration.');
  });

  it('does so as JSON', () => {
    const list = JSON.parse(run('advertisers', '--config', config, '--json').stdout);
    expect(list).toHaveLength(4);
    expect(list[0]).toMatchObject({
      id: '7100000000000000019',
      timezone: 'Pacific/Auckland',
      currency: 'NZD',
      read: true,
    });
  });

  it('says what to do about a wrong token, and does not repeat it', () => {
    const credentials = { ...emulator.config.credentials, access_token: '0123456789abcdef0123456789abcdef01234567' };
    const { status, stdout, stderr } = run(
      'advertisers',
      '--config',
      fileOf('wrong.json', { ...emulator.config, credentials }),
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('40105');
    expect(stderr).not.toContain(credentials.access_token);
    expect(stderr).not.toContain('    at ');
  });
});

describe('plan', () => {
  const configured = (start_date: string, more = {}) =>
    fileOf('plan.json', { ...emulator.config, start_date, ...more });

  it('tells ranges by the account’s own day, windows, requests and time', () => {
    const { status, stdout } = run(
      'plan',
      '--config',
      configured('2026-01-01', { quota: { per_second: 2, per_minute: 120 } }),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/7100000000000000019 .*Pacific\/Auckland +2026-01-01\.\.2026-03-16 +75 +3$/m);
    expect(stdout).toMatch(/7100000000000000027 .*America\/Los_Angeles +2026-01-01\.\.2026-03-15 +74 +3$/m);
    expect(stdout).toContain('4 advertisers, 297 advertiser days, 12 windows: at least 12 requests');
    expect(stdout).toContain('6 s at 2 requests a second');
  });

  it('counts what the state of an earlier read leaves', () => {
    const path = configured('2026-01-01', { advertiser_ids: ['7100000000000000035'] });
    const blob = {
      version: 1,
      advertisers: { '7100000000000000035': { from: '2026-01-01', through: '2026-03-14', as_of: '2026-03-14' } },
    };
    for (const state of [blob, { bookmarks: { campaign_daily: blob } }]) {
      const { stdout } = run('plan', '--config', path, '--state', fileOf('state.json', state));
      expect(stdout).toMatch(/UTC +2026-03-07\.\.2026-03-15 +9 +1$/m);
    }
  });

  it('says that no advertiser is left, where a read would fail for it', () => {
    const everybody: { id: string }[] = JSON.parse(run('advertisers', '--config', config, '--json').stdout);
    const exclude_advertiser_ids = everybody.map(({ id }) => id);
    const nobody = fileOf('nobody.json', { ...emulator.config, exclude_advertiser_ids });
    const { status, stderr, stdout } = run('plan', '--config', nobody);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/No advertiser is left to read: .*exclude_advertiser_ids/);
  });

  it('refuses a state that is another’s', () => {
    const { status, stderr } = run(
      'plan',
      '--config',
      config,
      '--state',
      fileOf('other.json', { cursor: '2026-01-01' }),
    );
    expect(status).toBe(1);
    expect(stderr).toContain('The state cannot be used');
  });
});

describe('plan with a catalog', () => {
  const airbyte = (...names: string[]) => ({
    streams: names.map((name) => ({ stream: { name }, sync_mode: 'incremental' })),
  });
  const singer = (...names: string[]) => ({
    streams: names.map((name) => ({
      tap_stream_id: name,
      metadata: [{ breadcrumb: [], metadata: { selected: true } }],
    })),
  });

  it.each([
    { of: 'Airbyte', catalog: airbyte('ad_daily', 'gmv_max_campaign_daily') },
    { of: 'Singer', catalog: singer('ad_daily', 'gmv_max_campaign_daily') },
  ])('of $of counts the requests of each stream that it selects, and all of them', ({ catalog }) => {
    const path = fileOf('plan.json', { ...emulator.config, start_date: '2026-01-01' });
    const { status, stdout } = run('plan', '--config', path, '--catalog', fileOf('catalog.json', catalog));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ad_daily +12$/m);
    expect(stdout).toMatch(/^gmv_max_campaign_daily +12$/m);
    expect(stdout).toMatch(/4 advertisers, .*24 windows: at least 24 requests/);
    expect(stdout).not.toMatch(/^campaign_daily/m);
  });
});

describe('plan for schedulers', () => {
  it('is JSON with the ranges of each advertiser, and what each shard asks for', () => {
    const path = fileOf('plan.json', { ...emulator.config, start_date: '2026-01-01', quota: { per_second: 10 } });
    const { status, stdout } = run('plan', '--config', path, '--json', '--shards', '4');
    expect(status).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({ requests: 12, requests_per_second: 10, seconds: 2, unavailable: [] });
    expect(plan.streams).toEqual([{ stream: 'campaign_daily', windows: 12, requests: 12 }]);
    expect(plan.advertisers).toContainEqual({
      stream: 'campaign_daily',
      id: '7100000000000000019',
      name: expect.any(String),
      timezone: 'Pacific/Auckland',
      windows: [{ from: '2026-01-01', to: '2026-03-16' }],
      days: 75,
      requests: 3,
    });
    expect(plan.shards.map(({ shard }: { shard: string }) => shard)).toEqual(['0/4', '1/4', '2/4', '3/4']);
    for (const { shard, advertisers, requests } of plan.shards) {
      const part = JSON.parse(run('plan', '--config', path, '--json', '--shard', shard).stdout);
      expect({ advertisers: part.advertisers.length, requests: part.requests }).toEqual({ advertisers, requests });
    }
  });

  it('refuses a shard that there is not, in each verb that takes one', () => {
    const schedule = ['--config', config, '--shard', '8/8'];
    for (const verb of [['plan'], ['advertisers'], ['read', '--catalog', config], ['tap', '--catalog', config]]) {
      const { status, stdout, stderr } = run(...verb, ...schedule);
      expect(status).toBe(1);
      expect(stdout + stderr).toMatch(/shard is \\?"8\/8\\?"; expected a part and how many there are/);
    }
    expect(run('plan', '--config', config, '--shards', '0').stderr).toContain('--shards is 0; expected a whole number');
  });
});

describe('state merge', () => {
  const blob = (id: string, through: string) => ({
    version: 1,
    updated_at: '2026-03-15T12:00:00.000Z',
    advertisers: { [id]: { from: '2026-03-01', through, as_of: through } },
  });
  const airbyte = (id: string) => [
    {
      type: 'STREAM',
      stream: { stream_descriptor: { name: 'campaign_daily' }, stream_state: blob(id, '2026-03-10') },
    },
  ];
  const singer = (id: string) => ({ bookmarks: { campaign_daily: blob(id, '2026-03-11') } });

  it('puts the states of both protocols together, in the form of the first', () => {
    const [a, b, none] = [fileOf('a.json', airbyte('1')), fileOf('b.json', singer('2')), fileOf('none.json', [])];
    const both = { ...blob('1', '2026-03-10').advertisers, ...blob('2', '2026-03-11').advertisers };
    const [first] = JSON.parse(run('state', 'merge', none, a, b).stdout);
    expect(first).toMatchObject({ type: 'STREAM', stream: { stream_descriptor: { name: 'campaign_daily' } } });
    expect(first.stream.stream_state.advertisers).toEqual(both);
    expect(JSON.parse(run('state', 'merge', b, a).stdout).bookmarks.campaign_daily.advertisers).toEqual(both);
    const object = fileOf('object.json', blob('3', '2026-03-12'));
    expect(JSON.parse(run('state', 'merge', object, object).stdout)).toEqual(blob('3', '2026-03-12'));
  });

  it('says which file is none, and what can be done with states', () => {
    const { status, stderr } = run('state', 'merge', fileOf('a.json', airbyte('1')), fileOf('x.json', { version: 9 }));
    expect(status).toBe(1);
    expect(stderr).toContain('x.json');
    expect(run('state').stderr).toContain('merge');
    expect(run('state', 'merge').status).toBe(2);
  });
});

describe('catalog', () => {
  it('prints what read takes: the default stream with all its columns, or those that are named', () => {
    const printed = run('catalog', '--config', config);
    expect({ status: printed.status, stderr: printed.stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(printed.stdout).streams).toEqual([
      expect.objectContaining({ sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }),
    ]);
    const chosen = run('catalog', '--config', config, '--streams', 'ad_daily', 'adgroup_daily');
    const path = fileOf('chosen.json', JSON.parse(chosen.stdout));
    const { status, stdout } = run('read', '--config', config, '--catalog', path);
    expect(status).toBe(0);
    expect([...new Set(stdout.match(/(?<="STREAM_STATUS".*"name":")\w+/g))].sort()).toEqual([
      'ad_daily',
      'adgroup_daily',
    ]);
  });

  it('names the streams that there are when one is asked for that there is not', () => {
    const { status, stderr, stdout } = run('catalog', '--config', config, '--streams', 'ads');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no stream "ads"; there are campaign_daily, .*\.\n$/);
  });

  it('is not needed to begin: read brings campaign_daily incrementally, and says so', () => {
    const { status, stdout } = run('read', '--config', config);
    expect(status).toBe(0);
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const logs = messages.flatMap(({ log }) => log?.message ?? []);
    expect(logs).toContain('No --catalog is given: campaign_daily is read, incrementally, with all its columns.');
    const states = messages.filter(({ type }) => type === 'STATE').map(({ state }) => state);
    const again = run('read', '--config', config, '--state', fileOf('states.json', [states.at(-1)]));
    const count = (text: string) => text.split('\n').filter((line) => line.includes('"RECORD"')).length;
    expect(count(again.stdout)).toBeGreaterThan(0);
    expect(count(again.stdout)).toBeLessThan(count(stdout) / 2);
  });
});

describe('demo', () => {
  const output = join(folder, 'demo');

  it('shows the whole way of the data, and leaves files to go on with by hand', { timeout: 300_000 }, async () => {
    const deadProxy = { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [SOURCE, 'demo', '--folder', output], {
      encoding: 'utf8',
      env: { ...process.env, ...deadProxy },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const step of [
      '1  check',
      '2  discover',
      '3  read',
      '4  read, with the state of the first',
      '5  sync',
      '6  query',
    ]) {
      expect(stdout).toContain(`✓ ${step}`);
    }
    for (const command of [
      'check --config config.json',
      'discover --config config.json',
      'read --config config.json --catalog catalog.json',
      'read --config config.json --catalog catalog.json --state state-1.json',
      'sync --config config.json --to demo.duckdb',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {5}\\$ node .*source-tiktok-ads\\.js ${command}$`, 'm'));
    }
    expect(stdout).toMatch(/[\d,]+ rows in the table, each figure as TikTok has it now/);
    expect(readdirSync(output).sort()).toEqual([
      'catalog.json',
      'check.jsonl',
      'config.json',
      'demo.duckdb',
      'discover.jsonl',
      'queries.sql',
      'records-1.jsonl',
      'records-2.jsonl',
      'state-1.json',
      'state-2.json',
    ]);

    // The command that it prints for the queries.
    const [, command = ''] = /^ {2}(cd .* query .*)$/m.exec(stdout) ?? [];
    const answers = spawnSync(command, { shell: true, encoding: 'utf8', cwd: tmpdir() });
    expect(answers.stdout.match(/^SELECT[^;]*;\n\n(?!No rows).+\n.+/gm)).toHaveLength(3);
    expect(stdout).toContain(answers.stdout.trim().replaceAll(/^(?=.)/gm, '     '));

    // The command that it prints for the emulator, and the one for the next read.
    const [, port, seed, now] = /emulator --port (\d+) --seed (\d+) --now (\S+)/.exec(stdout) ?? [];
    const again = spawn(process.execPath, [
      SOURCE,
      'emulator',
      '--port',
      String(port),
      '--seed',
      String(seed),
      '--now',
      String(now),
    ]);
    children.push(again);
    await once(again.stdout, 'data');
    const files = ['--config', join(output, 'config.json'), '--catalog', join(output, 'catalog.json')];
    const read = run('read', ...files, '--state', join(output, 'state-2.json'));
    expect(read.status, read.stdout.slice(-500)).toBe(0);
    expect(read.stdout).toContain('"RECORD"');
  });

  it('says in one line which folder it cannot use', () => {
    const { status, stderr } = run('demo', '--folder', config);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/config\.json cannot be used: .*--folder/)]);
  });

  it('keeps its files from other users of the machine', () => {
    expect(statSync(join(output, 'config.json')).mode & 0o777).toBe(0o600);
  });
});
