import spec from '../../spec.json' with { type: 'json' };

/** The SPEC message, one line without its break. In its own file, so that `spec` starts fast. */
export function specLine(): string {
  return JSON.stringify({ type: 'SPEC', spec });
}
