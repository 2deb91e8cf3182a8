import { ConfigError } from '../config/config-error.ts';
import { InputFileError } from '../config/read-json-file.ts';
import { StateError } from '../sync/state.ts';
import { UsageError } from './usage-error.ts';

/** Why the tap ends, for the operator: one sentence a mistake; for a fault of this program also where it happened. */
export function describeTapFailure(error: unknown): readonly string[] {
  if (error instanceof ConfigError || error instanceof UsageError) return error.mistakes;
  if (error instanceof StateError || error instanceof InputFileError) return [error.message];
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`This is a fault of tap-tiktok-ads; please report it: ${text}`];
}
