import { LoadError } from '../load-error.ts';

/** An error of DuckDB, as a sentence that says what to do. */
export function describeDuckDbError(error: unknown, path: string): Error {
  if (error instanceof LoadError || !(error instanceof Error)) return error as Error;
  const { message } = error;
  const sentence = SENTENCES.find(([pattern]) => pattern.test(message))?.[1];
  const first = message.split('\n')[0] ?? '';
  return new LoadError(
    sentence
      ? sentence(path, message)
      : `DuckDB cannot go on with the file ${path}: ${first.replace(/(?<![.!?])$/, '.')}`,
    {
      cause: error,
    },
  );
}

type Sentence = readonly [pattern: RegExp, sentence: (path: string, message: string) => string];

const SENTENCES: readonly Sentence[] = [
  [
    /could not set lock|conflicting lock|being used by another process/i,
    (path, message) => {
      const pid = /PID (\d+)/.exec(message)?.[1];
      return (
        `The file ${path} is open in another program${pid ? ` (process ${pid})` : ''}, maybe another sync or a DuckDB ` +
        'shell: nothing was read or written. Run again when it has ended.'
      );
    },
  ],
  [
    /no space left|could not write all|file too large|disk quota/i,
    (path) =>
      `No room is left on the disk of ${path}. What was committed before stays, and the next run goes on from there: make ` +
      'room and run again.',
  ],
  [
    /permission denied|read-only file system|cannot open file .* in read-only mode/i,
    (path) =>
      `The file ${path} cannot be written by this user: give the right to write it and its folder, or name another.`,
  ],
  [
    /no such file or directory|^IO Error.*does not exist/i,
    (path) =>
      `The file ${path} cannot be opened: there is no such file or folder. Make the folder first, or name another.`,
  ],
  [
    /not a valid duckdb database file/i,
    (path) => `${path} is no DuckDB file, and stays as it is. Name another with --to.`,
  ],
  [
    /newer version|storage version|version number/i,
    (path) =>
      `The file ${path} was written by a later DuckDB than the one here: update this program, or name another file.`,
  ],
];
