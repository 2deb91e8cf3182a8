import { isObject, type JsonObject, kindOf } from './json.ts';
import { UsageError } from './usage-error.ts';

const EXPECTED = 'expected an object {"bookmarks": {"<stream>": …}}, the value of an earlier STATE message';

/** The Singer state of a run: the bookmarks handed in, and our own in their place as they move. */
export class Bookmarks {
  /** Things of the state that are not ours, one sentence each. */
  readonly warnings: readonly string[];
  readonly #rest: JsonObject;
  /** Stream → JSON text of its bookmark. */
  readonly #texts = new Map<string, string>();
  readonly #given: JsonObject;

  /**
   * Reads what `--state` held. Nothing, `{}`, `[]` and an object without bookmarks mean "no state".
   *
   * @param value   the parsed file; undefined without one. A whole STATE message is accepted in place of its value.
   * @param streams names of the streams that this tap has
   * @throws UsageError when it is the state of something else, for reading everything again must be asked for
   */
  constructor(value: unknown, streams: readonly string[]) {
    const state = checkState(unwrap(value));
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

  /** The bookmark handed in for `stream`; undefined when there is none. */
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

/** People keep the last line of a tap's output, which is the message around the state. */
function unwrap(value: unknown): unknown {
  return isObject(value) && value.type === 'STATE' && 'value' in value ? value.value : value;
}

function checkState(value: unknown): JsonObject {
  if (value === null || value === undefined) return {};
  if (Array.isArray(value) && value.length === 0) return {};
  if (Array.isArray(value)) {
    throw new UsageError([`The state is a list, as Airbyte keeps it; ${EXPECTED}.`]);
  }
  if (!isObject(value)) throw new UsageError([`The state is ${kindOf(value)}; ${EXPECTED}.`]);
  if (!('bookmarks' in value) && 'advertisers' in value) {
    throw new UsageError([`The state is that of one stream, without the bookmarks around it; ${EXPECTED}.`]);
  }
  return value;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
