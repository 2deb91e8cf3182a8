import { join } from 'node:path';
import { expect, it } from 'vitest';
import schema from '../../schemas/campaign_daily.json' with { type: 'json' };
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { runSyncProgram } from '../support/load.ts';
import { COLUMNS, expectedTable, expectedTypes } from './campaign-daily-table.ts';
import { readDuckDb } from './duckdb.ts';
import { comparableRows } from './exact-values.ts';
import { pythonProgram } from './python.ts';
import { runToSuccess } from './run-program.ts';
import { makeWorkFolder } from './work-folder.ts';

const FIRST_TYPES = `
import duckdb, sys
row = duckdb.connect(sys.argv[1], read_only=True).execute(
    "select date, campaign_id, spend, clicks from campaign_daily where spend is not null limit 1").fetchone()
print(*(type(value).__name__ for value in row))`;

it('Python reads the file that sync wrote into DuckDB: exact rows, types and the meaning of each column', async () => {
  const emulator = await startEmulator();
  const folder = await makeWorkFolder();
  try {
    const file = join(folder.path, 'tiktok-ads.duckdb');
    const run = await runSyncProgram(emulator, file);
    expect(run.stderr + run.exit).toMatch(/0$/);
    const { types, comments, rows } = await readDuckDb(file, 'campaign_daily');
    expect(comparableRows(rows, COLUMNS)).toEqual(expectedTable(emulator));
    const plain = expectedTypes({ string: 'VARCHAR', integer: 'BIGINT', number: 'DECIMAL(18,6)' });
    expect(types).toEqual({ ...plain, date: 'DATE' });
    const meanings = Object.entries(schema.properties).map(([name, { description }]) => [name, description]);
    expect(comments).toEqual(Object.fromEntries(meanings));
    const handedOver = await runToSuccess(pythonProgram('airbyte', 'python'), ['-c', FIRST_TYPES, file]);
    expect(handedOver.trim()).toBe('date str Decimal int');
  } finally {
    await emulator.close();
    await folder.remove();
  }
});
