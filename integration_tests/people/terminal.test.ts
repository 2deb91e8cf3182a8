import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  it('gets ✓ and ✕ with names from check, and the protocol its one status', async () => {
    const { status, lines } = await run(['check', '--config', path('one-refused.json')]);
    expect(status).toBe(0);
    fits(lines);
    expect(lines.join('\n')).toMatch(/^✓ 東京スニーカー 🗼 +7100000000000000043 +JPY/m);
    expect(lines.join('\n')).toMatch(/^✕ .*Sunset Boards — California/m);
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

  it.each([
    ['--quiet', ['--quiet'], {}],
    ['NO_COLOR', [], { NO_COLOR: '1' }],
  ])('gets nothing of it with %s', async (_what, flags, env) => {
    const { status, sent } = await run([...read('config.json'), ...flags], env);
    expect({ status, sent }).toEqual({ status: 0, sent: '' });
    const tap = await run(['tap', '--config', path('config.json'), ...flags], env);
    expect(tap.status).toBe(0);
    expect(tap.sent).not.toContain('\u001b');
    expect(tap.lines.join('\n')).toMatch(/^INFO campaign_daily: \d+ records/m);
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
