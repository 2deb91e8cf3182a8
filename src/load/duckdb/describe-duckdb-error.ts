import { LoadError } from '../load-error.ts';

/** An error of DuckDB: what it means, what to do, then the file and DuckDB's words. */
export function describeDuckDbError(error: unknown, path: string): Error {
  if (error instanceof LoadError || !(error instanceof Error)) return error as Error;
  const { message } = error;
  const [, meaning, advice] = TEXTS.find(([pattern]) => pattern.test(message)) ?? UNKNOWN;
  const first = message.split('\n')[0] ?? '';
  const evidence = `The file ${path}: ${first.replace(/(?<![.!?])$/, '.')}`;
  return new LoadError({ meaning, advice, evidence }, { cause: error });
}

type Text = readonly [pattern: RegExp, meaning: string, advice: string];

const UNKNOWN: Text = [
  /^/,
  'DuckDB cannot go on with this file. What was committed before stays.',
  'Its words stand at the end.',
];

const TEXTS: readonly Text[] = [
  [
    /could not set lock|conflicting lock|being used by another process/i,
    'The file is open in another program, maybe another sync or a DuckDB shell. Nothing was read or written.',
    'Run again when that has ended.',
  ],
  [
    /no space left|could not write all|file too large|disk quota/i,
    'No room is left on the disk of the DuckDB file. What was committed before stays.',
    'Make room and run again; the next run goes on from there.',
  ],
  [
    /permission denied|read-only file system|cannot open file .* in read-only mode/i,
    'This user may not write the DuckDB file.',
    'Give the right to write it and its folder, or name another.',
  ],
  [
    /no such file or directory|^IO Error.*does not exist/i,
    'The DuckDB file cannot be opened: there is no such file or folder.',
    'Correct the name, or make the folder first; only `sync` makes the file.',
  ],
  [/not a valid duckdb database file/i, 'The file is no DuckDB file, and stays as it is.', 'Name another with --to.'],
  [
    /newer version|storage version|version number/i,
    'The file was written by a later DuckDB than the one here.',
    'Update this program, or name another file.',
  ],
];
