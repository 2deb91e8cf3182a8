import { cp, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { IMAGE } from '../docker/image.ts';
import { pathWithPrograms } from './bin-folder.ts';
import { COLUMNS, expectedRowCount, expectedTable, START_DATE } from './campaign-daily-table.ts';
import { readDuckDb } from './duckdb.ts';
import { comparableRows } from './exact-values.ts';
import { orchestratorVariables, pythonProgram } from './python.ts';
import { describeResult, runProgram } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

let emulator: Emulator;
let folder: WorkFolder;
let config: string;

beforeAll(async () => {
  folder = await makeWorkFolder();
  emulator = await startEmulator();
  config = join(folder.path, 'config.json');
  await writeFile(config, JSON.stringify(emulator.config({ start_date: START_DATE })));
});

afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

describe("Airbyte's standard tests", () => {
  it('pass on the image', async () => {
    const suite = join(folder.path, 'source-tiktok-ads');
    await cp(join(import.meta.dirname, 'standard/source-tiktok-ads'), suite, { recursive: true });
    await mkdir(join(suite, 'configs'));
    await cp(config, join(suite, 'configs/config.json'));
    const credentials = { auth_type: 'oauth2.0', ...emulator.credentials, access_token: 'bad-token-0123456789' };
    await writeFile(join(suite, 'configs/invalid_config.json'), JSON.stringify(emulator.config({ credentials })));
    // They call `docker run` without a network option, and the emulator listens on this machine's loopback.
    const docker = `real=$(PATH="\${PATH#*${delimiter}}" command -v docker)
if [ "$1" = run ]; then shift; exec "$real" run --network host "$@"; fi
exec "$real" "$@"`;
    const args = [
      ...['-p', 'airbyte_cdk.test.standard_tests.pytest_hooks', '-p', 'no:cacheprovider'],
      // The tests of backward compatibility ask Airbyte's registry, and nothing else.
      ...['-m', 'image_tests', '-k', 'not backward'],
      ...[`--connector-image=${IMAGE}`, '--read-from-streams=all', 'test_standard.py'],
    ];
    const result = await runProgram(pythonProgram('airbyte', 'pytest'), args, {
      cwd: suite,
      env: {
        ...orchestratorVariables(folder.path),
        PATH: await pathWithPrograms(folder.path, { docker }),
        CONNECTOR_PROGRAM: 'not-used-by-image-tests',
      },
    });
    expect(result.exitCode, describeResult('pytest', result)).toBe(0);
    expect(result.stdout).toMatch(/\b6 passed\b/);
  });
});

describe('PyAirbyte with the image', () => {
  it('loads its DuckDB cache with every value, then what is new and restated', async () => {
    const script = `
import json, sys, airbyte as ab
from airbyte.caches import DuckDBCache
source = ab.get_source("source-tiktok-ads", config=json.load(open(sys.argv[1])), streams="*", docker_image=sys.argv[3], use_host_network=True)
source.check()
print(source.read(cache=DuckDBCache(db_path=sys.argv[2], schema_name="raw")).processed_records)`;
    const database = join(folder.path, 'image.duckdb');
    const load = async () => {
      const result = await runProgram(pythonProgram('airbyte', 'python'), ['-c', script, config, database, IMAGE], {
        cwd: folder.path,
        env: orchestratorVariables(folder.path),
      });
      expect(result.exitCode, describeResult('PyAirbyte', result)).toBe(0);
      return Number(result.stdout.trim().split('\n').at(-1));
    };
    expect(await load()).toBe(expectedRowCount(emulator));
    emulator.clock.advanceDays(1);
    expect(await load()).toBeLessThan(expectedRowCount(emulator) / 4);
    const { rows } = await readDuckDb(database, 'raw.campaign_daily', Object.keys(COLUMNS));
    expect(comparableRows(rows, COLUMNS)).toEqual(expectedTable(emulator));
  });
});
