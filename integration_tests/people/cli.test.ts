import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import program from '../../package.json' with { type: 'json' };
import spec from '../../spec.json' with { type: 'json' };
import { streams } from '../../src/streams/all-streams.ts';

// The programs as users start them: files of dist/, built by `npm run build` or `npm test`.
const DIST = resolve(import.meta.dirname, '../..', 'dist');
const SOURCE = join(DIST, 'source-tiktok-ads.js');
const TAP = join(DIST, 'tap-tiktok-ads.js');

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, ...env },
  });
}

function messagesOf(stdout: string): { type: string; [key: string]: unknown }[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const CONFIG = {
  credentials: {
    auth_type: 'oauth2.0',
    app_id: '7100',
    secret: 'a-very-secret-text',
    access_token: 'f00dfeedf00dfeed',
  },
  start_date: '2026-01-01',
};
const config = fileOf('config.json', JSON.stringify(CONFIG));
/** Of an API that refuses every connection, and for which no patience is had. */
const unreachable = fileOf(
  'unreachable.json',
  JSON.stringify({ ...CONFIG, patience_seconds: 0, api_url: 'http://127.0.0.1:1/open_api/v1.3/' }),
);

describe('the files of dist', () => {
  it.each([SOURCE, TAP])('%s can be started by its name', (file) => {
    accessSync(file, constants.X_OK);
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it('run no compiled code from the temporary folder, where others may have put it', () => {
    const home = join(folder, 'home');
    const planted = join(folder, 'planted', 'node-compile-cache');
    mkdirSync(planted, { recursive: true, mode: 0o777 });
    mkdirSync(home);
    for (const [file, ...args] of [[SOURCE, 'discover', '--config', config] as const, [TAP, '--about'] as const]) {
      expect(run(file, args, { HOME: home, XDG_CACHE_HOME: '', TMPDIR: dirname(planted) }).status).toBe(0);
    }
    expect(readdirSync(planted)).toEqual([]);
    // Node keeps compiled code from 22.1 on.
    const kept = join(home, '.cache', 'source-tiktok-ads');
    expect(existsSync(kept) && readdirSync(kept).length > 0).toBe('enableCompileCache' in module);
  });

  it('keep compiled code for the next start with the same verb, and compile again where a part of it is missing', () => {
    const home = join(folder, 'keeping');
    mkdirSync(home);
    const discover = () => run(SOURCE, ['discover', '--config', config], { HOME: home, XDG_CACHE_HOME: '' });
    const { stdout, status } = discover();
    expect(status).toBe(0);
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.discover'));
    expect(files).toHaveLength('getCompileCacheDir' in module ? 1 : 0); // From Node 22.8 on.
    for (const file of files.map((name) => join(home, name))) {
      const whole = statSync(file).size;
      truncateSync(file, whole / 2);
      expect(discover()).toMatchObject({ stdout, status });
      expect(statSync(file).size).toBeGreaterThan(0.9 * whole);
    }
  });

  it('load nothing of `fetch`, HTTP/2 or TLS when they read over plain HTTP: either takes half as long as to start Node', () => {
    const list = join(folder, 'modules.json');
    const hook = fileOf(
      'modules.cjs',
      `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList)))`,
    );
    const stream = { name: 'campaign_daily', json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] };
    const streams = [{ stream, sync_mode: 'full_refresh', destination_sync_mode: 'overwrite' }];
    const catalog = fileOf('all.json', JSON.stringify({ streams }));
    const read = run(SOURCE, ['read', '--config', unreachable, '--catalog', catalog], {
      NODE_OPTIONS: `--require ${hook}`,
    });
    expect(read.stdout).toContain('ECONNREFUSED');
    const loaded = JSON.parse(readFileSync(list, 'utf8')) as string[];
    expect(loaded).toContain('NativeModule http');
    expect(loaded.filter((name) => /undici\/undici|http2|webcrypto|tls|https|zlib/.test(name))).toEqual([]);
  });

  it('come with the licences of the packages in them', () => {
    const text = readFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['axios', 'yargs', 'agent-base', 'ajv']) expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    const [, ...licences] = text.split(/^-{80}\n/m);
    const withoutText = licences.filter(
      (licence) => !/Permission (is hereby granted|to use)|Redistribution and use|Apache License/.test(licence),
    );
    expect(withoutText).toEqual([]);
  });
});

describe('spec', () => {
  it('prints spec.json as one SPEC message', () => {
    const { status, stdout, stderr } = run(SOURCE, ['spec']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(messagesOf(stdout)).toEqual([{ type: 'SPEC', spec }]);
  });

  it('says the same when it is asked with an option', () => {
    expect(messagesOf(run(SOURCE, ['spec', '--debug']).stdout)).toEqual([{ type: 'SPEC', spec }]);
  });

  it('loads nothing of the client, the validator or the argument parser', () => {
    expect(loadedCode(['spec'])).not.toMatch(/TikTokClient|YError|ucs2length/);
    // That the marks are those of what is loaded elsewhere.
    expect(loadedCode(['spec', '--help'])).toMatch(/YError/);
    expect(loadedCode(['check', '--config', unreachable])).toMatch(/TikTokClient/);
  });

  it('is not alone in that: no verb with all its options loads the argument parser', () => {
    expect(loadedCode(['read', '--config', config, '--catalog', config])).not.toMatch(/YError/);
  });
});

/** The text of every file of dist that a run loads, as Node's own coverage tells. */
function loadedCode(args: readonly string[]): string {
  const coverage = mkdtempSync(join(folder, 'coverage-'));
  run(SOURCE, args, { NODE_V8_COVERAGE: coverage });
  const urls = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as { result: { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:') && fileURLToPath(url).startsWith(DIST));
  });
  expect(urls.length).toBeGreaterThan(0);
  return urls.map((url) => readFileSync(fileURLToPath(url), 'utf8')).join('\n');
}

describe('a command line that cannot be understood', () => {
  it.each([
    { args: ['check'], says: '--config is missing.' },
    { args: ['check', '--config'], says: '--config needs a value.' },
    { args: ['discover', '--config', config, '--colour'], says: 'There is no option --colour.' },
    { args: ['check', '--confg', config], says: '--confg: did you mean --config?' },
    { args: ['read', '--catalog', config], says: '--config is missing.' },
    { args: ['raed', '--config', config], says: 'Did you mean read?' },
  ])('$args is answered through the protocol', ({ args, says }) => {
    const { status, stdout } = run(SOURCE, args);
    expect(status).not.toBe(0);
    expect(messagesOf(stdout)).toEqual([
      {
        type: 'TRACE',
        trace: expect.objectContaining({
          type: 'ERROR',
          error: expect.objectContaining({ failure_type: 'config_error', message: expect.stringContaining(says) }),
        }),
      },
    ]);
  });

  it.each([
    { file: SOURCE, args: [], says: 'A verb is missing.' },
    { file: SOURCE, args: ['plan'], says: '--config is missing.' },
    { file: SOURCE, args: ['demo', '--colour'], says: 'There is no option --colour.' },
    { file: SOURCE, args: ['emulator', '--port', 'many'], says: '--port' },
    { file: SOURCE, args: ['tap', '--confg', 'x'], says: '--confg: did you mean --config?' },
    { file: TAP, args: ['--catalog'], says: '--catalog needs a value.' },
  ])('$args is answered on standard error', ({ file, args, says }) => {
    const { status, stdout, stderr } = run(file, args);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });
});

it.each([
  ['a catalog that is none', ['plan', '--config', config, '--catalog', fileOf('list.json', '[]')], /^The catalog /],
  ['a URL with a bare %', ['sync', '--config', config, '--to', 'postgresql://a:b%c@d/e'], /^The URL of the database /m],
  [
    'a first day to read again after the last day',
    [
      'sync',
      '--config',
      fileOf('ends.json', JSON.stringify({ ...CONFIG, end_date: '2026-02-28' })),
      '--since',
      '2026-03-01',
    ],
    /^--since is 2026-03-01, after end_date, 2026-02-28; expected the same day or an earlier one\.$/m,
  ],
  ['a folder of something else', ['status', '--folder', folder], /^Setup has made nothing in the folder .*setup\.json/],
  ['no terminal', ['setup', '--terminal'], /There is no terminal to answer in/],
  ['a name in place of a number', ['plan', '--config', config, '--shards', 'x'], /^--shards is no number; /],
  [
    'an option of setup with a wrong value',
    ['setup', '--keep-token', '--config', config, '--start-date', '2026-01-01', '--name', ' '],
    /^The collection has no name yet\. .* \(--name\)$/m,
  ],
])('%s is answered in words, without a stack', (_what, args, says) => {
  const { status, stdout, stderr } = run(SOURCE, args, { XDG_STATE_HOME: folder });
  expect(status, stdout + stderr).not.toBe(0);
  expect(stdout + stderr).toMatch(says);
  expect(stdout + stderr).not.toMatch(/^ *at .*\.js/m);
});

describe('a file that cannot be used', () => {
  const BAD = [
    { says: 'does not exist', path: join(folder, 'absent.json') },
    { says: 'is a folder', path: folder },
    { says: 'is empty', path: fileOf('empty.json', '') },
    {
      says: 'is not JSON: something is wrong at line 2, column 1',
      path: fileOf('cut.json', '{"secret": "a-very-secret-text",\n'),
    },
    { says: 'is not UTF-8', path: fileOf('binary.json', Buffer.from([0x7b, 0xff, 0xfe])) },
  ];

  it.each(BAD)('as the configuration of check is FAILED, because it $says', ({ says, path }) => {
    const { status, stdout } = run(SOURCE, ['check', '--config', path]);
    expect(status).toBe(0);
    const statuses = messagesOf(stdout).filter(({ type }) => type === 'CONNECTION_STATUS');
    expect(statuses).toEqual([
      { type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: expect.stringContaining(says) } },
    ]);
    expect(stdout).not.toContain('a-very-secret-text');
  });

  it.each(BAD)('ends a read, because its catalog $says', ({ says, path }) => {
    const { status, stdout } = run(SOURCE, ['read', '--config', config, '--catalog', path]);
    expect(status).not.toBe(0);
    expect(errorsOf(stdout)).toEqual([expect.stringContaining(says)]);
    expect(messagesOf(stdout).filter(({ type }) => type === 'RECORD')).toEqual([]);
  });

  it.each(BAD)('ends the tap, because its configuration $says', ({ says, path }) => {
    const { status, stdout, stderr } = run(TAP, ['--config', path]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(says);
  });

  it.each(BAD)('ends plan with a sentence, because its configuration $says', ({ says, path }) => {
    const { status, stdout, stderr } = run(SOURCE, ['plan', '--config', path]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

it.each([
  [
    'a state of a later version',
    '--state',
    [
      {
        type: 'STREAM',
        stream: { stream_descriptor: { name: 'campaign_daily' }, stream_state: { version: 2, advertisers: {} } },
      },
    ],
    'it is of version 2',
  ],
  ['a state that is none', '--state', 'text', 'a text'],
  ['a catalog with an unknown stream', '--catalog', { streams: [{ stream: { name: 'x' } }] }, 'the stream "x"'],
])('%s is refused before anything is said of a stream', (_what, option, content, says) => {
  const { status, stdout } = run(SOURCE, [
    'read',
    '--config',
    config,
    option,
    fileOf('in.json', JSON.stringify(content)),
  ]);
  expect(status).toBe(1);
  expect(errorsOf(stdout)).toEqual([expect.stringContaining(says)]);
  expect(stdout).not.toContain('STREAM_STATUS');
});

function errorsOf(stdout: string): string[] {
  return messagesOf(stdout).flatMap(({ trace }) => {
    const { error } = (trace ?? {}) as { error?: { message: string } };
    return error ? [error.message] : [];
  });
}

describe('a configuration with mistakes', () => {
  const path = fileOf(
    'mistakes.json',
    JSON.stringify({ ...CONFIG, start_date: '2026-02-30', lookback_days: 'week', advertiser_ids: ['x'] }),
  );
  const MISTAKES = ['start_date is 2026-02-30', 'lookback_days is "week"', 'advertiser_ids[0] is "x"'];

  it('gets all of them at once from check', () => {
    const { status, stdout } = run(SOURCE, ['check', '--config', path]);
    expect(status).toBe(0);
    for (const mistake of MISTAKES) expect(stdout).toContain(JSON.stringify(mistake).slice(1, -1));
  });

  it('gets all of them at once from read, discover and the tap', () => {
    const { status, stdout } = run(SOURCE, ['read', '--config', path, '--catalog', config]);
    expect(status).not.toBe(0);
    expect(errorsOf(stdout)).toHaveLength(1);
    for (const mistake of MISTAKES) expect(errorsOf(stdout)[0]).toContain(mistake);
    const tap = run(TAP, ['--config', path]);
    expect(tap.status).toBe(1);
    for (const mistake of MISTAKES) expect(tap.stderr).toContain(mistake);
  });
});

describe('help and version', () => {
  it('are for people', () => {
    expect(run(SOURCE, ['--version']).stdout).toBe(`${program.version}\n`);
    expect(run(TAP, ['--version']).stdout).toContain(program.version);
    const help = run(SOURCE, ['--help']);
    expect(help.status).toBe(0);
    for (const verb of ['spec', 'check', 'discover', 'read', 'plan', 'advertisers', 'emulator', 'demo']) {
      expect(help.stdout).toMatch(new RegExp(`source-tiktok-ads ${verb}\\s`));
    }
    expect(run(SOURCE, ['read', '--help']).stdout).toContain('--catalog');
    expect(run(TAP, ['--help']).stdout).toContain('--properties');
  });
});

describe('the tap', () => {
  it('is also a verb of the source, so that one image serves both', () => {
    const own = run(TAP, ['--discover']);
    const asVerb = run(SOURCE, ['tap', '--discover']);
    expect(own.status).toBe(0);
    expect(JSON.parse(own.stdout).streams).toHaveLength(streams.length);
    expect(asVerb.stdout).toBe(own.stdout);
  });
});

describe('a reader that goes away', () => {
  it.each([
    ['spec', [SOURCE, 'spec']],
    ['discover', [SOURCE, 'discover', '--config', config]],
    ['the tap', [TAP, '--discover']],
    ['help', [SOURCE, '--help']],
    ['help of the tap', [TAP, '--help']],
    ['a verb for people', [SOURCE, 'catalog', '--config', config]],
  ])('ends %s with exit code 1 and a word', async (_what, args) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaints = '';
    child.stderr.on('data', (chunk) => {
      complaints += String(chunk);
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(complaints).toBe('Stopped before the end: what was reading this output has closed it.\n');
  });
});
