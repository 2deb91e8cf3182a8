import { chmodSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readJsonFile } from '../../config/read-json-file.ts';
import { Bookmarks } from '../../singer/state.ts';
import { streams as allStreams } from '../../streams/all-streams.ts';
import { lastUpdate, parseState, refreshOf, stateText } from '../../sync/state.ts';
import { drawTable } from '../../terminal/draw-table.ts';
import { CommandError } from '../command-error.ts';
import { stateSource } from '../status/state-source.ts';
import type { Print } from './advertisers.ts';
import { readStates, stateFileText } from './state-file.ts';

const NAMES = allStreams.map(({ name }) => name);

/** The place of a state: a file, or a database of `sync`. */
interface Place {
  readonly state: string | undefined;
  readonly from: string | undefined;
}

/**
 * The verb `state show`: what a state says has been read, with a line for each advertiser and stream.
 *
 * @throws InputFileError, CommandError, LoadError
 */
export async function showState(place: Place, print: Print): Promise<void> {
  const { states } = await stateSource(place, NAMES);
  const rows = [...states].flatMap(([stream, state]) =>
    [...parseState(state)].map(([id, { from, through, as_of, include_deleted }]) => [
      stream,
      id,
      from,
      through,
      as_of,
      include_deleted === false ? 'left out' : '',
    ]),
  );
  if (rows.length === 0) print('This state says nothing: everything is still to be read.');
  const titles = ['stream', 'advertiser_id', 'from', 'through', 'as of'];
  const columns = [...titles, ...(rows.some((row) => row[5]) ? ['deleted campaigns'] : [])].map((title) => ({ title }));
  if (rows.length > 0) for (const line of drawTable(columns, rows)) print(line);
}

/**
 * The verb `state remove`: takes advertisers out of a state, so that the next read brings all of their days. A file is
 * replaced whole or not at all.
 *
 * @param names streams; without names, all streams that have the advertiser
 * @throws InputFileError, CommandError, LoadError; then nothing was written
 */
export async function removeFromState(
  { place, ids, names }: { place: Place; ids: readonly string[]; names: readonly string[] | undefined },
  print: Print,
): Promise<void> {
  const { states } = await stateSource(place, NAMES);
  const changed = new Map<string, string>();
  const removed: string[] = [];
  const found = new Set<string>();
  for (const [stream, state] of states) {
    if (names && !names.includes(stream)) continue;
    const coverage = new Map(parseState(state));
    for (const id of ids) {
      const entry = coverage.get(id);
      if (!entry) continue;
      coverage.delete(id);
      found.add(id);
      removed.push(`${stream}: ${id}, ${entry.from}..${entry.through}, is taken out.`);
    }
    changed.set(stream, stateText(coverage, new Date(lastUpdate(state) + 1), refreshOf(state)));
  }
  const unknown = ids.filter((id) => !found.has(id));
  if (unknown.length > 0) {
    throw new CommandError(unknown.map((id) => `The state has no advertiser ${id}; \`state show\` lists them.`));
  }
  if (place.state !== undefined) replaceFile(place.state, changed);
  else await writeToDatabase(place.from ?? '', changed);
  for (const line of removed) print(line);
  print('The next read brings what was taken out again from start_date on.');
}

function replaceFile(path: string, changed: ReadonlyMap<string, string>): void {
  const partial = `${path}.partial`;
  writeFileSync(partial, `${changedText(path, changed)}\n`, { mode: 0o600 });
  chmodSync(partial, statSync(path).mode & 0o777);
  renameSync(partial, path);
}

function changedText(path: string, changed: ReadonlyMap<string, string>): string {
  const { form = 'airbyte', states } = readStates(path, NAMES);
  if (form === 'singer') {
    // The file may also hold the states of other streams.
    const bookmarks = new Bookmarks(readJsonFile(path, 'state'), NAMES);
    for (const [stream, text] of changed) bookmarks.set(stream, text);
    return bookmarks.toJson();
  }
  const texts = new Map([...states].map(([stream, state]) => [stream, changed.get(stream) ?? JSON.stringify(state)]));
  return stateFileText(form, texts, NAMES);
}

async function writeToDatabase(from: string, changed: ReadonlyMap<string, string>): Promise<void> {
  const [{ openEngine }, { parseTarget }, { StateTable }] = await Promise.all([
    import('../../load/open-engine.ts'),
    import('../../load/target.ts'),
    import('../../load/state-table.ts'),
  ]);
  const engine = await openEngine(parseTarget(from));
  try {
    const table = new StateTable(engine);
    await engine.query('BEGIN');
    for (const [stream, state] of changed) {
      await table.write(stream, { from: await table.read(stream), to: parseState(JSON.parse(state)) });
    }
    await engine.query('COMMIT');
  } finally {
    await engine.close();
  }
}
