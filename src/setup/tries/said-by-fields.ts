import { WrongAddressError } from '../../load/load-error.ts';

/** Setup asks for the parts of an address by fields; the advice for `sync` is about its URL and its environment. */
const ADVICE: Readonly<Record<WrongAddressError['part'], string>> = {
  password: 'Mend the field Password under “Where it runs”.',
  database: 'Create it, or name another in the field Database.',
};

/** What an error says to a person in front of setup's fields. */
export function saidByFields(error: unknown): string {
  if (error instanceof WrongAddressError) return `${error.fact} ${ADVICE[error.part]}`;
  return error instanceof Error ? error.message : String(error);
}
