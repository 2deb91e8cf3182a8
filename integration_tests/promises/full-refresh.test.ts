import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { type Message, type ReadOptions, read, Table } from '../support/run-source.ts';

// What an overwriting destination holds after full refreshes of one connection. Today is 2026-03-15.

const IDS = { generation_id: 3, sync_id: 41 };
const ANOTHER_SYNC = { ...IDS, sync_id: 42 };
const ANOTHER_GENERATION = { ...IDS, generation_id: 4 };
const ACCOUNT = { id: '7000000000000000011', campaigns: 3, density: 1, created: '2024-01-01' };

let emulator: Emulator;
let rows: number;
beforeEach(async () => {
  emulator = await startEmulator({ accounts: [ACCOUNT] });
  rows = [...emulator.expectedRows({ from: START, to: '2026-03-15' })].length;
});
afterEach(() => emulator.close());

const START = '2025-06-01';
const readOnce = (options: Omit<ReadOptions, 'config'>) =>
  read({ config: emulator.config({ start_date: START }), ...options });
const refresh = (options: Omit<ReadOptions, 'config'> = {}) => readOnce({ syncMode: 'full_refresh', ...options });

/** Stops a read at its first state that names a day. */
const stopEarly = () => {
  let stopped = false;
  return ({ state }: Message, kill: (signal: NodeJS.Signals) => void) => {
    if (stopped || !Object.keys(state?.stream.stream_state.advertisers ?? {}).length) return;
    stopped = true;
    kill('SIGTERM');
  };
};

describe('a full refresh reads everything when its state is', () => {
  it.each([
    { says: 'of a full refresh that is complete', before: IDS, now: ANOTHER_SYNC },
    { says: 'of the same refresh, which is complete', before: IDS, now: IDS },
    { says: 'of a complete one, all without numbers', before: undefined, now: undefined },
  ])('$says', async ({ before, now }) => {
    const first = await refresh({ ids: before });
    const second = await refresh({ ids: now, state: first.states.at(-1) });
    expect([first.exit, second.exit]).toEqual([0, 0]);
    expect(second.records).toHaveLength(rows);
  });

  it.each([
    { says: 'of an incremental read', now: IDS },
    { says: 'of an incremental read, without numbers', now: undefined },
  ])('$says', async ({ now }) => {
    const first = await readOnce({ ids: IDS });
    const second = await refresh({ ids: now, state: first.states.at(-1) });
    expect(second.exit).toBe(0);
    expect(second.records).toHaveLength(rows);
  });

  it.each([
    { says: 'of another sync that was cut', before: IDS, now: ANOTHER_SYNC },
    { says: 'of another generation that was cut', before: IDS, now: ANOTHER_GENERATION },
    { says: 'of one that was cut, and the catalog numbers none', before: IDS, now: undefined },
    { says: 'of one that was cut and had no numbers', before: undefined, now: IDS },
  ])('$says', async ({ before, now }) => {
    const first = await refresh({ ids: before, onMessage: stopEarly() });
    expect(first.exit).toBe('SIGTERM');
    const second = await refresh({ ids: now, state: first.states.at(-1) });
    expect(second.exit).toBe(0);
    expect(second.records).toHaveLength(rows);
  });
});

it('a further attempt at a refresh that was cut reads the rest, and the last state says that it is complete', async () => {
  const first = await refresh({ ids: IDS, onMessage: stopEarly() });
  const cut = first.states.at(-1);
  expect(cut?.refresh).toEqual(IDS);
  const second = await refresh({ ids: IDS, state: cut });
  expect(second.exit).toBe(0);
  expect(second.records.length).toBeLessThan(rows);
  expect(new Table().upsert([...first.records, ...second.records]).rows.size).toBe(rows);
  expect(second.states.at(-1)).not.toHaveProperty('refresh');
});

it('a refresh that one advertiser made fail is not complete: a further attempt reads the others no more', async () => {
  await emulator.close();
  emulator = await startEmulator({
    accounts: [ACCOUNT, { ...ACCOUNT, id: '7000000000000000012' }],
    scenario: {
      faults: [{ when: { endpoint: 'report/integrated/get/', advertisers: [ACCOUNT.id] }, then: { code: 40002 } }],
    },
  });
  const first = await refresh({ ids: IDS });
  expect(first.exit).toBe(1);
  const second = await refresh({ ids: IDS, state: first.states.at(-1) });
  expect([second.exit, second.records.length]).toEqual([1, 0]);
});
