// Brings what this tier needs, or fails and says what to install: a tier never skips.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { rawTexts } from '../../scripts/raw-texts.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
export const WORKER = resolve(ROOT, '.cache/quota/worker.mjs');
const INSTALL_HINT =
  'no Redis or Valkey server found: install one (Debian: apt-get install redis-server, or valkey-server)';

export default async function prepareQuota() {
  const found = ['valkey-server', 'redis-server'].find((program) => {
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(INSTALL_HINT);
  process.env.QUOTA_SERVER = found;
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
