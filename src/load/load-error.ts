/** The place to load into cannot take what is to be loaded; every fault one sentence, with what to do about it. */
export class LoadError extends Error {
  override readonly name: string = 'LoadError';
  readonly faults: readonly string[];

  constructor(faults: string | readonly string[], options?: ErrorOptions) {
    const all = typeof faults === 'string' ? [faults] : faults;
    super(all.join(' '), options);
    this.faults = all;
  }
}

/** A part of the database's address is wrong, or missing. */
export class WrongAddressError extends LoadError {
  override readonly name = 'WrongAddressError';
  readonly part: 'password' | 'database';
  /** What is wrong, without the advice: where the address is asked for by fields, that is another. */
  readonly fact: string;

  constructor(
    part: 'password' | 'database',
    { fact, advice }: { fact: string; advice: string },
    options: ErrorOptions,
  ) {
    super(`${fact} ${advice}`, options);
    this.part = part;
    this.fact = fact;
  }
}

/** Another run is loading the same advertisers. */
export class BusyError extends LoadError {
  override readonly name = 'BusyError';
}

/** The server went away although it had been there; what was committed stays, and it may come back. */
export class ConnectionLostError extends LoadError {
  override readonly name = 'ConnectionLostError';
}
