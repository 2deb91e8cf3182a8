import { readTextFile } from '../../config/read-json-file.ts';
import { openEngine } from '../../load/open-engine.ts';
import { parseTarget } from '../../load/target.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { CommandError } from '../command-error.ts';
import type { Print } from './advertisers.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * The verb `query`: answers the SQL of files from a DuckDB file of `sync`, without changing it, because DuckDB's own shell
 * is seldom installed. Each statement is printed with its comments, then its answer as a table.
 *
 * @param files a statement ends with the semicolon at the end of a line
 * @throws InputFileError, CommandError, LoadError
 */
export async function answerQueries(
  { from, files }: { readonly from: string; readonly files: readonly string[] },
  print: Print,
): Promise<void> {
  const target = parseTarget(from);
  if (target.kind === 'postgresql') throw new CommandError(['`query` reads DuckDB files; ask PostgreSQL with `psql`.']);
  const statements = files.flatMap(statementsIn);
  const engine = await openEngine(target, { readOnly: true });
  try {
    for (const sql of statements) {
      const rows = await engine.query(sql);
      for (const line of [...sql.split('\n'), '', ...drawRows(rows), '']) print(line);
    }
  } finally {
    await engine.close();
  }
}

function statementsIn(path: string): string[] {
  const statements = readTextFile(path, 'SQL').split(/(?<=;)[ \t]*\r?$/m);
  return statements.map((text) => text.trim()).filter((text) => text !== '');
}

function drawRows(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  if (rows.length === 0) return ['No rows.'];
  const titles = Object.keys(rows[0] ?? {});
  const texts = rows.map((row) => titles.map((title) => textOf(row[title])));
  return drawTable(
    titles.map((title, index) => ({
      title,
      align: texts.every((row) => row[index] === '' || NUMBER.test(row[index] ?? '')) ? 'right' : 'left',
    })),
    texts,
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
