/** A command for people cannot do what it was asked to do. Each mistake is one sentence that says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[], options?: ErrorOptions) {
    super(mistakes.join(' '), options);
    this.mistakes = mistakes;
  }
}
