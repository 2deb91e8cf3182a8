import { carryOut, type Machine, sessionConfig, showPlan } from '../session/finish.ts';
import type { RangeChoice } from '../session/range-choice.ts';
import type { TargetFields } from '../session/read-target.ts';
import { SetupProblem } from '../session/setup-problem.ts';
import type { SetupSession } from '../session/setup-session.ts';
import type { ResultView, SetupView } from '../session/setup-view.ts';
import { viewOf } from '../session/view-of-session.ts';
import type { Call } from './start-setup-server.ts';

/**
 * The calls of the page by name. Those that take an answer hand back the whole view, so that the page never guesses
 * what followed from it.
 */
export function setupCalls(
  session: SetupSession,
  { machine, onDone, signal }: { readonly machine: Machine; readonly onDone: () => void; readonly signal: AbortSignal },
): Readonly<Record<string, Call>> {
  let result: ResultView | undefined;
  const view = (): SetupView => viewOf(session, { changes: machine.existing?.path, result });
  return {
    view: async () => view(),
    name: async (body) => {
      session.setName({ name: text(body, 'name'), folder: text(body, 'folder') });
      return view();
    },
    authorize: async (body) => {
      session.authorization.setApp({ appId: text(body, 'appId'), secret: text(body, 'secret') });
      return { url: session.authorization.begin() };
    },
    /** For a browser that cannot come back here: the address that it ended at. */
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
      session.chooseAdvertisers(body.chosen === 'all' ? 'all' : texts(body, 'chosen'));
      return view();
    },
    estimate: async (body) => session.estimateRange(rangeOf(body)),
    range: async (body) => {
      session.setRange(rangeOf(body));
      return view();
    },
    schedule: async (body) => {
      session.setSchedule({
        time: text(body, 'time'),
        timeZone: text(body, 'timeZone'),
        kind: text(body, 'kind'),
        fields: fieldsOf(body.fields),
      });
      return view();
    },
    check: async () => {
      await session.runCheck(sessionConfig(session, machine));
      return view();
    },
    preview: async (body) => session.preview(text(body, 'advertiserId'), sessionConfig(session, machine)),
    plan: async () => showPlan(session, machine),
    finish: async (body) => {
      result = await carryOut(session, machine, {
        replace: new Set(texts(body, 'replace')),
        exposes: body.exposes === true,
        signal,
      });
      return view();
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
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string'));
}
