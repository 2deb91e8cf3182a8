import type { FailureText } from '../sync/events.ts';
import { sentencesOf } from '../sync/failure.ts';

/**
 * The database cannot take what is to be loaded. Each failure says what it means, then what to do, and last which server,
 * file or table it is and what the database said.
 */
export class LoadError extends Error {
  override readonly name: string = 'LoadError';
  readonly failures: readonly FailureText[];

  constructor(failures: LoadFailure | readonly LoadFailure[], options?: ErrorOptions) {
    const all = [failures].flat().map((failure) => ({ evidence: '', ...failure }));
    super(all.map(sentencesOf).join(' '), options);
    this.failures = all;
  }
}

/** Without evidence where meaning and advice say all. */
export type LoadFailure = Pick<FailureText, 'meaning' | 'advice'> & Partial<FailureText>;

/** A part of the database's address is wrong, or missing. */
export class WrongAddressError extends LoadError {
  override readonly name = 'WrongAddressError';
  readonly part: 'password' | 'database';

  constructor(part: 'password' | 'database', failure: LoadFailure, options: ErrorOptions) {
    super(failure, options);
    this.part = part;
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
