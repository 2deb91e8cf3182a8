import type { Config } from '../config/config.ts';
import type { ReportStream } from '../streams/stream.ts';
import { checkAccess } from '../sync/check.ts';
import type { ProgramIo } from '../wire/program.ts';
import type { Reporter } from './reporter.ts';
import { FAILURE_TYPE, internalsOf } from './trace-error.ts';

/** A silence after which a person wonders whether the program still works, milliseconds. */
const WAITING_MS = 4000;
const UNANSWERED = 'TikTok has not answered everything yet.';

/**
 * Tests the configuration against TikTok, and answers as `check` does.
 *
 * @returns the exit code
 */
export async function checkConnection({
  config,
  streams,
  io,
  reporter,
}: {
  readonly config: Config;
  readonly streams: readonly ReportStream[];
  readonly io: ProgramIo;
  readonly reporter: Reporter;
}): Promise<number> {
  let reason = UNANSWERED;
  const sayItWaits = setTimeout(
    () => reporter.log('INFO', `${reason} The check ends after 25 s at the latest.`),
    WAITING_MS,
  );
  const access = await checkAccess({
    config,
    streams,
    signal: io.signal,
    onAttempt: (attempt) => reporter.log('DEBUG', attempt),
    onTrouble: (meaning) => {
      reason = meaning;
    },
  }).finally(() => clearTimeout(sayItWaits));
  reporter.audience?.access(access);
  for (const warning of access.warnings) reporter.log('WARN', warning);
  const { message } = access;
  switch (access.verdict) {
    case 'usable':
      reporter.say({ type: 'CONNECTION_STATUS', connectionStatus: { status: 'SUCCEEDED', message } });
      return 0;
    case 'unusable':
      reporter.say({ type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message } });
      return 0;
    case 'unknown':
      reporter.error({ message, failure_type: FAILURE_TYPE[access.failureClass], ...internalsOf(access.cause) });
      return 1;
    default:
      return access satisfies never;
  }
}
