import { isObject } from '../json/json.ts';
import { type ColumnSchema, type DescribedStream, isAutomatic } from './catalog.ts';
import { UsageError } from './usage-error.ts';

/** One stream to sync, as the catalog wants it. */
export interface SelectedStream {
  readonly stream: DescribedStream;
  /** The columns to send, in the stream's order, each with the schema to declare; the keys are always among them. */
  readonly columns: Readonly<Record<string, ColumnSchema>>;
  /** The catalog says FULL_TABLE: the bookmark is ignored, and everything is read again. */
  readonly fullTable: boolean;
}

/** What a catalog selects, and warnings about the rest. */
export interface StreamSelection {
  readonly streams: readonly SelectedStream[];
  /** One sentence each. */
  readonly warnings: readonly string[];
}

/** The default streams with all columns: what a tap reads without a catalog. */
export function selectDefault(streams: readonly DescribedStream[]): StreamSelection {
  return {
    streams: streams
      .filter(({ isDefault }) => isDefault)
      .map((stream) => ({ stream, columns: stream.columns, fullTable: false })),
    warnings: [],
  };
}

/**
 * What an edited catalog selects, by the rules of Meltano's Singer SDK ("Stream and property selection"), and by the
 * `selected` marks in the schema that older catalogs carry where metadata says nothing.
 *
 * @throws UsageError when it is not a catalog, selects nothing, or asks for a stream that this tap does not have
 */
export function selectFrom(catalog: unknown, streams: readonly DescribedStream[]): StreamSelection {
  if (!isObject(catalog) || !Array.isArray(catalog.streams)) {
    throw new UsageError([
      'The catalog is not a Singer catalog: expected an object with a list "streams", as --discover prints it.',
    ]);
  }
  const mistakes: string[] = [];
  const warnings: string[] = [];
  const selected: SelectedStream[] = [];
  for (const [index, entry] of catalog.streams.entries()) {
    const id = isObject(entry) ? (entry.tap_stream_id ?? entry.stream) : undefined;
    if (!isObject(entry) || typeof id !== 'string') {
      mistakes.push(`The catalog's stream number ${index + 1} has no text "tap_stream_id".`);
      continue;
    }
    const marks = readMarks(entry);
    const stream = streams.find(({ name }) => name === id);
    if (!marks.streamSelected) {
      if (!stream)
        warnings.push(`The catalog's stream "${id}" is not one of this tap; it is not selected and ignored.`);
    } else if (!stream) {
      mistakes.push(
        `The catalog selects the stream "${id}", which this tap does not have; it has ${namesOf(streams)}. ` +
          'Make the catalog anew with --discover.',
      );
    } else if (selected.some((other) => other.stream === stream)) {
      mistakes.push(`The catalog holds the stream "${id}" more than once.`);
    } else {
      const method = marks.replicationMethod;
      if (method !== undefined && method !== 'INCREMENTAL' && method !== 'FULL_TABLE') {
        mistakes.push(
          `The catalog asks for replication method ${JSON.stringify(method)} of "${id}"; ` +
            'expected INCREMENTAL or FULL_TABLE.',
        );
        continue;
      }
      warnings.push(...unknownColumns(stream, marks));
      selected.push({ stream, columns: selectColumns(stream, marks), fullTable: method === 'FULL_TABLE' });
    }
  }
  if (mistakes.length > 0) throw new UsageError(mistakes);
  if (selected.length === 0) {
    throw new UsageError([
      `The catalog selects no stream, so there is nothing to sync; select ${namesOf(streams)} ` +
        '("selected": true in the metadata with the empty breadcrumb).',
    ]);
  }
  return { streams: selected, warnings };
}

/** What a catalog entry says of its stream and columns, in either of the two ways. */
interface Marks {
  readonly streamSelected: boolean;
  readonly replicationMethod: unknown;
  /** Column → its metadata. */
  readonly metadata: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Column → its schema. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

function readMarks(entry: Readonly<Record<string, unknown>>): Marks {
  const metadata = new Map<string, Readonly<Record<string, unknown>>>();
  let ofStream: Readonly<Record<string, unknown>> = {};
  let hasMetadata = false;
  for (const item of Array.isArray(entry.metadata) ? entry.metadata : []) {
    if (!isObject(item) || !Array.isArray(item.breadcrumb) || !isObject(item.metadata)) continue;
    const breadcrumb: readonly unknown[] = item.breadcrumb;
    hasMetadata = true;
    if (breadcrumb.length === 0) ofStream = item.metadata;
    else if (breadcrumb.length === 2) metadata.set(String(breadcrumb[1]), item.metadata);
  }
  const schema = isObject(entry.schema) ? entry.schema : {};
  const legacy = asFlag(entry.selected) ?? asFlag(schema.selected);
  const method = ofStream['replication-method'] ?? entry.replication_method ?? undefined;
  return {
    streamSelected: resolve(ofStream, legacy, !hasMetadata),
    replicationMethod: typeof method === 'string' ? method.toUpperCase() : method,
    metadata,
    schemas: isObject(schema.properties) ? schema.properties : {},
  };
}

/**
 * @param legacy the mark in the schema
 * @param otherwise the selection of the parent, for when neither says anything
 */
function resolve(
  metadata: Readonly<Record<string, unknown>>,
  legacy: boolean | undefined,
  otherwise: boolean,
): boolean {
  if (metadata.inclusion === 'unsupported') return false;
  if (metadata.inclusion === 'automatic') return true;
  return asFlag(metadata.selected) ?? legacy ?? asFlag(metadata['selected-by-default']) ?? otherwise;
}

function selectColumns(stream: DescribedStream, marks: Marks): Record<string, ColumnSchema> {
  const columns: Record<string, ColumnSchema> = {};
  for (const [column, schema] of Object.entries(stream.columns)) {
    const given = marks.schemas[column];
    const legacy = isObject(given) ? asFlag(given.selected) : undefined;
    // The stream decides what a column is, not the edited catalog: keys stay keys.
    if (!isAutomatic(stream, column) && !resolve(marks.metadata.get(column) ?? {}, legacy, true)) continue;
    columns[column] = isObject(given) && isTyped(given) ? withoutMarks(given) : schema;
  }
  return columns;
}

/** Explicitly selected columns that the stream lacks, as when `advertiser_columns` was on when the catalog was made. */
function unknownColumns(stream: DescribedStream, marks: Marks): string[] {
  const unknown = new Set([...marks.metadata.keys(), ...Object.keys(marks.schemas)]);
  return [...unknown]
    .filter((column) => !Object.hasOwn(stream.columns, column))
    .filter((column) => resolve(marks.metadata.get(column) ?? {}, undefined, true))
    .map(
      (column) =>
        `The catalog selects the column "${column}" of "${stream.name}", which is not there with this configuration; ` +
        'it is left out. Make the catalog anew with --discover, or see the setting advertiser_columns.',
    );
}

/** Meltano's `schema` extra changes types in the catalog (a date column, say): the declared schema follows it. */
function isTyped(schema: Readonly<Record<string, unknown>>): boolean {
  return 'type' in schema || 'anyOf' in schema;
}

function withoutMarks({ selected: _, inclusion: __, ...schema }: Readonly<Record<string, unknown>>): ColumnSchema {
  return schema;
}

/** Some documents show the texts "true" and "false". */
function asFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  return undefined;
}

function namesOf(streams: readonly DescribedStream[]): string {
  return streams.map(({ name }) => `"${name}"`).join(', ');
}
