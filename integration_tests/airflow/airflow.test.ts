import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { COLUMNS } from '../orchestrators/campaign-daily-table.ts';
import { comparableRows } from '../orchestrators/exact-values.ts';
import { SOURCE_PROGRAM } from '../orchestrators/python.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { breaches } from '../quota/fleet.ts';
import { Airflow } from './airflow.ts';
import { until } from './until.ts';

const ADVERTISERS = 200;
const SHARDS = 8;
/** Two windows of each advertiser. */
const START_DATE = '2026-02-01';

const PER_SECOND = 10;

let folder: string;
let emulator: Emulator;
let airflow: Airflow;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airflow-'));
  emulator = await startEmulator({ accounts: ADVERTISERS, quota: { perSecond: PER_SECOND }, latencyMs: 100 });
  airflow = await Airflow.start(folder, (warehouse) => ({
    TIKTOK_ADS_COMMAND: `${process.execPath} --import ${process.env.NOTE_DEPARTURES} ${SOURCE_PROGRAM}`,
    DEPARTURES: join(folder, 'departures'),
    DEPARTURES_TO: emulator.origin,
    TIKTOK_ADS_WAREHOUSE: warehouse,
    TIKTOK_ADS_SCHEMA: 'tiktok',
    TIKTOK_ADS_SHARDS: String(SHARDS),
    TIKTOK_ADS_SCHEDULE: '',
  }));
  await runToSuccess('psql', ['-qXc', 'CREATE SCHEMA tiktok', airflow.postgres.url]);
});
afterAll(async () => {
  await airflow?.stop();
  await emulator?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A worker whose requests the emulator can tell from those of others. */
function startWorker(name: string) {
  const path = join(folder, `${name}.json`);
  writeFileSync(
    path,
    JSON.stringify(
      emulator.config({
        start_date: START_DATE,
        api_url: emulator.apiUrlFor(name),
        shared_quota: { url: airflow.quotaUrl },
      }),
    ),
  );
  return airflow.startWorker(name, { TIKTOK_ADS_CONFIG: path });
}

const requestsOf = (worker: string) => emulator.arrivals().clients.find(({ name }) => name === worker)?.count ?? 0;

/** The shards that a worker reads now, by their place among the mapped tasks. */
async function running(worker: string): Promise<number[]> {
  const tries = await airflow.tries();
  return tries
    .filter((one) => one.task === 'read' && one.worker === worker && one.state === 'running')
    .map(({ mapIndex }) => mapIndex);
}

it('has every row once within the quota, though one worker is killed, one stops for a while, and two runs start at once', async () => {
  onTestFailed(async () => {
    process.stderr.write(`${airflow.logs()}\n${JSON.stringify(await airflow.tries())}\n`);
  });
  const killOne = startWorker('one');
  const signalTwo = startWorker('two');
  await Promise.all([airflow.trigger('first'), airflow.trigger('second')]);

  await until('both workers read', () => requestsOf('one') > 30 && requestsOf('two') > 30);
  killOne('SIGKILL');
  const killed = await running('one');
  startWorker('three');

  await until('worker two has read half of its shards', () => requestsOf('two') > 130);
  signalTwo('SIGSTOP');
  const stopped = await running('two');
  await until('worker three reads a shard of it', async () =>
    (await running('three')).some((shard) => stopped.includes(shard)),
  );
  signalTwo('SIGCONT');

  const states = async () => [await airflow.stateOf('first'), await airflow.stateOf('second')];
  await until('both runs have ended', async () => (await states()).every((state) => /success|failed/.test(`${state}`)));
  expect(await states()).toEqual(['success', 'success']);
  const triedAgain = (await airflow.tries()).filter(({ task, tryNumber }) => task === 'read' && tryNumber > 1);
  expect(killed.length * stopped.length).toBeGreaterThan(0);
  expect(triedAgain.map(({ mapIndex }) => mapIndex)).toEqual(expect.arrayContaining([...killed, ...stopped]));

  const columns = Object.keys(COLUMNS).map((name) => `"${name}"::text`);
  const rows = await airflow.postgres.query(`SELECT ${columns.join(', ')} FROM tiktok.campaign_daily`);
  const expected = [...emulator.expectedRows({ from: START_DATE, to: '2100-01-01' })].map(({ values }) => values);
  expect(comparableRows(rows, COLUMNS)).toEqual(comparableRows(expected, COLUMNS));

  // Departures, not arrivals: where there are few cores, the emulator may notice late that a request has come.
  const departures = readFileSync(join(folder, 'departures'), 'utf8')
    .trim()
    .split('\n')
    .map(Number)
    .sort((a, b) => a - b);
  const { total } = emulator.arrivals();
  expect(departures.length).toBeGreaterThanOrEqual(total);
  expect(breaches(departures, PER_SECOND)).toBe(0);
  // Two windows and the lookback of each advertiser; who there is, for each try; and what a lost try had read since its last
  // commit, which is 30 s ago at most.
  const begun = (await airflow.tries()).filter(({ worker }) => worker);
  const lost = begun.filter(({ task, state }) => task === 'read' && state !== 'success').length;
  expect(total).toBeLessThanOrEqual(3 * ADVERTISERS + 3 * begun.length + (lost * 30 * PER_SECOND) / SHARDS);
  process.stderr.write(
    `${JSON.stringify({ ...emulator.arrivals(), throttles: emulator.requestCountByCode.get(40100) ?? 0 })}\n`,
  );
});
