import { isObject, type JsonObject, kindOf } from '../json/json.ts';
import { UsageError } from './usage-error.ts';

const EXPECTED = 'expected an object {"bookmarks": {"<stream>": …}}, the value of an earlier STATE message';

/** The Singer state of a run: the given bookmarks, with ours replaced as they move. */
export class Bookmarks {
  /** Warnings about parts of the state that are not ours, one sentence each. */
  readonly warnings: readonly string[];
  readonly #rest: JsonObject;
  /** Stream → JSON text of its bookmark. */
  readonly #texts = new Map<string, string>();
  readonly #given: JsonObject;

  /**
   * Reads what `--state` held. Nothing, `{}`, `[]` and an object without bookmarks mean "no state".
   *
   * @param value   the parsed file; undefined without one. A whole STATE message, and what `meltano state get` prints, are
   *                taken for the state inside.
   * @param streams names of the streams that this tap has
   * @throws UsageError when it is another program's state: reading everything again must be asked for
   */
  constructor(value: unknown, streams: readonly string[]) {
    const state = checkState(unwrap(value), streams);
    const { bookmarks = {}, currently_syncing: _, ...rest } = state;
    if (bookmarks !== null && !isObject(bookmarks)) {
      throw new UsageError([`The state's "bookmarks" hold ${kindOf(bookmarks)}; ${EXPECTED}.`]);
    }
    this.#rest = rest;
    this.#given = bookmarks ?? {};
    for (const [stream, bookmark] of Object.entries(this.#given)) this.#texts.set(stream, JSON.stringify(bookmark));
    const others = Object.keys(this.#given).filter((name) => !streams.includes(name));
    this.warnings = [
      ...others.map(
        (name) => `The state's bookmark of "${name}" belongs to no stream of this tap; it is kept as it is.`,
      ),
      ...(Object.keys(rest).length > 0
        ? [`The state's ${quoted(Object.keys(rest))} mean nothing to this tap and are kept as they are.`]
        : []),
    ];
  }

  /** The given bookmark of `stream`; undefined when there is none. */
  of(stream: string): unknown {
    return this.#given[stream] ?? undefined;
  }

  /** @param text JSON text of the stream's new bookmark */
  set(stream: string, text: string): void {
    this.#texts.set(stream, text);
  }

  /** The JSON text of the whole state, other streams' bookmarks included: a STATE replaces the one before it. */
  toJson(): string {
    const bookmarks = [...this.#texts].map(([stream, text]) => `${JSON.stringify(stream)}:${text}`).join(',');
    const rest = JSON.stringify(this.#rest).slice(1, -1);
    return `{${rest}${rest === '' ? '' : ','}"bookmarks":{${bookmarks}}}`;
  }
}

/** People keep the last line of a tap's output, which is the message around the state; Meltano wraps it by a key. */
function unwrap(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (value.type === 'STATE' && 'value' in value) return unwrap(value.value);
  return 'singer_state' in value && !('bookmarks' in value) ? unwrap(value.singer_state) : value;
}

function checkState(value: unknown, streams: readonly string[]): JsonObject {
  if (value === null || value === undefined) return {};
  if (Array.isArray(value) && value.length === 0) return {};
  if (Array.isArray(value)) {
    throw new UsageError([`The state is a list, as Airbyte keeps it; ${EXPECTED}.`]);
  }
  if (!isObject(value)) throw new UsageError([`The state is ${kindOf(value)}; ${EXPECTED}.`]);
  const keys = Object.keys(value).filter((key) => key !== 'currently_syncing');
  if (!('bookmarks' in value) && keys.length > 0) {
    throw new UsageError([`The state has no "bookmarks", but ${quoted(keys.slice(0, 5))}; ${EXPECTED}.`]);
  }
  const misplaced = [...wrongPlaces(value, streams)][0];
  if (misplaced) throw new UsageError([`The state has a bookmark of this tap at ${misplaced}; ${EXPECTED}.`]);
  return value;
}

/** The places of bookmarks that look like ours, but are too deep or too shallow: silently ignored, they would be lost. */
function* wrongPlaces(state: JsonObject, streams: readonly string[]): Generator<string> {
  for (const [key, part] of Object.entries(state)) {
    if (!isObject(part)) continue;
    if (key !== 'bookmarks' && (streams.includes(key) || isBookmark(part))) yield key;
    for (const [name, inner] of Object.entries(part)) {
      if (!isObject(inner)) continue;
      if (key !== 'bookmarks' && (streams.includes(name) || isBookmark(inner))) yield `${key}.${name}`;
      if (streams.includes(name) && key === 'bookmarks') continue;
      for (const [deeper, innermost] of Object.entries(inner)) {
        if (isObject(innermost) && isBookmark(innermost)) yield `${key}.${name}.${deeper}`;
      }
    }
  }
}

const isBookmark = (value: JsonObject) => 'version' in value && isObject(value.advertisers);

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
