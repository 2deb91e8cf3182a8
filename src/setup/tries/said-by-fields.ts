import { WrongAddressError } from '../../load/load-error.ts';
import { sentencesOf } from '../../sync/failure.ts';

/** Setup asks for the parts of an address by fields; the advice for `sync` is about its URL and its environment. */
const ADVICE: Readonly<Record<WrongAddressError['part'], string>> = {
  password: 'Mend the field Password under “Where it runs”.',
  database: 'Create it, or name another in the field Database.',
};

/** What an error says to a person in front of setup's fields. */
export function saidByFields(error: unknown): string {
  if (error instanceof WrongAddressError) {
    return error.failures.map((failure) => sentencesOf({ ...failure, advice: ADVICE[error.part] })).join(' ');
  }
  return error instanceof Error ? error.message : String(error);
}
