import { chmod, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { IMAGE } from '../docker/image.ts';
import { pathWithPrograms } from './bin-folder.ts';
import { COLUMNS, expectedTable, expectedTypes, START_DATE } from './campaign-daily-table.ts';
import { readDuckDb } from './duckdb.ts';
import { comparableRows } from './exact-values.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { orchestratorVariables, PROJECT_ROOT, pythonProgram } from './python.ts';
import { describeResult, type ProgramResult, runProgram, runToSuccess } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const EXAMPLES = join(PROJECT_ROOT, 'examples');

let emulator: Emulator;
let folder: WorkFolder;

beforeAll(async () => {
  folder = await makeWorkFolder();
});

afterAll(() => folder.remove());

async function startFresh(name: string): Promise<string> {
  emulator = await startEmulator();
  const copy = join(folder.path, name);
  await cp(join(EXAMPLES, name), copy, { recursive: true });
  return copy;
}

async function writeConfig(copy: string): Promise<void> {
  const path = join(copy, 'config.json');
  await writeFile(path, JSON.stringify(emulator.config({ start_date: START_DATE })));
  await chmod(path, 0o600);
}

async function expectDuckDb(file: string, table: string): Promise<void> {
  const { types, rows } = await readDuckDb(file, table, Object.keys(COLUMNS));
  expect(types).toMatchObject(expectedTypes({ string: 'VARCHAR', integer: 'BIGINT', number: 'DECIMAL(38,9)' }));
  expect(comparableRows(rows, COLUMNS)).toEqual(expectedTable(emulator));
}

describe('the notebook', () => {
  afterAll(() => emulator.close());

  it('runs from its first cell to its last', async () => {
    const copy = await startFresh('pyairbyte');
    await writeConfig(copy);
    const notebook = JSON.parse(await readFile(join(copy, 'campaign_daily.ipynb'), 'utf8')) as {
      cells: readonly { cell_type: string; source: readonly string[] }[];
    };
    const cells = notebook.cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => source.join(''));
    const env = { ...orchestratorVariables(folder.path), PATH: await pathWithPrograms(copy) };
    const result = await runProgram(pythonProgram('airbyte', 'python'), ['-c', cells.join('\n')], { cwd: copy, env });
    expect(result.exitCode, describeResult('the notebook', result)).toBe(0);
    await expectDuckDb(join(copy, 'campaign_daily.duckdb'), 'tiktok.campaign_daily');
  });
});

