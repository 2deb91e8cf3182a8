// Tries a source against the requirements of integration_tests/conformance. Run it with `npm run conformance -- --help`.
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { rawTexts } from './raw-texts.mjs';

const ROOT = resolve(import.meta.dirname, '..');

// Inside of the project, so that its packages are found from there.
const folder = await mkdtemp(join(ROOT, 'node_modules', '.conformance-'));
try {
  const outfile = join(folder, 'main.mjs');
  await build({
    entryPoints: [resolve(ROOT, 'integration_tests/conformance/main.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    plugins: [rawTexts()],
    logLevel: 'warning',
  });
  const { runConformance } = await import(pathToFileURL(outfile).href);
  process.exitCode = await runConformance(process.argv.slice(2), ROOT);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  await rm(folder, { recursive: true });
}
