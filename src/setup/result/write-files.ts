import { randomUUID } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ResultFile } from './result-file.ts';

/** What writing a file would do. */
export interface PlannedFile {
  readonly file: ResultFile;
  /** `differs`: another file is there, and is replaced only when the user says so. `extended`: lines are added to it. */
  readonly status: 'new' | 'same' | 'extended' | 'differs';
  /** What is there now; absent where there is nothing, empty for what is no file. */
  readonly before?: string | undefined;
}

/** Looks at the folder; writes nothing. */
export async function planFiles(folder: string, files: readonly ResultFile[]): Promise<readonly PlannedFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const there = await contentOf(join(folder, file.path));
      return { file, status: statusOf(file, there), before: there };
    }),
  );
}

function statusOf(file: ResultFile, there: string | undefined): PlannedFile['status'] {
  if (there === undefined) return 'new';
  if (there === file.content) return 'same';
  return file.extends && there !== '' && file.content.startsWith(there) ? 'extended' : 'differs';
}

/** Files are there that the user has not agreed to replace. */
export class FilesInTheWay extends Error {
  override readonly name = 'FilesInTheWay';
  readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    super(
      `These files are there already and were not touched: ${paths.join(', ')}. Agree to replace them, or choose another folder.`,
    );
    this.paths = paths;
  }
}

/**
 * Writes the files, each whole or not at all, and none when one is in the way that may not be replaced.
 *
 * A replaced file is kept beside it as `<name>.before-<time>`. A new folder is readable by its owner alone.
 *
 * @param replace paths that the user agreed to replace
 * @returns the copies that were kept, as paths relative to the folder
 * @throws FilesInTheWay before anything is written
 */
export async function writeFiles(
  folder: string,
  files: readonly ResultFile[],
  { replace, now }: { readonly replace: ReadonlySet<string>; readonly now: Date },
): Promise<readonly string[]> {
  const planned = await planFiles(folder, files);
  const inTheWay = planned.filter(({ file, status }) => status === 'differs' && !replace.has(file.path));
  if (inTheWay.length > 0) throw new FilesInTheWay(inTheWay.map(({ file }) => file.path));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept: string[] = [];
  for (const { file, status } of planned) {
    const path = join(folder, file.path);
    await mkdir(dirname(path), { recursive: true });
    if (status === 'differs') {
      const copy = `${file.path}.before-${now.toISOString().replace(/[:.]/g, '-')}`;
      await copyFile(path, join(folder, copy));
      await chmod(join(folder, copy), 0o600);
      kept.push(copy);
    }
    await writeWhole(path, file);
  }
  return kept;
}

/** Writes beside the place and renames: a secret is never readable by others, and a stop leaves no half file. */
async function writeWhole(path: string, { content, mode }: ResultFile): Promise<void> {
  const partial = `${path}.partial-${randomUUID()}`;
  const handle = await open(partial, 'wx', mode);
  try {
    await handle.writeFile(content);
    // The umask may have taken bits away that a script needs.
    await handle.chmod(mode);
    await handle.sync();
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(partial, path);
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    // A link or a folder in the way counts as a file of the user's.
    if (!(await lstat(path)).isFile()) return '';
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return undefined;
    throw error;
  }
}
