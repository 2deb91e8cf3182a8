import { type CoverageByAdvertiser, parseState, stateText } from '../sync/state.ts';
import { type Engine, literal } from './engine.ts';

/** The table that keeps the states, in the same schema as the data. */
const STATE_TABLE = '_source_tiktok_ads_state';

/**
 * The table `_source_tiktok_ads_state` of a database: for each table and advertiser what has been read into it. So
 * several runs can load different advertisers at once. All columns are texts. Instants are ISO 8601 in UTC, which every
 * database casts and sorts alike; `coverage` is what a state has under the advertiser's id.
 */
export class StateTable {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async create(): Promise<void> {
    if (await this.#engine.columnsOf(STATE_TABLE)) return;
    await this.#engine.query(
      `CREATE TABLE ${this.#name} (stream text, advertiser_id text, coverage text NOT NULL, updated_at text NOT NULL, ` +
        'PRIMARY KEY (stream, advertiser_id))',
    );
  }

  /**
   * @param table the stream's name, with a suffix while a new table is filled
   * @throws StateError for a value that this program did not write
   */
  async read(table: string): Promise<CoverageByAdvertiser> {
    const rows = await this.#engine.query(
      `SELECT advertiser_id, coverage FROM ${this.#name} WHERE stream = $1 ORDER BY advertiser_id`,
      [table],
    );
    const advertisers = rows.map(({ advertiser_id, coverage }) => [advertiser_id, JSON.parse(String(coverage))]);
    const empty = JSON.parse(stateText(new Map(), new Date()));
    return parseState({ ...empty, advertisers: Object.fromEntries(advertisers) });
  }

  /** When it was last written, ISO 8601; undefined when nothing has been read into the table. */
  async updatedAt(table: string): Promise<string | undefined> {
    if (!(await this.#engine.columnsOf(STATE_TABLE))) return undefined;
    const [row] = await this.#engine.query(`SELECT max(updated_at) AS at FROM ${this.#name} WHERE stream = $1`, [
      table,
    ]);
    return typeof row?.at === 'string' ? row.at : undefined;
  }

  /** Writes the differences between the old and the new coverage of some advertisers. */
  async write(table: string, { from, to }: { from: CoverageByAdvertiser; to: CoverageByAdvertiser }): Promise<void> {
    const gone = [...from.keys()].filter((id) => !to.has(id));
    if (gone.length > 0) {
      const ids = gone.map(literal).join(', ');
      await this.#engine.query(`DELETE FROM ${this.#name} WHERE stream = $1 AND advertiser_id IN (${ids})`, [table]);
    }
    const now = literal(new Date().toISOString());
    const rows = [...to].flatMap(([id, coverage]) => {
      const text = JSON.stringify(coverage);
      if (text === JSON.stringify(from.get(id))) return [];
      return [`(${[literal(table), literal(id), literal(text), now].join(', ')})`];
    });
    if (rows.length === 0) return;
    await this.#engine.query(
      `INSERT INTO ${this.#name} (stream, advertiser_id, coverage, updated_at) VALUES ${rows.join(', ')} ` +
        'ON CONFLICT (stream, advertiser_id) DO UPDATE SET coverage = excluded.coverage, updated_at = excluded.updated_at',
    );
  }

  /** Replaces the states of one table by those of another. */
  async move(from: string, to: string): Promise<void> {
    await this.remove(to);
    await this.#engine.query(`UPDATE ${this.#name} SET stream = $1 WHERE stream = $2`, [to, from]);
  }

  /** @returns whether a state was removed */
  async remove(table: string): Promise<boolean> {
    const [row] = await this.#engine.query(`SELECT 1 AS known FROM ${this.#name} WHERE stream = $1 LIMIT 1`, [table]);
    if (row) await this.#engine.query(`DELETE FROM ${this.#name} WHERE stream = $1`, [table]);
    return row !== undefined;
  }

  get #name(): string {
    return this.#engine.named(STATE_TABLE);
  }
}
