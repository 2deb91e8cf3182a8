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

/**
 * Runs a Node program to its end, reading its output as fast as it comes.
 *
 * @param onChunk sees the output, too
 * @throws Error with its last words when it fails or prints other than `records` records
 */
export async function runMeasured(
  { usageReporter }: Programs,
  args: readonly string[],
  { records, onChunk }: { readonly records?: number; readonly onChunk?: (chunk: Buffer) => void } = {},
): Promise<MeasuredRun> {
  const counter = new RecordCounter();
  let lastWords = '';
  const begin = performance.now();
  const child = spawn(process.execPath, ['--require', usageReporter, ...args], {
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
  const command = args.slice(0, 2).join(' ');
  if (exit !== 0) throw new Error(`${command} ended with ${exit}. Its last words:\n${lastWords}`);
  if (records !== undefined && counter.count !== records) {
    throw new Error(`${command} printed ${counter.count} records; expected ${records}.`);
  }
  const { cpuMs, peakBytes } = JSON.parse(usage) as Pick<MeasuredRun, 'cpuMs' | 'peakBytes'>;
  return { wallMs, cpuMs, peakBytes, records: counter.count, bytes: counter.bytes };
}
