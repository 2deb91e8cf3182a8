import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { COLUMNS, expectedTable, START_DATE } from '../orchestrators/campaign-daily-table.ts';
import { comparableRows, type TextRow } from '../orchestrators/exact-values.ts';
import { runSyncProgram } from '../support/load.ts';
import { runVerb } from '../support/run-people.ts';
import { read } from '../support/run-source.ts';
import { runTap } from '../support/run-tap.ts';

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moved-state-'));
  emulator = await startEmulator({});
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const config = () => emulator.config({ start_date: START_DATE });
const database = () => join(folder, 'tiktok-ads.duckdb');

async function loadedRows(): Promise<readonly TextRow[]> {
  const instance = await DuckDBInstance.create(database());
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll('SELECT * FROM campaign_daily');
  connection.closeSync();
  instance.closeSync();
  return comparableRows(reader.getRowObjectsJson(), COLUMNS);
}

/** The rows of two readings in one table, the later in the place of the earlier. */
function upserted(earlier: readonly TextRow[], later: readonly TextRow[]): readonly TextRow[] {
  const rows = new Map([...earlier, ...later].map((row) => [`${row.date} ${row.campaign_id}`, row]));
  return comparableRows([...rows.values()], COLUMNS);
}

/** What the next day's run brings; it may ask for the lookback of the four advertisers and for the advertisers. */
async function onTheNextDay<T>(run: () => Promise<T>): Promise<T> {
  emulator.clock.advanceDays(1);
  const requests = emulator.requestCount;
  const result = await run();
  expect(emulator.requestCount - requests).toBeLessThan(10);
  return result;
}

describe('what sync has read', () => {
  it('is not read again under Airbyte', async () => {
    expect((await runSyncProgram(emulator, database())).exit).toBe(0);
    const loaded = await loadedRows();
    const { status, stdout } = await runVerb(['state', 'export', '--from', database()]);
    expect(status).toBe(0);
    const [message] = JSON.parse(stdout);
    const run = await onTheNextDay(() => read({ config: config(), state: message.stream.stream_state }));
    expect(run.exit).toBe(0);
    expect(upserted(loaded, comparableRows(run.records, COLUMNS))).toEqual(expectedTable(emulator));
  });

  it('is not read again under Singer', async () => {
    expect((await runSyncProgram(emulator, database())).exit).toBe(0);
    const loaded = await loadedRows();
    const { stdout } = await runVerb(['state', 'export', '--from', database(), '--format', 'singer']);
    const run = await onTheNextDay(() => runTap({ config: config(), state: JSON.parse(stdout) }));
    expect(run.exit).toBe(0);
    expect(upserted(loaded, comparableRows(run.records, COLUMNS))).toEqual(expectedTable(emulator));
  });
});

describe('what was read under an orchestrator', () => {
  const importState = (state: unknown) => {
    const files = { config: join(folder, 'config.json'), state: join(folder, 'state.json') };
    writeFileSync(files.config, JSON.stringify(config()));
    writeFileSync(files.state, JSON.stringify(state));
    return runVerb(['state', 'import', '--config', files.config, '--state', files.state, '--into', database()]);
  };

  it('is not read again by sync, whether Airbyte or Singer kept its state', async () => {
    const tap = await runTap({ config: config() });
    expect((await importState(tap.states.at(-1))).stderr).toBe('');
    await onTheNextDay(async () => expect((await runSyncProgram(emulator, database())).exit).toBe(0));
    expect(upserted(comparableRows(tap.records, COLUMNS), await loadedRows())).toEqual(expectedTable(emulator));

    rmSync(database());
    const source = await read({ config: config() });
    const [state] = source.states.slice(-1);
    const message = { type: 'STREAM', stream: { stream_descriptor: { name: 'campaign_daily' }, stream_state: state } };
    expect((await importState([message])).stderr).toBe('');
    await onTheNextDay(async () => expect((await runSyncProgram(emulator, database())).exit).toBe(0));
    expect(upserted(comparableRows(source.records, COLUMNS), await loadedRows())).toEqual(expectedTable(emulator));
  });

  it('never takes the place of what a database knows itself', async () => {
    expect((await runSyncProgram(emulator, database())).exit).toBe(0);
    const before = await runVerb(['state', 'export', '--from', database()]);
    const tap = await runTap({ config: config() });
    const { status, stderr } = await importState(tap.states.at(-1));
    expect(status).toBe(1);
    expect(stderr).toContain('it is already known what has been read of campaign_daily');
    expect(await runVerb(['state', 'export', '--from', database()])).toEqual(before);
  });
});
