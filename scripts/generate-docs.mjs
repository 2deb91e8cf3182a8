// The tables of docs/ and ARCHITECTURE.md that are generated, the columns in the SQL of examples/docker-run, and the number of
// columns in the README. A page is written by hand; between two marks stands what a source says:
//
//   <!-- generated: NAME, … -->          -- generated: NAME, …
//   <!-- /generated -->                  -- /generated
//
// `npm run generate` fills them, `npm run generate -- --check` fails where one is stale.
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { benchmarkTables } from './docs/benchmark-tables.mjs';
import { columnLists } from './docs/column-lists.mjs';
import { columnTables } from './docs/column-tables.mjs';
import { configurationTables } from './docs/configuration-tables.mjs';
import { errorCodeTables } from './docs/error-code-tables.mjs';
import { rawTexts } from './raw-texts.mjs';
import { roomTables } from './rooms.mjs';

const BLOCK = /( *(?:<!--|--) generated: ([\w-]+).*\n)[\s\S]*?( *(?:<!--|--) \/generated)/g;

/**
 * The pages that have generated tables, brought up to date: path → text.
 *
 * @param root the project's folder
 * @throws Error for a mark that names no table, and for a table that no page shows
 */
export async function generateDocs(root) {
  const json = async (path) => JSON.parse(await readFile(resolve(root, path), 'utf8'));
  const source = await importSource(root);
  const tables = new Map([
    ...roomTables(),
    ...errorCodeTables(source),
    ...configurationTables((await json('spec.json')).connectionSpecification, source.QUOTA_BY_TIER),
    ...benchmarkTables(await json('benchmarks/results.json')),
    ...columnLists((await json('schemas/campaign_daily.json')).properties),
    ...columnTables(
      (await json('schemas/campaign_daily.json')).properties,
      source.ADVERTISER_COLUMNS,
      await Promise.all(
        source.streams.map(async ({ name, primaryKey }) => ({
          name,
          primaryKey,
          ...(await json(`schemas/${name}.json`)),
        })),
      ),
      {
        offered: (await json('spec.json')).connectionSpecification.properties.additional_metrics.items.enum,
        ...(await json('schemas/metrics.json')),
      },
    ),
  ]);
  const unused = new Set(tables.keys());
  const pages = new Map();
  const filesIn = async (folder, extension) =>
    (await readdir(resolve(root, folder)))
      .filter((name) => name.endsWith(extension))
      .map((name) => `${folder}/${name}`);
  const paths = [
    'ARCHITECTURE.md',
    ...(await filesIn('docs', '.md')),
    ...(await filesIn('examples/docker-run', '.sql')),
  ];
  for (const path of paths.sort()) {
    const blank = path.endsWith('.md') ? '\n' : '';
    const text = await readFile(resolve(root, path), 'utf8');
    const filled = text.replaceAll(BLOCK, (_all, begin, name, end) => {
      const table = tables.get(name);
      if (table === undefined) throw new Error(`${path}: there is no generated table ${name}.`);
      unused.delete(name);
      return `${begin}${blank}${table}\n${blank}${end}`;
    });
    if (text.match(BLOCK)) pages.set(path, filled);
  }
  const columns = (advertiserColumns) =>
    Object.keys(source.campaignDaily.schema({ advertiserColumns, additionalMetrics: [] }).properties).length;
  const readme = await readFile(resolve(root, 'README.md'), 'utf8');
  pages.set('README.md', withCounts(readme, columns(false), columns(true)));
  if (unused.size > 0) throw new Error(`No page shows the generated ${[...unused].join(', ')}.`);
  return pages;
}

/**
 * The README with the numbers of `campaign_daily`'s columns, its own and with those of the advertiser, in its sentences; the
 * first “27 columns” there says the old one. The picture of the demo is renewed by its test.
 */
function withCounts(readme, own, all) {
  const before = Number(/\b(\d+) columns/.exec(readme)?.[1]);
  return readme.replaceAll(/(?<!_daily: )\b\d+(?= columns)|(?<= columns, not )\d+/g, (text) => {
    if (Number(text) === before) return String(own);
    return Number(text) === before + all - own ? String(all) : text;
  });
}

/** What the pages need of the TypeScript sources; Node 20 cannot import those by itself. */
async function importSource(root) {
  const { outputFiles } = await build({
    stdin: {
      contents: [
        "export * from './src/tiktok/error-codes.ts';",
        "export { TikTokError } from './src/tiktok/errors.ts';",
        "export { endsRun, failureClassOf } from './src/sync/failure.ts';",
        "export { FAILURE_TYPE } from './src/airbyte/trace-error.ts';",
        "export { QUOTA_BY_TIER } from './src/config/quota-limits.ts';",
        "export { ADVERTISER_COLUMNS } from './src/streams/page-to-json.ts';",
        "export { streams } from './src/streams/all-streams.ts';",
        "export { campaignDaily } from './src/streams/campaign-daily.ts';",
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    plugins: [rawTexts()],
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent',
  });
  return await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
