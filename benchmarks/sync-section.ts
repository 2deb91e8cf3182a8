import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { startPostgres } from '../integration_tests/orchestrators/postgres.ts';
import { readArguments } from './read-arguments.ts';
import { runReporting } from './run-measured.ts';
import type { Bench, Section } from './section.ts';
import { median } from './statistics.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok, type TikTok } from './tiktok.ts';

const ADVERTISERS = 20;
const ROWS_PER_DAY = 100;

/** Days that all load, and days that only `sync` loads: a start is a smaller part of those. */
const DAYS = 30;
const DAYS_OF_SYNC = 240;

const ROWS_A_CPU_SECOND_MIN = 20_000;
const MEGABYTES_MAX = 250;

interface Figures {
  readonly name: string;
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerCpuSecond: number;
  readonly peakMegabytes: number;
}

/** The same rows into two databases, by `sync` and by the tap with the targets of others. */
export const syncSection: Section = {
  name: 'sync',
  title: 'Into a database',
  async measure(bench) {
    const environments = installTargets(bench);
    const server = await startPostgres();
    const tiktok = await startTikTok(bench.programs, preparedAccounts(ADVERTISERS, ROWS_PER_DAY));
    const python = join(environments, 'singer/bin/python');
    let places = 0;
    const measure = async (name: string, days: number, shell: string): Promise<Figures> => {
      const rows = ADVERTISERS * ROWS_PER_DAY * days;
      bench.say(`  ${rows.toLocaleString('en')} rows, ${name}`);
      const runs: Omit<Figures, 'name' | 'rows'>[] = [];
      for (let round = 0; round < (bench.quick ? 1 : 3); round++) {
        const [schema, file] = [`bench_${places}`, join(bench.folder.path, `${places++}.duckdb`)];
        const targets = await targetConfigs(bench, { url: server.url, schema, file });
        const [, config = ''] = await configured(bench, tiktok, days);
        const command = shell.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
          String({ config, file, url: `${server.url}?schema=${schema}`, ...targets }[key]),
        );
        execFileSync('psql', ['-qc', `CREATE SCHEMA ${schema}`, server.url]);
        const { cpuMs, wallMs, peakBytes } = await runReporting([
          python,
          join(bench.root, 'benchmarks/measure_program.py'),
          ...['bash', '-o', 'pipefail', '-c', command],
        ]);
        runs.push({ seconds: wallMs / 1000, rowsPerCpuSecond: (rows / cpuMs) * 1000, peakMegabytes: peakBytes / 1e6 });
      }
      const middle = (of: (run: (typeof runs)[number]) => number) => median(runs.map(of));
      return {
        name,
        rows,
        seconds: middle(({ seconds }) => seconds),
        rowsPerCpuSecond: middle(({ rowsPerCpuSecond }) => rowsPerCpuSecond),
        peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
      };
    };
    try {
      const { source, tap } = bench.programs;
      const sync = (to: string) => `${process.execPath} ${source} sync --config {config} --to '{${to}}'`;
      const through = (target: string, config: string) =>
        `${process.execPath} ${tap} --config {config} | ${join(environments, target)} --config {${config}} >${join(bench.folder.path, 'state')}`;
      const postgres = await measure('sync into PostgreSQL', DAYS, sync('url'));
      const duckDb = await measure('sync into DuckDB', DAYS, sync('file'));
      const figures = [
        postgres,
        await measure('tap | target-postgres 0.8.1', DAYS, through('singer/bin/target-postgres', 'postgres')),
        duckDb,
        await measure('tap | target-duckdb 0.8.0', DAYS, through('rival-duckdb/bin/target-duckdb', 'duckdb')),
      ];
      const large = bench.quick
        ? [postgres, duckDb]
        : [
            await measure('sync into PostgreSQL', DAYS_OF_SYNC, sync('url')),
            await measure('sync into DuckDB', DAYS_OF_SYNC, sync('file')),
          ];
      const all = bench.quick ? figures : [...figures, ...large];
      return {
        columns: [
          { title: 'program' },
          ...['rows', 's', 'rows a CPU second', 'peak MB'].map((title) => ({ title, align: 'right' as const })),
        ],
        rows: all.map(({ name, rows, seconds, rowsPerCpuSecond, peakMegabytes }) => [
          name,
          rows.toLocaleString('en'),
          seconds.toFixed(1),
          Math.round(rowsPerCpuSecond).toLocaleString('en'),
          peakMegabytes.toFixed(0),
        ]),
        notes: [
          `${ADVERTISERS} advertisers with ${ROWS_PER_DAY} rows a day each. CPU is that of all processes but the server of PostgreSQL, their start included; memory that of the largest process.`,
        ],
        budgets: large.flatMap(({ name, rows, rowsPerCpuSecond, peakMegabytes }) => [
          {
            what: `${name}, ${rows.toLocaleString('en')} rows: rows a CPU second`,
            limit: `at least ${ROWS_A_CPU_SECOND_MIN.toLocaleString('en')}`,
            measured: Math.round(rowsPerCpuSecond).toLocaleString('en'),
            isMet: rowsPerCpuSecond >= ROWS_A_CPU_SECOND_MIN,
          },
          {
            what: `${name}, ${rows.toLocaleString('en')} rows: memory`,
            limit: `under ${MEGABYTES_MAX} MB resident`,
            measured: `${peakMegabytes.toFixed(0)} MB`,
            isMet: peakMegabytes < MEGABYTES_MAX,
          },
        ]),
        figures: all,
      };
    } finally {
      await tiktok.close();
      await server.stop();
    }
  },
};

/** Into environments of their own, in the versions that lock files name; the folder that holds these. */
function installTargets({ root }: Bench): string {
  const setup = resolve(root, 'integration_tests/orchestrators/setup.sh');
  const said = execFileSync(setup, ['singer', 'rival-duckdb'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return said.trim().split('\n').at(-1) ?? '';
}

/** The tap's arguments for the last so many days: `--config` and its file. */
async function configured(bench: Bench, tiktok: TikTok, days: number): Promise<string[]> {
  const range = { from: firstDay(days), to: LAST_DAY };
  return (await readArguments(bench, 'tap', tiktok, range)).slice(1);
}

async function targetConfigs(
  { folder }: Bench,
  { url, schema, file }: { readonly url: string; readonly schema: string; readonly file: string },
): Promise<{ postgres: string; duckdb: string }> {
  const sqlalchemyUrl = url.replace('postgresql://', 'postgresql+psycopg://');
  return {
    postgres: await folder.writeJson('target-postgres.json', {
      sqlalchemy_url: sqlalchemyUrl,
      default_target_schema: schema,
    }),
    duckdb: await folder.writeJson('target-duckdb.json', { path: file, default_target_schema: 'main' }),
  };
}
