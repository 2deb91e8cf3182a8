import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { runInTerminal, runVerb } from '../support/run-people.ts';

// What a person sees whose terminal is standard error; standard output is the protocol's in every case.

const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
const path = (name: string) => join(folder, name);
const REFUSED = '7100000000000000027';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    latencyMs: 300,
    scenario: {
      description: 'One advertiser is refused.',
      faults: [
        {
          name: 'refused',
          when: { endpoint: 'report/integrated/get/', advertisers: [REFUSED] },
          then: { code: 40001, message: 'No permission' },
        },
      ],
    },
  });
  const config = emulator.config({ start_date: '2026-01-01' });
  writeFileSync(path('one-refused.json'), JSON.stringify(config));
  writeFileSync(path('config.json'), JSON.stringify({ ...config, exclude_advertiser_ids: [REFUSED] }));
  const stream = { name: 'campaign_daily', json_schema: {}, supported_sync_modes: ['incremental'] };
  const streams = [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }];
  writeFileSync(path('catalog.json'), JSON.stringify({ streams }));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const read = (config: string) => ['read', '--config', path(config), '--catalog', path('catalog.json')];

function messagesOf(stdout: string): { type: string }[] {
  return stdout
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe.each([80, 200])('a terminal of %i columns', (columns) => {
  const stdoutFile = path(`stdout-${columns}.jsonl`);
  const run = (args: string[], env = {}) => runInTerminal(args, { columns, stdoutFile, env });
  const fits = (lines: readonly string[]) => {
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
  };

  it('gets a bar, rows, rate, advertisers and time left while a read goes into a file, and a table of what was read', async () => {
    const { status, sent, lines } = await run(read('config.json'));
    expect(status, lines.join('\n')).toBe(0);
    const drawn = sent.split('\r\u001b[K').filter((line) => line.includes('░'));
    for (const line of drawn) expect(stringWidth(line)).toBeLessThan(columns);
    expect(drawn.join('\n')).toMatch(/[█░]+ +\d+% {2}[\d,]+ rows {2}[\d,]+\/s {2}\d\/3 advertisers {2}\d+ s left/);
    fits(lines);
    expect(lines.join('\n')).toMatch(/^ {2}campaign_daily +advertiser_id +rows +days +read up to$/m);
    expect(lines.join('\n')).toMatch(/^✓ Kōwhai Outdoor \(NZ\) +7100000000000000019 +\d+ +75 +2026-03-16$/m);
    const records = messagesOf(readFileSync(stdoutFile, 'utf8')).filter(({ type }) => type === 'RECORD').length;
    expect(lines.at(-1)).toMatch(new RegExp(`^✓ ${records.toLocaleString('en-US')} rows, .*: everything was read\\.$`));
  });

  it('gets help and tables that fit, without a broken word', async () => {
    const words = (text: string) => text.split(/\s+/).filter(Boolean);
    for (const verb of ['', 'read', 'setup', 'sync', 'status', 'emulator', 'tap']) {
      const { status, lines } = await runInTerminal([verb, '--help'].filter(Boolean), { columns });
      expect(status).toBe(0);
      fits(lines);
      const piped = await runVerb([verb, '--help'].filter(Boolean));
      expect(new Set(words(lines.join(' ')))).toEqual(new Set(words(piped.stdout)));
    }
    for (const verb of ['advertisers', 'plan']) {
      const { status, lines } = await runInTerminal([verb, '--config', path('config.json')], { columns });
      expect(status).toBe(0);
      fits(lines);
      expect(lines.join('\n')).toMatch(/^7100000000000000019 +Kōwhai/m);
    }
  });

  it('gets a mistake in lines that fit', async () => {
    const { status, lines } = await runInTerminal(['sync', '--config', path('config.json'), '--numbers', 'floating'], {
      columns,
    });
    expect(status).toBe(2);
    fits(lines);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(
      '--numbers is "floating"; expected one of "decimal", "double". See `source-tiktok-ads sync --help`.',
    );
  });

  it('gets the last word in a line of its own, below the progress', async () => {
    const { status, sent } = await runInTerminal(read('config.json'), { columns, stdoutFile: '/dev/full' });
    expect(status).toBe(1);
    expect(sent).toContain('\r\u001b[KStandard output takes no more: ENOSPC');
  });

  it('gets the answer of a query as a table where it fits, and else row by row', async () => {
    const [sql, from] = [path('wide.sql'), path(`wide-${columns}.duckdb`)];
    (await DuckDBInstance.create(from)).closeSync();
    writeFileSync(sql, "SELECT 1 AS one, repeat('x', 60) AS two, repeat('y', 60) AS three;\nSELECT * FROM nowhere;\n");
    const { status, lines } = await runInTerminal(['query', '--from', from, sql], { columns });
    expect(status).toBe(1);
    fits(lines);
    const answer = columns > 122 ? /^one +two +three *$/m : /^— row 1 —\none +1\ntwo +x{60}\nthree +y{60}$/m;
    expect(lines.join('\n')).toMatch(answer);
    expect(lines.join('\n')).toMatch(/^DuckDB refuses this statement, .*nowhere does not exist!/ms);
  });

  it('gets ✓ and ✕ with names from check, and the protocol its one status', async () => {
    const { status, lines } = await run(['check', '--config', path('one-refused.json')]);
    expect(status).toBe(0);
    fits(lines);
    expect(lines.join('\n')).toMatch(/^✓ 東京スニーカー 🗼 +7100000000000000043 +JPY/m);
    expect(lines.join('\n')).toMatch(/^✕ The token has no permission/m);
    expect(lines.join('\n')).toMatch(/^ {4}Advertiser 7100000000000000027 \(Sunset Boards — California\): TikTok/m);
    expect(lines.join('\n')).toMatch(/^ {2}→ .*\n?.*exclude_advertiser_ids/m);
    const said = messagesOf(readFileSync(stdoutFile, 'utf8'));
    expect(said.filter(({ type }) => type === 'CONNECTION_STATUS')).toHaveLength(1);
  });

  it('gets a table with what failed, and the failure once', async () => {
    const { status, lines } = await run(read('one-refused.json'));
    expect(status).toBe(1);
    fits(lines);
    const text = lines.join('\n');
    expect(text).toMatch(/^✕ Sunset Boards — California +7100000000000000027 +0 +0 +nothing yet$/m);
    expect(text.match(/40001/g)).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^✕ [\d,]+ rows, .*: not everything was read: 1 failed\.$/);
  });

  it('gets the same from the tap, in place of log lines', async () => {
    const { status, lines } = await run(['tap', '--config', path('config.json')]);
    expect(status, lines.join('\n')).toBe(0);
    fits(lines);
    expect(lines.join('\n')).not.toMatch(/^(INFO|WARNING)/m);
    expect(lines.at(-1)).toMatch(/^✓ [\d,]+ rows, .*everything was read\.$/);
    expect(messagesOf(readFileSync(stdoutFile, 'utf8')).map(({ type }) => type)).toContain('RECORD');
  });

  it('gets the bar and the table from sync, whose summary stands on standard output', async () => {
    const { status, sent, lines } = await runInTerminal(
      ['sync', '--config', path('one-refused.json'), '--to', path(`sync-${columns}.duckdb`)],
      { columns },
    );
    expect(status, lines.join('\n')).toBe(1);
    fits(lines);
    const drawn = sent.split('\r\u001b[K').join('\n');
    expect(drawn).toMatch(/[█░]+ +\d+% {2}[\d,]+ rows {2}[\d,]+\/s {2}\d\/4 advertisers .*\d+ s left/);
    const text = lines.join('\n');
    expect(text).toMatch(/^✓ Kōwhai Outdoor \(NZ\) +7100000000000000019 +\d+ +75 +2026-03-16$/m);
    expect(text).toMatch(/^✕ Sunset Boards — California +7100000000000000027 +0 +0 +nothing yet$/m);
    expect(text.match(/40001/g)).toHaveLength(1);
    expect(text).toMatch(/^✕ [\d,]+ rows, .*: not everything was read: 1 failed\.$/m);
    expect(text).toMatch(/^campaign_daily: [\d,]+ rows of 3 advertisers put into/m);
  });

  it.each([
    ['--quiet', ['--quiet'], {}],
    ['NO_COLOR', [], { NO_COLOR: '1' }],
  ])('gets nothing of it with %s', async (_what, flags, env) => {
    const { status, sent } = await run([...read('config.json'), ...flags], env);
    expect({ status, sent }).toEqual({ status: 0, sent: '' });
    const tap = await run(['tap', '--config', path('config.json'), ...flags], env);
    expect(tap.status).toBe(0);
    expect(tap.sent).not.toContain('\u001b');
    expect(tap.lines.join('\n')).toMatch(/^INFO campaign_daily: [\d,]+ records/m);
  });
});

