import type { DuckDBConnection } from '@duckdb/node-api';
import { type FoundColumn, quoted } from '../engine.ts';
import type { Values } from '../record-values.ts';
import type { TableShape } from '../table.ts';
import { DecimalWidth } from './decimal-width.ts';
import type { DuckDb } from './load-duckdb.ts';

/** Rows in one chunk: what DuckDB works on at once. */
const CHUNK_ROWS = 2_048;

/** Between figures; no date and no number has one. */
const SEPARATOR = ' ';

/**
 * Where rows of one table wait to be merged: a temporary table with a column for each text, and one in which all dates
 * and numbers of a row stand as one text. Handing DuckDB a value costs more than taking that text apart again, and its
 * digits become decimals without a float between.
 */
export class Staging {
  readonly #table: TableShape;
  readonly #target: string;
  readonly #duckDb: DuckDb;
  readonly #staged: string;
  /** Places in a row of what has a column of its own, and of what has not. */
  readonly #texts: readonly number[];
  readonly #figures: readonly number[];
  readonly #types: ReadonlyMap<string, string>;
  /** Of each DECIMAL column, by its place in a row. */
  readonly #widths: ReadonlyMap<number, DecimalWidth>;

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
    this.#staged = `temp.${quoted(`staged_${table.name}`)}`;
    const places = [...table.columns.keys()];
    this.#texts = places.filter((place) => table.columns[place]?.kind === 'text');
    this.#figures = places.filter((place) => table.columns[place]?.kind !== 'text');
    this.#types = new Map(columns.map((column) => [column.name, column.type]));
    this.#widths = new Map(
      places.flatMap((place) => {
        const width = DecimalWidth.of(this.#types.get(table.columns[place]?.name ?? '') ?? '');
        return width ? [[place, width] as const] : [];
      }),
    );
  }

  get createSql(): string {
    const columns = [...this.#texts.map((place) => this.#name(place)), 'figures'];
    return `CREATE OR REPLACE TEMP TABLE ${this.#staged.replace('temp.', '')} (${columns.map((name) => `${name} VARCHAR`).join(', ')})`;
  }

  async add(connection: DuckDBConnection, rows: readonly Values[]): Promise<void> {
    for (const row of rows) {
      for (const [place, width] of this.#widths) {
        const text = row[place];
        if (text) width.take(text);
      }
    }
    const { DuckDBDataChunk, VARCHAR } = this.#duckDb;
    const appender = await connection.createAppender(`staged_${this.#table.name}`, null, 'temp');
    for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
      const part = rows.slice(start, start + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create([...this.#texts, 0].map(() => VARCHAR));
      chunk.setColumns([
        ...this.#texts.map((place) => part.map((row) => row[place] ?? null)),
        part.map((row) => this.#figures.map((place) => row[place] ?? '').join(SEPARATOR)),
      ]);
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
    appender.closeSync();
  }

  /** The statements that put what is staged into the table, in the place of the rows with the same keys. */
  mergeSql(): readonly string[] {
    const { key, columns } = this.#table;
    const widening = this.#widenSql(); // First: the casts below are to the types that it leads to.
    const keys = key.map(quoted);
    const names = columns.map(({ name }) => quoted(name)).join(', ');
    const values = columns.map((_, place) => `${this.#value(place)} AS ${this.#name(place)}`);
    const keyValues = values.filter((_, place) => columns[place]?.isKey);
    const figures = `(SELECT *, rowid AS staged_at, string_split(figures, '${SEPARATOR}') AS figure FROM ${this.#staged})`;
    return [
      ...widening,
      `DELETE FROM ${this.#target} AS old USING (SELECT ${keyValues.join(', ')} FROM ${figures}) AS new ` +
        `WHERE ${keys.map((name) => `old.${name} = new.${name}`).join(' AND ')}`,
      `INSERT INTO ${this.#target} (${names}) SELECT ${names} FROM (SELECT staged_at, ${values.join(', ')} FROM ${figures}) ` +
        `QUALIFY row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY staged_at DESC) = 1`,
      `TRUNCATE ${this.#staged}`,
    ];
  }

  #widenSql(): string[] {
    return [...this.#widths].flatMap(([place, width]) => {
      const type = width.widened();
      return type === undefined ? [] : [`ALTER TABLE ${this.#target} ALTER COLUMN ${this.#name(place)} TYPE ${type}`];
    });
  }

  #value(place: number): string {
    const name = this.#table.columns[place]?.name ?? '';
    const at = this.#figures.indexOf(place);
    if (at < 0) return this.#name(place);
    const type = this.#widths.get(place)?.type ?? this.#types.get(name) ?? 'VARCHAR';
    return `CAST(nullif(figure[${at + 1}], '') AS ${type})`;
  }

  #name(place: number): string {
    return quoted(this.#table.columns[place]?.name ?? '');
  }
}
