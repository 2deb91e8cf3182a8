import { isWithoutCursor } from '../../airbyte/input-state.ts';

/**
 * What a stream's last checkpoint said, from whatever a person has at hand: a state file of Airbyte, of Singer, or the
 * object itself. Anything else is handed on as it is, for the stream to refuse it.
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
