import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { pathWithPrograms } from './bin-folder.ts';
import { COLUMNS, expectedTable, expectedTables, expectedTypes, START_DATE } from './campaign-daily-table.ts';
import { comparableRows, exactSum } from './exact-values.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { orchestratorVariables, PROJECT_ROOT, pythonProgram, SOURCE_PROGRAM } from './python.ts';
import { describeResult, type ProgramResult, runProgram } from './run-program.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/** The programs of the loaders are those of the lock files instead of what `meltano install` would fetch. */
const LOADERS = {
  'meltanolabs-target-postgres==0.8.1': pythonProgram('singer', 'target-postgres'),
  'target-jsonl==0.1.4': pythonProgram('legacy', 'target-jsonl'),
};

let emulator: Emulator;
let folder: WorkFolder;
let postgres: Postgres;
let project: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await makeWorkFolder();
  [emulator, postgres] = await Promise.all([startEmulator(), startPostgres()]);
  project = join(folder.path, 'project');
  await cp(join(PROJECT_ROOT, 'examples/meltano'), project, { recursive: true });
  let text = await readFile(join(project, 'meltano.yml'), 'utf8');
  for (const [package_, executable] of Object.entries(LOADERS)) {
    expect(text).toContain(`pip_url: ${package_}`);
    text = text.replace(`pip_url: ${package_}`, `executable: ${executable}`);
  }
  await writeFile(join(project, 'meltano.yml'), text);
  await mkdir(join(project, 'output'));
  const { app_id, secret, access_token } = emulator.credentials;
  env = {
    ...orchestratorVariables(folder.path),
    PATH: await pathWithPrograms(folder.path),
    TAP_TIKTOK_ADS_CREDENTIALS_APP_ID: app_id,
    TAP_TIKTOK_ADS_CREDENTIALS_SECRET: secret,
    TAP_TIKTOK_ADS_CREDENTIALS_ACCESS_TOKEN: access_token,
    TAP_TIKTOK_ADS_START_DATE: START_DATE,
    TAP_TIKTOK_ADS_API_URL: emulator.apiUrl,
    TARGET_POSTGRES_SQLALCHEMY_URL: postgres.url.replace('postgresql:', 'postgresql+psycopg:'),
  };
});

afterAll(async () => {
  await postgres.stop();
  await emulator.close();
  await folder.remove();
});

const run = (args: readonly string[], more: Record<string, string> = {}): Promise<ProgramResult> =>
  runProgram(pythonProgram('meltano', 'meltano'), args, { cwd: project, env: { ...env, ...more } });

/** A command of Meltano that must succeed; resolves to its stdout. */
async function meltano(args: readonly string[], more: Record<string, string> = {}): Promise<string> {
  const result = await run(args, more);
  expect(result.exitCode, describeResult(`meltano ${args.join(' ')}`, result)).toBe(0);
  return result.stdout;
}

async function expectTableAsExpected(): Promise<void> {
  const columns = Object.keys(COLUMNS).map((name) => `${name}::text`);
  const rows = await postgres.query(`select ${columns.join(', ')} from tiktok.campaign_daily`);
  const [actual, expected] = [comparableRows(rows, COLUMNS), expectedTable(emulator)];
  expect(actual).toEqual(expected);
  const [sum] = await postgres.query('select sum(spend)::text as spend from tiktok.campaign_daily');
  expect(Number(sum?.spend)).toBe(Number(exactSum(expected, 'spend')));
}

