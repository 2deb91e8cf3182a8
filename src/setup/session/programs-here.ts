import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** How the two programs are started on this machine. */
export interface ProgramsHere {
  readonly tapCommand: string;
  readonly programCommand: string;
  /** The same as an absolute path, for what starts with another PATH. */
  readonly programFile: string;
  /** Where the Node is that runs it. */
  readonly nodeFolder: string;
}

/**
 * The commands, if PATH leads to this installation; else absolute paths beside the program that runs.
 *
 * @param program what was started (`process.argv[1]`)
 * @param path    the PATH variable
 */
export function programsHere(program: string, path: string): ProgramsHere {
  const folder = dirname(real(program) ?? program);
  const tap = commandFor('tap-tiktok-ads', folder, path);
  const source = commandFor('source-tiktok-ads', folder, path);
  return {
    tapCommand: tap.command,
    programCommand: source.command,
    programFile: source.file,
    nodeFolder: dirname(process.execPath),
  };
}

/** Where PATH finds a program; undefined where it does not. */
export function onPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function commandFor(name: string, folder: string, path: string): { readonly command: string; readonly file: string } {
  const file = join(folder, `${name}.js`);
  const found = onPath(name, path);
  return found && real(found) === real(file) ? { command: name, file: found } : { command: file, file };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function real(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
