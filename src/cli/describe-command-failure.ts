import { CatalogError } from '../airbyte/catalog-error.ts';
import { ConfigError } from '../config/config-error.ts';
import { InputFileError } from '../config/read-json-file.ts';
import { LoadError } from '../load/load-error.ts';
import { UsageError } from '../singer/usage-error.ts';
import { describeError, sentencesOf } from '../sync/failure.ts';
import { StateError } from '../sync/state.ts';
import { TikTokError } from '../tiktok/errors.ts';
import { CommandError } from './command-error.ts';

/**
 * What a person is told about a failed command: one line for each mistake. Undefined for a defect of this program, which
 * is shown with its stack.
 */
export function describeCommandFailure(error: unknown): readonly string[] | undefined {
  if (error instanceof ConfigError || error instanceof CommandError) return error.mistakes;
  if (error instanceof LoadError) return error.failures.map(sentencesOf);
  if (
    error instanceof InputFileError ||
    error instanceof StateError ||
    error instanceof CatalogError ||
    error instanceof UsageError
  )
    return [error.message];
  if (error instanceof TikTokError) return [sentencesOf(describeError(error))];
  return undefined;
}
