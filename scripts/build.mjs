// Builds the two programs into dist/: one file each to start, and the chunks that each verb loads when it is asked for.
// dist/ needs no node_modules. Run it with `npm run build`.
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { callForBuiltins, leanImports } from './lean-imports.mjs';
import { rawTexts } from './raw-texts.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = resolve(ROOT, 'dist');
const PROGRAMS = ['source-tiktok-ads', 'tap-tiktok-ads'];

// Packages in CommonJS ask for Node's own modules by `require`, which an ES module does not have. Only the files that
// need it get it: the chunk of `spec` stays free of it.
const REQUIRE = "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);\n";

const { outputFiles, metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: PROGRAMS.map((name) => `src/cli/${name}.ts`),
  outdir: 'dist',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Native, 70 MB, and optional: installed beside the program where it is wanted. pg asks for its own native twin, too.
  external: ['@duckdb/node-api', 'pg-native'],
  minifyWhitespace: true,
  minifySyntax: true,
  // Names stay as they are: a stack trace in an operator's log is to say where it happened.
  minifyIdentifiers: false,
  legalComments: 'none', // Whole licences are written below.
  plugins: [rawTexts(), leanImports()],
  metafile: true,
  write: false,
  logLevel: 'warning',
});

await mkdir(resolve(DIST, 'chunks'), { recursive: true });
for (const file of outputFiles) {
  const isProgram = PROGRAMS.includes(basename(file.path, '.js')) && dirname(file.path) === DIST;
  const shebang = isProgram ? '#!/usr/bin/env node\n' : '';
  const code = callForBuiltins(file.text.replace(/^#!.*\n/, ''));
  const banner = /\btypeof require\b/.test(code) ? REQUIRE : '';
  // Renamed into place, so that a program started meanwhile never sees half a file.
  const partial = `${file.path}.${process.pid}`;
  await writeFile(partial, shebang + banner + code);
  if (isProgram) await chmod(partial, 0o755);
  await rename(partial, file.path);
}
await writeFile(resolve(DIST, 'THIRD-PARTY-LICENSES.txt'), await licences(Object.keys(metafile.inputs)));
await removeStaleChunks(new Set(outputFiles.map((file) => file.path)));

/** The licences of the packages that are in the bundle, as most of them ask for. */
async function licences(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) folders.add(folder);
  }
  const parts = ['The programs in this folder contain the following packages.\n'];
  for (const folder of [...folders].sort()) {
    const manifest = JSON.parse(await readFile(resolve(ROOT, folder, 'package.json'), 'utf8'));
    const { name, version, license } = manifest;
    const text = await licenceText(resolve(ROOT, folder), manifest);
    parts.push(`${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return parts.join('\n');
}

/** The text of a package's licence: of its file, of its README, or the usual one where the package only names it. */
async function licenceText(folder, { name, license, author, contributors: [first] = [] }) {
  const entries = await readdir(folder);
  const read = async (pattern) => {
    const file = entries.find((entry) => pattern.test(entry));
    return file ? await readFile(resolve(folder, file), 'utf8') : undefined;
  };
  const own = await read(/^(licen[cs]e|copying)/i);
  if (own !== undefined) return own;
  const [inReadme] = /^(#+ *licen[cs]e|licen[cs]e\s*\n-{3,})[\s\S]*/im.exec((await read(/^readme/i)) ?? '') ?? [];
  if (inReadme?.includes('Permission is hereby granted')) return inReadme;
  if (license !== 'MIT') throw new Error(`${name} has no text of its licence (${license}); add it here.`);
  const holder = author ?? first;
  const by = typeof holder === 'object' ? holder.name : holder;
  const [, ...paragraphs] = (await readFile(resolve(ROOT, 'LICENSE'), 'utf8')).split(/\n\n(?=Permission)/);
  return `MIT License\n\nCopyright (c) ${by ?? `the authors of ${name}`}\n\n${paragraphs.join('')}`;
}

/** Chunks of earlier builds. Young ones stay: a program that is still running may be about to load them. */
async function removeStaleChunks(current) {
  const QUARTER_OF_AN_HOUR_MS = 900_000;
  for (const entry of await readdir(resolve(DIST, 'chunks'))) {
    const path = resolve(DIST, 'chunks', entry);
    if (current.has(path)) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > QUARTER_OF_AN_HOUR_MS) await rm(path, { force: true });
  }
}

const bytes = outputFiles.reduce((sum, file) => sum + file.contents.length, 0);
if (!process.argv.includes('--quiet'))
  console.log(`${relative(process.cwd(), DIST) || DIST}: ${outputFiles.length} files, ${Math.round(bytes / 1024)} kB`);
