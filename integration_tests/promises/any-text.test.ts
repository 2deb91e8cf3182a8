import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { read } from '../support/run-source.ts';
import { runTap } from '../support/run-tap.ts';

// Names that people give, and bytes that no table can hold. The emulator answers; a proxy gives its campaigns other names.

const ACCOUNT = { id: '7000000000000000011', name: 'A\0B \ud83d', campaigns: 3, density: 1, created: '2024-01-01' };

let emulator: Emulator;
let proxy: Server;
/** JSON text that takes the place of every campaign's name. */
let name: string;
beforeEach(async () => {
  emulator = await startEmulator({ accounts: [ACCOUNT] });
  proxy = createServer(async ({ url = '', method = 'GET', headers }, response) => {
    const { api_url: api } = emulator.config() as { api_url: string };
    const answer = await fetch(new URL(url, api), { method, headers: headers as Record<string, string> });
    response.writeHead(answer.status, { 'content-type': 'application/json', date: answer.headers.get('date') ?? '' });
    response.end((await answer.text()).replaceAll(/"campaign_name":"(?:[^"\\]|\\.)*"/g, `"campaign_name":${name}`));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  proxy.close();
  await emulator.close();
});

const config = () => {
  const api_url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/open_api/v1.3/`;
  return { ...emulator.config({ start_date: '2026-03-01', advertiser_columns: true }), api_url };
};

it.each([
  { says: 'a NUL', sent: String.raw`"a\u0000b"`, kept: 'a\ufffdb' },
  { says: 'half a character', sent: String.raw`"Sale \ud83d"`, kept: 'Sale \ufffd' },
])('$says in a name reaches a table as U+FFFD, in both protocols, and Airbyte is told', async ({ sent, kept }) => {
  name = sent;
  const [airbyte, singer] = await Promise.all([read({ config: config() }), runTap({ config: config() })]);
  expect([airbyte.exit, singer.exit]).toEqual([0, 0]);
  expect(airbyte.records.length).toBeGreaterThan(0);
  for (const row of [...airbyte.records, ...singer.records]) {
    expect(row).toMatchObject({ campaign_name: kept, advertiser_name: 'A\ufffdB \ufffd' });
  }
  expect(singer.records).toHaveLength(airbyte.records.length);
  for (const { record } of airbyte.messages) {
    if (!record) continue;
    expect(record.meta?.changes).toEqual([
      { field: 'advertiser_name', change: 'TRUNCATED', reason: 'SOURCE_SERIALIZATION_ERROR' },
      { field: 'campaign_name', change: 'TRUNCATED', reason: 'SOURCE_SERIALIZATION_ERROR' },
    ]);
  }
});

it('a campaign that somebody called "-" keeps its name', async () => {
  name = '"-"';
  const { exit, records } = await read({ config: config() });
  expect(exit).toBe(0);
  expect(new Set(records.map(({ campaign_name }) => campaign_name))).toEqual(new Set(['-']));
});
