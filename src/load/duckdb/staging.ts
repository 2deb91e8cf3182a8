import type { DuckDBConnection } from '@duckdb/node-api';
import { recordJson } from '../../streams/record-text.ts';
import type { StreamRecord } from '../../sync/events.ts';
import { type FoundColumn, literal, quoted } from '../engine.ts';
import { valueReader } from '../record-values.ts';
import type { TableShape } from '../table.ts';
import { DecimalWidth } from './decimal-width.ts';
import type { DuckDb } from './load-duckdb.ts';

/** Rows in one chunk: DuckDB processes this many at once. */
const CHUNK_ROWS = 2_048;

/**
 * A number that DuckDB's JSON reader would not convert to a DECIMAL exactly, because it converts it to a float first.
 * Numbers with at most ten digits, at most six of them after the point, are converted exactly.
 */
const LONG_NUMBER = /":-?(?:[\d.]{11}|\d*\.\d{7}|[\d.]+[eE])/;

/**
 * The records of one table that wait to be merged: a temporary table of their JSON texts, as they come. DuckDB parses a
 * text in a fraction of the time that handing over its values one by one would take.
 */
export class Staging {
  readonly #table: TableShape;
  readonly #target: string;
  readonly #duckDb: DuckDb;
  readonly #staged: string;
  readonly #read: ReturnType<typeof valueReader>;
  readonly #types: ReadonlyMap<string, string>;
  /** The width of each DECIMAL column, by its place in a row. */
  readonly #widths: ReadonlyMap<number, DecimalWidth>;
  /** Whether every number that does not match {@link LONG_NUMBER} fits its column. */
  readonly #isWide: boolean;

  /** @param target the table itself: its name in statements, and its columns */
  constructor(
    table: TableShape,
    {
      name,
      columns,
      duckDb,
    }: { readonly name: string; readonly columns: readonly FoundColumn[]; readonly duckDb: DuckDb },
  ) {
    this.#table = table;
    this.#target = name;
    this.#duckDb = duckDb;
    this.#staged = `staged_${table.name}`;
    this.#read = valueReader(table.columns.map((column) => column.name));
    this.#types = new Map(columns.map((column) => [column.name, column.type]));
    this.#widths = new Map(
      [...table.columns.keys()].flatMap((place) => {
        const width = DecimalWidth.of(this.#types.get(table.columns[place]?.name ?? '') ?? '');
        return width ? [[place, width] as const] : [];
      }),
    );
    this.#isWide = [...this.#widths.values()].every((width) => width.holds({ before: 10, after: 6 }));
  }

  /** Creates the temporary table again: one that is only emptied keeps its memory. */
  get createSql(): string {
    return `CREATE OR REPLACE TEMP TABLE ${quoted(this.#staged)} (record VARCHAR)`;
  }

  async add(connection: DuckDBConnection, records: readonly StreamRecord[]): Promise<void> {
    const { DuckDBDataChunk, VARCHAR } = this.#duckDb;
    const appender = await connection.createAppender(this.#staged, null, 'temp');
    for (let start = 0; start < records.length; start += CHUNK_ROWS) {
      const chunk = DuckDBDataChunk.create([VARCHAR]);
      chunk.setColumns([records.slice(start, start + CHUNK_ROWS).map((record) => this.#textOf(record))]);
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
    appender.closeSync();
  }

  /** The statements that move the staged rows into the table, where they replace the rows with the same keys. */
  mergeSql(): readonly string[] {
    const { key, columns } = this.#table;
    const widening = this.#widenSql(); // First, because the types below depend on it.
    const keys = key.map(quoted);
    const names = columns.map(({ name }) => quoted(name)).join(', ');
    const fresh = `temp.${quoted(`fresh_${this.#table.name}`)}`;
    return [
      ...widening,
      `CREATE OR REPLACE TEMP TABLE ${fresh.replace('temp.', '')} AS ` +
        `SELECT staged_at, ${columns.map(({ name }) => `fields.${quoted(name)}`).join(', ')} FROM ` +
        `(SELECT rowid AS staged_at, from_json_strict(record, ${literal(this.#structure)}) AS fields FROM temp.${quoted(this.#staged)})`,
      `DELETE FROM ${this.#target} AS old USING ${fresh} AS new WHERE ${keys.map((name) => `old.${name} = new.${name}`).join(' AND ')}`,
      // Of the rows with the same key the last. A window function over whole rows would take as long as parsing them.
      `INSERT INTO ${this.#target} (${names}) SELECT ${names} FROM ${fresh} ` +
        `WHERE staged_at IN (SELECT max(staged_at) FROM ${fresh} GROUP BY ${keys.join(', ')})`,
      `DROP TABLE ${fresh}`,
      this.createSql,
    ];
  }

  /** The JSON of a record. If it has a long number, each value is a text, which DuckDB casts exactly. */
  #textOf(record: StreamRecord): string {
    const json = recordJson(record);
    if (this.#isWide && !LONG_NUMBER.test(json)) return json;
    const values = this.#read(record);
    for (const [place, width] of this.#widths) {
      const text = values[place];
      if (text) width.take(text);
    }
    return JSON.stringify(Object.fromEntries(this.#table.columns.map(({ name }, place) => [name, values[place]])));
  }

  /** The types of a record's fields, as `from_json` needs them. */
  get #structure(): string {
    const typeOf = (name: string, place: number) => this.#widths.get(place)?.type ?? this.#types.get(name);
    return JSON.stringify(
      Object.fromEntries(this.#table.columns.map(({ name }, place) => [name, typeOf(name, place)])),
    );
  }

  #widenSql(): string[] {
    return [...this.#widths].flatMap(([place, width]) => {
      const type = width.widened();
      const name = quoted(this.#table.columns[place]?.name ?? '');
      return type === undefined ? [] : [`ALTER TABLE ${this.#target} ALTER COLUMN ${name} TYPE ${type}`];
    });
  }
}
