import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { ResultFile } from './result-file.ts';

/**
 * The `.gitignore` of the folder: what is there, with the lines for every file that holds a secret, its copies and what
 * is left of a write that was cut off. They stand at the end, where no earlier line of the file can take them back.
 *
 * @param existing what `.gitignore` has now
 * @param more     lines for what is no secret
 */
export function gitIgnoreFile(
  existing: string,
  { secretPaths, more }: { readonly secretPaths: readonly string[]; readonly more: readonly string[] },
): ResultFile {
  const wanted = [...secretPaths.flatMap(secretLines), ...more].join('\n');
  const kept = existing === '' || existing.endsWith('\n') ? existing : `${existing}\n`;
  return {
    path: '.gitignore',
    mode: 0o644,
    says: 'Keeps secrets and data out of git.',
    content: kept.endsWith(`${wanted}\n`) ? kept : `${kept}${wanted}\n`,
    extends: true,
  };
}

function secretLines(path: string): string[] {
  const pattern = `/${path.replace(/[\\*?[\]!# ]/g, '\\$&')}`;
  return [pattern, `${pattern}.before-*`, `${pattern}.partial-*`];
}

/**
 * Which of these files git records already: ignoring them changes nothing, the next commit has their new content.
 *
 * @returns `unknown` where there is a repository that git does not let us ask
 */
export async function recordedByGit(folder: string, paths: readonly string[]): Promise<readonly string[] | 'unknown'> {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  if (!isInRepository(there)) return [];
  const inside = relative(there, folder);
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['-C', there, 'ls-files', '-z', '--', ...paths.map((path) => `:(literal)${join(inside, path)}`)],
      { env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined } },
    );
    return stdout
      .split('\0')
      .filter(Boolean)
      .map((path) => relative(inside, path));
  } catch {
    return 'unknown';
  }
}

function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInRepository(dirname(folder));
}
