import stringWidth from 'string-width';
import { readTextFile } from '../../config/read-json-file.ts';
import type { Engine } from '../../load/engine.ts';
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
      for (const line of [...sql.split('\n'), '']) print(line);
      for (const line of [...drawRows(await answerTo(sql, engine), process.stdout.columns), '']) print(line);
    }
  } finally {
    await engine.close();
  }
}

/** @throws CommandError in DuckDB's words, when it refuses the statement, which has been printed */
async function answerTo(sql: string, engine: Engine): ReturnType<Engine['query']> {
  try {
    return await engine.query(sql);
  } catch (error) {
    const words = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    // The rest shows the place in the statement, on a line of its own.
    const [first = ''] = words.split('\n\n');
    const says = `DuckDB refuses this statement, and those after it were not tried. Correct it; \`query\` only reads. ${first.replaceAll('\n', ' ')}`;
    throw new CommandError([says], { cause: error });
  }
}

function statementsIn(path: string): string[] {
  const statements = readTextFile(path, 'SQL').split(/(?<=;)[ \t]*\r?$/m);
  return statements.map((text) => text.trim()).filter((text) => text !== '');
}

/** A table; where it is wider than the terminal, each row as a block with a line for each column. */
function drawRows(rows: readonly Readonly<Record<string, unknown>>[], columns: number | undefined): readonly string[] {
  if (rows.length === 0) return ['No rows.'];
  const titles = Object.keys(rows[0] ?? {});
  const texts = rows.map((row) => titles.map((title) => textOf(row[title])));
  const table = drawTable(
    titles.map((title, index) => ({
      title,
      align: texts.every((row) => row[index] === '' || NUMBER.test(row[index] ?? '')) ? 'right' : 'left',
    })),
    texts,
  );
  if (!columns || table.every((line) => stringWidth(line) <= columns)) return table;
  const sides = [{ title: '' }, { title: '', widthMin: 8 }];
  return texts.flatMap((row, index) => [
    `— row ${index + 1} —`,
    ...drawTable(
      sides,
      titles.map((title, at) => [title, row[at] ?? '']),
      columns,
    ).slice(1),
  ]);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
