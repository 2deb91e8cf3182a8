import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { StreamRecord } from '../../sync/events.ts';
import { type Engine, type FoundColumn, type NumberType, quoted } from '../engine.ts';
import type { TableColumn, TableShape } from '../table.ts';
import { describeDuckDbError } from './describe-duckdb-error.ts';
import { type DuckDb, loadDuckDb } from './load-duckdb.ts';
import { Staging } from './staging.ts';

/** How much DuckDB may keep in memory; it puts the rest into files beside the database. */
const MEMORY_LIMIT = '48MB';

/** A DuckDB file. While it is open no other process can open it: DuckDB's own lock keeps two runs apart. */
export class DuckDbEngine implements Engine {
  readonly place: string;
  readonly declaresKey = false;
  readonly holds = {
    date: /^(DATE|VARCHAR)$/,
    text: /^VARCHAR$/,
    integer: /^(BIGINT|HUGEINT)$/,
    number: /^(DECIMAL\(\d+,\d+\)|DOUBLE)$/,
  };
  readonly #duckDb: DuckDb;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #path: string;
  readonly #stagings = new Map<TableShape, Staging>();

  private constructor(path: string, duckDb: DuckDb, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.place = `the file ${path}`;
    this.#path = path;
    this.#duckDb = duckDb;
    this.#instance = instance;
    this.#connection = connection;
  }

  /**
   * @param readOnly the file has to exist and is not changed
   * @throws LoadError when DuckDB is not installed, or the file cannot be opened
   */
  static async open(path: string, { readOnly }: { readonly readOnly: boolean }): Promise<DuckDbEngine> {
    const duckDb = await loadDuckDb();
    try {
      const instance = await duckDb.DuckDBInstance.create(path, {
        memory_limit: MEMORY_LIMIT,
        threads: '1',
        // The order of rows does not matter. To preserve it, DuckDB would keep a whole batch in memory.
        preserve_insertion_order: 'false',
        // The allocator returns freed memory to the system instead of keeping it for later.
        allocator_flush_threshold: '256KB',
        allocator_bulk_deallocation_flush_threshold: '256KB',
        // Otherwise DuckDB looks for extensions on the network.
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        ...(readOnly && { access_mode: 'READ_ONLY' }),
      });
      return new DuckDbEngine(path, duckDb, instance, await instance.connect());
    } catch (error) {
      throw describeDuckDbError(error, path);
    }
  }

  async query(sql: string, values: readonly (string | null)[] = []): Promise<readonly Record<string, unknown>[]> {
    try {
      const reader = await this.#connection.runAndReadAll(sql, [...values]);
      return reader.getRowObjectsJson();
    } catch (error) {
      throw describeDuckDbError(error, this.#path);
    }
  }

  named(table: string): string {
    return `main.${quoted(table)}`;
  }

  typeOf({ kind }: TableColumn, numbers: NumberType): string {
    if (kind === 'number') return numbers === 'double' ? 'DOUBLE' : 'DECIMAL(18,6)';
    return { date: 'DATE', text: 'VARCHAR', integer: 'BIGINT' }[kind];
  }

  async columnsOf(table: string): Promise<readonly FoundColumn[] | undefined> {
    const rows = await this.query(
      'SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns ' +
        "WHERE table_catalog = current_database() AND table_schema = 'main' AND table_name = $1",
      [table],
    );
    if (rows.length === 0) return undefined;
    return rows.map((row) => ({
      name: String(row.column_name),
      type: String(row.data_type),
      nullable: row.is_nullable === 'YES',
      hasDefault: row.column_default !== null,
    }));
  }

  async obstacles({ name }: TableShape, { replaced }: { readonly replaced: boolean }): Promise<readonly string[]> {
    const [found] = await this.query(
      "SELECT 1 FROM duckdb_views() WHERE database_name = current_database() AND schema_name = 'main' AND view_name = $1",
      [name],
    );
    if (found) return ['it is a view'];
    const indexes = await this.query(
      "SELECT index_name FROM duckdb_indexes() WHERE schema_name = 'main' AND table_name = $1",
      [name],
    );
    // DuckDB checks an index also against rows that the same transaction has already deleted.
    return replaced ? [] : indexes.map((row) => `the index ${String(row.index_name)} keeps rows from being replaced`);
  }

  async excludeOthers(): Promise<void> {} // No other run can have the file open.

  async open(table: TableShape): Promise<void> {
    const columns = (await this.columnsOf(table.name)) ?? [];
    const staging = new Staging(table, { name: this.named(table.name), columns, duckDb: this.#duckDb });
    await this.query(staging.createSql);
    this.#stagings.set(table, staging);
  }

  async stage(table: TableShape, records: readonly StreamRecord[]): Promise<void> {
    const staging = this.#staging(table);
    try {
      await staging.add(this.#connection, records);
    } catch (error) {
      throw describeDuckDbError(error, this.#path);
    }
  }

  async merge(table: TableShape): Promise<void> {
    for (const sql of this.#staging(table).mergeSql()) await this.query(sql);
  }

  async replace(to: string, from: string): Promise<void> {
    await this.query(`DROP TABLE IF EXISTS ${this.named(to)}`);
    await this.query(`ALTER TABLE ${this.named(from)} RENAME TO ${quoted(to)}`);
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  #staging(table: TableShape): Staging {
    const staging = this.#stagings.get(table);
    if (!staging) throw new Error(`the table ${table.name} was not opened`);
    return staging;
  }
}