describe('Meltano with the example project', () => {
  it('finds the configuration valid', async () => {
    expect(await meltano(['config', 'test', 'tap-tiktok-ads'])).toContain('Plugin configuration is valid');
  });

  it('says what is selected', async () => {
    const list = await meltano(['select', 'tap-tiktok-ads', '--list', '--all']);
    expect(list).toMatch(/\[automatic\s*\] campaign_daily\.campaign_id/);
    expect(list).toMatch(/\[selected\s*\] campaign_daily\.spend/);
  });

  it('knows the schedule', async () => {
    expect(await meltano(['schedule', 'list'])).toContain('campaign-daily');
  });

  it('loads PostgreSQL by its schedule, every value and type as wanted', async () => {
    await meltano(['schedule', 'run', 'campaign-daily']);
    await expectTableAsExpected();
    const types = await postgres.query(
      "select column_name, data_type from information_schema.columns where table_name = 'campaign_daily'",
    );
    expect(Object.fromEntries(types.map(({ column_name, data_type }) => [column_name, data_type]))).toMatchObject(
      expectedTypes({ string: 'text', integer: 'bigint', number: 'numeric' }),
    );
  });

  it('keeps the state, and on the next day reads only what is new and restated, row by row in place', async () => {
    const id = 'prod:tap-tiktok-ads-to-target-postgres';
    const state = JSON.parse(await meltano(['state', 'get', id]));
    expect(Object.keys(state.singer_state.bookmarks.campaign_daily.advertisers)).toHaveLength(4);

    const requestsBefore = emulator.requestCount;
    const restated = expectedTable(emulator);
    emulator.clock.advanceDays(1);
    // The data of the emulator moves: without the upsert the table could not be right.
    expect(expectedTable(emulator)).toEqual(expect.not.arrayContaining(restated));
    await meltano(['run', 'campaign-daily-to-postgres']);
    await expectTableAsExpected();
    expect(emulator.requestCount - requestsBefore).toBeLessThan(12);
  });

  it('lets `status` tell from it how a project of setup stands', async () => {
    await writeFile(join(project, 'config.json'), JSON.stringify(emulator.config({ start_date: START_DATE })));
    const target = { kind: 'meltano', fields: { loader: 'target-postgres' } };
    const remembered = { name: 'Shop', slug: 'shop', config: 'config.json', target };
    await writeFile(join(project, 'setup.json'), JSON.stringify(remembered));
    const more = { MELTANO: pythonProgram('meltano', 'meltano') };
    const args = [SOURCE_PROGRAM, 'status', '--folder', project, '--json'];
    const result = await runProgram(process.execPath, args, { env: { ...env, ...more } });
    expect(result.exitCode, describeResult('status', result)).toBe(0);
    const { state, advertisers } = JSON.parse(result.stdout);
    expect(state).toBe('Meltano, prod:tap-tiktok-ads-to-target-postgres');
    const { advertisers: kept } = JSON.parse(await meltano(['state', 'get', 'prod:tap-tiktok-ads-to-target-postgres']))
      .singer_state.bookmarks.campaign_daily;
    expect(advertisers.map(({ id, through }: { id: string; through: string }) => [id, through]).sort()).toEqual(
      emulator.accounts.map(({ id }) => [id, kept[id].through]).sort(),
    );
  });

  it('loads every stream where all are selected, each into a table of its own', async () => {
    const select = { TAP_TIKTOK_ADS__SELECT: '["*.*"]' };
    await meltano(['run', '--state-id-suffix=every-stream', 'tap-tiktok-ads', 'target-postgres'], select);
    for (const { name, columns, rows } of expectedTables(emulator)) {
      const texts = Object.keys(columns).map((column) => `${column}::text`);
      const found = await postgres.query(`select ${texts.join(', ')} from tiktok.${name}`);
      expect(comparableRows(found, columns), name).toEqual(rows);
      expect(rows.length, name).toBeGreaterThan(0);
    }
  });

  it('takes only the columns that are selected, and the keys', async () => {
    const lines = (await meltano(['invoke', 'tap-tiktok-ads'], { TAP_TIKTOK_ADS__SELECT: '["campaign_daily.spend"]' }))
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const [schema, record] = ['SCHEMA', 'RECORD'].map((type) =>
      JSON.parse(lines.find((line) => line.includes(`"type":"${type}"`)) ?? '{}'),
    );
    expect(Object.keys(schema.schema.properties)).toEqual(['date', 'campaign_id', 'spend']);
    expect(Object.keys(record.record)).toEqual(['date', 'campaign_id', 'spend']);
  });

  it('hands over a list of advertisers with every digit', async () => {
    const [first] = emulator.accounts;
    const ids = JSON.stringify([first?.id]);
    await meltano(['run', '--state-id-suffix=one', 'tap-tiktok-ads', 'target-jsonl'], {
      TAP_TIKTOK_ADS_ADVERTISER_IDS: ids,
    });
    const files = await readdir(join(project, 'output'));
    const text = (await Promise.all(files.map((name) => readFile(join(project, 'output', name), 'utf8')))).join('');
    const expected = [
      ...emulator.expectedRows({ from: START_DATE, to: '2100-01-01', advertiserIds: [first?.id ?? ''] }),
    ];
    expect(text.trim().split('\n')).toHaveLength(expected.length);
  });

  it('fails a run with a wrong token, and says why', async () => {
    const result = await run(['run', '--state-id-suffix=bad', 'tap-tiktok-ads', 'target-jsonl'], {
      TAP_TIKTOK_ADS_CREDENTIALS_ACCESS_TOKEN: 'bad-token-0123456789',
    });
    expect(result.exitCode).not.toBe(0);
    expect(result.stdout + result.stderr).toContain('40105');
    expect(result.stdout + result.stderr).toContain('Extractor failed');
    expect(result.stdout + result.stderr).not.toContain('bad-token-0123456789');
  });
});

it('Meltano takes the definition for a project of its own', async () => {
  const own = join(folder.path, 'own');
  await mkdir(own);
  await writeFile(join(own, 'meltano.yml'), 'project_id: own\nplugins: {}\n');
  const definition = join(project, 'tap-tiktok-ads.yml');
  const args = ['add', '--plugin-type=extractor', `--from-ref=${definition}`, 'tap-tiktok-ads'];
  const result = await runProgram(pythonProgram('meltano', 'meltano'), args, { cwd: own, env });
  expect(result.exitCode, describeResult('meltano add', result)).toBe(0);
  expect(await readFile(join(own, 'meltano.yml'), 'utf8')).toContain('tap-tiktok-ads');
});
