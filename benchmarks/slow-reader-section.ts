import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { MEGABYTES_MAX } from './memory-section.ts';
import { type ProgramName, readArguments } from './read-arguments.ts';
import { residentBytes } from './resident-memory.ts';
import type { Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const ADVERTISERS = 100;
const ROWS_PER_DAY = 100;
const DAYS = 300;

/** A reader: how much it takes of the output, and how often. */
interface Reader {
  readonly says: string;
  readonly everyMs: number;
  readonly take: (stdout: Readable) => void;
}

const READERS: readonly Reader[] = [
  { says: '64 KiB every 50 ms', everyMs: 50, take: (stdout) => stdout.read(Math.min(65_536, stdout.readableLength)) },
  { says: 'a line a second', everyMs: 1000, take: readLine },
];

/** Memory of a read whose output is taken slowly: it must not grow. */
export const slowReaderSection: Section = {
  name: 'slow-reader',
  title: 'Memory with a slow reader',
  async measure(bench) {
    const { programs, quick } = bench;
    const seconds = quick ? 12 : 60;
    const tiktok = await startTikTok(programs, preparedAccounts(ADVERTISERS, ROWS_PER_DAY));
    try {
      const figures: {
        reader: string;
        program: ProgramName;
        afterThirdMegabytes: number;
        atEndMegabytes: number;
        peakMegabytes: number;
      }[] = [];
      for (const reader of READERS) {
        for (const program of ['source', 'tap'] as const) {
          bench.say(`  ${reader.says}, ${program}, ${seconds} s`);
          const args = await readArguments(bench, program, tiktok, { from: firstDay(DAYS), to: LAST_DAY });
          const samples = await residentSamples(args, reader, seconds);
          figures.push({
            reader: reader.says,
            program,
            afterThirdMegabytes: (samples[Math.floor(samples.length / 3)] ?? 0) / 1e6,
            atEndMegabytes: (samples.at(-1) ?? 0) / 1e6,
            peakMegabytes: Math.max(...samples) / 1e6,
          });
        }
      }
      const largest = Math.max(...figures.map(({ peakMegabytes }) => peakMegabytes));
      return {
        columns: [
          { title: 'reader takes' },
          { title: 'program' },
          { title: `MB after ${seconds / 3} s`, align: 'right' },
          { title: `after ${seconds} s`, align: 'right' },
          { title: 'most', align: 'right' },
        ],
        rows: figures.map(({ reader, program, afterThirdMegabytes, atEndMegabytes, peakMegabytes }) => [
          reader,
          program === 'source' ? 'source-tiktok-ads read' : 'tap-tiktok-ads',
          ...[afterThirdMegabytes, atEndMegabytes, peakMegabytes].map((value) => value.toFixed(0)),
        ]),
        notes: [
          `A read of ${(ADVERTISERS * ROWS_PER_DAY * DAYS).toLocaleString('en')} rows, ended after ${seconds} s; its resident memory, looked at five times a second.`,
        ],
        budgets: [
          {
            what: 'memory with a slow reader',
            limit: `under ${MEGABYTES_MAX} MB resident`,
            measured: `${largest.toFixed(0)} MB`,
            isMet: largest < MEGABYTES_MAX,
          },
        ],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};

/** Resident bytes of a program five times a second, while its output is read as `reader` does; it is ended then. */
async function residentSamples(args: readonly string[], reader: Reader, seconds: number): Promise<number[]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  // Fills the buffer once without a flow.
  child.stdout.on('readable', () => {});
  const takes = setInterval(() => reader.take(child.stdout), reader.everyMs);
  try {
    const samples: number[] = [];
    for (let count = 0; count < seconds * 5; count++) {
      await pause(200);
      if (child.exitCode !== null) throw new Error(`The program ended by itself with ${child.exitCode}.`);
      samples.push(residentBytes(child.pid ?? 0));
    }
    return samples;
  } finally {
    clearInterval(takes);
    child.kill('SIGKILL');
    await ended;
  }
}

/** Takes one line off a stream; nothing when none has come whole. */
function readLine(stdout: Readable): void {
  const held = stdout.read() as Buffer | null;
  if (!held) return;
  const end = held.indexOf('\n') + 1;
  if (end < held.length) stdout.unshift(held.subarray(end));
}
