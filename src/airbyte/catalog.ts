import type { ColumnChoice, ReportStream } from '../streams/stream.ts';
import type { AirbyteStream } from './messages.ts';

/** The streams as `discover` offers them. */
export function catalogOf(streams: readonly ReportStream[], choice: ColumnChoice): { streams: AirbyteStream[] } {
  return {
    streams: streams.map((stream) => ({
      name: stream.name,
      json_schema: stream.schema(choice),
      supported_sync_modes: ['full_refresh', 'incremental'],
      source_defined_cursor: true,
      default_cursor_field: [stream.cursor],
      source_defined_primary_key: stream.primaryKey.map((column) => [column]),
      // An interrupted full refresh continues from the state of its earlier attempt.
      is_resumable: true,
    })),
  };
}

/** A configured catalog for `read`: these streams with all their columns, kept up to date by their keys. */
export function configuredCatalogOf(streams: readonly ReportStream[], choice: ColumnChoice): { streams: unknown[] } {
  return {
    streams: catalogOf(streams, choice).streams.map((stream) => ({
      stream,
      sync_mode: 'incremental',
      destination_sync_mode: 'append_dedup',
      cursor_field: stream.default_cursor_field,
      primary_key: stream.source_defined_primary_key,
    })),
  };
}
