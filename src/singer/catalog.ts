import type { ColumnChoice, ReportStream } from '../streams/stream.ts';

/** The JSON Schema of one column, as a catalog holds it. */
export type ColumnSchema = object;

/** What the Singer protocol needs to know about a stream. */
export interface DescribedStream {
  readonly name: string;
  /** Columns in their order. */
  readonly columns: Readonly<Record<string, ColumnSchema>>;
  readonly primaryKey: readonly string[];
  /** Synced unless the catalog says otherwise. */
  readonly isDefault: boolean;
  /** The column that shows which record is newer; it is not our state. */
  readonly cursor: string;
}

/** Metadata of a stream (`breadcrumb` empty) or of a column (`["properties", name]`). */
export interface MetadataEntry {
  readonly breadcrumb: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** One stream as `--discover` prints it (Singer specification, "Discovery mode"). */
export interface CatalogEntry {
  readonly tap_stream_id: string;
  readonly stream: string;
  readonly schema: { readonly type: 'object'; readonly properties: Readonly<Record<string, ColumnSchema>> };
  readonly key_properties: readonly string[];
  readonly replication_key: string;
  readonly replication_method: 'INCREMENTAL';
  readonly metadata: readonly MetadataEntry[];
}

/** A stream with the columns that a configuration gives it. */
export function describeReport(stream: ReportStream, choice: ColumnChoice): DescribedStream {
  const { name, primaryKey, isDefault, cursor } = stream;
  return { name, primaryKey, isDefault, cursor, columns: stream.schema(choice).properties };
}

/** The document that `--discover` prints: every stream, with all columns; only the default ones are selected. */
export function discoverCatalog(streams: readonly DescribedStream[]): { readonly streams: readonly CatalogEntry[] } {
  return { streams: streams.map(describeStream) };
}

function describeStream(stream: DescribedStream): CatalogEntry {
  return {
    tap_stream_id: stream.name,
    stream: stream.name,
    schema: { type: 'object', properties: stream.columns },
    key_properties: stream.primaryKey,
    replication_key: stream.cursor,
    replication_method: 'INCREMENTAL',
    metadata: [
      {
        breadcrumb: [],
        metadata: {
          inclusion: 'available',
          'selected-by-default': stream.isDefault,
          'table-key-properties': stream.primaryKey,
          'valid-replication-keys': [stream.cursor],
          'forced-replication-method': 'INCREMENTAL',
        },
      },
      ...Object.keys(stream.columns).map((column) => ({
        breadcrumb: ['properties', column],
        metadata: { inclusion: isAutomatic(stream, column) ? 'automatic' : 'available' },
      })),
    ],
  };
}

/** True for the columns that are always sent: a table can be updated by its keys only. */
export function isAutomatic(stream: DescribedStream, column: string): boolean {
  return stream.primaryKey.includes(column) || stream.cursor === column;
}
