import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFailed, onTestFinished } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { airbyteId, DESTINATION, startEmulatedAirbyte, WORKSPACE } from '../support/emulated-airbyte.ts';
import { withoutTimers } from '../support/without-timers.ts';

const PROGRAM = resolve(import.meta.dirname, '../../dist/source-tiktok-ads.js');

/** What the keys send. */
const DOWN = '\u001b[B';
const UP = '\u001b[A';
const BACKSPACE = '\u007f';

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'setup-'));
  await withoutTimers(join(folder, '.state/bin'));
});
afterEach(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface Run {
  /** Everything printed so far, without the terminal's control sequences. */
  readonly output: () => string;
  readonly ended: Promise<Ended>;
  /** Resolves once the output, after what was met before, holds this. */
  meet(text: string): Promise<void>;
  type(text: string): void;
}

function start(program: string, args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(program, args, {
    cwd: folder,
    // No other loader is found here, and the timers of this machine stay as they are.
    env: { ...process.env, PATH: `${folder}/.state/bin:/usr/bin:/bin`, XDG_STATE_HOME: join(folder, '.state'), ...env },
    stdio: 'pipe',
  });
  let output = '';
  let met = 0;
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    output += chunk.toString().replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
    for (const listener of [...listeners]) listener();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  // Where a question is not met, what came instead says why.
  onTestFailed(() => void process.stderr.write(output));
  onTestFinished(() => void child.kill());
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    output: () => output,
    ended,
    type: (text) => child.stdin.write(text),
    meet: (text) =>
      new Promise((done, fail) => {
        const look = (): void => {
          const at = output.indexOf(text, met);
          if (at < 0) return;
          met = at + text.length;
          listeners.delete(look);
          done();
        };
        listeners.add(look);
        void ended.then(({ code }) => fail(new Error(`ended with ${code} before "${text}":\n${output}`)));
        look();
      }),
  };
}

/** `setup` without a question, into PROJECT. */
function setup(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return start(process.execPath, [PROGRAM, 'setup', '--api-url', emulator.apiUrl, ...args], {
    TIKTOK_APP_SECRET: emulator.credentials.secret,
    ...env,
  }).ended;
}

const config = async (path = 'brand/config.json') => JSON.parse(await readFile(join(folder, path), 'utf8'));