describe.each(['duckdb', 'postgres'] as const)('docker run with a state file, loading %s', (loader) => {
  let copy: string;
  let postgres: Postgres | undefined;
  let path: string;

  beforeAll(async () => {
    copy = await startFresh('docker-run');
    await writeConfig(copy);
    if (loader === 'postgres') postgres = await startPostgres();
    // The `duckdb` program stands in the registry of Python packages only as a module.
    const python = pythonProgram('airbyte', 'python');
    path = await pathWithPrograms(copy, {
      duckdb: `exec '${python}' -c 'import duckdb, sys; duckdb.connect(sys.argv[1]).execute(sys.stdin.read())' "$@"`,
    });
  });

  afterAll(async () => {
    await postgres?.stop();
    await emulator.close();
    await runToSuccess('rm', ['-rf', copy]);
  });

  const sync = (more: Record<string, string> = {}): Promise<ProgramResult> =>
    runProgram(join(copy, 'sync.sh'), [loader], {
      env: { PATH: path, IMAGE, DOCKER_OPTIONS: '--network host', DATABASE_URL: postgres?.url ?? '', ...more },
    });

  async function expectLoaded(): Promise<void> {
    if (!postgres) return await expectDuckDb(join(copy, 'campaign_daily.duckdb'), 'campaign_daily');
    const columns = Object.keys(COLUMNS).map((name) => `${name}::text`);
    const rows = await postgres.query(`select ${columns.join(', ')} from campaign_daily`);
    expect(comparableRows(rows, COLUMNS)).toEqual(expectedTable(emulator));
  }

  const state = () => readFile(join(copy, 'state.json'), 'utf8');

  it('loads everything, and on the next day what is new and restated', async () => {
    const first = await sync();
    expect(first.exitCode, describeResult('sync.sh', first)).toBe(0);
    await expectLoaded();
    const requests = emulator.requestCount;
    emulator.clock.advanceDays(1);
    const second = await sync();
    expect(second.exitCode, describeResult('sync.sh', second)).toBe(0);
    await expectLoaded();
    expect(emulator.requestCount - requests).toBeLessThan(12);
  });

  it('keeps the state of before when the database cannot be loaded', async () => {
    const before = await state();
    emulator.clock.advanceDays(1);
    const refused =
      loader === 'postgres'
        ? await sync({ DATABASE_URL: 'postgresql://test@127.0.0.1:1/none' })
        : await sync({ PATH: path.replace(`${copy}/bin:`, '') });
    expect(refused.exitCode).not.toBe(0);
    expect(await state()).toBe(before);
    expect((await sync()).exitCode).toBe(0);
    await expectLoaded();
  });

  it('ends as the connector ends, and loads what could be read', async () => {
    emulator.clock.advanceDays(1);
    const [first] = emulator.accounts;
    emulator.suspend(first?.id ?? '');
    const result = await sync();
    expect(result.exitCode).toBe(1);
    expect(result.stderr + result.stdout).not.toContain(emulator.credentials.access_token);
    emulator.grant(first?.id ?? '');
    expect((await sync()).exitCode).toBe(0);
    await expectLoaded();
  });
});

describe('compose', () => {
  it('reads its own TikTok as its README says', async () => {
    const copy = await startFresh('compose');
    const file = join(copy, 'compose.yaml');
    const services = parse(await readFile(file, 'utf8')) as {
      services: Record<'tiktok' | 'source', { image: string; ports?: unknown }>;
    };
    services.services.tiktok.image = services.services.source.image = IMAGE;
    delete services.services.tiktok.ports; // Somebody may be using it on this machine.
    await writeFile(file, stringify(services));
    const compose = await composeCommand();
    const run = (args: readonly string[]) =>
      runToSuccess(compose[0] ?? '', [...compose.slice(1), '--file', file, ...args], {
        env: { COMPOSE_PROJECT_NAME: `source-tiktok-ads-${process.pid}`, NO_COLOR: '1' },
      });
    try {
      await run(['up', '-d', 'tiktok']);
      const check = await run(['run', '--rm', '-T', 'source', 'check', '--config', '/data/config.json']);
      expect(check).toContain('"status":"SUCCEEDED"');
      const read = ['read', '--config', '/data/config.json', '--catalog', '/data/catalog.json'];
      const output = await run(['run', '--rm', '-T', 'source', ...read]);
      const records = output
        .split('\n')
        .filter((line) => line.startsWith('{"type":"RECORD"'))
        .map((line) => JSON.parse(line).record.data as Record<string, unknown>);
      // Its clock is the machine's, ours is not: only days that no restatement reaches are the same.
      const settled = { from: '2026-01-01', to: '2026-02-28' };
      const expected = [...emulator.expectedRows(settled)].map(({ values }) => values);
      const actual = records.filter(({ date }) => String(date) <= settled.to);
      expect(comparableRows(actual, COLUMNS)).toEqual(comparableRows(expected, COLUMNS));
    } finally {
      await run(['down', '--volumes']);
      await emulator.close();
    }
  });
});

/** Compose as a plugin of docker, or the program of its own that Debian has. */
async function composeCommand(): Promise<readonly string[]> {
  const plugin = await runProgram('docker', ['compose', 'version']);
  return plugin.exitCode === 0 ? ['docker', 'compose'] : ['docker-compose'];
}
