import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import split2 from 'split2';

const PROGRAM = fileURLToPath(new URL('../../dist/tap-tiktok-ads.js', import.meta.url));

/** One line of a Singer tap, as loosely typed as JSON is; `checkTapOutput` checks the lines themselves. */
export interface SingerMessage {
  readonly type: string;
  readonly stream?: string;
  readonly schema?: { readonly properties: Readonly<Record<string, unknown>> };
  readonly key_properties?: readonly string[];
  readonly bookmark_properties?: readonly string[];
  readonly record?: Readonly<Record<string, unknown>>;
  readonly time_extracted?: string;
  readonly value?: SingerState;
}

export interface SingerState {
  readonly bookmarks: Readonly<Record<string, unknown>>;
}

/** What a run of the tap printed, and how it ended. */
export interface TapRun {
  readonly messages: readonly SingerMessage[];
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly states: readonly SingerState[];
  /** Exit code, or the name of the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
  readonly stdout: string;
  /** Lines of standard error. */
  readonly log: readonly string[];
}

export interface TapOptions {
  /** Written to files, each handed over by the flag of its name; several configs by several flags. */
  readonly config?: object | readonly object[];
  readonly catalog?: unknown;
  readonly properties?: unknown;
  readonly state?: unknown;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called for every message; may kill the process. Nothing more is read until it resolves. */
  readonly onMessage?: (message: SingerMessage, kill: (signal: NodeJS.Signals) => void) => void | Promise<void>;
}

export type Tap = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the tap; its files are gone when the process is. */
export function startTap({ flags = [], env = {}, ...options }: TapOptions): Tap {
  const folder = mkdtempSync(join(tmpdir(), 'tap-tiktok-ads-'));
  const args: string[] = [];
  const { config = [] } = options;
  const files = [
    ...(Array.isArray(config) ? config : [config]).map((content) => ['config', content] as const),
    ...(['catalog', 'properties', 'state'] as const).map((name) => [name, options[name]] as const),
  ];
  for (const [index, [name, content]] of files.entries()) {
    if (content === undefined) continue;
    const path = join(folder, `${index}.json`);
    writeFileSync(path, JSON.stringify(content));
    args.push(`--${name}`, path);
  }
  const child = spawn(process.execPath, [PROGRAM, ...args, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  child.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return child;
}

/** Runs the tap to its end, as its users do: a process, files, standard output. */
export async function runTap(options: TapOptions): Promise<TapRun> {
  const child = startTap(options);
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const messages: SingerMessage[] = [];
  const lines: string[] = [];
  const isSync = !(options.flags ?? []).some((flag) => /^--(discover|about|version|help)/.test(flag));
  for await (const line of child.stdout.pipe(split2())) {
    lines.push(line);
    if (!isSync) continue;
    const message = JSON.parse(line) as SingerMessage;
    messages.push(message);
    await options.onMessage?.(message, (signal) => child.kill(signal));
  }
  return {
    messages,
    records: messages.flatMap(({ record }) => (record ? [record] : [])),
    states: messages.flatMap(({ type, value }) => (type === 'STATE' && value ? [value] : [])),
    exit: await ended,
    stdout: lines.map((line) => `${line}\n`).join(''),
    log: stderr.split('\n').filter(Boolean),
  };
}
