import { ConfigError } from '../config/config-error.ts';
import { InputFileError } from '../config/read-json-file.ts';
import { LoadError } from '../load/load-error.ts';
import { describeError, sentencesOf } from '../sync/failure.ts';
import { StateError } from '../sync/state.ts';
import { TikTokError } from '../tiktok/errors.ts';
import { CommandError } from './command-error.ts';

/**
 * A failed command in the words of a person: one line a mistake. Undefined for a fault of this program, which is to be
 * seen with its stack.
 */
export function describeCommandFailure(error: unknown): readonly string[] | undefined {
  if (error instanceof ConfigError || error instanceof CommandError) return error.mistakes;
  if (error instanceof LoadError) return error.faults;
  if (error instanceof InputFileError || error instanceof StateError) return [error.message];
  if (error instanceof TikTokError) return [sentencesOf(describeError(error))];
  return undefined;
}
