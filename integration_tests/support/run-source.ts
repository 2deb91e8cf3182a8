import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import split2 from 'split2';

const PROGRAM = fileURLToPath(new URL('../../dist/source-tiktok-ads.js', import.meta.url));

/** One line of an Airbyte source, as loosely typed as JSON is; the conformance suite checks the lines themselves. */
export interface Message {
  readonly type: string;
  readonly record?: {
    readonly stream: string;
    readonly data: Record<string, unknown>;
    readonly meta?: { readonly changes: readonly unknown[] };
  };
  readonly state?: {
    readonly stream: { readonly stream_descriptor: { readonly name: string }; readonly stream_state: StreamState };
    readonly sourceStats: { readonly recordCount: number };
  };
  readonly log?: { readonly level: string; readonly message: string };
  readonly trace?: {
    readonly type: string;
    readonly error?: { readonly message: string; readonly failure_type: string };
    readonly stream_status?: {
      readonly stream_descriptor: { readonly name: string };
      readonly status: string;
      readonly reasons?: readonly unknown[];
    };
  };
  readonly connectionStatus?: { readonly status: string; readonly message?: string };
}

export interface StreamState {
  readonly version: number;
  readonly updated_at: string;
  readonly refresh?: { readonly generation_id: number; readonly sync_id: number };
  readonly advertisers: Record<string, { from: string; through: string; as_of: string; include_deleted?: false }>;
}

/** What a run of the program printed, and how it ended. */
export interface Run {
  readonly messages: readonly Message[];
  readonly records: readonly Record<string, unknown>[];
  readonly states: readonly StreamState[];
  /** Exit code, or the name of the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ReadOptions {
  readonly config: object;
  /** What is chosen in the catalog; a stream with its columns where not all are. Default: `campaign_daily`. */
  readonly streams?: readonly (string | readonly [name: string, columns: readonly string[]])[];
  /** Of `campaign_daily`. */
  readonly state?: StreamState | undefined;
  /** Of any streams, as the platform keeps them; see {@link lastStates}. */
  readonly states?: readonly object[] | undefined;
  readonly syncMode?: 'incremental' | 'full_refresh';
  /** As the platform numbers the sync in the catalog. */
  readonly ids?: { readonly generation_id: number; readonly sync_id: number } | undefined;
  /** Called for every message; may kill the process. Nothing more is read until it resolves. */
  readonly onMessage?: (message: Message, kill: (signal: NodeJS.Signals) => void) => void | Promise<void>;
}

/** Runs `read` as its users do: a process, files, stdout. */
export async function read(options: ReadOptions): Promise<Run> {
  const { config, streams = ['campaign_daily'], state, syncMode = 'incremental', ids, onMessage } = options;
  const catalog = {
    streams: streams.map((stream) => {
      const [name, columns] = typeof stream === 'string' ? [stream] : stream;
      const properties = columns && Object.fromEntries(columns.map((column) => [column, {}]));
      return {
        stream: {
          name,
          json_schema: properties ? { properties } : {},
          supported_sync_modes: ['full_refresh', 'incremental'],
        },
        sync_mode: syncMode,
        destination_sync_mode: 'append_dedup',
        ...ids,
      };
    }),
  };
  const ofCampaigns = state && [
    { type: 'STREAM', stream: { stream_descriptor: { name: 'campaign_daily' }, stream_state: state } },
  ];
  const states = options.states ?? ofCampaigns;
  return run('read', { config, catalog, ...(states && { state: states }) }, onMessage);
}

/** The last state of each stream, as a platform keeps them for the next run. */
export function lastStates(...runs: readonly Run[]): object[] {
  const states = runs.flatMap(({ messages }) => messages.flatMap(({ state }) => state ?? []));
  return [...new Map(states.map((state) => [state.stream.stream_descriptor.name, state])).values()];
}

/** Runs `check`. */
export function check(config: object): Promise<Run> {
  return run('check', { config });
}

async function run(
  verb: string,
  files: Readonly<Record<string, object>>,
  onMessage?: ReadOptions['onMessage'],
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'source-tiktok-ads-'));
  try {
    const flags: string[] = [];
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, `${name}.json`);
      await writeFile(path, JSON.stringify(content));
      flags.push(`--${name}`, path);
    }
    const child = spawn(process.execPath, [PROGRAM, verb, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const ended = new Promise<number | NodeJS.Signals>((resolve) => {
      child.on('close', (code, signal) => resolve(code ?? signal ?? 1));
    });
    const messages: Message[] = [];
    const lines: string[] = [];
    let killed = false;
    for await (const line of child.stdout.pipe(split2())) {
      lines.push(line);
      // What a kill cuts off is no line; a reader drops it.
      if (killed && !line.endsWith('}')) continue;
      const message = JSON.parse(line) as Message;
      messages.push(message);
      await onMessage?.(message, (signal) => {
        killed = true;
        child.kill(signal);
      });
    }
    return {
      messages,
      records: messages.flatMap(({ record }) => (record ? [record.data] : [])),
      states: messages.flatMap(({ state }) => (state ? [state.stream.stream_state] : [])),
      exit: await ended,
      stdout: lines.join('\n'),
      stderr,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The table of a destination that upserts on the key. */
export class Table {
  readonly rows = new Map<string, Record<string, unknown>>();

  upsert(records: Iterable<Record<string, unknown>>): this {
    for (const record of records) this.rows.set(`${record.date} ${record.campaign_id}`, record);
    return this;
  }

  /** By key. */
  get sorted(): Record<string, unknown>[] {
    return [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

/** The texts of log lines of a level. */
export function logsOf({ messages }: Run, level: string): string[] {
  return messages.flatMap(({ log }) => (log?.level === level ? [log.message] : []));
}

/** The TRACE ERROR of a run, of which there must be one at most. */
export function errorOf({ messages }: Run): { message: string; failure_type: string } | undefined {
  const errors = messages.flatMap(({ trace }) => (trace?.error ? [trace.error] : []));
  if (errors.length > 1) throw new Error(`${errors.length} TRACE ERRORs: ${JSON.stringify(errors)}`);
  return errors[0];
}
