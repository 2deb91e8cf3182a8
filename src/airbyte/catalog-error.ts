/** The configured catalog is wrong: every mistake at once, one sentence each. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(' '));
  }
}
