import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import split2 from 'split2';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/start-emulator.ts';
import { type JsonObject, type Message, readLine, type Stream } from './message.ts';
import type { Invocation, Started, Target } from './target.ts';

/** One run of the connector, from start to end. */
export interface Run {
  readonly exitCode: number | null;
  /** The signal that ended it. */
  readonly signal: string | null;
  readonly lines: readonly string[];
  /** The lines that are messages. */
  readonly messages: readonly Message[];
  /** Standard output ends with a line break: its last line is whole. */
  readonly lastLineIsWhole: boolean;
  readonly stderr: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What to do while the connector runs. */
export interface While {
  /** Called with each message as it comes, and with the process. */
  readonly onMessage?: (message: Message, process: Started['process']) => unknown;
}

/** A run that takes longer hangs, milliseconds. */
const RUN_LIMIT_MS = 90_000;

/**
 * The connector under test with a configuration that works, and what all requirements share: runs are remembered where
 * they can be, and everything that was ever said is kept for the requirements that hold throughout.
 */
export class Session {
  readonly target: Target;
  readonly config: JsonObject;
  /** Everything wrong with any line of any run. */
  readonly lineMistakes = new Set<string>();
  readonly unknownKeys = new Set<string>();
  readonly cutLines = new Set<string>();
  /** Runs that told a secret of the configuration. */
  readonly leaks = new Set<string>();
  /** Runs so far. */
  runs = 0;
  readonly #memory = new Map<string, Promise<Run>>();

  constructor(target: Target, config: JsonObject) {
    this.target = target;
    this.config = config;
  }

  /** Runs a verb to its end. */
  async run(invocation: Invocation, { onMessage }: While = {}): Promise<Run> {
    const started = this.target.start(invocation);
    const { process } = started;
    const startedAt = Date.now();
    const limit = setTimeout(() => process.kill('SIGKILL'), RUN_LIMIT_MS);
    const exited = once(process, 'exit');
    // A program that does not exist fails here, perhaps before anybody waits for it.
    exited.catch(() => {});
    let last = '';
    process.stdout.on('data', (chunk: Buffer) => {
      last = chunk.subarray(-1).toString('latin1') || last;
    });
    const stderr = text(process.stderr);
    const lines: string[] = [];
    const messages: Message[] = [];
    try {
      for await (const line of process.stdout.pipe(split2()) as AsyncIterable<string>) {
        lines.push(line);
        const { message, mistakes, unknownKeys } = readLine(line);
        const about = `${invocation.verb}: ${line.slice(0, 200)}`;
        for (const mistake of mistakes) this.lineMistakes.add(`${about}: ${mistake}`);
        for (const key of unknownKeys) this.unknownKeys.add(`${invocation.verb}: ${key}`);
        if (!message) continue;
        messages.push(message);
        await onMessage?.(message, process);
      }
      const [exitCode, signal] = await exited;
      const run: Run = {
        exitCode,
        signal,
        lines,
        messages,
        lastLineIsWhole: last === '' || last === '\n',
        stderr: await stderr,
        startedAt,
        endedAt: Date.now(),
      };
      this.#remember(invocation, run);
      return run;
    } finally {
      clearTimeout(limit);
      process.kill('SIGKILL');
      started.cleanUp();
    }
  }

  /** Starts a verb whose output the requirement reads, or does not read, itself. The caller cleans up. */
  start(invocation: Invocation): Started {
    return this.target.start(invocation);
  }

  spec(): Promise<Run> {
    return this.#once('spec', () => this.run({ verb: 'spec' }));
  }

  check(): Promise<Run> {
    return this.#once('check', () => this.run({ verb: 'check', files: { config: this.config } }));
  }

  discover(): Promise<Run> {
    return this.#once('discover', () => this.run({ verb: 'discover', files: { config: this.config } }));
  }

  /** The first read: every stream in the best mode that it offers, without a state. */
  firstRead(): Promise<Run> {
    return this.#once('read', async () =>
      this.run({ verb: 'read', files: { config: this.config, catalog: await this.catalog() } }),
    );
  }

  /** The streams that discover offers. */
  async streams(): Promise<readonly Stream[]> {
    const { messages } = await this.discover();
    return messages.find(({ catalog }) => catalog)?.catalog?.streams ?? [];
  }

  /** A configured catalog of every stream. */
  async catalog(change: (stream: Stream) => JsonObject = () => ({})): Promise<{ streams: JsonObject[] }> {
    const streams = await this.streams();
    return {
      streams: streams.map((stream) => ({
        stream,
        sync_mode: stream.supported_sync_modes.includes('incremental') ? 'incremental' : 'full_refresh',
        destination_sync_mode: 'append',
        cursor_field: stream.default_cursor_field ?? [],
        primary_key: stream.source_defined_primary_key ?? [],
        ...change(stream),
      })),
    };
  }

  #once(name: string, run: () => Promise<Run>): Promise<Run> {
    const known = this.#memory.get(name) ?? run();
    this.#memory.set(name, known);
    return known;
  }

  #remember({ verb, files }: Invocation, run: Run): void {
    this.runs += 1;
    if (!run.lastLineIsWhole) this.cutLines.add(`${verb}: …${run.lines.at(-1)?.slice(-100)}`);
    const said = `${run.lines.join('\n')}\n${run.stderr}`;
    const secrets = new Set([...secretsOf(this.config), ...secretsOf(files?.config)]);
    for (const secret of secrets) {
      if (said.includes(secret) || said.includes(encodeURIComponent(secret))) this.leaks.add(verb);
    }
  }
}

/** Values of a configuration that nobody may ever print, by the names that they go by. */
function secretsOf(value: unknown, key = ''): string[] {
  // Shorter ones would be found in any text.
  if (typeof value === 'string')
    return /token|secret|password|app_id|api_key/.test(key) && value.length >= 6 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => secretsOf(member, name));
}

/** The first line of a stream. */
export async function firstLine(stream: Readable): Promise<string> {
  const [line] = await once(createInterface({ input: stream }), 'line');
  return line as string;
}

/** Runs something against a TikTok of its own, which is gone afterwards. */
export async function withEmulator(
  options: EmulatorOptions,
  use: (emulator: Emulator) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator(options);
  try {
    await use(emulator);
  } finally {
    await emulator.close();
  }
}
