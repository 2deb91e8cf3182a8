import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportStream } from '../streams/stream.ts';
import { type Engine, literal, quoted } from './engine.ts';

/** Writes each stream's table as a CSV file of its name, sorted by key. Readers find the whole old or the whole new file. */
export async function exportCsv(engine: Engine, streams: readonly ReportStream[], folder: string): Promise<void> {
  for (const { name, primaryKey } of streams) {
    const path = join(folder, `${name}.csv`);
    const partial = `${path}.partial`;
    const rows = `SELECT * FROM ${engine.named(name)} ORDER BY ${primaryKey.map(quoted).join(', ')}`;
    await engine.query(`COPY (${rows}) TO ${literal(partial)} (FORMAT csv, HEADER)`);
    await rename(partial, path);
  }
}
