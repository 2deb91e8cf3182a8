import { parseInputState } from '../../airbyte/input-state.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { Bookmarks } from '../../singer/state.ts';
import { UsageError } from '../../singer/usage-error.ts';
import { parseState, StateError } from '../../sync/state.ts';
import { CommandError } from '../command-error.ts';

/** The form of a state file; `object` is the state of one stream alone. */
export type Form = 'airbyte' | 'singer' | 'object';

/** The content of a state file. */
export interface StateFile {
  /** Absent for a file without a state. */
  readonly form: Form | undefined;
  readonly states: ReadonlyMap<string, unknown>;
}

/**
 * The JSON text of a state file.
 *
 * @param states JSON text by stream
 * @throws CommandError when the form is for one stream and there are several
 */
export function stateFileText(form: Form, states: ReadonlyMap<string, string>, streams: readonly string[]): string {
  const [first = ''] = streams;
  switch (form) {
    case 'object':
      if ([...states.keys()].some((stream) => stream !== first)) {
        throw new CommandError([
          `The first file holds the state of ${first} alone, the others those of more streams: give one of them first.`,
        ]);
      }
      return states.get(first) ?? '{}';
    case 'singer':
      return `{"bookmarks":{${[...states].map(([stream, state]) => `${JSON.stringify(stream)}:${state}`).join(',')}}}`;
    case 'airbyte':
      return `[${[...states]
        .map(
          ([stream, state]) =>
            `{"type":"STREAM","stream":{"stream_descriptor":{"name":${JSON.stringify(stream)}},"stream_state":${state}}}`,
        )
        .join(',')}]`;
  }
}

/** Undefined for a file without a state. */
function formOf(content: unknown): Form | undefined {
  if (Array.isArray(content)) return content.length === 0 ? undefined : 'airbyte';
  if (typeof content !== 'object' || content === null || Object.keys(content).length === 0) return undefined;
  if ('advertisers' in content) return 'object';
  return 'bookmarks' in content || 'value' in content || 'singer_state' in content ? 'singer' : 'airbyte';
}

/**
 * The states in a file, by stream. Each is checked, so that a read can go on from it.
 *
 * @param streams the names of all streams; an object alone is a state of the first
 * @throws InputFileError; CommandError for a file that is no state
 */
export function readStates(path: string, streams: readonly string[]): StateFile {
  try {
    return statesIn(readJsonFile(path, 'state'), streams);
  } catch (error) {
    if (!(error instanceof StateError || error instanceof UsageError)) throw error;
    throw new CommandError([`${path}: ${error.message}`], { cause: error });
  }
}

/**
 * The states in the content of a state file; see {@link readStates}.
 *
 * @throws StateError, UsageError
 */
export function statesIn(content: unknown, streams: readonly string[]): StateFile {
  const form = formOf(content);
  const states = new Map(
    streams.flatMap((stream): [string, unknown][] => {
      const state = stateIn(content, form, stream, streams);
      return state === undefined ? [] : [[stream, state]];
    }),
  );
  for (const state of states.values()) parseState(state);
  return { form, states };
}

function stateIn(content: unknown, form: Form | undefined, stream: string, streams: readonly string[]): unknown {
  switch (form) {
    case undefined:
      return undefined;
    case 'object':
      return stream === streams[0] ? content : undefined;
    case 'singer':
      return new Bookmarks(content, streams).of(stream);
    case 'airbyte':
      return parseInputState(content, streams).byStream.get(stream);
  }
}
