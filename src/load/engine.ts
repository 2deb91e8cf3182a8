import type { StreamRecord } from '../sync/events.ts';
import type { TableColumn, TableShape } from './table.ts';

/** How numbers that are no counts are kept: to the last digit, or as floats. */
export type NumberType = 'decimal' | 'double';

/** A column that a table has. */
export interface FoundColumn {
  readonly name: string;
  /** As the database writes it. */
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
}

/** A database that takes tables, in the terms that DuckDB and PostgreSQL share. One connection. */
export interface Engine {
  /** How messages call it, such as `database warehouse on db, schema tiktok`. */
  readonly place: string;
  /** The rows of a statement; `$1`… stand for the values. Errors are sentences. */
  query(sql: string, values?: readonly (string | null)[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A table's name as statements have to write it. */
  named(table: string): string;
  /** The SQL type that a new column gets. */
  typeOf(column: TableColumn, numbers: NumberType): string;
  /** The SQL types, as patterns over {@link FoundColumn.type}, that can hold what such a column is given. */
  readonly holds: Readonly<Record<TableColumn['kind'], RegExp>>;
  /** Of a table; undefined when there is none of that name. */
  columnsOf(table: string): Promise<readonly FoundColumn[] | undefined>;
  /** What else keeps a table from being loaded or replaced, one sentence each. */
  obstacles(table: TableShape, options: { readonly replaced: boolean }): Promise<readonly string[]>;
  /** Whether the database itself has to know the key to replace rows by it. */
  readonly declaresKey: boolean;
  /** Until the end of the transaction no other run makes or changes tables. */
  excludeOthers(): Promise<void>;
  /** Makes ready to take rows for a table that exists. */
  open(table: TableShape): Promise<void>;
  /** Takes records in, outside of the table. */
  stage(table: TableShape, records: readonly StreamRecord[]): Promise<void>;
  /** Puts the records taken in into the table, each in the place of the one with its key; of several the last. */
  merge(table: TableShape): Promise<void>;
  /** Puts `from` in the place of the table `to`, which may not exist. */
  replace(to: string, from: string): Promise<void>;
  close(): Promise<void>;
}

/** An identifier in quotes. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A text as a SQL literal. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
