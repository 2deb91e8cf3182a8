import type { Engine } from './engine.ts';

/** The table in which the states are kept, beside the data. */
export const STATE_TABLE = '_source_tiktok_ads_state';

/** How the last run over a table ended; `running` also when it was killed. */
export type RunResult = 'running' | 'succeeded' | 'failed' | 'stopped';

/** What is known of one table: what has been read into it, and how the last run went. Instants are ISO 8601, UTC. */
export interface Standing {
  /** The stream's name, which is the table's; while a new one is made, with a suffix. */
  readonly stream: string;
  /** JSON text of the stream's state; absent before the first commit. */
  readonly state?: string;
  readonly updatedAt?: string;
  readonly runStartedAt?: string;
  readonly runEndedAt?: string;
  readonly runResult?: RunResult;
  /** Why it failed. */
  readonly runMessage?: string;
  /** Records that it brought. */
  readonly runRecords?: number;
}

/** All columns are texts: instants as ISO 8601 in UTC, which every database casts and sorts alike. */
const COLUMNS = {
  stream: 'stream',
  state: 'state',
  updatedAt: 'updated_at',
  runStartedAt: 'run_started_at',
  runEndedAt: 'run_ended_at',
  runResult: 'run_result',
  runMessage: 'run_message',
  runRecords: 'run_records',
} as const satisfies Record<keyof Standing, string>;

type Part = keyof typeof COLUMNS;

/** The table `_source_tiktok_ads_state` of a database. */
export class StateTable {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async create(): Promise<void> {
    if (await this.#engine.columnsOf(STATE_TABLE)) return;
    const columns = Object.values(COLUMNS).map(
      (name) => `${name} ${name === COLUMNS.stream ? 'text PRIMARY KEY' : 'text'}`,
    );
    await this.#engine.query(`CREATE TABLE ${this.#name} (${columns.join(', ')})`);
  }

  /** What is known of each table; nothing before the first load. */
  async read(): Promise<readonly Standing[]> {
    if (!(await this.#engine.columnsOf(STATE_TABLE))) return [];
    const rows = await this.#engine.query(
      `SELECT ${Object.values(COLUMNS).join(', ')} FROM ${this.#name} ORDER BY stream`,
    );
    return rows.map((row) => {
      const standing: Record<string, unknown> = {};
      for (const [part, column] of Object.entries(COLUMNS)) {
        const value = row[column];
        if (value !== null) standing[part] = part === 'runRecords' ? Number(value) : value;
      }
      return standing as unknown as Standing;
    });
  }

  /** @param state JSON text of the stream's state */
  async write(stream: string, state: string): Promise<void> {
    await this.#upsert(stream, { state, updatedAt: new Date().toISOString() });
  }

  async startRun(stream: string): Promise<void> {
    await this.#upsert(stream, {
      runStartedAt: new Date().toISOString(),
      runEndedAt: null,
      runResult: 'running',
      runMessage: null,
      runRecords: null,
    });
  }

  async endRun(stream: string, run: { result: RunResult; message?: string; records: number }): Promise<void> {
    await this.#upsert(stream, {
      runEndedAt: new Date().toISOString(),
      runResult: run.result,
      runMessage: run.message ?? null,
      runRecords: String(run.records),
    });
  }

  /** Puts what is known of one stream in the place of what is known of another. */
  async move(from: string, to: string): Promise<void> {
    await this.remove(to);
    await this.#engine.query(`UPDATE ${this.#name} SET stream = $1 WHERE stream = $2`, [to, from]);
  }

  async remove(stream: string): Promise<void> {
    await this.#engine.query(`DELETE FROM ${this.#name} WHERE stream = $1`, [stream]);
  }

  async #upsert(stream: string, values: Partial<Record<Part, string | null>>): Promise<void> {
    const columns = Object.keys(values).map((part) => COLUMNS[part as Part]);
    const places = columns.map((_, index) => `$${index + 2}`);
    await this.#engine.query(
      `INSERT INTO ${this.#name} (stream, ${columns.join(', ')}) VALUES ($1, ${places.join(', ')}) ` +
        `ON CONFLICT (stream) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      [stream, ...Object.values(values)],
    );
  }

  get #name(): string {
    return this.#engine.named(STATE_TABLE);
  }
}
