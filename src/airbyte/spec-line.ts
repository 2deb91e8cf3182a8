import spec from '../../spec.json' with { type: 'json' };

/** The SPEC message, one line without its break. In a file of its own, because `spec` is to start at once. */
export function specLine(): string {
  return JSON.stringify({ type: 'SPEC', spec });
}
