import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Script } from 'node:vm';

/** Uses of a script that need other functions of it than a read, Airbyte's or the tap's, does. */
const OTHER_USES = ['spec', 'check', 'discover', '--discover', '--about', '--test', '--version'];

/**
 * Runs a script of the build. What V8 has compiled of it when the first request is on its way is kept beside Node's compile
 * cache, where one is in use, and the next start for the same use takes it from there. Node's cache itself has of a file only
 * what V8 compiles before a function is called; to compile the rest took a sixth of the time to the first request.
 *
 * @param path of the script, which is in ASCII and one expression: a function that takes a CommonJS `module`, and an
 *   `import()` of files beside the script
 * @returns its exports
 */
export function runScript(path: string): unknown {
  const { Script } = process.getBuiltinModule('node:vm'); // `spec`, which runs no script, does not load it.
  const { getCompileCacheDir } = module as { getCompileCacheDir?: () => string | undefined };
  const folder = getCompileCacheDir?.();
  const use = OTHER_USES.find((word) => process.argv.includes(word)) ?? 'read';
  const keptPath = folder && join(folder, `${basename(path)}.${use}`);
  const cachedData = keptPath && keptCode(keptPath);
  const script = new Script(readFileSync(path, 'latin1'), {
    filename: path,
    ...(cachedData && { cachedData }),
  });
  const scriptModule = { exports: {} };
  script.runInThisContext()(scriptModule, (file: string) => import(new URL(file, pathToFileURL(path)).href));
  if (keptPath && (!cachedData || script.cachedDataRejected)) setImmediate(() => keepCode(script, keptPath));
  return scriptModule.exports;
}

function keptCode(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // Nothing is kept yet.
  }
}

/** V8 takes what it finds, and refuses only another length: the file gets its name when all of it is on the disk. */
function keepCode(script: Script, path: string): void {
  if (process.exitCode) return; // It has failed already, and so called little of what another start calls.
  const partial = `${path}.${process.pid}`;
  try {
    try {
      writeFileSync(partial, script.createCachedData(), { flag: 'wx', mode: 0o600, flush: true });
      renameSync(partial, path);
    } finally {
      rmSync(partial, { force: true });
    }
  } catch {
    // The folder may not be written to, as in the image, or the disk is full: the next start compiles again.
  }
}
