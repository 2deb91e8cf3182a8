import { ConfigError } from '../config/config-error.ts';
import { parseConfig } from '../config/parse-config.ts';
import type { ConfigObject } from './result/config-file.ts';
import type { CheckView } from './setup-view.ts';

/** What the check at Finish found; one line each. */
export interface CheckOutcome {
  readonly passed: boolean;
  readonly lines: CheckView['lines'];
}

/** The connector's own check of a configuration: token, app, advertisers, report permission. Never rejects. */
export async function checkCollection(config: ConfigObject, _signal: AbortSignal): Promise<CheckOutcome> {
  try {
    parseConfig(config);
    return { passed: true, lines: [{ kind: 'good', says: 'The configuration is complete.' }] };
  } catch (error) {
    const says = error instanceof ConfigError ? error.message : String(error);
    return { passed: false, lines: [{ kind: 'bad', says }] };
  }
}
