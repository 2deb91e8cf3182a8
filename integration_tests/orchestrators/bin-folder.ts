import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { SOURCE_PROGRAM, TAP_PROGRAM } from './python.ts';

/**
 * A folder with the two programs under the names that `npm install --global` gives them, for the PATH; `scripts` are
 * shell scripts to lie beside them.
 *
 * @returns the PATH with that folder first
 */
export async function pathWithPrograms(
  folder: string,
  scripts: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await symlink(SOURCE_PROGRAM, join(bin, 'source-tiktok-ads'));
  await symlink(TAP_PROGRAM, join(bin, 'tap-tiktok-ads'));
  for (const [name, text] of Object.entries(scripts)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return `${bin}${delimiter}${process.env.PATH ?? ''}`;
}
