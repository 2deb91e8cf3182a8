import type { ReportStream, StreamSchema } from '../streams/stream.ts';

/** What a column of a table holds; databases have their own names for each. */
export type ColumnKind = 'date' | 'text' | 'integer' | 'number';

export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isKey: boolean;
  /** Becomes the column's comment. */
  readonly description: string;
}

/** The table that a stream needs: its columns, in their order. */
export interface TableShape {
  readonly name: string;
  /** The stream whose rows it takes. */
  readonly stream: string;
  readonly columns: readonly TableColumn[];
  readonly key: readonly string[];
}

/**
 * The table of a stream.
 *
 * @param name differs from the stream's name only while a new table is filled beside the one in use
 */
export function tableOf(stream: ReportStream, schema: StreamSchema, name = stream.name): TableShape {
  return {
    name,
    stream: stream.name,
    key: stream.primaryKey,
    columns: Object.entries(schema.properties).map(([column, { type, description = '' }]) => ({
      name: column,
      kind: column === stream.cursor ? 'date' : type[1] === 'string' ? 'text' : type[1],
      isKey: stream.primaryKey.includes(column),
      description,
    })),
  };
}
