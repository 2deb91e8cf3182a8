import { readFileSync } from 'node:fs';
import { jsonErrorOffset } from './json-error-offset.ts';

/** A file that was named on the command line cannot be used; one sentence that quotes none of its content. */
export class InputFileError extends Error {
  override readonly name = 'InputFileError';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user: check its permissions and owner',
  EPERM: 'may not be read by this user: check its permissions and owner',
  EISDIR: 'is a folder; expected a file',
};

/**
 * The JSON value in a file. A byte order mark is skipped; the name of the file may end in anything.
 *
 * @param path from the command line
 * @param what for the message: `config`, `catalog`, `state`
 * @throws InputFileError when the file is missing, unreadable, empty, not UTF-8 or not JSON. The message quotes nothing
 *   of the content, which may be a secret, but says where the first mistake is.
 */
export function readJsonFile(path: string, what: string): unknown {
  const text = readTextFile(path, what);
  if (text.trim() === '') throw fault(path, what, 'is empty; expected JSON');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message, also as a cause, quotes the text around the mistake.
    const before = text.slice(0, jsonErrorOffset(text)).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    throw fault(path, what, `is not JSON: something is wrong at line ${before.length}, column ${column}`);
  }
}

/** The text in a file, without a byte order mark. @throws InputFileError when it is missing, unreadable or not UTF-8 */
export function readTextFile(path: string, what: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw fault(path, what, REASONS[code] ?? `cannot be read (${code})`, error);
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw fault(path, what, 'is UTF-16 text; expected UTF-8: save it again in that encoding');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes); // Skips a byte order mark.
  } catch (error) {
    throw fault(path, what, 'is not UTF-8 text', error);
  }
}

function fault(path: string, what: string, reason: string, cause?: unknown): InputFileError {
  return new InputFileError(`The ${what} file ${path} ${reason}.`, { cause });
}
