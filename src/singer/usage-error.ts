/** The caller's input (arguments, catalog, state, log settings) is wrong; one sentence for each mistake. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(' '));
    this.mistakes = mistakes;
  }
}
