import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, onTestFailed, onTestFinished } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { withoutTimers } from './without-timers.ts';

export const PROGRAM = resolve(import.meta.dirname, '../../dist/source-tiktok-ads.js');

/** Of the running test; see {@link newForEachTest}. */
export let emulator: Emulator;
export let folder: string;

/** Gives each test of the file that calls it a new emulator and an empty folder. */
export function newForEachTest(): void {
  beforeEach(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), 'setup-'));
    await withoutTimers(join(folder, '.state/bin'));
  });
  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true });
  });
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface Run {
  /** Everything printed so far, without the terminal's control sequences. */
  readonly output: () => string;
  readonly ended: Promise<Ended>;
  /** Resolves once the output, after what was met before, holds this. */
  meet(text: string): Promise<void>;
  type(text: string): void;
}

/** A program in the folder, with pipes instead of a terminal. */
export function start(program: string, args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(program, args, {
    cwd: folder,
    // No other loader is found here, and the timers of this machine stay as they are.
    env: { ...process.env, PATH: `${folder}/.state/bin:/usr/bin:/bin`, XDG_STATE_HOME: join(folder, '.state'), ...env },
    stdio: 'pipe',
  });
  let output = '';
  let met = 0;
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    output += chunk.toString().replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
    for (const listener of [...listeners]) listener();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  // Where a question is not met, what came instead says why.
  onTestFailed(() => void process.stderr.write(output));
  onTestFinished(() => void child.kill());
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    output: () => output,
    ended,
    type: (text) => child.stdin.write(text),
    meet: (text) =>
      new Promise((done, fail) => {
        const look = (): void => {
          const at = output.indexOf(text, met);
          if (at < 0) return;
          met = at + text.length;
          listeners.delete(look);
          done();
        };
        listeners.add(look);
        void ended.then(({ code }) => fail(new Error(`ended with ${code} before "${text}":\n${output}`)));
        look();
      }),
  };
}

/** `setup` without a question. */
export function setup(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return start(process.execPath, [PROGRAM, 'setup', '--api-url', emulator.apiUrl, ...args], {
    TIKTOK_APP_SECRET: emulator.credentials.secret,
    ...env,
  }).ended;
}

/** The configuration that was written. */
export const config = async (path = 'brand/config.json') => JSON.parse(await readFile(join(folder, path), 'utf8'));
