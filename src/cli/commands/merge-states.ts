import { parseInputState } from '../../airbyte/input-state.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { Bookmarks } from '../../singer/state.ts';
import { UsageError } from '../../singer/usage-error.ts';
import { mergeStates, parseState, StateError } from '../../sync/state.ts';
import { CommandError } from '../command-error.ts';

/** How a state file keeps the states of streams; `object` is that of one stream by itself. */
type Form = 'airbyte' | 'singer' | 'object';

/**
 * The verb `state merge`: what the states in several files say together, in the form of the first that says anything.
 *
 * @param streams the names of all streams; an object by itself is a state of the first
 * @throws InputFileError; CommandError for a file that is no state
 */
export function mergeStateFiles(paths: readonly string[], streams: readonly string[]): string {
  const files = paths.map((path) => readStates(path, streams));
  const form = files.map((file) => file.form).find((one) => one !== undefined) ?? 'airbyte';
  const merged = new Map<string, string>();
  for (const stream of streams) {
    const states = files.flatMap(({ states }) => states.get(stream) ?? []);
    if (states.length > 0) merged.set(stream, mergeStates(states));
  }
  const [first = ''] = streams;
  if (form === 'object' && [...merged.keys()].some((stream) => stream !== first)) {
    throw new CommandError([
      `The first file holds the state of ${first} alone, the others those of more streams: give one of them first.`,
    ]);
  }
  switch (form) {
    case 'object':
      return merged.get(first) ?? '{}';
    case 'singer':
      return `{"bookmarks":{${[...merged].map(([stream, state]) => `${JSON.stringify(stream)}:${state}`).join(',')}}}`;
    case 'airbyte':
      return `[${[...merged]
        .map(
          ([stream, state]) =>
            `{"type":"STREAM","stream":{"stream_descriptor":{"name":${JSON.stringify(stream)}},"stream_state":${state}}}`,
        )
        .join(',')}]`;
  }
}

/** Nothing for a file that says nothing. */
function formOf(content: unknown): Form | undefined {
  if (Array.isArray(content)) return content.length === 0 ? undefined : 'airbyte';
  if (typeof content !== 'object' || content === null || Object.keys(content).length === 0) return undefined;
  if ('advertisers' in content) return 'object';
  return 'bookmarks' in content || 'value' in content || 'singer_state' in content ? 'singer' : 'airbyte';
}

/** The states in a file by stream, each of them one that can be gone on from. */
function readStates(
  path: string,
  streams: readonly string[],
): { readonly form: Form | undefined; readonly states: ReadonlyMap<string, unknown> } {
  const content = readJsonFile(path, 'state');
  const form = formOf(content);
  try {
    const states = new Map(
      streams.flatMap((stream): [string, unknown][] => {
        const state = stateIn(content, form, stream, streams);
        return state === undefined ? [] : [[stream, state]];
      }),
    );
    for (const state of states.values()) parseState(state);
    return { form, states };
  } catch (error) {
    if (!(error instanceof StateError || error instanceof UsageError)) throw error;
    throw new CommandError([`${path}: ${error.message}`], { cause: error });
  }
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
