import { lstatSync, mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const OTHERS_MAY_WRITE = 0o022;
const OTHERS_MAY_ANYTHING = 0o077;

/**
 * Keeps the compiled code of the modules that are loaded from now on, where Node can (from 22.1 on); the next start takes
 * it from there. The folder is the user's own and private, because Node runs what it finds in it; without one, nothing
 * is kept. Node's own variables `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` apply.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as { enableCompileCache?: (folder: string) => unknown };
  const folder = enable && privateCacheFolder();
  if (folder !== undefined) enable?.(folder);
}

/**
 * The folder `source-tiktok-ads` below the user's cache directory (`XDG_CACHE_HOME`, or `~/.cache`), made if it is absent.
 *
 * @returns its path; undefined when other users might put files there: it is a link, belongs to another user, is open to
 *   others, is in a directory that others may write to, or the system has no user ids
 */
export function privateCacheFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  try {
    const cacheHome = environment.XDG_CACHE_HOME || join(environment.HOME ?? homedir(), '.cache');
    const folder = join(cacheHome, 'source-tiktok-ads');
    if (!isAbsolute(folder)) return undefined;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const parent = statSync(cacheHome);
    const own = lstatSync(folder);
    const isPrivate =
      own.isDirectory() &&
      own.uid === uid &&
      (own.mode & OTHERS_MAY_ANYTHING) === 0 &&
      (parent.uid === uid || parent.uid === 0) &&
      (parent.mode & OTHERS_MAY_WRITE) === 0;
    return isPrivate ? folder : undefined;
  } catch {
    return undefined; // There is no home, or it cannot be written to: start without a cache.
  }
}
