/** The configured catalog, or the file of states, is not one: every mistake at once, one sentence each. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(' '));
  }
}
