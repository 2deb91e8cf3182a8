import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shardOf } from '../../src/config/shard.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { mergeStates } from '../../src/sync/state.ts';
import { check, logsOf, read, type StreamState, Table } from '../support/run-source.ts';
import { expectedTable } from '../support/sync.ts';

// Several containers that divide the advertisers of one token. Processes, files, HTTP.

const IDS = Array.from({ length: 12 }, (_, n) => String(7_000_000_000_000_000_000n + BigInt(n) * 64n));
const FROM = '2026-03-01';

let emulator: Emulator;
beforeEach(async () => {
  const accounts = IDS.map((id, n) => ({ id, name: `Account ${n}`, created: '2024-06-01', campaigns: 3 }));
  emulator = await startEmulator({ accounts, now: '2026-03-15T12:00:00Z' });
});
afterEach(() => emulator.close());

const shards = (count: number) => Array.from({ length: count }, (_, index) => `${index}/${count}`);

const config = (more: object = {}) => emulator.config({ start_date: FROM, ...more });

/** All shards, each given what all of the run before left. */
async function readAll(count: number, state?: StreamState) {
  const runs = await Promise.all(shards(count).map((shard) => read({ config: config({ shard }), state })));
  expect(runs.map(({ exit }) => exit)).toEqual(runs.map(() => 0));
  const states = runs.flatMap((run) => run.states.at(-1) ?? []);
  return { runs, states, merged: JSON.parse(mergeStates(states)) as StreamState };
}

describe('shards', () => {
  it('read together what one read reads, each row once, and their merged states are its state', async () => {
    const whole = await read({ config: config() });
    const { runs, merged } = await readAll(8);
    const records = runs.flatMap((run) => run.records);
    const expected = expectedTable(emulator, { from: FROM, to: '2026-03-15' });
    expect(new Table().upsert(records).rows).toEqual(expected);
    expect(records).toHaveLength(whole.records.length);
    expect(merged.advertisers).toEqual(whole.states.at(-1)?.advertisers);
  });

  it('go on from the merged state whatever their number was before', async () => {
    const { runs, merged } = await readAll(8);
    emulator.clock.advanceDays(1);
    const later = await readAll(3, merged);
    const table = new Table();
    for (const { records } of [...runs, ...later.runs]) table.upsert(records);
    expect(table.rows).toEqual(expectedTable(emulator, { from: FROM, to: '2026-03-16' }));
    expect(Object.keys(later.merged.advertisers).sort()).toEqual(IDS);
    const reports = emulator.requests.filter(({ path }) => path.includes('/report/')).length;
    expect(reports, 'a window of each advertiser in each run').toBe(2 * IDS.length);
  });

  it('write down their own advertisers only, whatever the state that they were given holds', async () => {
    const { merged } = await readAll(1);
    const { states } = await readAll(4, merged);
    for (const [index, { advertisers }] of states.entries()) {
      expect(Object.keys(advertisers).sort()).toEqual(IDS.filter((id) => shardOf(id, 4) === index));
    }
  });

  it('succeed without an advertiser, and so does their check', async () => {
    const used = new Set(IDS.map((id) => shardOf(id, 64)));
    const empty = shards(64).find((_, index) => !used.has(index));
    const run = await read({ config: config({ shard: empty }) });
    expect(run.exit).toBe(0);
    expect(run.records).toEqual([]);
    expect(run.states.at(-1)?.advertisers).toEqual({});
    const [status] = (await check(config({ shard: empty }))).messages.flatMap((one) => one.connectionStatus ?? []);
    expect(status).toMatchObject({ status: 'SUCCEEDED', message: expect.stringContaining('No advertiser falls into') });
  });

  it('fail all when no part has an advertiser', async () => {
    const run = await read({ config: config({ shard: '0/2', exclude_advertiser_ids: IDS }) });
    expect(run.exit).toBe(1);
    expect(run.stdout).toContain('No advertiser is left to read');
  });

  it('warn each of its own: an advertiser that is chosen and not granted fails one part, and not the others', async () => {
    const lost = '7123456789012345678';
    const runs = await Promise.all(
      shards(2).map((shard) => read({ config: config({ shard, advertiser_ids: [...IDS, lost] }) })),
    );
    const failed = shardOf(lost, 2);
    expect(runs.map(({ exit }) => exit)).toEqual(failed === 0 ? [1, 0] : [0, 1]);
    expect(runs.map((run) => logsOf(run, 'ERROR').some((text) => text.includes(lost)))).toEqual(
      failed === 0 ? [true, false] : [false, true],
    );
  });
});