describe('setup by flags', () => {
  it('trades the code, checks, and writes a configuration that only its owner can read', async () => {
    const code = emulator.issueAuthCode();
    const { code: exit, output } = await setup([
      ...[
        '--auth-code',
        code,
        '--app-id',
        emulator.credentials.app_id,
        '--name',
        'Brand',
        '--start-date',
        '2026-03-01',
      ],
      ...['--advertisers', `${emulator.accounts[0]?.id},${emulator.accounts[2]?.id}`, '--debug'],
    ]);
    expect(output).toContain('2 advertisers can be read.');
    expect(output).toMatch(/oauth2\/access_token\/?: answered after \d+ ms/);
    expect(output).toMatch(/report\/integrated\/get\/? of advertiser \d+ .*: answered after \d+ ms/);
    expect(exit).toBe(0);
    expect(await config()).toMatchObject({
      advertiser_ids: [emulator.accounts[0]?.id, emulator.accounts[2]?.id],
      start_date: '2026-03-01',
      api_url: emulator.apiUrl,
    });
    expect((await stat(join(folder, 'brand/config.json'))).mode & 0o777).toBe(0o600);
    const { access_token: token } = (await config()).credentials;
    for (const secret of [token, emulator.credentials.secret, code]) expect(output).not.toContain(secret);
  });

  it('changes an existing configuration with a new token, and keeps what it says', async () => {
    const before = { ...emulator.config({ api_tier: 'advanced' }), my_note: 'kept', exclude_advertiser_ids: ['1'] };
    await mkdir(join(folder, 'brand'));
    await writeFile(join(folder, 'brand/config.json'), JSON.stringify(before));
    emulator.revokeToken();
    const args = ['--config', 'brand/config.json', '--auth-code', emulator.issueAuthCode()];
    const refused = await setup(args, { TIKTOK_APP_SECRET: '' });
    expect(refused.output).toContain('were not touched: config.json. Give --replace');
    expect(refused.code).toBe(1);
    expect(await config()).toEqual(before);

    const more = ['--without-deleted', '--advertiser-columns', '--replace'];
    const done = await setup(['--config', 'brand/config.json', '--auth-code', emulator.issueAuthCode(), ...more], {
      TIKTOK_APP_SECRET: '',
    });
    expect(done.code).toBe(0);
    const after = await config();
    expect(after).toMatchObject({ include_deleted: false, advertiser_columns: true });
    expect(after).toMatchObject({ my_note: 'kept', exclude_advertiser_ids: ['1'], api_tier: 'advanced' });
    expect(after.credentials.access_token).not.toBe(emulator.credentials.access_token);
    expect((await readdir(join(folder, 'brand'))).filter((name) => name.includes('.before-'))).toHaveLength(1);
  });

  it.each([
    { says: 'used already', args: () => ['--auth-code', 'spent', '--app-id', emulator.credentials.app_id] },
    { says: 'do not belong together', args: () => ['--auth-code', emulator.issueAuthCode(), '--app-id', '123'] },
    {
      says: 'lacks a permission: Reporting',
      args: () => ['--auth-code', emulator.issueAuthCode(undefined, [1]), '--app-id', emulator.credentials.app_id],
    },
    {
      says: 'no advertiser with it',
      args: () => ['--auth-code', emulator.issueAuthCode([]), '--app-id', emulator.credentials.app_id],
    },
    { says: 'has digits only', args: () => ['--auth-code', 'x', '--app-id', 'abc'] },
  ])('says in the user’s words: $says', async ({ says, args }) => {
    const { code, output } = await setup([...args(), '--name', 'Brand', '--start-date', '2026-03-01']);
    expect(output).toContain(says);
    expect(output).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== '.state')).toEqual([]);
  });

  it('makes a docker run script that reads once, keeps the state, and goes on from it', async () => {
    const { code } = await setup([
      ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
      ...['--start-date', '2026-03-01', '--target', 'docker', '--image', 'source-tiktok-ads:1.0', '--timer', 'cron'],
    ]);
    expect(code).toBe(0);
    // Stands in for Docker: the same program, the mounted folder where the mount is.
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await writeFile(
      join(bin, 'docker'),
      `#!/bin/sh
echo "$@" > "$PWD/docker-arguments"
while [ "$1" != source-tiktok-ads:1.0 ]; do shift; done; shift
exec "${process.execPath}" "${PROGRAM}" $(echo "$@" | sed "s#/project/#$PWD/#g")
`,
    );
    await chmod(join(bin, 'docker'), 0o755);
    const run = () => start(join(folder, 'brand/run.sh'), [], { PATH: `${bin}:${process.env.PATH}` }).ended;
    const rows = async () => {
      const files = (await readdir(join(folder, 'brand/data'))).sort();
      const lines = (await readFile(join(folder, 'brand/data', files.at(-1) ?? ''), 'utf8')).split('\n');
      return lines.filter((line) => line.includes('"type":"RECORD"')).length;
    };
    expect((await run()).code).toBe(0);
    const wanted = [...emulator.expectedRows({ from: '2026-03-01', to: '2026-03-31' })].length;
    expect(await rows()).toBe(wanted);
    expect(await readFile(join(folder, 'brand/docker-arguments'), 'utf8')).toContain(
      `--user ${process.getuid?.()}:${process.getgid?.()} --volume ${join(folder, 'brand')}:/project:ro`,
    );
    expect((await stat(join(folder, 'brand/state.json'))).mode & 0o777).toBe(0o600);

    await rm(join(folder, 'brand/data'), { recursive: true });
    expect((await run()).code).toBe(0);
    expect(await rows()).toBeLessThan(wanted);
    expect(await rows()).toBeGreaterThan(0);

    emulator.revokeToken();
    const state = await readFile(join(folder, 'brand/state.json'), 'utf8');
    expect((await run()).code).toBe(1);
    expect(
      JSON.parse(await readFile(join(folder, 'brand/state.json'), 'utf8'))[0].stream.stream_state.advertisers,
    ).toEqual(JSON.parse(state)[0].stream.stream_state.advertisers);
  });
});

