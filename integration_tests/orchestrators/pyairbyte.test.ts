import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { pathWithPrograms } from './bin-folder.ts';
import { COLUMNS, expectedTable, expectedTables, expectedTypes, START_DATE } from './campaign-daily-table.ts';
import { readDuckDb } from './duckdb.ts';
import { comparableRows, exactSum } from './exact-values.ts';
import { orchestratorVariables, PROJECT_ROOT, pythonProgram, SOURCE_PROGRAM } from './python.ts';
import { describeResult, runProgram, runToSuccess } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const LOAD = join(PROJECT_ROOT, 'examples/pyairbyte/load.py');
const TYPES = expectedTypes({ string: 'VARCHAR', integer: 'BIGINT', number: 'DECIMAL(38,9)' });

let emulator: Emulator;
let folder: WorkFolder;
let env: Record<string, string>;
let database: string;

beforeAll(async () => {
  folder = await makeWorkFolder();
  emulator = await startEmulator();
  env = { ...orchestratorVariables(folder.path), PATH: await pathWithPrograms(folder.path) };
  database = join(folder.path, 'campaign_daily.duckdb');
});

afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

async function writeConfig(name: string, overrides: Record<string, unknown> = {}): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, JSON.stringify(emulator.config({ start_date: START_DATE, ...overrides })));
  return path;
}

const python = (args: readonly string[]) =>
  runProgram(pythonProgram('airbyte', 'python'), args, { env, cwd: folder.path });

/** One run of the example; resolves to what it printed. */
async function load(config: string): Promise<string> {
  const result = await python([LOAD, config, database]);
  expect(result.exitCode, describeResult('load.py', result)).toBe(0);
  return result.stdout;
}

const recordsRead = (stdout: string) => Number(/(\d+) records read/.exec(stdout)?.[1]);

async function expectTableAsExpected(): Promise<void> {
  const { types, rows } = await readDuckDb(database, 'tiktok.campaign_daily', Object.keys(COLUMNS));
  expect(types).toMatchObject(TYPES);
  const [actual, expected] = [comparableRows(rows, COLUMNS), expectedTable(emulator)];
  expect(actual).toEqual(expected);
  expect(exactSum(actual, 'spend')).toBe(exactSum(expected, 'spend'));
}

describe('PyAirbyte with the program', () => {
  it('loads its DuckDB cache with every value as the emulator has it, then what is new and restated', async () => {
    const config = await writeConfig('config.json');
    const all = expectedTable(emulator).length;
    expect(recordsRead(await load(config))).toBe(all);
    await expectTableAsExpected();

    emulator.clock.advanceDays(1);
    const second = recordsRead(await load(config));
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(all / 4);
    await expectTableAsExpected();
  });

  it('loads every stream into a cache, each into a table of its own, then what is new and restated', async () => {
    const script = `
import json, sys, airbyte as ab
from airbyte.caches import DuckDBCache
source = ab.get_source("source-tiktok-ads", config=json.load(open(sys.argv[1])), streams="*", local_executable="source-tiktok-ads")
source.read(cache=DuckDBCache(db_path=sys.argv[2], schema_name="tiktok"))`;
    const config = await writeConfig('every-stream.json');
    const file = join(folder.path, 'every_stream.duckdb');
    for (const _run of [1, 2]) {
      const result = await python(['-c', script, config, file]);
      expect(result.exitCode, describeResult('read', result)).toBe(0);
      for (const { name, columns, rows } of expectedTables(emulator)) {
        const found = await readDuckDb(file, `tiktok.${name}`, Object.keys(columns));
        expect(comparableRows(found.rows, columns), name).toEqual(rows);
        expect(rows.length, name).toBeGreaterThan(0);
      }
      emulator.clock.advanceDays(1);
    }
  });

  it('raises what check and read say of a wrong token', async () => {
    const credentials = { auth_type: 'oauth2.0', ...emulator.credentials, access_token: 'bad-token-0123456789' };
    const result = await python([
      LOAD,
      await writeConfig('bad.json', { credentials }),
      join(folder.path, 'bad.duckdb'),
    ]);
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain('AirbyteConnectorCheckFailedError');
    expect(result.stderr).toContain('40105');
    expect(result.stdout + result.stderr).not.toContain('bad-token-0123456789');
  });

  it('stops the program cleanly when it has read enough', async () => {
    const script = `
import json, sys, airbyte as ab
source = ab.get_source("source-tiktok-ads", config=json.load(open(sys.argv[1])), streams="*", local_executable="source-tiktok-ads")
records = source.get_records("campaign_daily", limit=3)
print(len(list(records)))`;
    const result = await python(['-c', script, await writeConfig('config.json')]);
    expect(result.exitCode, describeResult('get_records', result)).toBe(0);
    expect(result.stdout.trim().split('\n').at(-1)).toBe('3');
    expect(result.stderr).not.toContain('Exception ignored');
    expect(result.stderr).not.toContain('Error');
  });

  it('validates the program by its own command', async () => {
    const config = JSON.stringify(emulator.config({ start_date: START_DATE }));
    await runToSuccess(
      pythonProgram('airbyte', 'pyab'),
      ['validate', `--connector=${SOURCE_PROGRAM}`, `--config=${config}`],
      { env, cwd: folder.path },
    );
  });
});
