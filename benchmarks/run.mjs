// `npm run bench`: bundles the benchmarks and runs them; Node 20 cannot run TypeScript by itself.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { leanImports } from '../scripts/lean-imports.mjs';
import { rawTexts } from '../scripts/raw-texts.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const BUNDLES = resolve(ROOT, '.cache/benchmarks');

await build({
  absWorkingDir: ROOT,
  entryPoints: ['bench', 'emulator-process', 'floor'].map((name) => `benchmarks/${name}.ts`),
  outdir: BUNDLES,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  plugins: [rawTexts(), leanImports()],
  logLevel: 'warning',
});
// For the profile: in one file that names what it is made of.
await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/cli/source-tiktok-ads.ts'],
  outfile: resolve(BUNDLES, 'profiled.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['@duckdb/node-api', 'pg-native'],
  banner: { js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
  plugins: [rawTexts(), leanImports()],
  logLevel: 'warning',
});
const { bench } = await import(pathToFileURL(resolve(BUNDLES, 'bench.js')).href);
process.exitCode = await bench({
  args: process.argv.slice(2),
  root: ROOT,
  programs: {
    source: resolve(ROOT, 'dist/source-tiktok-ads.js'),
    tap: resolve(ROOT, 'dist/tap-tiktok-ads.js'),
    profiled: resolve(BUNDLES, 'profiled.mjs'),
    floor: resolve(BUNDLES, 'floor.js'),
    emulator: resolve(BUNDLES, 'emulator-process.js'),
    usageReporter: resolve(ROOT, 'benchmarks/report-usage.cjs'),
  },
});
