import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** How the two programs are started on this machine. */
export interface ProgramsHere {
  readonly tapCommand: string;
  readonly programCommand: string;
}

/**
 * The commands, if PATH leads to this very installation; else absolute paths beside the program that runs.
 *
 * @param program what was started (`process.argv[1]`)
 * @param path    the PATH variable
 */
export function programsHere(program: string, path: string): ProgramsHere {
  const folder = dirname(real(program) ?? program);
  return {
    tapCommand: commandFor('tap-tiktok-ads', folder, path),
    programCommand: commandFor('source-tiktok-ads', folder, path),
  };
}

function commandFor(name: string, folder: string, path: string): string {
  const file = join(folder, `${name}.js`);
  const onPath = path
    .split(delimiter)
    .filter(Boolean)
    .map((one) => join(one, name))
    .find(isExecutable);
  return onPath && real(onPath) === real(file) ? name : file;
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
