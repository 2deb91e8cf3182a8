import { mergeStates } from '../../sync/state.ts';
import { readStates, stateFileText } from './state-file.ts';

/**
 * The verb `state merge`: joins the states in several files, in the form of the first that has a state.
 *
 * @param streams the names of all streams; an object alone is a state of the first
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
  return stateFileText(form, merged, streams);
}
