import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TableShape } from '../table.ts';
import { DuckDbEngine } from './duckdb-engine.ts';

const TABLE: TableShape = {
  name: 'sales',
  stream: 'sales',
  key: ['id', 'day'],
  columns: [
    { name: 'id', kind: 'text', isKey: true, description: '' },
    { name: 'day', kind: 'date', isKey: true, description: '' },
    { name: 'clicks', kind: 'integer', isKey: false, description: '' },
  ],
};

function recordOf(id: string, clicks: number) {
  const bytes = Buffer.from(JSON.stringify({ id, day: '2026-03-01', clicks }));
  return { bytes, start: 0, end: bytes.length };
}

it('keeps the last of the rows with the same key, staged at once or merged before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duckdb-engine-'));
  const engine = await DuckDbEngine.open(join(folder, 'x.duckdb'), { readOnly: false });
  const clicks = async () => (await engine.query('SELECT id, clicks FROM main.sales ORDER BY id')).map(Object.values);
  try {
    await engine.query('CREATE TABLE main.sales (id VARCHAR, day DATE, clicks BIGINT)');
    await engine.open(TABLE);
    await engine.stage(TABLE, [recordOf('a', 9), recordOf('b', 1), recordOf('a', 2)]);
    await engine.stage(TABLE, [recordOf('a', 5)]);
    await engine.merge(TABLE);
    expect(await clicks()).toEqual([
      ['a', '5'],
      ['b', '1'],
    ]);
    await engine.stage(TABLE, [recordOf('b', 7)]);
    await engine.merge(TABLE);
    expect(await clicks()).toEqual([
      ['a', '5'],
      ['b', '7'],
    ]);
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
});
