import type { Shard } from '../config/shard.ts';
import type { Engine } from './engine.ts';

/** The table that says how the last runs went, in the same schema as the data. */
const RUN_TABLE = '_source_tiktok_ads_runs';

/** How the last run over a table ended; `running` stays there when the run was killed. */
export type RunResult = 'running' | 'succeeded' | 'failed' | 'stopped';

/** How the last run over a table went. Instants are ISO 8601, UTC. */
export interface LastRun {
  readonly stream: string;
  /** As `--shard` takes it; empty for all advertisers. */
  readonly shard: string;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly result?: string | undefined;
  readonly message?: string | undefined;
  readonly records?: number | undefined;
}

/**
 * The table `_source_tiktok_ads_runs` of a database: how the last run of each table and shard went. All columns are
 * texts: instants as ISO 8601 in UTC, `shard` as `--shard` takes it, empty for all advertisers.
 */
export class RunTable {
  readonly #engine: Engine;
  readonly #shard: string;

  constructor(engine: Engine, shard: Shard | undefined) {
    this.#engine = engine;
    this.#shard = shard ? `${shard.index}/${shard.count}` : '';
  }

  async create(): Promise<void> {
    if (await this.#engine.columnsOf(RUN_TABLE)) return;
    await this.#engine.query(
      `CREATE TABLE ${this.#name} (stream text, shard text, started_at text, ended_at text, result text, message text, ` +
        'records text, PRIMARY KEY (stream, shard))',
    );
  }

  /** The last run of every table and shard; empty before the first load. */
  async read(): Promise<readonly LastRun[]> {
    if (!(await this.#engine.columnsOf(RUN_TABLE))) return [];
    const rows = await this.#engine.query(`SELECT * FROM ${this.#name} ORDER BY stream, shard`);
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    return rows.map((row) => ({
      stream: String(row.stream),
      shard: text(row.shard) ?? '',
      startedAt: text(row.started_at),
      endedAt: text(row.ended_at),
      result: text(row.result),
      message: text(row.message),
      records: text(row.records) === undefined ? undefined : Number(row.records),
    }));
  }

  async start(stream: string): Promise<void> {
    await this.#engine.query(
      `INSERT INTO ${this.#name} (stream, shard, started_at, result) VALUES ($1, $2, $3, 'running') ` +
        "ON CONFLICT (stream, shard) DO UPDATE SET started_at = excluded.started_at, ended_at = NULL, result = 'running', " +
        'message = NULL, records = NULL',
      [stream, this.#shard, new Date().toISOString()],
    );
  }

  /** @param run `records` counts the rows that it loaded, `message` says why it failed */
  async end(stream: string, run: { result: RunResult; message?: string; records: number }): Promise<void> {
    await this.#engine.query(
      `UPDATE ${this.#name} SET ended_at = $3, result = $4, message = $5, records = $6 WHERE stream = $1 AND shard = $2`,
      [stream, this.#shard, new Date().toISOString(), run.result, run.message ?? null, String(run.records)],
    );
  }

  /** Replaces the run of one table by that of another. */
  async move(from: string, to: string): Promise<void> {
    await this.#engine.query(`DELETE FROM ${this.#name} WHERE stream = $1`, [to]);
    await this.#engine.query(`UPDATE ${this.#name} SET stream = $1 WHERE stream = $2`, [to, from]);
  }

  get #name(): string {
    return this.#engine.named(RUN_TABLE);
  }
}
