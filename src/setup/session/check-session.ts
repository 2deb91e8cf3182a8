import { addDays } from '../../sync/days.ts';
import { createRedactor } from '../../tiktok/redact.ts';
import { dayIn } from '../../tiktok/time-zones.ts';
import { checkCollection } from '../access/check-collection.ts';
import { defaultStream } from '../access/default-stream.ts';
import { previewAdvertiser } from '../access/preview-advertiser.ts';
import { tryTarget } from '../tries/try-target.ts';
import { type Machine, sessionConfig } from './finish.ts';
import { SetupProblem } from './setup-problem.ts';
import type { SetupSession } from './setup-session.ts';
import type { PreviewView } from './setup-view.ts';

/** Days that the preview shows, today among them. */
const PREVIEW_DAYS = 14;

/** The connector's own check of what has been decided, and a try of what it needs; the outcome is in `session.check`. */
export async function checkSession(session: SetupSession, machine: Machine): Promise<void> {
  const config = sessionConfig(session, machine);
  const { signal } = session.options;
  const { streams, target } = session.collection();
  session.check = { state: 'running', lines: [] };
  const { onAttempt } = session.options.access;
  const { passed, lines } = await session.granted.alone(() => checkCollection(config, streams, { signal, onAttempt }));
  const tried = await tryTarget(target, {
    folder: session.folder,
    isTimed: session.schedule !== undefined && !machine.isDemo,
    signal,
    redact: createRedactor(session.secrets),
  });
  const said = lines.flatMap(({ kind, says }) => (kind === 'bad' ? [says] : []));
  // The check names advertisers by their ids; what was found out in the background counts, too.
  const unreadable = session.chosenAdvertisers.filter(
    ({ id }) => session.granted.marks.get(id)?.report === 'refused' || said.some((says) => says.includes(id)),
  );
  const missing = tried.flatMap(({ kind, says }) => (kind === 'bad' ? [says] : []));
  session.check = {
    state: passed ? 'passed' : 'failed',
    lines: [...lines, ...tried.flatMap(({ kind, says }) => (kind === 'good' ? [{ kind, says }] : []))],
    ...(missing.length > 0 ? { missing } : {}),
    ...(passed || unreadable.length === 0
      ? {}
      : { unreadable: unreadable.map(({ id, name }) => ({ id, name: name ?? id })) }),
  };
}

/** The last days of a chosen advertiser. @throws SetupProblem */
export async function previewChosen(
  session: SetupSession,
  machine: Machine,
  advertiserId: string,
): Promise<PreviewView> {
  const advertiser = session.chosenAdvertisers.find(({ id }) => id === advertiserId);
  if (!advertiser) {
    throw new SetupProblem({ says: 'This advertiser is not among the chosen ones.', advice: 'Choose another.' });
  }
  const today = dayIn(advertiser.timezone ?? 'UTC', session.options.access.now());
  const days = { from: addDays(today, 1 - PREVIEW_DAYS), to: today };
  const { signal, streams, access } = session.options;
  const stream = defaultStream(streams);
  const config = sessionConfig(session, machine);
  return session.granted.alone(() =>
    previewAdvertiser({ advertiser, config, days, stream }, { signal, onAttempt: access.onAttempt }),
  );
}
