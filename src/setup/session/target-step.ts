import { createRedactor } from '../../tiktok/redact.ts';
import { lookUpAirbyte } from '../tries/look-up-airbyte.ts';
import { tryTarget } from '../tries/try-target.ts';
import { idIn, readAirbyteAccess, readTarget, type TargetFields, targetSecrets } from './read-target.ts';
import { SetupProblem } from './setup-problem.ts';
import type { SetupSession } from './setup-session.ts';
import type { AirbyteChoices, Tried } from './setup-view.ts';
import { withSecrets } from './with-secrets.ts';

/**
 * Tries what a target needs, before it is taken.
 *
 * @param hasTimers a timer is to start it, where there is a schedule
 * @throws SetupProblem that names the field which is wrong
 */
export function tryFields(
  session: SetupSession,
  { kind, fields, hasTimers }: { readonly kind: string; readonly fields: TargetFields; readonly hasTimers: boolean },
): Promise<readonly Tried[]> {
  const target = readTarget(kind, withSecrets(session, kind, fields));
  const redact = createRedactor([...session.secrets, ...targetSecrets(target)]);
  const { folder, endDate, options } = session;
  return tryTarget(target, { folder, isTimed: !endDate && hasTimers, signal: options.signal, redact });
}

/** Workspaces and destinations to choose from. @throws SetupProblem */
export async function lookUpFields(session: SetupSession, fields: TargetFields): Promise<AirbyteChoices> {
  const known = withSecrets(session, 'airbyte', fields);
  const access = readAirbyteAccess(known);
  const redact = createRedactor([...session.secrets, access.token, access.clientSecret].filter(Boolean));
  try {
    return await lookUpAirbyte(access, idIn(known.workspaceId ?? '', 'workspaces'), { ...session.options, redact });
  } catch (error) {
    const says = redact(error instanceof Error ? error.message : String(error));
    throw new SetupProblem({ says, advice: '', field: 'apiUrl' }, { cause: error });
  }
}
