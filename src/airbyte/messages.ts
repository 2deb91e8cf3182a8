// The messages of a source, as the Airbyte protocol (v0, schema version 0.3.2) defines it; with the keys that this source uses.

/** Levels as platforms show them; a FATAL is shown as an ERROR. */
export type LogLevel = 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';

/**
 * What mends a failure: the operator (`config_error`, platforms do not try again), time (`transient_error`), or a fix of the
 * connector (`system_error`).
 */
export type FailureType = 'config_error' | 'transient_error' | 'system_error';

export interface StreamDescriptor {
  readonly name: string;
  readonly namespace?: string;
}

export interface SpecMessage {
  readonly type: 'SPEC';
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface ConnectionStatusMessage {
  readonly type: 'CONNECTION_STATUS';
  readonly connectionStatus: { readonly status: 'SUCCEEDED' | 'FAILED'; readonly message?: string };
}

/** A stream as `discover` offers it. */
export interface AirbyteStream {
  readonly name: string;
  readonly json_schema: Readonly<Record<string, unknown>>;
  readonly supported_sync_modes: readonly SyncMode[];
  readonly source_defined_cursor: boolean;
  readonly default_cursor_field: readonly string[];
  readonly source_defined_primary_key: readonly (readonly string[])[];
  readonly is_resumable: boolean;
}

export type SyncMode = 'full_refresh' | 'incremental';

export interface CatalogMessage {
  readonly type: 'CATALOG';
  readonly catalog: { readonly streams: readonly AirbyteStream[] };
}

export interface LogMessage {
  readonly type: 'LOG';
  readonly log: { readonly level: LogLevel; readonly message: string; readonly stack_trace?: string };
}

/** Written in pieces, see `record-lines.ts`; here for the tests and for the reader. */
export interface RecordMessage {
  readonly type: 'RECORD';
  readonly record: StreamDescriptorOfRecord & {
    readonly data: Readonly<Record<string, unknown>>;
    /** Milliseconds since 1970. */
    readonly emitted_at: number;
    readonly meta?: { readonly changes: readonly RecordChange[] };
  };
}

/** Why a field does not hold what TikTok has (`AirbyteRecordMessageMetaChange`). */
export interface RecordChange {
  readonly field: string;
  readonly change: 'NULLED' | 'TRUNCATED';
  readonly reason: 'SOURCE_SERIALIZATION_ERROR' | 'SOURCE_RETRIEVAL_ERROR';
}

interface StreamDescriptorOfRecord {
  readonly stream: string;
  readonly namespace?: string;
}

/** Written in pieces, too: the state's text comes from the sync as it is. */
export interface StateMessage {
  readonly type: 'STATE';
  readonly state: {
    readonly type: 'STREAM';
    readonly stream: { readonly stream_descriptor: StreamDescriptor; readonly stream_state: unknown };
    /** Records of this stream since its state before this one. */
    readonly sourceStats: { readonly recordCount: number };
  };
}

/** What went wrong, for the operator (`message`) and for support (the rest). */
export interface TraceError {
  readonly message: string;
  readonly internal_message?: string;
  readonly stack_trace?: string;
  readonly failure_type: FailureType;
  readonly stream_descriptor?: StreamDescriptor;
}

export interface StreamStatus {
  readonly stream_descriptor: StreamDescriptor;
  readonly status: 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';
  readonly reasons?: readonly {
    readonly type: 'RATE_LIMITED';
    /** `quota_reset`: milliseconds since 1970. */
    readonly rate_limited: { readonly quota_reset: number };
  }[];
}

export interface Estimate {
  readonly name: string;
  readonly namespace?: string;
  readonly type: 'STREAM';
  /** Of the whole read; the latest value wins. */
  readonly row_estimate: number;
  readonly byte_estimate: number;
}

export interface TraceMessage {
  readonly type: 'TRACE';
  readonly trace: { readonly emitted_at: number } & (
    | { readonly type: 'ERROR'; readonly error: TraceError }
    | { readonly type: 'STREAM_STATUS'; readonly stream_status: StreamStatus }
    | { readonly type: 'ESTIMATE'; readonly estimate: Estimate }
  );
}

/** Every message that is written whole. */
export type WholeMessage = SpecMessage | ConnectionStatusMessage | CatalogMessage | LogMessage | TraceMessage;

/** Every message of this source. */
export type AirbyteMessage = WholeMessage | RecordMessage | StateMessage;
