/** The database cannot take what is to be loaded. Each problem is one sentence that says what to do. */
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
  /** What is wrong, without the advice: a form that asks for host and database in fields gives other advice. */
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

/** The connection to the server broke. What was committed stays, and the server may come back. */
export class ConnectionLostError extends LoadError {
  override readonly name = 'ConnectionLostError';
}
