import program from '../../package.json' with { type: 'json' };
import spec from '../../spec.json' with { type: 'json' };
import { parseConfig } from '../config/parse-config.ts';
import { readJsonFile } from '../config/read-json-file.ts';
import type { JsonObject } from '../json/json.ts';
import { columnChoiceIn, type ReportStream } from '../streams/stream.ts';
import { type Audience, runSync } from '../sync/run.ts';
import { parseState } from '../sync/state.ts';
import { createRedactor } from '../tiktok/redact.ts';
import { keepHeapSmall } from '../wire/keep-heap-small.ts';
import { type ProgramIo, runProgram } from '../wire/program.ts';
import { ABOUT_FORMATS, type AboutFormat, aboutTap, formatAbout } from './about.ts';
import { describeReport, discoverCatalog } from './catalog.ts';
import { readConfigInput } from './config-input.ts';
import { describeTapFailure } from './describe-tap-failure.ts';
import { Log } from './log.ts';
import { logSettings } from './log-settings.ts';
import { selectDefault, selectFrom } from './selection.ts';
import { listSettings } from './settings.ts';
import { Bookmarks } from './state.ts';
import { syncStreams } from './sync-streams.ts';
import { UsageError } from './usage-error.ts';

/** The arguments of `tap-tiktok-ads`, by their long names (Singer specification and Meltano's Singer SDK). */
export interface TapOptions {
  /** Files, or the word `ENV`; later ones win. */
  readonly config?: string | readonly string[] | undefined;
  readonly catalog?: string | undefined;
  /** The former name of `catalog`. */
  readonly properties?: string | undefined;
  readonly state?: string | undefined;
  /** Overrides the configuration's. */
  readonly shard?: string | undefined;
  readonly discover?: boolean | undefined;
  readonly about?: boolean | undefined;
  /** Of `about`; without it, text. */
  readonly format?: string | undefined;
  readonly version?: boolean | undefined;
  /** `schema`, or anything else for one record of each stream. */
  readonly test?: string | boolean | undefined;
  readonly debug?: boolean | undefined;
}

const NAME = 'tap-tiktok-ads';

/**
 * The Singer program: its messages go to standard output, all else to standard error.
 *
 * @returns the exit code, when every line has been written: 0 when everything asked for was done, or when a signal
 *   stopped the sync and its last STATE is out; 1 otherwise, with a CRITICAL line that says why
 */
export async function runTap(
  options: TapOptions,
  { streams, audience }: { readonly streams: readonly ReportStream[]; readonly audience?: Audience | undefined },
): Promise<number> {
  const { settings, warnings } = logSettings(process.env, options.debug === true);
  const log = new Log(settings, {
    write: (line) => process.stderr.write(line),
    now: () => new Date(),
    pid: process.pid,
    audience,
  });
  for (const warning of warnings) log.warning(warning);
  return await runProgram({
    work: (io) => work(options, streams, log, io),
    describeDefect: (error) => {
      for (const sentence of describeTapFailure(error)) log.critical(sentence);
      return '';
    },
    afterSignal: 'exit-0',
  });
}

/** In the order of the Singer SDK: options that only print come before those that read. */
async function work(options: TapOptions, streams: readonly ReportStream[], log: Log, io: ProgramIo): Promise<number> {
  if (options.version) {
    io.out.add(`${NAME} ${program.version}\n`);
    return 0;
  }
  if (options.about) return about(options.format ?? 'text', io);
  if (options.discover) return discover(options, streams, log, io);
  return await sync(options, streams, log, io);
}

function about(format: string, { out }: ProgramIo): number {
  const known = ABOUT_FORMATS.find((name) => name === format);
  if (!known) {
    throw new UsageError([`--format is ${JSON.stringify(format)}; expected one of ${ABOUT_FORMATS.join(', ')}.`]);
  }
  const { connectionSpecification } = spec;
  const { description, version } = program;
  const facts = aboutTap({ name: NAME, description, version }, connectionSpecification);
  out.add(formatAbout(facts, connectionSpecification, known as AboutFormat));
  return 0;
}

/**
 * Needs no network, and only the settings that change the columns: a catalog can be edited before there is a token. Meltano discovers before every sync and passes catalog and state along; both are ignored.
 */
function discover({ config }: TapOptions, streams: readonly ReportStream[], log: Log, { out }: ProgramIo): number {
  const sources = listOf(config);
  const raw = sources.length === 0 ? {} : readConfig(sources);
  const choice = columnChoiceIn(raw);
  const described = streams.map((stream) => describeReport(stream, choice));
  out.add(`${JSON.stringify(discoverCatalog(described), undefined, 2)}\n`);
  log.debug(`Discovered ${described.map(({ name }) => name).join(', ')}.`);
  return 0;
}

async function sync(options: TapOptions, streams: readonly ReportStream[], log: Log, io: ProgramIo): Promise<number> {
  const extent = extentOf(options.test);
  const config = parseConfig(readConfig(listOf(options.config)), options);
  log.redact = createRedactor(config.secrets);

  const described = streams.map((stream) => describeReport(stream, config));
  const catalogFile = options.catalog ?? options.properties;
  const selection = catalogFile
    ? selectFrom(readJsonFile(catalogFile, 'catalog'), described)
    : selectDefault(described);
  const state = options.state === undefined ? undefined : readJsonFile(options.state, 'state');
  const bookmarks = new Bookmarks(
    state,
    described.map(({ name }) => name),
  );
  for (const warning of [...selection.warnings, ...bookmarks.warnings]) log.warning(warning);

  const selected = selection.streams.flatMap((one) => {
    const report = streams.find(({ name }) => name === one.stream.name);
    return report ? [{ ...one, report }] : [];
  });
  // Refused before the first line: a state that cannot be used must not look like a sync that has begun.
  for (const one of selected) if (!one.fullTable) parseState(bookmarks.of(one.stream.name));

  setImmediate(keepHeapSmall); // When the first request is on its way.
  const succeeded = await syncStreams(
    { config, selected, bookmarks, extent, log, now: () => new Date(), read: runSync },
    io,
  );
  return succeeded ? 0 : 1;
}

function extentOf(test: TapOptions['test']): 'all' | 'one-record' | 'schema' {
  if (test === undefined || test === false) return 'all';
  if (test === 'schema') return 'schema';
  if (test === true || test === '' || test === 'all') return 'one-record';
  throw new UsageError([`--test is ${JSON.stringify(test)}; expected all or schema.`]);
}

function readConfig(sources: readonly string[]): JsonObject {
  return readConfigInput(sources, {
    settings: listSettings(spec.connectionSpecification),
    env: process.env,
    readFile: (path) => readJsonFile(path, 'config'),
  });
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
