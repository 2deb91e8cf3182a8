import { isWithoutCursor } from '../../airbyte/input-state.ts';

/**
 * The last checkpoint of a stream, from any form that a person may have: a state file of Airbyte, of Singer, or the object
 * itself. Anything else is returned unchanged, and the stream refuses it.
 */
export function stateOfStream(content: unknown, stream: string): unknown {
  const state = findState(content, stream);
  return isWithoutCursor(state) ? undefined : state;
}

function findState(content: unknown, stream: string): unknown {
  if (Array.isArray(content)) {
    const own = content
      .map((item) => at(item, 'stream'))
      .find((item) => at(at(item, 'stream_descriptor'), 'name') === stream);
    return content.length === 0 ? undefined : at(own, 'stream_state');
  }
  const message = at(at(content, 'state'), 'stream') ?? at(content, 'stream');
  if (at(at(message, 'stream_descriptor'), 'name') === stream) return at(message, 'stream_state');
  const bookmarks = at(content, 'bookmarks') ?? at(at(content, 'value'), 'bookmarks');
  return bookmarks === undefined ? content : at(bookmarks, stream);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
