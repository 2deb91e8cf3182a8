import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { streams } from '../../src/streams/all-streams.ts';
import { COLUMNS, expectedTable } from '../orchestrators/campaign-daily-table.ts';
import { comparableRows } from '../orchestrators/exact-values.ts';
import { expectSynced, type Place, promisesOfEveryDatabase, runSyncProgram } from '../support/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'sync-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

/** A file that is not there yet. */
function newFile(): Place {
  const to = join(folder, `${files++}.duckdb`);
  const sql = async (statement: string) => {
    const instance = await DuckDBInstance.create(to);
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(statement)).getRowObjectsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  return { to, sql, rows: async () => comparableRows(await sql('SELECT * FROM campaign_daily'), COLUMNS) };
}

describe('sync into DuckDB', () => {
  promisesOfEveryDatabase(async () => newFile());

  it('has the types and the meaning of each column', async () => {
    const emulator = await startEmulator({});
    const place = newFile();
    await expectSynced(emulator, place);
    await emulator.close();
    const columns = await place.sql(
      "SELECT column_name AS name, data_type AS type, is_nullable, comment FROM duckdb_columns() WHERE table_name = 'campaign_daily'",
    );
    expect(columns).toHaveLength(Object.keys(COLUMNS).length);
    const typeOf = (name: string) => columns.find((column) => column.name === name)?.type;
    expect([typeOf('date'), typeOf('campaign_id'), typeOf('spend'), typeOf('clicks')]).toEqual([
      'DATE',
      'VARCHAR',
      'DECIMAL(18,6)',
      'BIGINT',
    ]);
    expect(columns.filter(({ is_nullable }) => is_nullable === false).map(({ name }) => name)).toEqual([
      'date',
      'campaign_id',
    ]);
    expect(columns.filter(({ comment }) => !comment)).toEqual([]);
  });

  it('keeps rates and money as floats where that is asked for', async () => {
    const emulator = await startEmulator({});
    const place = newFile();
    await expectSynced(emulator, place, { args: ['--numbers', 'double'] });
    await emulator.close();
    expect(await place.sql('SELECT DISTINCT typeof(spend) AS type FROM campaign_daily')).toEqual([{ type: 'DOUBLE' }]);
  });

  it('lets the SQL of docs/ads-manager.md show that the levels agree, and what GMV Max adds', async () => {
    const emulator = await startEmulator({ accounts: 'brand' });
    const place = newFile();
    const all = streams.map(({ name }) => name).join();
    expect(
      (
        await runSyncProgram(emulator, place.to, {
          args: ['--streams', all],
          config: { start_date: '2026-02-01', end_date: '2026-02-09' },
        })
      ).exit,
    ).toBe(0);
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/ads-manager.md'), 'utf8');
    const statement = /```sql\n(select date,\n[^`]*gmv_max_campaign_daily[^`]*)```/.exec(page)?.[1] ?? '';
    const range = { from: '2026-02-02', to: '2026-02-08' };
    expect(statement).toContain(`between '${range.from}' and '${range.to}'`);
    for (const figure of ['spend', 'impressions', 'clicks']) {
      const ofGmvMax = figure === 'spend';
      // GMV Max has neither impressions nor clicks.
      const rows = await place.sql(
        ofGmvMax
          ? statement
          : statement
              .replaceAll('spend', figure)
              .replace(/\n.*gmv_max_campaign_daily/, '')
              .replaceAll("'gmv_max'", "'none'"),
      );
      expect(rows).toHaveLength(7);
      for (const { date, ...sums } of rows) {
        const day = { from: String(date), to: String(date) };
        const sumOf = (stream: 'campaign_daily' | 'gmv_max_campaign_daily') =>
          [...emulator.expectedRows({ ...day, stream })].reduce((sum, { values }) => sum + Number(values[figure]), 0);
        const [ads, gmvMax] = [sumOf('campaign_daily'), ofGmvMax ? sumOf('gmv_max_campaign_daily') : 0];
        const expected = {
          campaigns: ads,
          ad_groups: ads,
          ads,
          advertisers: ads,
          gmv_max: gmvMax,
          total: ads + gmvMax,
        };
        expect(ads).toBeGreaterThan(0);
        for (const [column, sum] of Object.entries(expected)) {
          expect(Number(sums[column] ?? 0), `${figure} of ${column} on ${date}`).toBeCloseTo(sum, 6);
        }
      }
    }
    await emulator.close();
  });

  it('says that the disk is full, keeps what it had, and goes on when there is room', async () => {
    const emulator = await startEmulator({});
    const place = newFile();
    const { exit, stderr } = await runSyncProgram(emulator, place.to, { through: ['prlimit', '--fsize=150000'] });
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^No room is left on the disk .*\.duckdb/m);
    await expectSynced(emulator, place);
    await emulator.close();
  });

  it.each([
    ['a folder that is not there', 'nowhere/a.duckdb', /no such file or folder/],
    ['a file of something else', 'text.duckdb', /is no DuckDB file, and stays as it is/],
  ])('refuses %s in one line', async (_, name, sentence) => {
    writeFileSync(join(folder, 'text.duckdb'), 'This is a text. '.repeat(1000));
    const emulator = await startEmulator({});
    const { exit, stderr } = await runSyncProgram(emulator, join(folder, name));
    expect(exit).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(sentence);
    expect(emulator.requestCount).toBe(0);
    await emulator.close();
  });

  it('says how to get DuckDB where it is not installed', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'without-duckdb-'));
    cpSync(resolve(import.meta.dirname, '../../dist'), join(elsewhere, 'dist'), { recursive: true });
    writeFileSync(join(elsewhere, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(elsewhere, 'config.json'),
      JSON.stringify({
        credentials: { auth_type: 'access_token', access_token: 'token' },
        advertiser_ids: ['7000000000000000001'],
        start_date: '2026-01-01',
      }),
    );
    const args = ['dist/source-tiktok-ads.js', 'sync', '--config', 'config.json'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: elsewhere, encoding: 'utf8' });
    rmSync(elsewhere, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^DuckDB is not installed beside this program\. .*`npm install @duckdb\/node-api`/);
  });
});

describe('sync into CSV files', () => {
  it('writes each stream as one file, whole, and reads only what is new the next time', async () => {
    const emulator = await startEmulator({});
    const to = join(folder, 'export');
    const rows = async () => {
      const file = join(to, 'campaign_daily.csv');
      return comparableRows(await newFile().sql(`SELECT * FROM read_csv('${file}', all_varchar = true)`), COLUMNS);
    };
    expect((await runSyncProgram(emulator, `csv:${to}`)).exit).toBe(0);
    expect(await rows()).toEqual(expectedTable(emulator));
    emulator.clock.advanceDays(1);
    const requests = emulator.requestCount;
    expect((await runSyncProgram(emulator, `csv:${to}`)).exit).toBe(0);
    expect(await rows()).toEqual(expectedTable(emulator));
    expect(emulator.requestCount - requests).toBeLessThan(10);
    await emulator.close();
  });
});
