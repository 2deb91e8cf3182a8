import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { RecordCounter } from './record-counter.ts';
import type { Programs } from './section.ts';

/** What one run of a program took and gave. */
export interface MeasuredRun {
  /** From its start until it had ended and its output was read. */
  readonly wallMs: number;
  /** User and system time of the whole process. */
  readonly cpuMs: number;
  /** The most memory that was resident. */
  readonly peakBytes: number;
  readonly records: number;
  readonly bytes: number;
}

export interface MeasuredRunOptions {
  /** So many records must come. */
  readonly records?: number;
  /** Sees the output, too. */
  readonly onChunk?: (chunk: Buffer) => void;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a Node program to its end, reading its output as fast as it comes.
 *
 * @param args the program's path and its arguments
 * @throws Error with its last words when it fails or prints other than `records` records
 */
export function runMeasured(
  { usageReporter }: Programs,
  args: readonly string[],
  options: MeasuredRunOptions = {},
): Promise<MeasuredRun> {
  return runReporting([process.execPath, '--require', usageReporter, ...args], options);
}

/** The same for a command that itself tells file descriptor 3 at its end, in JSON, what has been used. */
export async function runReporting(
  [program = '', ...args]: readonly string[],
  { records, onChunk, env }: MeasuredRunOptions = {},
): Promise<MeasuredRun> {
  const counter = new RecordCounter();
  let lastWords = '';
  const begin = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    counter.add(chunk);
    onChunk?.(chunk);
    if (chunk.length < 65_536) lastWords = (lastWords + chunk.toString()).slice(-4000);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-4000);
  });
  let usage = '';
  (child.stdio[3] as Readable).on('data', (chunk: Buffer) => {
    usage += chunk.toString();
  });
  const exit = await new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
  const wallMs = performance.now() - begin;
  const command = [program, ...args].slice(0, 5).join(' ');
  if (exit !== 0) throw new Error(`${command} ended with ${exit}. Its last words:\n${lastWords}`);
  if (records !== undefined && counter.count !== records) {
    throw new Error(`${command} printed ${counter.count} records; expected ${records}.`);
  }
  const { cpuMs, peakBytes } = JSON.parse(usage) as Pick<MeasuredRun, 'cpuMs' | 'peakBytes'>;
  return { wallMs, cpuMs, peakBytes, records: counter.count, bytes: counter.bytes };
}
