import { parseConfig } from '../../src/config/parse-config.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { recordJson } from '../../src/streams/record-text.ts';
import type { ReportStream } from '../../src/streams/stream.ts';
import type { RunOutcome } from '../../src/sync/events.ts';
import { runSync } from '../../src/sync/run.ts';
import type { Row } from './sync.ts';

/** One read of several streams. */
export interface StreamsRead {
  /** Rows by stream, in the order in which they came. */
  readonly rows: Readonly<Record<string, Row[]>>;
  /** The last state by stream. */
  readonly states: Readonly<Record<string, unknown>>;
  readonly outcome: RunOutcome;
  readonly warnings: readonly string[];
}

/** Reads streams in one run, in this process, over HTTP from the emulator. */
export async function readStreams(
  emulator: Emulator,
  streams: readonly ReportStream[],
  overrides: Readonly<Record<string, unknown>> = {},
  before: Readonly<Record<string, unknown>> = {},
): Promise<StreamsRead> {
  const rows: Record<string, Row[]> = {};
  const states: Record<string, unknown> = {};
  const warnings: string[] = [];
  for await (const event of runSync({
    config: parseConfig(emulator.config(overrides)),
    streams: streams.map((stream) => ({ stream, state: before[stream.name] })),
    signal: new AbortController().signal,
  })) {
    if (event.type === 'records') {
      rows[event.stream] ??= [];
      rows[event.stream]?.push(...event.records.map((record) => JSON.parse(recordJson(record)) as Row));
    }
    if (event.type === 'warning') warnings.push(event.message);
    if (event.type === 'checkpoint') {
      for (const { stream, state } of event.states) states[stream] = JSON.parse(state);
    }
    if (event.type === 'finished') return { rows, states, outcome: event.outcome, warnings };
  }
  throw new Error('the run did not say that it finished');
}