describe('the options for scripts', () => {
  it('are refused where neither a code nor a token makes it a script', async () => {
    const { code, output } = await setup(['--name', 'Brand', '--target', 'docker']);
    expect(output).toContain('--name, --target: for scripts, which ask nothing. Give --auth-code, or --config with');
    expect(code).toBe(1);
  });

  it('take the code from the environment, where no other user can read it', async () => {
    const args = ['--app-id', emulator.credentials.app_id, '--name', 'Brand', '--start-date', '2026-03-01'];
    const { code, output } = await setup(args, { TIKTOK_AUTH_CODE: emulator.issueAuthCode() });
    expect(output).toContain('4 advertisers can be read.');
    expect(code).toBe(0);
    // Four advertisers in one table: their rows are told apart.
    expect(await config()).toMatchObject({ advertiser_columns: true });
  });

  it('refuse a first day that has not come, and speak of no click', async () => {
    const args = ['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'];
    const { code, output } = await setup([...args, '--start-date', '2031-01-01']);
    expect(output).toContain('2031-01-01 is in the future; today is 2026-03-1');
    expect(code).toBe(1);
    const spent = await setup(['--auth-code', 'spent', '--app-id', emulator.credentials.app_id, '--name', 'Brand']);
    expect(spent.output).toContain('used already');
    expect(spent.output).not.toMatch(/click/i);
  });

  it('leave advertisers out by their ids, and read all others, also later ones', async () => {
    const [first] = emulator.accounts;
    emulator.suspend(first?.id ?? '');
    const { code } = await setup([
      ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
      ...['--start-date', '2026-03-01', '--leave-out', first?.id ?? ''],
    ]);
    expect(code).toBe(0);
    expect(await config()).toMatchObject({ exclude_advertiser_ids: [first?.id] });
    expect(await config()).not.toHaveProperty('advertiser_ids');
  });

  it('begin with what the folder remembers', async () => {
    const made = await setup([
      ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
      ...['--start-date', '2026-03-01', '--target', 'docker', '--timer', 'cron', '--time', '14:45', '--zone', 'UTC'],
    ]);
    expect(made.code).toBe(0);
    const changed = await setup([
      '--config',
      'brand/config.json',
      '--keep-token',
      '--lookback-days',
      '14',
      '--replace',
    ]);
    expect(changed.output).toContain('“Brand” is written. Nothing is loaded yet, and its timer is not on yet.');
    expect(await readFile(join(folder, 'brand/crontab.txt'), 'utf8')).toContain('45 14 * * * ');
  });

  it('make one cron line, however often it is pasted and whatever it replaces', async () => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const table = join(folder, 'crontab');
    await writeFile(
      join(bin, 'crontab'),
      `#!/bin/sh\nif [ "$1" = -l ]; then cat '${table}'; else cat > '${table}.new'; mv '${table}.new' '${table}'; fi\n`,
    );
    await chmod(join(bin, 'crontab'), 0o755);
    await writeFile(table, '0 1 * * * /theirs\n');
    const PATH = `${bin}:${process.env.PATH}`;
    const args = (time: string) => [
      ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
      ...['--start-date', '2026-03-01', '--target', 'docker', '--timer', 'cron', '--time', time, '--replace'],
    ];
    for (const time of ['14:45', '15:45']) {
      const { output } = await setup(args(time));
      const [, command = ''] = /^ {2}(.*crontab -)$/m.exec(output) ?? [];
      for (const _ of [1, 2]) await start('/bin/sh', ['-c', command], { PATH }).ended;
    }
    const lines = (await readFile(table, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe('0 1 * * * /theirs');
    expect(lines[1]).toMatch(/^45 \d+ \* \* \* .*brand\/run.sh >> /);

    const config = ['--config', 'brand/config.json', '--keep-token', '--target', 'config', '--replace'];
    expect((await setup(config, { PATH })).code).toBe(0);
    expect(await readFile(table, 'utf8')).toBe('0 1 * * * /theirs\n');
  });
});

describe('setup into Airbyte', () => {
  const IMAGE = { dockerRepository: 'registry.example.com/source-tiktok-ads', dockerImageTag: '1.2.3' };
  const send = (apiUrl: string, more: readonly string[] = []) =>
    setup(
      [
        ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
        ...['--start-date', '2026-03-01', '--target', 'airbyte', '--airbyte-url', apiUrl, '--workspace-id', WORKSPACE],
        ...['--destination-id', DESTINATION, '--image', 'registry.example.com/source-tiktok-ads:1.2.3', '--replace'],
        ...more,
      ],
      { AIRBYTE_TOKEN: 'airbyte-secret-token' },
    );

  it('changes the source that a refused connection left behind, and makes no second one', async () => {
    const airbyte = await startEmulatedAirbyte();
    try {
      airbyte.refuse('/v1/connections', 422, '{"detail": "no such destination"}');
      const refused = await send(airbyte.apiUrl);
      expect(refused.output).toContain('no such destination');
      expect(refused.output).toContain(
        `Done before that: connector ${airbyteId('definition', 1)} made, source ${airbyteId('source', 1)} made.`,
      );
      expect(refused.code).toBe(1);

      airbyte.recover();
      const before = airbyte.calls.length;
      const done = await send(airbyte.apiUrl, ['--end-date', '2026-03-31']);
      expect(done.output).toContain(
        `Airbyte has source ${airbyteId('source', 1)} and connection ${airbyteId('connection', 1)}.`,
      );
      expect(done.code).toBe(0);
      expect(airbyte.calls.slice(before).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)).toEqual([
        // The check looks whether workspace and destination are there.
        'GET /v1/workspaces',
        'GET /v1/destinations',
        `GET /v1/workspaces/${WORKSPACE}/definitions/sources`,
        'GET /v1/sources',
        `PUT /v1/sources/${airbyteId('source', 1)}`,
        'GET /v1/connections',
        'POST /v1/connections',
      ]);
      expect(airbyte.listed('definition')).toHaveLength(1);
      expect(airbyte.listed('source')).toEqual([
        expect.objectContaining({ configuration: expect.objectContaining({ end_date: '2026-03-31' }) }),
      ]);
      for (const { output } of [refused, done]) expect(output).not.toContain('airbyte-secret-token');
    } finally {
      await airbyte.close();
    }
  });

  it('finds its source on any page of the list, whatever version it runs, but no other connector’s', async () => {
    const ours = airbyteId('source', 1);
    const others = Array.from({ length: 130 }, (_, index) => ({
      sourceId: airbyteId('source', 100 + index),
      name: index === 3 ? 'Brand' : `Other ${index}`,
      definitionId: airbyteId('definition', 1),
    }));
    const airbyte = await startEmulatedAirbyte({
      definition: [
        {
          id: airbyteId('definition', 1),
          name: 'Postgres',
          dockerRepository: 'airbyte/source-postgres',
          dockerImageTag: '3.0',
        },
        { id: airbyteId('definition', 2), name: 'Ours', ...IMAGE, dockerImageTag: '1.0.0' },
      ],
      source: [...others, { sourceId: ours, name: 'Brand', definitionId: airbyteId('definition', 2) }],
      connection: [
        { connectionId: airbyteId('connection', 1), sourceId: ours, destinationId: airbyteId('destination', 2) },
      ],
    });
    try {
      const { output, code } = await send(airbyte.apiUrl, ['--time', '13:30', '--zone', 'UTC']);
      expect(output).toContain(
        `Airbyte has source ${ours} and connection ${airbyteId('connection', 2)}, with its schedule.`,
      );
      expect(code).toBe(0);
      expect(airbyte.listed('source')).toHaveLength(131);
      expect(airbyte.listed('definition')).toHaveLength(2);
    } finally {
      await airbyte.close();
    }
  });
});

