import type { Config } from '../config/config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { readJsonFile } from '../config/read-json-file.ts';
import type { ReportStream } from '../streams/stream.ts';
import { type Audience, runSync } from '../sync/run.ts';
import { keepHeapSmall } from '../wire/keep-heap-small.ts';
import { type ProgramIo, runProgram } from '../wire/program.ts';
import { catalogOf, configuredCatalogOf } from './catalog.ts';
import { checkConnection } from './check-connection.ts';
import { parseConfiguredCatalog } from './configured-catalog.ts';
import { parseInputState } from './input-state.ts';
import { readStreams } from './read-streams.ts';
import { Reporter } from './reporter.ts';
import { specLine } from './spec-line.ts';
import { isInputError, traceErrorOf } from './trace-error.ts';

/** The file of a configuration and how much to tell. */
export interface ConfigArguments {
  readonly configPath: string;
  /** Log at level DEBUG, too. */
  readonly debug: boolean;
}

export interface ReadArguments extends ConfigArguments {
  /** Without it the default streams are read. */
  readonly catalogPath?: string | undefined;
  readonly statePath?: string | undefined;
  /** Overrides the configuration's. */
  readonly shard?: string | undefined;
}

/** What the program is made with: its streams, and the people who watch it. */
export interface SourceOptions {
  readonly streams: readonly ReportStream[];
  readonly audience?: Audience | undefined;
}

/** A command line that cannot be understood, as shells and `getopt` programs answer it. */
const USAGE_EXIT_CODE = 2;

/** `spec`: prints what can be configured. Resolves with the exit code, as all of these do. */
export async function runSpec(): Promise<number> {
  return await runVerb({ debug: false }, async ({ io }) => {
    io.out.add(`${specLine()}\n`);
    return 0;
  });
}

/**
 * `check`: tries the configuration and prints one CONNECTION_STATUS.
 *
 * What the operator can mend is FAILED with exit code 0, as the protocol wants it. When the check could not find out
 * (TikTok out of reach, a defect), it prints a TRACE ERROR without a status and exits with 1: neither status would be true.
 */
export async function runCheck(
  { configPath, debug }: ConfigArguments,
  { streams, audience }: SourceOptions,
): Promise<number> {
  return await runVerb({ debug, audience }, async ({ io, reporter }) => {
    let config: Config;
    try {
      config = configFrom(configPath, reporter);
    } catch (error) {
      if (!isInputError(error)) throw error;
      audience?.fail(error.message);
      reporter.say({ type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: error.message } });
      return 0;
    }
    // A stream that is not read by default may need a permission that the operator does not have, and need not have.
    const configured = streams.filter(({ isDefault }) => isDefault);
    return await checkConnection({ config, streams: configured, io, reporter });
  });
}

/** `discover`: prints the CATALOG. Needs no network: the columns depend on the configuration only. */
export async function runDiscover(
  { configPath, debug }: ConfigArguments,
  { streams, audience }: SourceOptions,
): Promise<number> {
  return await runVerb({ debug, audience }, async ({ reporter }) => {
    const config = configFrom(configPath, reporter);
    reporter.say({ type: 'CATALOG', catalog: catalogOf(streams, config) });
    return 0;
  });
}

/** `read`: prints records, states and what happens; 0 only when everything asked for was read. */
export async function runRead(
  { configPath, catalogPath, statePath, shard, debug }: ReadArguments,
  { streams, audience }: SourceOptions,
): Promise<number> {
  return await runVerb({ debug, audience }, async ({ io, reporter }) => {
    const config = configFrom(configPath, reporter, shard);
    const catalog = catalogPath === undefined ? defaultCatalog(streams, config) : readJsonFile(catalogPath, 'catalog');
    const configured = parseConfiguredCatalog(catalog, { streams, columns: config });
    if (catalogPath === undefined) {
      const names = configured.streams.map(({ stream }) => stream.name).join(', ');
      reporter.note(`No --catalog is given: ${names} is read, incrementally, with all its columns.`);
    }
    const states = parseInputState(
      statePath === undefined ? undefined : readJsonFile(statePath, 'state'),
      streams.map(({ name }) => name),
    );
    for (const warning of [...configured.warnings, ...states.warnings]) reporter.log('WARN', warning);
    if (configured.streams.length === 0) return 0;
    const requests = configured.streams.map(({ stream, mode, refresh, columns }) => ({
      stream,
      columns,
      // Without its numbers the state cannot say which full refresh left it.
      state: mode === 'incremental' || refresh ? states.byStream.get(stream.name) : undefined,
      refresh,
    }));
    setImmediate(keepHeapSmall); // When the first request is on its way.
    const events = runSync({
      config,
      streams: requests,
      signal: io.signal,
      ...(audience && { onTick: (progress) => audience.progress(progress) }),
    });
    const descriptors = configured.streams.map(({ descriptor }) => descriptor);
    return (await readStreams(descriptors, events, { io, reporter })) ? 0 : 1;
  });
}

function defaultCatalog(streams: readonly ReportStream[], config: Config): unknown {
  return configuredCatalogOf(
    streams.filter(({ isDefault }) => isDefault),
    config,
  );
}

/** Answers a wrong command line of a protocol verb in the words of the protocol. */
export async function reportUsageError(message: string): Promise<number> {
  return await runVerb({ debug: false }, async ({ reporter }) => {
    reporter.error({ message, failure_type: 'config_error' });
    return USAGE_EXIT_CODE;
  });
}

/** Runs a verb; anything thrown becomes its only TRACE ERROR, with exit code 1. */
async function runVerb(
  { debug, audience }: { readonly debug: boolean; readonly audience?: Audience | undefined },
  verb: (tools: { readonly io: ProgramIo; readonly reporter: Reporter }) => Promise<number>,
): Promise<number> {
  let reporter: Reporter | undefined;
  return await runProgram({
    work: async (io) => {
      reporter = new Reporter(io.out, { debug, audience });
      return await verb({ io, reporter });
    },
    describeDefect: (error) => reporter?.lastLines(traceErrorOf(error)) ?? '',
    afterSignal: 'die',
  });
}

/** The configuration in a file; from here on its secrets are hidden. */
function configFrom(path: string, reporter: Reporter, shard?: string): Config {
  const config = parseConfig(readJsonFile(path, 'config'), { shard });
  reporter.hide(config.secrets);
  return config;
}
