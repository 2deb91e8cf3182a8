/** A command for people cannot do what it was asked to; every mistake one sentence, with what to do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[], options?: ErrorOptions) {
    super(mistakes.join(' '), options);
    this.mistakes = mistakes;
  }
}
