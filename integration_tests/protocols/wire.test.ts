import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import split2 from 'split2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Real processes and real pipes: what they do when a reader is slow, stops or goes cannot be seen any other way.
const folder = mkdtempSync(join(tmpdir(), 'wire-'));
const talker = join(folder, 'talker.mjs');

beforeAll(async () => {
  const entry = resolve(import.meta.dirname, 'wire', 'talker.ts');
  await build({ entryPoints: [entry], outfile: talker, bundle: true, platform: 'node', format: 'esm' });
});
afterAll(() => rmSync(folder, { recursive: true }));

type Talker = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

function start(...args: string[]): Talker {
  return spawn(process.execPath, [talker, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }) as Talker;
}

/** Exit code and signal, when the process has ended and its pipes are read out or closed. */
async function ending(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  const [code, signal] = await once(child, 'exit');
  return { code, signal };
}

/** The first line on a stream that has not been read from yet; further ones stay with `rest`. */
async function firstLine(stream: Readable): Promise<string> {
  const [line] = await once(stream.pipe(split2()), 'data');
  return line as string;
}

describe('a reader that takes its time', () => {
  it('gets every line in order, and the writer waits for it with no more than two chunks in hand', async () => {
    const child = start('table');
    const ended = ending(child);
    // Nobody reads yet: the talker itself says when it has come to a halt.
    const halt = await firstLine(child.stderr);
    const [, lines, megabytes] = /waiting after (\d+) lines, (\d+) MB/.exec(halt) ?? [];
    // Lines of some 525 bytes: two chunks of 64 KiB, and what the system holds between two processes.
    expect(Number(lines)).toBeLessThan(1500);
    expect(Number(megabytes)).toBeLessThan(100);
    let next = 0;
    let outOfOrder = 0;
    let last: unknown;
    child.stderr.resume();
    for await (const line of child.stdout.pipe(split2())) {
      last = JSON.parse(line);
      if ((last as { line?: number }).line === next) next += 1;
      else if (!(last as { last?: boolean }).last) outOfOrder += 1;
    }
    expect({ next, outOfOrder, last }).toEqual({ next: 200_000, outOfOrder: 0, last: { last: true } });
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it.each(['die', 'exit-0'])(
    'and has stopped reading for good does not keep a signal from ending the process (%s)',
    async (how) => {
      const child = start('table', how);
      const ended = ending(child);
      await firstLine(child.stderr);
      child.kill('SIGTERM');
      expect(await ended).toEqual(how === 'die' ? { code: null, signal: 'SIGTERM' } : { code: 0, signal: null });
      child.stdout.destroy();
    },
  );
});

describe('a reader that goes away', () => {
  it('ends the work with a word, and exit code 1', async () => {
    const child = start('table');
    const ended = ending(child);
    await firstLine(child.stderr);
    const said = text(child.stderr);
    child.stdout.destroy();
    expect(await ended).toEqual({ code: 1, signal: null });
    expect((await said).replaceAll(/^waiting after .*\n/gm, '')).toBe(
      'Stopped before the end: what was reading this output has closed it.\n',
    );
  });

  it('is told apart from a full disk, which is said', async () => {
    const child = spawn(process.execPath, [talker, 'table'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    const ended = ending(child);
    expect(await text(child.stderr as Readable)).toMatch(/^Standard output takes no more: ENOSPC/m);
    expect(await ended).toEqual({ code: 1, signal: null });
  });
});

describe('a file that takes a part of a chunk', () => {
  const limitFile = (pid: number | undefined, bytes: string) =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);

  it('ends the work with what went wrong, and no line follows the hole, though the file takes more by then', async () => {
    const file = join(folder, 'limited.jsonl');
    const child = spawn(process.execPath, [talker, 'chunks-on-demand'], {
      stdio: ['ignore', openSync(file, 'w'), 'pipe'],
    });
    const ended = ending(child);
    const said: string[] = [];
    for await (const line of (child.stderr as Readable).pipe(split2())) {
      said.push(line);
      // The first chunk is in the file; of the second one it takes some bytes, of the third one all.
      if (line === 'ready 1') limitFile(child.pid, String(statSync(file).size + 1000));
      if (line === 'ready 2') limitFile(child.pid, 'unlimited');
      if (line.startsWith('ready')) child.kill('SIGUSR2');
    }
    expect(said.at(-1)).toMatch(/^Standard output takes no more: EFBIG/);
    expect(await ended).toEqual({ code: 1, signal: null });
    const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    expect(whole.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual([...whole.keys()]);
    expect(whole).toHaveLength(41);
  });
});

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s lets the last lines out, then ends the process as it would have',
    async (signal) => {
      const child = start('wait-for-signal');
      const ended = ending(child);
      const lines: string[] = [];
      for await (const line of child.stdout.pipe(split2())) {
        lines.push(line);
        if (lines.length === 1) child.kill(signal);
      }
      expect(lines).toEqual(['{"ready":true}', '{"last":true}']);
      expect(await ended).toEqual({ code: null, signal });
    },
  );

  it('ends a Singer tap with exit code 0 once its last lines are out', async () => {
    const child = start('wait-for-signal', 'exit-0');
    const ended = ending(child);
    const lines: string[] = [];
    for await (const line of child.stdout.pipe(split2())) {
      lines.push(line);
      if (lines.length === 1) child.kill('SIGTERM');
    }
    expect(lines.at(-1)).toBe('{"last":true}');
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it('that comes again, or with others, changes nothing', async () => {
    const child = start('wait-for-signal');
    const ended = ending(child);
    const lines: string[] = [];
    for await (const line of child.stdout.pipe(split2())) {
      lines.push(line);
      if (lines.length > 1) continue;
      child.kill('SIGTERM');
      child.kill('SIGTERM');
      child.kill('SIGINT');
    }
    expect(lines.at(-1)).toBe('{"last":true}');
    const { signal } = await ended;
    // The system may hand over two signals that wait at once in any order.
    expect(['SIGTERM', 'SIGINT']).toContain(signal);
  });

  it('ends work that does not heed it', async () => {
    const child = start('deaf');
    const ended = ending(child);
    await firstLine(child.stdout);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: null, signal: 'SIGTERM' });
  });
});

describe('standard output', () => {
  it('carries no line of anybody else', async () => {
    const child = start('noisy-dependency');
    const ended = ending(child);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stdout).toBe('{"line":1}\n');
    expect(stderr).toBe('from console.log\nfrom stdout.write\nfrom console.info\n');
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});

describe('an error that nobody caught', () => {
  it.each([
    { behaviour: 'throws', says: 'the work failed' },
    { behaviour: 'throws-elsewhere', says: 'nobody catches this' },
    { behaviour: 'rejects-elsewhere', says: 'nobody catches this' },
    { behaviour: 'waits-for-what-never-comes', says: 'The program came to rest before its work was done.' },
  ])('is told to the reader as the last line, with exit code 1 ($behaviour)', async ({ behaviour, says }) => {
    const child = start(behaviour);
    const ended = ending(child);
    const [stdout] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(JSON.stringify({ defect: says }));
    expect(await ended).toEqual({ code: 1, signal: null });
  });
});
