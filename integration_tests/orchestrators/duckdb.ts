import { join } from 'node:path';
import { pythonProgram } from './python.ts';
import { runToSuccess } from './run-program.ts';

/** A table of a DuckDB file: its columns' types and comments, and its rows with every value as text. */
export interface DuckDbTable {
  readonly types: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string | null>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Reads a table of a DuckDB file, all columns or those named. */
export async function readDuckDb(file: string, table: string, columns: readonly string[] = []): Promise<DuckDbTable> {
  const script = join(import.meta.dirname, 'python/dump_duckdb.py');
  return JSON.parse(await runToSuccess(pythonProgram('airbyte', 'python'), [script, file, table, ...columns]));
}
