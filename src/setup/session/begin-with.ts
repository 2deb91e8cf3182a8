import type { ConfigObject } from '../result/config-file.ts';
import type { RememberedSetup } from '../result/remembered-setup.ts';
import type { Entered } from './draft.ts';
import { readTarget } from './read-target.ts';
import type { SessionOptions, SetupSession } from './setup-session.ts';

/** Fills a session with what there is: the configuration, what its folder remembers, the draft; later ones win. */
export function beginWith(session: SetupSession, { existing, remembered, draft }: SessionOptions): void {
  if (existing) takeOver(session, existing);
  if (remembered) remember(session, remembered);
  if (draft) goOn(session, draft);
}

/** What an earlier setup chose for the folder. */
function remember(session: SetupSession, { name, schedule, target, streams }: RememberedSetup): void {
  if (streams) session.streams = streams;
  session.name = name;
  session.schedule = schedule;
  session.proposed = target;
}

/** What was entered before and not finished. */
function goOn(session: SetupSession, draft: Entered): void {
  const { name, folder, chosen, leftOut, advertisersConfirmed, startDate, endDate, schedule } = draft;
  Object.assign(session, { name, folder, chosen, leftOut, advertisersConfirmed, startDate, endDate, schedule });
  session.lookbackDays = draft.lookbackDays;
  session.includeDeleted = draft.includeDeleted;
  session.wantsAdvertiserColumns = draft.advertiserColumns;
  session.rangeConfirmed = draft.rangeConfirmed;
  if (draft.streams) session.streams = draft.streams;
  session.authorization.takeOver(draft);
  session.result = draft.result;
  for (const [step, fields] of Object.entries(draft.unsent)) session.unsent.set(step, fields);
  session.proposed = draft.target;
  if (!draft.target) return;
  try {
    session.target = readTarget(draft.target.kind, draft.target.fields);
  } catch {
    // It was only proposed, and a field is still missing.
  }
}

/** What a configuration that is changed says. */
function takeOver(session: SetupSession, existing: ConfigObject): void {
  const credentials = (existing.credentials ?? {}) as Record<string, unknown>;
  if (credentials.auth_type === 'oauth2.0') {
    session.authorization.takeOver({
      appId: String(credentials.app_id ?? ''),
      secret: String(credentials.secret ?? ''),
      accessToken: String(credentials.access_token ?? ''),
    });
  }
  const ids = existing.advertiser_ids;
  session.chosen = Array.isArray(ids) && ids.length > 0 ? ids.map(String) : 'all';
  if (typeof existing.start_date === 'string') session.startDate = existing.start_date;
  if (typeof existing.end_date === 'string') session.endDate = existing.end_date;
  if (typeof existing.lookback_days === 'number') session.lookbackDays = existing.lookback_days;
  if (typeof existing.include_deleted === 'boolean') session.includeDeleted = existing.include_deleted;
  if (Array.isArray(existing.exclude_advertiser_ids)) session.leftOut = existing.exclude_advertiser_ids.map(String);
  // A table that is there keeps its columns.
  session.wantsAdvertiserColumns = existing.advertiser_columns === true;
}
