import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { COLUMNS, expectedTable, START_DATE } from '../orchestrators/campaign-daily-table.ts';
import { comparableRows } from '../orchestrators/exact-values.ts';
import { describeResult } from '../orchestrators/run-program.ts';
import { makeWorkFolder, type WorkFolder } from '../orchestrators/work-folder.ts';
import { buildImage, HARDENED, runContainer } from './image.ts';

const WITH_DUCKDB = 'source-tiktok-ads:test-with-duckdb';
const SYNC = ['sync', '--config', '/work/config.json', '--to', '/work/tiktok-ads.duckdb'];

let emulator: Emulator;
let folder: WorkFolder;
let options: string[];
beforeAll(async () => {
  await buildImage({ tag: WITH_DUCKDB, target: 'with-duckdb' });
  emulator = await startEmulator();
  folder = await makeWorkFolder();
  const work = join(folder.path, 'work');
  await mkdir(work);
  await chmod(work, 0o777);
  await writeFile(join(work, 'config.json'), JSON.stringify(emulator.config({ start_date: START_DATE })));
  options = [...HARDENED, '--network', 'host', '--volume', `${work}:/work`];
});
afterAll(async () => {
  await emulator.close();
  await folder.remove();
});

describe('sync in a container', () => {
  it('says in one line that the plain image has no DuckDB, and where it is', async () => {
    const { exitCode, stdout, stderr } = await runContainer(SYNC, { options });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^DuckDB is not installed beside this program\. .*`docker build --target with-duckdb`/),
    ]);
  });

  it('shows the demo in the plain image to its end, and says what is left out', async () => {
    const { exitCode, stdout } = await runContainer(['demo'], { options: [...HARDENED, '--network', 'none'] });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^– {2}5 {2}sync, .*\n {5}DuckDB is not installed beside this program\. /m);
    expect(stdout).toMatch(/rows in the table, each figure as TikTok has it now/);
  });

  it('fills a DuckDB file in a mounted folder from the image with-duckdb', async () => {
    const result = await runContainer(SYNC, { image: WITH_DUCKDB, options });
    expect(result.exitCode, describeResult('sync', result)).toBe(0);
    const instance = await DuckDBInstance.create(join(folder.path, 'work/tiktok-ads.duckdb'), {
      access_mode: 'READ_ONLY',
    });
    const rows = (await (await instance.connect()).runAndReadAll('SELECT * FROM campaign_daily')).getRowObjectsJson();
    instance.closeSync();
    expect(comparableRows(rows, COLUMNS)).toEqual(expectedTable(emulator));
  });
});
