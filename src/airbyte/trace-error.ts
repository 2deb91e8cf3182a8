import { ConfigError } from '../config/config-error.ts';
import { InputFileError } from '../config/read-json-file.ts';
import type { FailureClass } from '../sync/events.ts';
import { StateError } from '../sync/state.ts';
import { CatalogError } from './catalog-error.ts';
import type { FailureType, TraceError } from './messages.ts';

/** The protocol's word for each class of failure. */
export const FAILURE_TYPE: Readonly<Record<FailureClass, FailureType>> = {
  configuration: 'config_error',
  temporary: 'transient_error',
  defect: 'system_error',
};

/** True for a mistake of the caller: a file, the configuration, the catalog, the state. */
export function isInputError(error: unknown): error is Error {
  return (
    error instanceof ConfigError ||
    error instanceof InputFileError ||
    error instanceof CatalogError ||
    error instanceof StateError
  );
}

/** The TRACE ERROR for a thrown error. */
export function traceErrorOf(error: unknown): TraceError {
  if (isInputError(error)) return { message: error.message, failure_type: 'config_error' };
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: `The connector failed in a way that it does not know: ${message} Run it again; if it lasts, report it with the lines of the log before this one.`,
    failure_type: 'system_error',
    ...internalsOf(error),
  };
}

/** Message and stack of an error and of what caused it, for support. */
export function internalsOf(error: unknown): Pick<TraceError, 'internal_message' | 'stack_trace'> {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { internal_message: String(error) };
  const chain: Error[] = [];
  for (let link: unknown = error; link instanceof Error && !chain.includes(link); link = link.cause) chain.push(link);
  return {
    internal_message: chain.map(({ name, message }) => `${name}: ${message}`).join(' ← '),
    stack_trace: chain.map(({ name, message, stack }) => stack ?? `${name}: ${message}`).join('\nCaused by: '),
  };
}
