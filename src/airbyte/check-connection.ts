import type { Config } from '../config/config.ts';
import type { ReportStream } from '../streams/stream.ts';
import { checkAccess } from '../sync/check.ts';
import type { Stage } from '../wire/program.ts';
import type { Reporter } from './reporter.ts';
import { FAILURE_TYPE, internalsOf } from './trace-error.ts';

/**
 * Asks TikTok what of the configuration works, and says it as `check` does.
 *
 * @returns the exit code
 */
export async function checkConnection({
  config,
  streams,
  stage,
  reporter,
}: {
  readonly config: Config;
  readonly streams: readonly ReportStream[];
  readonly stage: Stage;
  readonly reporter: Reporter;
}): Promise<number> {
  const access = await checkAccess({ config, streams, signal: stage.signal });
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
