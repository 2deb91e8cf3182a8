import assert from 'node:assert/strict';
import type { Descriptor, Message, Stream } from './message.ts';
import type { Run, Session } from './session.ts';

/** Something that the protocol, or a program that runs sources, asks of a source. */
export interface Requirement {
  /** Of the written list, REQUIREMENTS.md. */
  readonly number: string;
  readonly says: string;
  /** Who asks for it. */
  readonly source: string;
  /** Makes sense for one kind of target only. */
  readonly only?: 'command' | 'image';
  /** Needs a TikTok that does what it is told; cannot be tried with a configuration of one's own. */
  readonly needsEmulator?: true;
  /** Resolves when the requirement is met. Throws what is wrong. */
  readonly test: (session: Session) => Promise<void>;
}

export function ofType(run: Run, type: Message['type']): Message[] {
  return run.messages.filter((message) => message.type === type);
}

export function recordsOf(run: Run): NonNullable<Message['record']>[] {
  return run.messages.flatMap(({ record }) => record ?? []);
}

export function statesOf(run: Run): NonNullable<Message['state']>[] {
  return run.messages.flatMap(({ state }) => state ?? []);
}

export function errorsOf(run: Run) {
  return run.messages.flatMap(({ trace }) => trace?.error ?? []);
}

/** The statuses of a stream, in order. */
export function statusesOf(run: Run, { name }: Descriptor): string[] {
  return run.messages.flatMap(({ trace }) =>
    trace?.stream_status?.stream_descriptor.name === name ? [trace.stream_status.status] : [],
  );
}

/** The values of a record's primary key, as one text. */
export function keyOf(
  { source_defined_primary_key: key = [] }: Stream,
  data: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify(key.map(([column]) => (column === undefined ? undefined : data[column])));
}

/** The input state that a platform makes of a read's states: the last of each stream. */
export function inputStateOf(run: Run): object[] {
  const last = new Map(statesOf(run).map((state) => [state.stream?.stream_descriptor.name ?? '', state]));
  return [...last.values()].map(({ type, stream }) => ({ type, stream }));
}

export function assertExitCode(run: Run, code: number): void {
  assert.equal(run.exitCode, code, `exit code ${run.exitCode ?? run.signal}, expected ${code}; ${lastWordsOf(run)}`);
}

/** A failure as the protocol wants it: exit code not 0, exactly one TRACE ERROR of that type, no record. */
export function assertFailed(run: Run, failureType: string): void {
  assert.notEqual(run.exitCode, 0, 'the exit code is 0');
  const errors = errorsOf(run);
  assert.equal(errors.length, 1, `${errors.length} TRACE ERRORs, expected 1`);
  assert.equal(errors[0]?.failure_type, failureType, `${errors[0]?.failure_type}: ${errors[0]?.message}`);
}

export function lastWordsOf(run: Run): string {
  return `the last line: ${run.lines.at(-1)?.slice(0, 300) ?? 'none'}; standard error: ${run.stderr.slice(0, 300) || 'empty'}`;
}
