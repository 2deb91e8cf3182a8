import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile } from '../../config/read-json-file.ts';
import type { LastRun } from '../../load/run-table.ts';
import { DEFAULT_TARGET } from '../../load/target.ts';
import { postgresUrl } from '../../setup/result/machine-project.ts';
import { REMEMBERED_NAME, type RememberedSetup, readRemembered } from '../../setup/result/remembered-setup.ts';
import { nextRun } from '../../setup/session/daily-time.ts';
import { stateText } from '../../sync/state.ts';
import { CommandError } from '../command-error.ts';
import { readStates, statesIn } from '../commands/state-file.ts';

/** A state, and where it was found. */
export interface StateSource {
  /** Where it is, as a text for messages. */
  readonly place: string;
  /** The coverage of each stream. */
  readonly states: ReadonlyMap<string, unknown>;
  readonly runs: readonly LastRun[];
}

/** A configuration with the state that belongs to it. */
export interface Subject extends StateSource {
  readonly configPath: string;
  /** Present when setup made a timer. */
  readonly nextRun?: Date;
  readonly streams?: readonly string[] | undefined;
}

/**
 * Finds configuration and state: in the named files, in the named database, or in a folder of setup.
 *
 * @throws CommandError when they cannot be found, InputFileError, LoadError
 */
export async function findSubject(
  named: {
    config?: string | undefined;
    state?: string | undefined;
    from?: string | undefined;
    folder?: string | undefined;
  },
  streams: readonly string[],
  now: Date,
): Promise<Subject> {
  const { folder } = named;
  if (folder === undefined) {
    if (named.config === undefined) {
      throw new CommandError(['Name a configuration with --config, or a folder that setup made with --folder.']);
    }
    return { configPath: named.config, ...(await stateSource(named, streams)) };
  }
  const remembered = rememberedIn(folder);
  const { schedule, timer } = remembered;
  const isNamed = named.state !== undefined || named.from !== undefined;
  return {
    configPath: named.config ?? join(folder, remembered.config),
    ...(isNamed ? await stateSource(named, streams) : await sourceOf(folder, remembered, streams)),
    ...(schedule && timer && { nextRun: nextRun(schedule, now) }),
    streams: remembered.streams,
  };
}

/** What has been read, as a state file or a database of `sync` says. */
export async function stateSource(
  { state, from }: { state?: string | undefined; from?: string | undefined },
  streams: readonly string[],
): Promise<StateSource> {
  if (state !== undefined && from !== undefined) throw new CommandError(['Name one place, --state or --from.']);
  if (from !== undefined) return await databaseSource(from, streams);
  if (state === undefined) {
    throw new CommandError(['Name a state file with --state, or a database of `sync` with --from.']);
  }
  return { place: state, states: readStates(state, streams).states, runs: [] };
}

async function databaseSource(from: string, streams: readonly string[]): Promise<StateSource> {
  const [{ openEngine }, { parseTarget }, { StateTable }, { RunTable }] = await Promise.all([
    import('../../load/open-engine.ts'),
    import('../../load/target.ts'),
    import('../../load/state-table.ts'),
    import('../../load/run-table.ts'),
  ]);
  const engine = await openEngine(parseTarget(from), { readOnly: true });
  try {
    const table = new StateTable(engine);
    const states = new Map<string, unknown>();
    for (const stream of streams) {
      const updatedAt = await table.updatedAt(stream);
      if (updatedAt === undefined) continue;
      states.set(stream, JSON.parse(stateText(await table.read(stream), new Date(updatedAt))));
    }
    const runs = await new RunTable(engine, undefined).read();
    return { place: engine.place, states, runs: runs.filter(({ stream }) => streams.includes(stream)) };
  } finally {
    await engine.close();
  }
}

function rememberedIn(folder: string): RememberedSetup {
  const path = join(folder, REMEMBERED_NAME);
  if (!existsSync(path)) {
    throw new CommandError([`Setup has made nothing in the folder ${folder}: it has no ${REMEMBERED_NAME}.`]);
  }
  const { config } = readJsonFile(path, 'setup file') as { config?: string };
  const remembered = config === undefined ? undefined : readRemembered(folder, config);
  if (remembered) return remembered;
  throw new CommandError([`${path} is not as setup writes it; name --config and --state or --from instead.`]);
}

/** What a project of setup has read, from the place where its target keeps the state. */
async function sourceOf(
  folder: string,
  { target: { kind, fields } }: RememberedSetup,
  streams: readonly string[],
): Promise<StateSource> {
  switch (kind) {
    case 'machine': {
      const { host = '', user = '', password = '', database = '', schema = '' } = fields;
      if (fields.store === 'postgresql') {
        const schemaAt = { host, port: Number(fields.port), user, password, database, schema };
        return await databaseSource(postgresUrl(schemaAt, { withPassword: true }), streams);
      }
      const file = join(folder, DEFAULT_TARGET);
      return existsSync(file) ? await databaseSource(file, streams) : nothingYet(file);
    }
    case 'docker': {
      const file = join(folder, 'state.json');
      return existsSync(file) ? await stateSource({ state: file }, streams) : nothingYet(file);
    }
    case 'meltano': {
      const { meltanoState } = await import('./meltano-state.ts');
      const { place, content } = meltanoState(
        folder,
        (fields.loader === 'other' ? fields.plugin : fields.loader) ?? '',
      );
      return content === undefined ? nothingYet(place) : { place, states: statesIn(content, streams).states, runs: [] };
    }
    case 'airbyte':
      throw new CommandError([
        'Airbyte keeps what has been read: copy the connection state (in the connection: Settings, Advanced) into a file ' +
          'and name that with --state.',
      ]);
    default:
      throw new CommandError([
        'Setup wrote only a configuration here: name a state file with --state, or a database of `sync` with --from.',
      ]);
  }
}

/** Before the first run. */
function nothingYet(place: string): StateSource {
  return { place, states: new Map(), runs: [] };
}
