import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { config, emulator, folder, newForEachTest, PROGRAM, setup, start } from '../support/run-setup.ts';

newForEachTest();

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
      ...['--api-tier', 'advanced'],
    ]);
    expect(output).toContain('2 advertisers can be read.');
    expect(output).toMatch(/oauth2\/access_token\/?: answered after \d+ ms/);
    expect(output).toMatch(/report\/integrated\/get\/? of advertiser \d+ .*: answered after \d+ ms/);
    expect(exit).toBe(0);
    expect(await config()).toMatchObject({
      advertiser_ids: [emulator.accounts[0]?.id, emulator.accounts[2]?.id],
      start_date: '2026-03-01',
      api_url: emulator.apiUrl,
      api_tier: 'advanced',
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
