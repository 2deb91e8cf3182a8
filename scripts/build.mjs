// Builds the two programs into dist/: one file each to start, and the chunks that they load when they are asked for.
// dist/ needs no node_modules. Run it with `npm run build`.
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { callForBuiltins, leanImports } from './lean-imports.mjs';
import { rawTexts } from './raw-texts.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = resolve(ROOT, 'dist');
const PROGRAMS = ['source-tiktok-ads', 'tap-tiktok-ads'];

/**
 * The parts of dist/, each built by itself; where one asks by `import()` for a module at which an earlier part begins, it
 * loads that part's file. What orchestrators start is one file, although the verbs for people share most of it, because
 * Node takes a millisecond to find and link each (docs/decisions/21-one-file-for-orchestrators.md).
 */
const PARTS = [
  // Share with what loads them only modules without state.
  { entries: ['tiktok/quota/quota-store', 'tiktok/http/proxy-agents', 'cli/face/terminal-face'], splitting: false },
  // A script, so that compiled code can be kept of what ran (docs/decisions/24-compiled-code-of-what-ran.md).
  { entries: ['cli/run-protocol'], splitting: false, isScript: true },
  { entries: ['cli/run-source', 'cli/run-tap-program'], splitting: true },
  { entries: PROGRAMS.map((name) => `cli/${name}`), splitting: false, folder: '' },
];

// Packages in CommonJS ask for Node's own modules by `require`, which an ES module does not have. Only the files that
// need it get it: the programs themselves stay free of it.
const REQUIRE = "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);\n";

const TARGET = 'node20.19';

/** By the path of the module at which it begins, a built part's file among the chunks, and what a script exports. */
const files = new Map();
const outputFiles = [];
const inputs = new Set();
await mkdir(resolve(DIST, 'chunks'), { recursive: true });
for (const part of PARTS) await buildPart(part);
await writeFile(resolve(DIST, 'THIRD-PARTY-LICENSES.txt'), await licences([...inputs]));
await removeStaleChunks(new Set(outputFiles.map((file) => file.path)));

async function buildPart({ entries, splitting, isScript = false, folder = 'chunks/' }) {
  const built = await build({
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => `src/${entry}.ts`),
    outdir: 'dist',
    entryNames: folder === '' ? '[name]' : `${folder}[name]-[hash]`,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting,
    format: 'esm',
    platform: 'node',
    target: TARGET,
    // Native, 70 MB, and optional: installed beside the program where it is wanted. pg asks for its own native twin, too.
    external: ['@duckdb/node-api', 'pg-native'],
    minifyWhitespace: true,
    minifySyntax: true,
    // Names stay as they are: a stack trace in an operator's log is to say where it happened.
    minifyIdentifiers: false,
    legalComments: 'none', // Whole licences are written below.
    plugins: [earlierParts(folder === '' ? './chunks/' : './'), rawTexts(), leanImports()],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const [path, { entryPoint = '', exports }] of Object.entries(built.metafile.outputs)) {
    if (entries.includes(entryPoint.slice('src/'.length, -'.ts'.length)))
      files.set(resolve(ROOT, entryPoint), { name: basename(path), exports, isScript });
  }
  for (const input of Object.keys(built.metafile.inputs)) inputs.add(input);
  for (const file of built.outputFiles) await writeCode(file, { isProgram: folder === '', isScript });
  outputFiles.push(...built.outputFiles);
}

/** Leaves to the files of earlier parts what begins there. */
function earlierParts(chunks) {
  return {
    name: 'earlier-parts',
    setup(bundler) {
      bundler.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
        const file = kind === 'dynamic-import' ? files.get(resolve(resolveDir, path)) : undefined;
        if (file?.isScript) return { path, namespace: 'script', pluginData: file };
        return file && { path: `${chunks}${file.name}`, external: true };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'script' }, ({ pluginData: { name, exports } }) => ({
        contents: `import { runScript } from './src/cli/run-script.ts';
          export const { ${exports} } = runScript(import.meta.dirname + '/${chunks}${name}');`,
        resolveDir: ROOT,
      }));
    },
  };
}

async function writeCode({ path, text }, { isProgram, isScript }) {
  const shebang = isProgram ? '#!/usr/bin/env node\n' : '';
  const code = callForBuiltins(text.replace(/^#!.*\n/, ''));
  const banner = /\btypeof require\b/.test(code) ? REQUIRE : '';
  // Renamed into place, so that a program started meanwhile never sees half a file.
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, isScript ? await scriptOf(code) : shebang + banner + code);
  if (isProgram) await chmod(partial, 0o755);
  await rename(partial, path);
}

/** A module as `src/cli/run-script.ts` runs it. */
async function scriptOf(code) {
  const script = await transform(code, { format: 'cjs', target: TARGET, minifyWhitespace: true, minifySyntax: true });
  // Scripts have no `import()` of which Node before 26 does not warn.
  const loading = script.code.replaceAll(/\bimport\((?="\.\/)/g, 'importFile(');
  if (/\bimport\(/.test(loading)) throw new Error('A script loads something else than a file beside it.');
  return `((module,importFile)=>{${loading}})`;
}

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
