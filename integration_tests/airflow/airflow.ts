import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { freePort, type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { PROJECT_ROOT, pythonProgram } from '../orchestrators/python.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { signalTree } from './process-tree.ts';
import { until } from './until.ts';

const PROGRAM = pythonProgram('airflow', 'airflow');
const DAG = 'tiktok_ads';
/** One try of a task, as Airflow's metadata has it. */
export interface TaskTry {
  readonly run: string;
  readonly task: string;
  /** Of the mapped tasks, from 0; -1 of the others. */
  readonly mapIndex: number;
  readonly tryNumber: number;
  readonly state: string | null;
  /** Which ran it; empty before one did. */
  readonly worker: string | null;
}

/** Airflow with the Celery executor, PostgreSQL and Redis, and the DAG of the example. */
export class Airflow {
  readonly postgres: Postgres;
  /** A database of Redis beside the broker's. */
  readonly quotaUrl: string;
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #metadata: Client;
  readonly #api: string;
  readonly #children: ChildProcess[] = [];

  private constructor(
    folder: string,
    parts: { postgres: Postgres; databaseUrl: string; redis: string; api: string; environment: Record<string, string> },
  ) {
    this.#folder = folder;
    this.#api = parts.api;
    this.#environment = parts.environment;
    this.#metadata = new Client(parts.databaseUrl);
    this.postgres = parts.postgres;
    this.quotaUrl = `${parts.redis}/1`;
  }

  /**
   * Starts everything but workers.
   *
   * @param variables what the example's DAG is given, by the URL of the warehouse
   */
  static async start(folder: string, variables: (warehouse: string) => Record<string, string>): Promise<Airflow> {
    const postgres = await startPostgres((data) =>
      appendFile(join(data, 'postgresql.conf'), 'max_connections = 200\n'),
    );
    await runToSuccess('psql', ['-qXc', 'CREATE DATABASE airflow', postgres.url]);
    const address = `${postgres.user}@${postgres.host}:${postgres.port}/airflow`;
    const redis = `redis://127.0.0.1:${await freePort()}`;
    const api = `http://127.0.0.1:${await freePort()}`;
    const dags = join(folder, 'dags');
    mkdirSync(dags);
    copyFileSync(resolve(PROJECT_ROOT, 'examples/airflow/tiktok_ads.py'), join(dags, 'tiktok_ads.py'));
    // Workers of one machine would all have its name.
    writeFileSync(join(folder, 'worker_name.py'), `import os\n\ndef worker_name():\n    return os.environ['WORKER']\n`);
    const environment = {
      PYTHONPATH: folder,
      AIRFLOW_HOME: folder,
      AIRFLOW__CORE__EXECUTOR: 'CeleryExecutor',
      AIRFLOW__CORE__DAGS_FOLDER: dags,
      AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
      AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: 'False',
      AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `${api}/execution/`,
      AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: 'True',
      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://${address}`,
      AIRFLOW__CELERY__BROKER_URL: `${redis}/0`,
      AIRFLOW__CELERY__RESULT_BACKEND: `db+postgresql+psycopg2://${address}`,
      AIRFLOW__CELERY__WORKER_CONCURRENCY: '4',
      AIRFLOW__CELERY__SYNC_PARALLELISM: '1',
      AIRFLOW__API__HOST: '127.0.0.1',
      AIRFLOW__API__PORT: new URL(api).port,
      AIRFLOW__API__WORKERS: '1',
      AIRFLOW__API_AUTH__JWT_SECRET: 'a secret of this test, as long as its signature wants it to be: 64',
      AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT: '20',
      AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL: '3',
      AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC: '3',
      AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
      ...variables(postgres.url),
    };
    const airflow = new Airflow(folder, { postgres, databaseUrl: `postgresql://${address}`, redis, api, environment });
    try {
      const redisOptions = ['--port', new URL(redis).port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      airflow.#spawn('redis-server', redisOptions);
      await runToSuccess(PROGRAM, ['db', 'migrate'], { env: environment });
      await airflow.#metadata.connect();
      for (const part of ['api-server', 'scheduler', 'dag-processor']) airflow.#spawn(PROGRAM, [part]);
      await until('Airflow answers', () => airflow.#isHealthy());
      await until('Airflow knows the DAG', () => airflow.#knowsTheDag());
      return airflow;
    } catch (error) {
      process.stderr.write(airflow.logs());
      await airflow.stop();
      throw error;
    }
  }

  /**
   * Starts a Celery worker with four slots.
   *
   * @returns what signals it and all that it has started
   */
  startWorker(name: string, variables: Readonly<Record<string, string>>): (signal: NodeJS.Signals) => void {
    const { pid = 0 } = this.#spawn(
      PROGRAM,
      ['celery', 'worker', '--celery-hostname', name, '--skip-serve-logs', '--without-mingle', '--without-gossip'],
      { ...variables, WORKER: name, AIRFLOW__CORE__HOSTNAME_CALLABLE: 'worker_name.worker_name' },
    );
    return (signal) => signalTree(pid, signal);
  }

  async trigger(run: string): Promise<void> {
    const { access_token } = (await (await fetch(`${this.#api}/auth/token`)).json()) as { access_token: string };
    const response = await fetch(`${this.#api}/api/v2/dags/${DAG}/dagRuns`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ dag_run_id: run, logical_date: null }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  async stateOf(run: string): Promise<string | undefined> {
    const { rows } = await this.#metadata.query<{ state: string }>('SELECT state FROM dag_run WHERE run_id = $1', [
      run,
    ]);
    return rows[0]?.state;
  }

  /** The tries of all tasks so far. */
  async tries(): Promise<TaskTry[]> {
    const columns =
      'run_id AS run, task_id AS task, map_index AS "mapIndex", try_number AS "tryNumber", state, hostname AS worker';
    const { rows } = await this.#metadata.query<TaskTry>(
      `SELECT ${columns} FROM task_instance UNION SELECT ${columns} FROM task_instance_history ORDER BY 1, 2, 3, 4`,
    );
    return rows;
  }

  /** The last that each process said. */
  logs(): string {
    return this.#children
      .map(
        ({ spawnargs }, index) => `--- ${spawnargs.join(' ')}\n${readFileSync(this.#log(index), 'utf8').slice(-3_000)}`,
      )
      .join('\n');
  }

  /** Ends all of it. */
  async stop(): Promise<void> {
    for (const { pid } of this.#children) if (pid !== undefined) signalTree(pid, 'SIGKILL');
    await this.#metadata.end().catch(() => {});
    await this.postgres.stop();
  }

  #spawn(program: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): ChildProcess {
    const log = openSync(this.#log(this.#children.length), 'a');
    const env = { ...process.env, ...this.#environment, ...variables };
    const child = spawn(program, args, { cwd: this.#folder, env, stdio: ['ignore', log, log] });
    closeSync(log);
    child.on('error', () => {}); // What it was to do is waited for in vain, and that is said.
    this.#children.push(child);
    return child;
  }

  #log(index: number): string {
    return join(this.#folder, `${index}.log`);
  }

  async #isHealthy(): Promise<boolean> {
    const answer = await fetch(`${this.#api}/api/v2/monitor/health`).catch(() => undefined);
    if (!answer?.ok) return false;
    const { scheduler } = (await answer.json()) as { scheduler: { status: string | null } };
    return scheduler.status === 'healthy';
  }

  async #knowsTheDag(): Promise<boolean> {
    const { rows } = await this.#metadata.query('SELECT 1 FROM serialized_dag WHERE dag_id = $1', [DAG]);
    return rows.length > 0;
  }
}
