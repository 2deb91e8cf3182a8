import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { runVerb } from '../support/run-people.ts';

const folder = mkdtempSync(join(tmpdir(), 'control-characters-'));
const config = join(folder, 'config.json');
const catalog = join(folder, 'catalog.json');
const NAME = 'Shop\r\n\u001b[2J\u009b31m\u202eoffice';
const SHOWN = 'Shop\\r\\n\\u001b[2J\\u009b31m\\u202eoffice';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    accounts: [{ id: '7100000000000000019', name: NAME, timezone: 'UTC', campaigns: 2, density: 1 }],
  });
  writeFileSync(config, JSON.stringify(emulator.config({ start_date: '2026-03-10', advertiser_columns: true })));
  const stream = { name: 'campaign_daily', json_schema: {}, supported_sync_modes: ['incremental'] };
  const streams = [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }];
  writeFileSync(catalog, JSON.stringify({ streams }));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

it.each([
  { what: 'a table of advertisers', args: ['advertisers'] },
  { what: 'a list of advertisers as JSON', args: ['advertisers', '--json'] },
  { what: 'a plan', args: ['plan'] },
  { what: 'the log of the tap', args: ['tap', '--debug'] },
])('$what shows the control characters of a name, and obeys none', async ({ args }) => {
  const { status, stdout, stderr } = await runVerb([...args, '--config', config]);
  expect(status, stderr).toBe(0);
  const people = args[0] === 'tap' ? stderr : stdout;
  expect(people).toContain(SHOWN);
  expect(people.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
});

it('the LOG lines of a read show them, while the records keep the name as it is', async () => {
  const { status, stdout } = await runVerb(['read', '--config', config, '--catalog', catalog]);
  expect(status).toBe(0);
  const messages = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const logs = messages.flatMap(({ log }) => (log ? [log.message as string] : []));
  expect(logs.join('\n')).toContain(SHOWN);
  expect(logs.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  const records = messages.flatMap(({ record }) => (record ? [record.data] : []));
  expect(records.length).toBeGreaterThan(0);
  for (const { advertiser_name } of records) expect(advertiser_name).toBe(NAME);
});
