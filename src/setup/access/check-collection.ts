import { ConfigError } from '../../config/config-error.ts';
import { parseConfig } from '../../config/parse-config.ts';
import type { ReportStream } from '../../streams/stream.ts';
import { checkAccess } from '../../sync/check.ts';
import type { ConfigObject } from '../result/config-file.ts';
import { explainRequest } from '../session/setup-problem.ts';
import type { CheckView } from '../session/setup-view.ts';
import type { TikTokAccess } from './tiktok-access.ts';

/** What the check at Finish found; one line each. */
export interface CheckOutcome {
  readonly passed: boolean;
  readonly lines: CheckView['lines'];
}

/** The connector's own check of a configuration: token, app, advertisers, report permission. Never rejects. */
export async function checkCollection(
  config: ConfigObject,
  streams: readonly ReportStream[],
  { signal, onAttempt }: { readonly signal: AbortSignal; readonly onAttempt: TikTokAccess['onAttempt'] },
): Promise<CheckOutcome> {
  const bad = (says: string): CheckOutcome => ({ passed: false, lines: [{ kind: 'bad', says }] });
  try {
    const access = await checkAccess({ config: parseConfig(config), streams, signal, ...(onAttempt && { onAttempt }) });
    const isUsable = access.verdict === 'usable';
    return {
      passed: isUsable,
      lines: [
        ...sentences(access.message).map((says) => ({ kind: isUsable ? 'good' : 'bad', says }) as const),
        ...access.warnings.map((says) => ({ kind: 'note', says }) as const),
      ],
    };
  } catch (error) {
    if (error instanceof ConfigError) return bad(error.message);
    const { says, advice } = explainRequest(error);
    return bad(`${says} ${advice}`);
  }
}

/** One line a sentence; an abbreviation at worst makes one line more. */
function sentences(message: string): string[] {
  return message.split(/(?<=[.!?]) (?=[A-Z])/);
}