describe('setup in the terminal', () => {
  /** Answers everything up to the list of advertisers. */
  async function authorized(more: readonly string[] = []): Promise<Run> {
    const run = start(process.execPath, [PROGRAM, 'setup', '--terminal', '--api-url', emulator.apiUrl, ...more]);
    await run.meet('Collect name');
    run.type('My brand\r');
    await run.meet('Folder');
    run.type('\r');
    await run.meet('callback');
    await run.meet('App id');
    run.type(`${emulator.credentials.app_id}\r`);
    await run.meet('Secret');
    run.type(`${emulator.credentials.secret}\r`);
    await run.meet('Click here to authorize');
    // Asked with other words where the port of the way back is in use; lines are broken anywhere.
    await run.meet('aste the address');
    const [link = ''] = /http\S+portal\/auth\?\S+/.exec(run.output()) ?? [];
    const asked = new URL(link).searchParams;
    const code = emulator.issueAuthCode();
    run.type(`${asked.get('redirect_uri')}?auth_code=${code}&code=${code}&state=${asked.get('state')}\r`);
    await run.meet('Collect all 4 advertisers');
    expect(run.output()).not.toContain(code);
    return run;
  }

  it('goes the whole way by Enter, says what the range means, and shows the last days', async () => {
    const run = await authorized();
    run.type('\r');
    await run.meet('Historical range');
    run.type('\r');
    await run.meet('Windows');
    await run.meet('for reports');
    await run.meet('Change details?');
    run.type('\r');
    await run.meet('Runs every day at');
    run.type('\r');
    await run.meet('Where it runs');
    run.type('\r');
    await run.meet('Loads into');
    run.type('\r');
    await run.meet('Started by');
    run.type('\r');
    await run.meet('4 advertisers can be read.');
    await run.meet('systemd does not answer for your user here');
    await run.meet('Not everything that it needs is here');
    run.type(`${DOWN}${DOWN}\r`); // Past “Change where it runs”: all the same.
    await run.meet('spent in the last 14 days');
    await run.meet('█');
    await run.meet('Compare these days with Ads Manager.');
    await run.meet('Write this?');
    run.type('\r');
    await run.meet('Load the history now');
    run.type('\r');
    const { code: exit, output } = await run.ended;
    expect(output).toMatch(/campaign_daily: [\d,]+ rows in the file /);
    expect(output).toContain('The timer could not be started from here');
    expect(output).toMatch(/is loaded\. Nothing starts it every day at .* yet\./);
    expect(exit).toBe(0);
    expect((await readdir(join(folder, 'my-brand'))).sort()).toEqual(
      ['.gitignore', 'config.json', 'run.sh', 'setup.json', 'systemd', 'tiktok-ads.duckdb'].sort(),
    );
    expect(output).not.toContain(emulator.credentials.secret);
    expect(output).not.toContain((await config('my-brand/config.json')).credentials.access_token);
  });

  it('takes last day, lookback, deleted campaigns, columns and tables on demand, and says at once what is wrong', async () => {
    const run = await authorized();
    run.type('\r');
    await run.meet('Historical range');
    run.type(`${UP}\r`);
    await run.meet('First day');
    run.type(`${BACKSPACE.repeat(10)}2026-01-01\r`);
    await run.meet('From 2026-01-01 to today');
    await run.meet('Change details?');
    run.type(`${DOWN}\r`);
    await run.meet('Last day');
    run.type('2025-12-31\r');
    await run.meet('The last day lies before the first.');
    run.type(`${BACKSPACE.repeat(10)}2026-01-31\r`);
    await run.meet('Lookback');
    run.type(`${BACKSPACE}100\r`);
    await run.meet('0 to 90 days');
    run.type(`${BACKSPACE.repeat(3)}28\r`);
    await run.meet('Deleted campaigns');
    run.type('n');
    await run.meet('columns for the advertiser');
    run.type('y');
    await run.meet('Which tables');
    run.type(`${DOWN} \r`);
    await run.meet('2026-01-01 to 2026-01-31; lookback 28 days; without deleted campaigns; columns for the advertiser');
    await run.meet('campaign_daily, adgroup_daily');
    await run.meet('One run, then it is complete.');
    await run.meet('Change details?');
    run.type('\r');
    // No time of day: it stops.
    await run.meet('Where it runs');
    run.type(`${UP}\r`);
    await run.meet('Write this?');
    run.type(`${DOWN}\r`);
    await run.meet('"secret": "***"');
    await run.meet('Write this?');
    run.type('\r');
    expect((await run.ended).code).toBe(0);
    expect(await config('my-brand/config.json')).toMatchObject({
      start_date: '2026-01-01',
      end_date: '2026-01-31',
      lookback_days: 28,
      include_deleted: false,
      advertiser_columns: true,
    });
  });

  it('names an advertiser that cannot be read before it is chosen, and lets a failed check be mended', async () => {
    const [first, second] = emulator.accounts;
    emulator.suspend(first?.id ?? '');
    const run = await authorized();
    expect(run.output()).toContain(`(${first?.id}) cannot be read.`);
    run.type('y');
    await run.meet('Historical range');
    run.type('\r');
    await run.meet('Change details?');
    run.type('\r');
    await run.meet('Runs every day at');
    run.type('\r');
    await run.meet('Where it runs');
    run.type(`${UP}\r`);
    await run.meet('The check did not pass');
    run.type(`${DOWN}\r`);
    await run.meet('Collect all 4 advertisers');
    run.type('n');
    await run.meet('no permission');
    run.type('\r');
    await run.meet('3 advertisers can be read.');
    await run.meet(`the last days of ${second?.name}`);
    await run.meet('Write this?');
    run.type(`${UP}\r`);
    const { code, output } = await run.ended;
    expect(output).toContain('Nothing was written.');
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== '.state')).toEqual([]);
  });

  it('goes on after Ctrl+C with what was answered before', async () => {
    const first = await authorized();
    first.type('\r');
    await first.meet('Historical range');
    first.type('\u0003');
    expect((await first.ended).code).toBe(1);
    const run = start(process.execPath, [PROGRAM, 'setup', '--terminal', '--api-url', emulator.apiUrl]);
    await run.meet('Go on with “My brand”');
    run.type('\r');
    await run.meet('Keep the present authorization?');
    run.type('\r');
    await run.meet('Historical range');
    run.type('\u0003');
    await run.ended;
  });

  it('says so when there is no terminal to answer in', async () => {
    const run = start('/bin/sh', ['-c', `'${process.execPath}' '${PROGRAM}' setup --terminal < /dev/null`]);
    const { code, output } = await run.ended;
    expect(output).toContain('There is no terminal to answer in');
    expect(code).toBe(1);
  });

  it.each([
    { says: 'Ctrl+C', key: '\u0003' },
    { says: 'Escape', key: '\u001b' },
  ])('writes nothing when it is cancelled by $says', async ({ key }) => {
    const run = start(process.execPath, [PROGRAM, 'setup', '--terminal', '--api-url', emulator.apiUrl]);
    await run.meet('Collect name');
    run.type(key);
    const { code, output } = await run.ended;
    expect(output).toContain('Nothing was written.');
    expect(code).toBe(1);
    expect((await readdir(folder)).filter((name) => name !== '.state')).toEqual([]);
  });
});

describe('the page’s port', () => {
  it('says that it is in use, and what that means for the redirect URL', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const { code, output } = await setup(['--no-browser', '--port', String(port)]);
      expect(output).toContain(`Port ${port} is in use`);
      expect(output).toContain('redirect URL');
      expect(code).toBe(1);
    } finally {
      other.close();
    }
  });
});
