import type { ErrorObject } from 'ajv';
import { withoutEchoes } from '../config/describe-mistake.ts';
import { shown, TYPE_WORDS } from '../json/json.ts';
import type { ColumnChoice, ReportStream } from '../streams/stream.ts';
import type { RefreshId } from '../sync/state.ts';
import { CatalogError } from './catalog-error.ts';
import type { ConfiguredCatalog } from './configured-catalog.generated.ts';
import type { StreamDescriptor, SyncMode } from './messages.ts';
import validate from './validate-configured-catalog.generated.js';

/** A stream that is to be read. */
export interface ConfiguredStream {
  readonly stream: ReportStream;
  /** As in the catalog: every message about the stream must carry the same namespace. */
  readonly descriptor: StreamDescriptor;
  readonly mode: SyncMode;
  /** Set for a full refresh that its platform identifies. */
  readonly refresh?: RefreshId;
  /** Wanted columns in the order of the stream's schema, its keys always among them. */
  readonly columns: readonly string[];
}

export interface ConfiguredStreams {
  readonly streams: readonly ConfiguredStream[];
  /** Warnings, one sentence each. */
  readonly warnings: readonly string[];
}

type Selected = ConfiguredCatalog['streams'][number];

/**
 * What a configured catalog asks for.
 *
 * Optional keys may be null or absent, and unknown keys are ignored. A stream or a sync mode that does not exist is a
 * mistake: its reader would wait for records that never come.
 *
 * @param raw the parsed JSON of the catalog file
 * @throws CatalogError with every mistake at once
 */
export function parseConfiguredCatalog(
  raw: unknown,
  { streams, columns: choice }: { readonly streams: readonly ReportStream[]; readonly columns: ColumnChoice },
): ConfiguredStreams {
  const mistakes: string[] = [];
  const warnings: string[] = [];
  const configured: ConfiguredStream[] = [];
  if (!validate(raw)) mistakes.push(...new Set(withoutEchoes(validate.errors ?? []).map(sentenceOf)));
  // Names are checked even after mistakes of the schema, so that all mistakes come together.
  const names = namesIn(raw);
  for (const name of names) {
    if (!streams.some((stream) => stream.name === name)) {
      mistakes.push(
        `The catalog asks for the stream ${JSON.stringify(name)}, which does not exist; there is ${listOf(streams.map((stream) => stream.name))}. Run discover to get the catalog.`,
      );
    }
  }
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    mistakes.push(`The catalog asks for the stream ${JSON.stringify(name)} more than once; name it once.`);
  }
  if (mistakes.length > 0) throw new CatalogError(mistakes);

  for (const selected of (raw as ConfiguredCatalog).streams) {
    const stream = streams.find(({ name }) => name === selected.stream.name);
    if (!stream) continue;
    const { columns, unknown } = selectColumns(selected, stream, choice);
    if (unknown.length > 0) {
      warnings.push(
        `The catalog selects ${listOf(unknown)} of ${stream.name}, which the stream does not have with this configuration: ignored. Run discover again and refresh the catalog.`,
      );
    }
    configured.push({
      stream,
      descriptor: {
        name: stream.name,
        ...(selected.stream.namespace ? { namespace: selected.stream.namespace } : {}),
      },
      mode: selected.sync_mode,
      ...refreshOf(selected),
      columns,
    });
  }
  if (configured.length === 0) warnings.push('The catalog selects no stream: there is nothing to read.');
  return { streams: configured, warnings };
}

/**
 * Both numbers are the same for all attempts at one full refresh. The catalog of an incremental read has them, too, and
 * they mean nothing there.
 */
function refreshOf({ sync_mode, generation_id, sync_id }: Selected): { refresh?: RefreshId } {
  if (sync_mode !== 'full_refresh') return {};
  return isId(generation_id) && isId(sync_id) ? { refresh: { generation_id, sync_id } } : {};
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value);

/**
 * A platform takes the columns that its user switched off out of the stream's schema.
 *
 * @throws CatalogError when none of the stream's columns is left
 */
function selectColumns(
  { stream: { json_schema: schema } }: Selected,
  stream: ReportStream,
  choice: ColumnChoice,
): { columns: string[]; unknown: string[] } {
  const all = Object.keys(stream.schema(choice).properties);
  // A catalog written by hand may leave the schema out or empty: then nothing was switched off.
  const wanted = schema?.properties ? Object.keys(schema.properties) : all;
  if (!wanted.some((column) => all.includes(column))) {
    throw new CatalogError([
      `The catalog selects no column of ${stream.name}; select at least one of ${listOf(all)}, or leave "properties" out for all.`,
    ]);
  }
  return {
    columns: all.filter((column) => wanted.includes(column) || stream.primaryKey.includes(column)),
    unknown: wanted.filter((column) => !all.includes(column)),
  };
}

function namesIn(raw: unknown): string[] {
  const list = (raw as Partial<ConfiguredCatalog> | null | undefined)?.streams;
  if (!Array.isArray(list)) return [];
  return list.flatMap((selected: Partial<Selected> | null) => {
    const name: unknown = selected?.stream?.name;
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

/** `The catalog's streams[0].sync_mode is "INVALID"; expected full_refresh or incremental.` */
function sentenceOf(error: ErrorObject): string {
  const path = error.instancePath
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');
  const place = path === '' ? 'The catalog' : `The catalog's ${path}`;
  const found = shown(error.data);
  const { missingProperty, allowedValues, type } = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return `${place} has no ${String(missingProperty)}; is this a configured catalog, {"streams": [{"stream": …, "sync_mode": …}]}?`;
    case 'enum':
      return `${place} is ${found}; expected ${(allowedValues as string[]).join(' or ')}.`;
    case 'type':
      return `${place} is ${found}; expected ${[type]
        .flat()
        .map((name) => TYPE_WORDS[String(name)])
        .join(' or ')}.`;
    default:
      return `${place} is ${found}; it ${error.message ?? 'is not as expected'}.`;
  }
}

function listOf(names: readonly string[]): string {
  return names.join(', ');
}
