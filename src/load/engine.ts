import type { StreamRecord } from '../sync/events.ts';
import type { TableColumn, TableShape } from './table.ts';

/** How rates and money are kept: to the last digit, or as floats. */
export type NumberType = 'decimal' | 'double';

/** A column of an existing table. */
export interface FoundColumn {
  readonly name: string;
  /** The SQL type, as the database writes it. */
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
}

/** One connection to a database, with the operations that DuckDB and PostgreSQL share. */
export interface Engine {
  /** The database's name in messages, for example `schema tiktok of the database warehouse on db`. */
  readonly place: string;
  /** The rows of a statement; `$1`… stand for the values. Errors are sentences. */
  query(sql: string, values?: readonly (string | null)[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A table's name as SQL statements need it. */
  named(table: string): string;
  /** The SQL type that a new column gets. */
  typeOf(column: TableColumn, numbers: NumberType): string;
  /** Patterns of the SQL types ({@link FoundColumn.type}) that can hold the values of each type of column. */
  readonly holds: Readonly<Record<TableColumn['kind'], RegExp>>;
  /** The columns of a table; undefined when it does not exist. */
  columnsOf(table: string): Promise<readonly FoundColumn[] | undefined>;
  /** Other reasons why a table cannot be loaded or replaced, one sentence each. */
  obstacles(table: TableShape, options: { readonly replaced: boolean }): Promise<readonly string[]>;
  /** Whether replacing rows by key needs a key that is declared in the database. */
  readonly declaresKey: boolean;
  /** Keeps other runs from making or changing tables until the transaction ends. */
  excludeOthers(): Promise<void>;
  /** Prepares to stage rows for an existing table. */
  open(table: TableShape): Promise<void>;
  /** Stages records, outside of the table. */
  stage(table: TableShape, records: readonly StreamRecord[]): Promise<void>;
  /** Merges the staged records into the table by key; of several with the same key, the last one counts. */
  merge(table: TableShape): Promise<void>;
  /** Replaces the table `to`, which may not exist, by `from`. */
  replace(to: string, from: string): Promise<void>;
  close(): Promise<void>;
}

/** An identifier in quotes. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A text as a SQL literal. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
