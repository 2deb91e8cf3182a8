import { isObject, type JsonObject, kindOf } from '../json/json.ts';
import { StateError } from '../sync/state.ts';

/** The states that a platform gave back, by stream. */
export interface InputStates {
  /** What the stream's last STATE said; a stream without one is absent. */
  readonly byStream: ReadonlyMap<string, unknown>;
  readonly warnings: readonly string[];
}

/**
 * Opens the envelope of the input state.
 *
 * The protocol's form is an array of STREAM states. Accepted as well: null, `{}` and `[]` for "none", null members, one
 * state without its array, whole STATE messages as a read prints them (a pipeline may keep the last line), a GLOBAL
 * state's streams, and a LEGACY object by stream name. Of several states of one stream the last counts.
 *
 * @param raw the parsed JSON of the state file; undefined without one
 * @param names the streams that exist; states of others are ignored, with a warning
 * @throws StateError for any other form
 */
export function parseInputState(raw: unknown, names: readonly string[]): InputStates {
  const found = new Map<string, unknown>();
  const warnings = new Set<string>();
  const take = (name: string, state: unknown) => {
    if (names.includes(name)) found.set(name, isWithoutCursor(state) ? undefined : state);
    else warnings.add(`The state of the stream ${JSON.stringify(name)} is ignored: this connector has no such stream.`);
  };
  for (const [index, entry] of (Array.isArray(raw) ? raw : [raw]).entries()) {
    if (entry === undefined || entry === null) continue;
    const place = Array.isArray(raw) ? `The state file's [${index}]` : 'The state file';
    if (!isObject(entry)) throw refusal(place, entry);
    takeEntry(openMessage(entry), { names, place, take, warn: (message) => warnings.add(message) });
  }
  return { byStream: found, warnings: [...warnings] };
}

/** Airbyte's mark for a stream without a state, in place of the state: the platform writes it after some full refreshes. */
export function isWithoutCursor(state: unknown): boolean {
  return isObject(state) && '__ab_no_cursor_state_message' in state;
}

function takeEntry(
  entry: JsonObject,
  {
    names,
    place,
    take,
    warn,
  }: {
    readonly names: readonly string[];
    readonly place: string;
    readonly take: (name: string, state: unknown) => void;
    readonly warn: (message: string) => void;
  },
): void {
  if (isObject(entry.stream)) {
    take(nameIn(entry.stream, `${place}.stream`), entry.stream.stream_state);
  } else if (isObject(entry.global)) {
    const { shared_state: shared, stream_states: states } = entry.global;
    if (isObject(shared) && Object.keys(shared).length > 0) {
      warn('The shared part of a GLOBAL state is ignored: the streams of this connector share nothing.');
    }
    for (const [index, one] of (Array.isArray(states) ? states : []).entries()) {
      const at = `${place}.global.stream_states[${index}]`;
      if (!isObject(one)) throw refusal(at, one);
      take(nameIn(one, at), one.stream_state);
    }
  } else {
    // LEGACY: an object by stream name, with or without its envelope.
    const data = entry.type === 'LEGACY' || isObject(entry.data) ? entry.data : entry;
    if (data === undefined || data === null) return;
    if (!isObject(data)) throw refusal(`${place}.data`, data);
    const ours = Object.keys(data).filter((name) => names.includes(name));
    if (ours.length === 0 && Object.keys(data).length > 0) throw refusal(place, data);
    for (const [name, state] of Object.entries(data)) take(name, state);
  }
}

/** The state inside of a whole STATE message. */
function openMessage(entry: JsonObject): JsonObject {
  return entry.type === 'STATE' && isObject(entry.state) ? entry.state : entry;
}

function nameIn(stream: JsonObject, place: string): string {
  const name = isObject(stream.stream_descriptor) ? stream.stream_descriptor.name : undefined;
  if (typeof name === 'string') return name;
  throw new StateError(`${place}.stream_descriptor.name is missing. ${EXPECTED}`);
}

const EXPECTED =
  'Expected is an array of what the STATE messages of an earlier read hold: ' +
  '[{"type": "STREAM", "stream": {"stream_descriptor": {"name": …}, "stream_state": …}}]. Without --state everything is read.';

function refusal(place: string, value: unknown): StateError {
  if (!isObject(value)) return new StateError(`${place} is ${kindOf(value)}. ${EXPECTED}`);
  const keys = Object.keys(value)
    .slice(0, 5)
    .map((key) => JSON.stringify(key.slice(0, 40)));
  return new StateError(`${place} is an object with ${keys.join(', ')}, no state of this connector. ${EXPECTED}`);
}
