/** The configuration is wrong: every mistake at once, one sentence each, no value of a secret in any of them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(' '));
    this.mistakes = mistakes;
  }
}