describe('a person at the terminal', () => {
  it('who gives no arguments gets the verbs', async () => {
    const { status, lines } = await runInTerminal([], { columns: 80 });
    expect(status).toBe(2);
    for (const verb of ['check', 'read', 'catalog', 'plan', 'status', 'demo']) {
      expect(lines.join('\n')).toMatch(new RegExp(`^ +source-tiktok-ads ${verb} `, 'm'));
    }
  });

  it('who mistypes an option is told which was meant, beside the answer for the protocol', async () => {
    const { status, lines } = await runInTerminal(['read', '--confg', path('config.json')], {
      columns: 80,
      stdoutFile: path('mistyped.jsonl'),
    });
    expect(status).toBe(2);
    expect(lines.join(' ')).toContain('--confg: did you mean --config?');
    expect(readFileSync(path('mistyped.jsonl'), 'utf8')).toContain('--confg: did you mean --config?');
  });

  it('can have verbs and options completed by the shell', async () => {
    const script = await runVerb(['completion']);
    expect(script.stdout).toContain('complete -o bashdefault -o default -F');
    const completed = await runVerb(['--get-yargs-completions', 'source-tiktok-ads', 'read', '--']);
    expect(completed.stdout.split('\n')).toContain('--catalog');
  });

  it.each([
    ['check', []],
    ['plan', []],
    ['advertisers', []],
    ['status', ['--state', 'state.json']],
  ])('sees each request of %s with --debug', async (verb, more) => {
    writeFileSync(path('state.json'), '{}');
    const args = [
      verb,
      '--config',
      path('config.json'),
      '--debug',
      ...more.map((word) => word.replace('state.json', path('state.json'))),
    ];
    const { stdout, stderr } = await runVerb(args);
    expect(stdout + stderr).toMatch(/advertiser\/info\/.*: answered after \d+ ms, request id/);
  });

  it('is told who is named and not granted, and the exit code is 1', async () => {
    const config = JSON.parse(readFileSync(path('config.json'), 'utf8'));
    writeFileSync(
      path('ungranted.json'),
      JSON.stringify({ ...config, advertiser_ids: ['7100000000000000019', '7999'] }),
    );
    const { status, stdout } = await runVerb(['advertisers', '--config', path('ungranted.json')]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^TikTok has not granted this token an advertiser .* Advertiser 7999\.$/m);
    expect(stdout).toMatch(/^7100000000000000027 .* no$/m);
  });
});

