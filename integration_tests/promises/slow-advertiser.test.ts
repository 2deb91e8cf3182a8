import { afterEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { SyncEvent } from '../../src/sync/events.ts';
import { expectedTable, sync, table } from '../support/sync.ts';

const START = '2022-01-01';
const dense = { id: '7000000000000000011', name: 'Dense', campaigns: 40, density: 1, created: START };
const small = { id: '7000000000000000012', name: 'Small', campaigns: 1, density: 1, created: START };

let emulator: Emulator;
afterEach(() => emulator.close());

it('an advertiser whose answers do not come leaves the others room for theirs', async () => {
  emulator = await startEmulator({ accounts: [dense, small] });
  emulator.arm({
    when: { endpoint: 'report/integrated/get/', advertisers: [dense.id], calls: { from: 4 } },
    then: { hang: true },
  });
  const expected = expectedTable(emulator, { from: START, to: '2026-03-15', advertiserIds: [small.id] });
  const ofSmall = (events: readonly SyncEvent[]) =>
    events.flatMap((event) => (event.type === 'records' && event.advertiserId === small.id ? event.records : []));
  // The dense one waits for its answers meanwhile. Its first time-out, after which it gives its room back, is too late.
  const run = await sync(
    emulator,
    { start_date: START, request_timeout_seconds: 60, api_tier: 'ultimate' },
    {
      stopAfter: (events) =>
        ofSmall(events).length >= expected.size ||
        events.some((event) => event.type === 'info' && event.message.includes('read in windows')),
    },
  );
  const campaigns = new Set([...expected.values()].map(({ campaign_id }) => campaign_id));
  expect(table({ records: run.records.filter(({ campaign_id }) => campaigns.has(campaign_id)) })).toEqual(expected);
});
