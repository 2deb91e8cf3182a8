import { afterEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { recordJson } from '../../src/streams/record-text.ts';
import { expectedTable, sync, table } from '../support/sync.ts';

const START = '2022-01-01';
const dense = { id: '7000000000000000011', name: 'Dense', campaigns: 40, density: 1, created: START };
const small = { id: '7000000000000000012', name: 'Small', campaigns: 1, density: 1, created: START };

let emulator: Emulator;
afterEach(() => emulator.close());

it('an advertiser whose answers do not come keeps nobody from the room for theirs', async () => {
  emulator = await startEmulator({ accounts: [dense, small] });
  emulator.arm({
    when: { endpoint: 'report/integrated/get/', advertisers: [dense.id], calls: { from: 4 } },
    then: { hang: true },
  });
  // Only the first time-out makes the dense one begin anew with shorter windows.
  const run = await sync(
    emulator,
    { start_date: START, request_timeout_seconds: 12, api_tier: 'ultimate' },
    {
      stopAfter: (events) => events.some((event) => event.type === 'info' && event.message.includes('read in windows')),
    },
  );
  const ofSmall = run.events.flatMap((event) =>
    event.type === 'records' && event.advertiserId === small.id ? event.records : [],
  );
  const expected = expectedTable(emulator, { from: START, to: '2026-03-15', advertiserIds: [small.id] });
  expect(table({ records: ofSmall.map((record) => JSON.parse(recordJson(record))) })).toEqual(expected);
});
