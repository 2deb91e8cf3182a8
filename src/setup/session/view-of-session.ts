import { addDays } from '../../sync/days.ts';
import { dayIn } from '../../tiktok/time-zones.ts';
import { slugOf } from './collection.ts';
import { type DailyTime, timeIn, YESTERDAY_IS_CORRECTED_UTC } from './daily-time.ts';
import { SECRET_FIELDS, targetFields } from './read-target.ts';
import { judgeDaily } from './schedule-choice.ts';
import type { SetupSession } from './setup-session.ts';
import type { AdvertiserView, RangeView, ScheduleView, SetupView, StepId, TargetView } from './setup-view.ts';

/** Where TikTok shows an app's id and secret, and where its redirect URLs are registered. */
export const PORTAL_APPS_URL = 'https://business-api.tiktok.com/portal/apps';

/** What a page may know of a session: no secret, token or password. */
export function viewOf(
  session: SetupSession,
  {
    changes,
    draftFrom,
  }: {
    readonly changes?: string | undefined;
    readonly draftFrom?: string | undefined;
  },
): SetupView {
  const { name, authorization, granted } = session;
  return {
    steps: stepsOf(session),
    name,
    slug: name ? slugOf(name) : '',
    folder: session.folder,
    ...(changes ? { changes } : {}),
    app: {
      appId: authorization.appId,
      hasSecret: authorization.hasSecret,
      redirectUri: session.options.redirectUri,
      portalUrl: PORTAL_APPS_URL,
    },
    authorized: authorization.isGranted,
    ...(authorization.problem ? { problem: authorization.problem } : {}),
    advertisers: {
      state: granted.state,
      ...(granted.problem ? { problem: granted.problem } : {}),
      list: granted.list.map((advertiser) => advertiserView(session, advertiser)),
      marked: granted.marks.size,
      chosen: session.chosen,
      leftOut: session.leftOut,
    },
    range: rangeView(session),
    schedule: scheduleView(session),
    check: session.check,
    unsent: unsentView(session),
    ...(draftFrom ? { draftFrom } : {}),
    ...(session.result ? { result: session.result } : {}),
  };
}

/** A step is open when all before it are done. */
function stepsOf(session: SetupSession): SetupView['steps'] {
  const done: readonly (readonly [StepId, boolean])[] = [
    ['name', session.name !== ''],
    ['authorize', session.authorization.isGranted && session.granted.state !== 'none'],
    ['advertisers', session.advertisersConfirmed],
    ['range', session.rangeConfirmed],
    ['schedule', session.target !== undefined],
    ['finish', false],
  ];
  return done.map(([id], index) => ({ id, open: done.slice(0, index).every(([, isDone]) => isDone) }));
}

function advertiserView(
  { granted }: SetupSession,
  { id, name, currency, timezone, status, createdAt }: SetupSession['granted']['list'][number],
): AdvertiserView {
  const mark = granted.marks.get(id);
  return {
    id,
    name: name ?? id,
    ...(currency ? { currency } : {}),
    ...(timezone ? { timeZone: timezone } : {}),
    ...(status ? { status } : {}),
    ...(createdAt === undefined ? {} : { created: dayIn(timezone ?? 'UTC', new Date(createdAt)) }),
    report: mark?.report ?? 'unknown',
    ...(mark && 'reason' in mark ? { reason: mark.reason } : {}),
  };
}

function rangeView(session: SetupSession): RangeView {
  const { today, startDate, endDate, lookbackDays, includeDeleted, advertiserColumns } = session;
  const created = session.chosenAdvertisers.flatMap(({ createdAt, timezone }) =>
    createdAt === undefined ? [] : [dayIn(timezone ?? 'UTC', new Date(createdAt))],
  );
  // Where TikTok does not say when an advertiser was opened, "all" would be a guess.
  const oldest =
    created.length > 0 && created.length === session.chosenAdvertisers.length ? created.sort()[0] : undefined;
  return {
    today,
    ...(oldest ? { oldest } : {}),
    startDate: startDate ?? addDays(today, -89),
    ...(endDate ? { endDate } : {}),
    lookbackDays,
    includeDeleted,
    advertiserColumns,
    streams: session.streams,
    offered: session.options.streams.map(({ name, primaryKey, isDefault }) => ({
      name,
      isCounted: isDefault,
      rowOf: primaryKey
        .slice(1)
        .map((column) =>
          column
            .replace(/_(id|code)$/, '')
            .replace('adgroup', 'ad group')
            .replaceAll('_', ' '),
        )
        .join(', '),
    })),
    advertisers: session.chosenAdvertisers.length,
    currencies: session.currencies,
  };
}

function scheduleView(session: SetupSession): ScheduleView {
  const now = session.options.access.now();
  const { zone } = session;
  const correctedAt = timeIn(zone, { time: YESTERDAY_IS_CORRECTED_UTC, timeZone: 'UTC' }, now);
  const schedule: DailyTime = session.schedule ?? { time: suggested(correctedAt), timeZone: zone };
  return {
    ...schedule,
    zones: [
      ...new Set([
        zone,
        ...session.chosenAdvertisers.flatMap(({ timezone }) => timezone ?? []),
        session.options.localZone,
        'UTC',
      ]),
    ],
    tooEarly: judgeDaily(schedule, zone, now).tooEarly,
    correctedAt,
    once: session.endDate !== undefined,
    target: targetView(session),
  };
}

/** Half an hour after the correction: TikTok says "about" noon. */
function suggested(correctedAt: string): string {
  const [hour = 0, minute = 0] = correctedAt.split(':').map(Number);
  const later = hour * 60 + minute + 30;
  // Past midnight it would be the day after next that is read: just after midnight is the best that the day offers.
  return `${String(Math.floor(later / 60) % 24).padStart(2, '0')}:${String(later % 60).padStart(2, '0')}`;
}

function unsentView({ unsent }: SetupSession): SetupView['unsent'] {
  const shown = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([id, value]) => [
        id,
        SECRET_FIELDS.has(id) || id === 'secret' ? value !== '' : value,
      ]),
    );
  return Object.fromEntries([...unsent].map(([step, fields]) => [step, shown(fields)]));
}

function targetView({ target, proposed, options }: SetupSession): TargetView {
  const known = target ? { kind: target.kind, fields: targetFields(target) } : proposed;
  if (!known) return { kind: options.proposes, fields: { image: options.image }, kept: [] };
  const fields = Object.entries(known.fields).flatMap(([key, value]) => (value ? [[key, value] as const] : []));
  return {
    kind: known.kind as TargetView['kind'],
    fields: Object.fromEntries([['image', options.image], ...fields.filter(([key]) => !SECRET_FIELDS.has(key))]),
    kept: fields.map(([key]) => key).filter((key) => SECRET_FIELDS.has(key)),
  };
}