describe('a failure', () => {
  const NO = { code: 40001, message: 'No permission to operate advertiser' };
  const faults = [
    { when: { endpoint: 'report/integrated/get/', advertisers: [REFUSED] }, then: NO },
    { when: { endpoint: 'advertiser/info/', advertisers: ['7100000000000000019'] }, then: NO },
  ];
  let tiktok: Emulator;
  beforeAll(async () => {
    tiktok = await startEmulator({ scenario: { faults } });
    writeFileSync(path('refusing.json'), JSON.stringify(tiktok.config({ start_date: '2026-03-01' })));
    writeFileSync(path('nothing.json'), '{}');
  });
  afterAll(() => tiktok.close());

  it.each([
    ['check', [], REFUSED, ''],
    ['read', [], REFUSED, ', 2026-03-01\\.\\.2026-03-1\\d'],
    ['tap', [], REFUSED, ', 2026-03-01\\.\\.2026-03-1\\d'],
    ['sync', ['--to', path('refusing.duckdb')], REFUSED, ', 2026-03-01\\.\\.2026-03-1\\d'],
    ['advertisers', [], '7100000000000000019', ''],
    ['plan', [], '7100000000000000019', ''],
    ['status', ['--state', path('nothing.json')], REFUSED, ''],
  ])(
    'is told by %s as meaning, advice, advertiser and days, then code, words and request id',
    async (verb, more, id, days) => {
      const { stdout, stderr } = await runVerb([verb, '--config', path('refusing.json'), ...more]);
      const told = (stdout + stderr).split('\n').filter((line) => !/"type":"(RECORD|SCHEMA|STATE)"/.test(line));
      const text = told.join(' ').replaceAll('\\"', '"').replace(/\s+/g, ' ');
      expect(text).toMatch(
        new RegExp(
          'The token has no permission for this advertiser, or the advertiser does not exist any more\\. ' +
            `Ask for access to the advertiser, .*?Advertiser ${id}( \\([^)]*(\\)[^)]*)?\\))?${days}: ` +
            'TikTok answered [a-z/]+ with code 40001, "No permission to operate advertiser" \\(request id [\\dA-F]+\\)\\.',
        ),
      );
    },
  );
});

describe('an API that says nothing', () => {
  let silent: Server;
  let silentConfig: string;
  beforeAll(async () => {
    silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const config = JSON.parse(readFileSync(path('config.json'), 'utf8'));
    silentConfig = path('silent.json');
    const waits = { patience_seconds: 5, request_timeout_seconds: 5 };
    writeFileSync(
      silentConfig,
      JSON.stringify({ ...config, ...waits, api_url: `http://127.0.0.1:${port}/open_api/v1.3/` }),
    );
  });
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  it('is waited for in words by check, on the terminal and in the log', async () => {
    const stdoutFile = path('silent.jsonl');
    const { sent } = await runInTerminal(['check', '--config', silentConfig], { columns: 80, stdoutFile });
    expect(sent).toMatch(/Waiting for TikTok's answer, 2 s/);
    expect(readFileSync(stdoutFile, 'utf8')).toContain('TikTok has not answered everything yet');
  });

  it('is waited for in words by the verbs for people', async () => {
    const { status, stderr } = await runVerb(['advertisers', '--config', silentConfig]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Waiting for TikTok's answer, for 5 s at most \(patience_seconds\)\./);
  });
});

it('standard output is the protocol in a terminal, too', async () => {
  const { status, lines } = await runInTerminal(['discover', '--config', path('config.json')], { columns: 80 });
  expect(status).toBe(0);
  expect(messagesOf(lines.join('')).map(({ type }) => type)).toEqual(['CATALOG']);
});

it('a program that reads standard error gets nothing of it', async () => {
  const { status, stderr } = await runVerb(read('config.json'));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
