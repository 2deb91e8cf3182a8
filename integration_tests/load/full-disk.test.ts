import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { COLUMNS, expectedTable } from '../orchestrators/campaign-daily-table.ts';
import { comparableRows, type TextRow } from '../orchestrators/exact-values.ts';
import { startPostgres } from '../orchestrators/postgres.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { runSyncProgram } from '../support/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
chmodSync(folder, 0o755); // PostgreSQL's user goes through it.
const disks: string[] = [];
afterAll(() => {
  for (const disk of disks) execFileSync('umount', [disk]);
  rmSync(folder, { recursive: true });
});

/** A disk of its own, which only root can mount: so many kilobytes, and more once it is given room. */
function smallDisk(name: string, kilobytes: number): { readonly path: string; giveRoom(): void } {
  const path = join(folder, name);
  mkdirSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=777`, 'tmpfs', path]);
  disks.push(path);
  return { path, giveRoom: () => void execFileSync('mount', ['-o', 'remount,size=256m', path]) };
}

/**
 * Some days are loaded while they fit, then all days, which do not: the run has to fail in words, and leave what was there.
 *
 * @param rows of the table, as they can be compared
 */
async function expectRoomIsMissed(
  disk: ReturnType<typeof smallDisk>,
  to: string,
  rows: () => Promise<readonly TextRow[]>,
  sentence: RegExp,
): Promise<void> {
  const emulator = await startEmulator({ accounts: 40 });
  try {
    const begun = await runSyncProgram(emulator, to, { config: { start_date: '2026-03-08' } });
    expect(begun.stderr + begun.exit).toMatch(/0$/);
    const before = (await rows()).map((row) => JSON.stringify(row));
    const failed = await runSyncProgram(emulator, to);
    expect(failed.exit).toBe(1);
    expect(failed.stderr.trim().split('\n').at(-1)).toMatch(sentence);
    disk.giveRoom();
    const after = new Set((await rows()).map((row) => JSON.stringify(row)));
    expect(before.filter((row) => !after.has(row))).toEqual([]);
    const last = await runSyncProgram(emulator, to);
    expect(last.stderr + last.exit).toMatch(/0$/);
    expect(await rows()).toEqual(expectedTable(emulator));
  } finally {
    await emulator.close();
  }
}

it('DuckDB on a full disk: the run says so and keeps what it had, and completes when there is room', async () => {
  const disk = smallDisk('duckdb', 3_000);
  const to = join(disk.path, 'a.duckdb');
  const rows = async () => {
    const instance = await DuckDBInstance.create(to);
    const connection = await instance.connect();
    const found = (await connection.runAndReadAll('SELECT * FROM campaign_daily')).getRowObjectsJson();
    connection.closeSync();
    instance.closeSync();
    return comparableRows(found, COLUMNS);
  };
  const sentence =
    /^No room is left on the disk of the DuckDB file\. What was committed before stays\. .*run again; .*a\.duckdb: .*$/;
  await expectRoomIsMissed(disk, to, rows, sentence);
});

it('PostgreSQL on a full disk: the run says so and keeps what it had, and completes when there is room', async () => {
  const disk = smallDisk('postgresql', 3_000);
  const server = await startPostgres((data) => chown(disk.path, statSync(data).uid, -1));
  try {
    const psql = (sql: string) => runToSuccess('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', sql, server.url]);
    await psql(`CREATE TABLESPACE small LOCATION '${disk.path}'`);
    await psql(`ALTER DATABASE ${server.database} SET default_tablespace = small`);
    const texts = Object.keys(COLUMNS).map((name) => `"${name}"::text`);
    const rows = async () =>
      comparableRows(await server.query(`SELECT ${texts.join(', ')} FROM campaign_daily`), COLUMNS);
    const sentence =
      /^No room is left on the disk of PostgreSQL\. What was committed before stays\. .*run again; .*127\.0\.0\.1:.*$/;
    await expectRoomIsMissed(disk, server.url, rows, sentence);
  } finally {
    await server.stop();
  }
});
