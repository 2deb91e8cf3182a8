/** A JSON object: neither null nor a list. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The types of JSON Schema in words, for messages. */
export const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** The kind of a JSON value in words, for messages; never its content, which may be a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  return TYPE_WORDS[value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
}

/** A short text, number or truth value as JSON, anything else by its kind: a long text may be a misplaced token. */
export function shown(value: unknown): string {
  if (value === undefined || (typeof value === 'object' && value !== null)) return kindOf(value);
  const text = JSON.stringify(value);
  return text.length > 34 ? kindOf(value) : text;
}
