import type { FirstLoad } from '../first-load/first-load.ts';
import { checkSession, previewChosen } from '../session/check-session.ts';
import { carryOut, type Machine, showPlan } from '../session/finish.ts';
import type { RangeChoice } from '../session/range-choice.ts';
import type { TargetFields } from '../session/read-target.ts';
import { checkDaily, judgeDaily } from '../session/schedule-choice.ts';
import { SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import type { SetupView, StepId } from '../session/setup-view.ts';
import { lookUpFields, tryFields } from '../session/target-step.ts';
import { viewOf } from '../session/view-of-session.ts';
import type { Call } from './start-setup-server.ts';

/**
 * The calls of the page by name. Those that take an answer hand back the whole view, so that the page never guesses
 * what followed from it.
 */
export function setupCalls(
  session: SetupSession,
  {
    machine,
    draftFrom,
    load,
    onFinished,
    onDone,
    onRestart,
    signal,
  }: {
    readonly machine: Machine;
    /** When what the session goes on with was saved. */
    readonly draftFrom?: string | undefined;
    readonly load: FirstLoad;
    /** The result is written, and there is nothing to load. */
    readonly onFinished: () => void;
    readonly onDone: () => void;
    /** Forgets what was entered. */
    readonly onRestart: () => void;
    readonly signal: AbortSignal;
  },
): Readonly<Record<string, Call>> {
  const view = (): SetupView => viewOf(session, { changes: machine.existing?.path, draftFrom });
  /** The step was sent: its unsent fields are not needed any more. */
  const sent = (step: StepId): SetupView => {
    session.unsent.delete(step);
    // The result that was written is out of date.
    session.result = undefined;
    void load.stop();
    return view();
  };
  return {
    view: async () => view(),
    unsent: async (body) => {
      session.keepUnsent(text(body, 'step'), objectOf(body.fields));
      return {};
    },
    restart: async () => {
      onRestart();
      return {};
    },
    name: async (body) => {
      session.setName({ name: text(body, 'name'), folder: text(body, 'folder') });
      return sent('name');
    },
    authorize: async (body) => {
      session.authorization.setApp({
        appId: text(body, 'appId'),
        secret: text(body, 'secret') || session.unsentSecret,
      });
      session.unsent.delete('authorize');
      return { url: session.authorization.begin() };
    },
    /** A browser that cannot come back here ended at this address. */
    pasted: async (body) => {
      await session.comeBack(parametersOf(text(body, 'address')));
      return view();
    },
    /** The token of the configuration that is being changed still stands. */
    keep: async () => {
      await session.loadAdvertisers();
      return view();
    },
    advertisers: async (body) => {
      session.chooseAdvertisers(
        body.chosen === 'all' ? 'all' : texts(body, 'chosen'),
        body.chosen === 'all' ? texts(body, 'leftOut') : undefined,
      );
      return sent('advertisers');
    },
    leaveOut: async (body) => {
      session.leaveOut(texts(body, 'ids'));
      await checkSession(session, machine);
      return view();
    },
    estimate: async (body) => session.estimateRange(rangeOf(body)),
    range: async (body) => {
      session.setRange(rangeOf(body));
      return sent('range');
    },
    judge: async (body) => {
      const daily = { time: text(body, 'time'), timeZone: text(body, 'timeZone') };
      checkDaily(daily);
      return judgeDaily(daily, session.zone, session.options.access.now());
    },
    tryTarget: async (body) =>
      tryFields(session, { kind: text(body, 'kind'), fields: fieldsOf(body.fields), hasTimers: !machine.isDemo }),
    airbyte: async (body) => lookUpFields(session, fieldsOf(body.fields)),
    schedule: async (body) => {
      session.setSchedule({
        time: text(body, 'time'),
        timeZone: text(body, 'timeZone'),
        kind: text(body, 'kind'),
        fields: fieldsOf(body.fields),
      });
      return sent('schedule');
    },
    check: async () => {
      await checkSession(session, machine);
      return view();
    },
    preview: async (body) => previewChosen(session, machine, text(body, 'advertiserId')),
    plan: async () => showPlan(session, machine),
    finish: async (body) => {
      session.result = await carryOut(session, machine, {
        replace: new Set(texts(body, 'replace')),
        exposes: body.exposes === true,
        lacks: body.lacks === true,
        signal,
      });
      if (!session.result.next) onFinished();
      return view();
    },
    load: async () => {
      void load.start();
      return {};
    },
    stopLoad: async () => {
      await load.stop();
      return {};
    },
    startTimer: async () => {
      await load.startTimer();
      return {};
    },
    done: async () => {
      onDone();
      return {};
    },
  };
}

/** The parameters of an address that TikTok redirected to; a code alone will not do, since `state` proves whose it is. */
export function parametersOf(address: string): URLSearchParams {
  const trimmed = address.trim();
  if (!URL.canParse(trimmed)) {
    throw new SetupProblem({
      says: 'This is not an address.',
      advice: 'Copy the whole line from the browser’s address bar; it begins with http://localhost.',
      field: 'address',
    });
  }
  return new URL(trimmed).searchParams;
}

function rangeOf(body: Readonly<Record<string, unknown>>): RangeChoice {
  return {
    startDate: text(body, 'startDate'),
    endDate: text(body, 'endDate') || undefined,
    lookbackDays: Number(body.lookbackDays ?? Number.NaN),
    includeDeleted: body.includeDeleted === true,
    advertiserColumns: body.advertiserColumns === true,
    streams: texts(body, 'streams'),
  };
}

function text(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

function texts(body: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function fieldsOf(value: unknown): TargetFields {
  return Object.fromEntries(
    Object.entries(objectOf(value)).filter(([, one]) => typeof one === 'string'),
  ) as TargetFields;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
