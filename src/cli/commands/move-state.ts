import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { openEngine } from '../../load/open-engine.ts';
import { tableOf } from '../../load/table.ts';
import { parseTarget } from '../../load/target.ts';
import { Warehouse } from '../../load/warehouse.ts';
import { streams as allStreams } from '../../streams/all-streams.ts';
import { parseState } from '../../sync/state.ts';
import { CommandError } from '../command-error.ts';
import { stateSource } from '../status/state-source.ts';
import { readStates, stateFileText } from './state-file.ts';

const NAMES = allStreams.map(({ name }) => name);

/**
 * The verb `state export`: the state of a database of `sync`, as `read` or the tap takes it.
 *
 * @throws CommandError when the database has none; LoadError
 */
export async function exportState(from: string, form: 'airbyte' | 'singer'): Promise<string> {
  const { states, place } = await stateSource({ from }, NAMES);
  if (states.size === 0) throw new CommandError([`There is no state in ${place}: nothing has been loaded there.`]);
  return stateFileText(form, new Map([...states].map(([stream, state]) => [stream, JSON.stringify(state)])), NAMES);
}

/**
 * The verb `state import`: makes the tables for a state file and stores the state with them, so that `sync` goes on from
 * there. A database that already has a state of one of these streams is refused, because rows could be missing.
 *
 * @returns what was done, one line for each stream
 * @throws ConfigError, InputFileError, CommandError, LoadError; then no part of the state is in the database
 */
export async function importState({
  configPath,
  state,
  into,
}: {
  readonly configPath: string;
  readonly state: string;
  readonly into: string;
}): Promise<readonly string[]> {
  const config = parseConfig(readJsonFile(configPath, 'config'));
  const { states } = readStates(state, NAMES);
  if (states.size === 0) throw new CommandError([`${state} says nothing: there is no state to put in.`]);
  const engine = await openEngine(parseTarget(into));
  try {
    const warehouse = new Warehouse(engine, { numbers: 'decimal', shard: undefined });
    const known: string[] = [];
    for (const stream of states.keys()) {
      if ((await warehouse.states.updatedAt(stream)) !== undefined) known.push(stream);
    }
    if (known.length > 0) {
      throw new CommandError([
        `In ${engine.place} it is already known what has been read of ${known.join(', ')}: it stays as it is. Name another ` +
          'place, or drop the table, run sync, and it is read from its first day.',
      ]);
    }
    const tables = allStreams
      .filter(({ name }) => states.has(name))
      .map((stream) => tableOf(stream, stream.schema(config)));
    await warehouse.prepare(tables);
    await warehouse.commit(tables.map((table) => ({ table, from: new Map(), to: parseState(states.get(table.name)) })));
    return tables.map(({ name }) => `sync goes on in the table ${name}, ${engine.place}, where ${state} ends.`);
  } finally {
    await engine.close();
  }
}
