import { checkSession } from './session/check-session.ts';
import { carryOut, type Machine, showPlan } from './session/finish.ts';
import type { TargetFields } from './session/read-target.ts';
import { SetupProblem } from './session/setup-problem.ts';
import type { SetupSession } from './session/setup-session.ts';

/** Every answer of setup, for scripts. Absent ones are the defaults, or what the configuration to be changed says. */
export interface SetupFlags {
  /** The code that TikTok redirected with, or the whole address; empty: keep the token of the configuration. */
  readonly authCode?: string | undefined;
  readonly name?: string | undefined;
  /** The folder that the result goes into. */
  readonly into?: string | undefined;
  readonly appId?: string | undefined;
  /** From the environment: a command line is visible to everybody on the machine. */
  readonly secret?: string | undefined;
  /** Ids, or `all`. */
  readonly advertisers?: string | undefined;
  /** Ids that are not read though all are. */
  readonly leaveOut?: string | undefined;
  readonly startDate?: string | undefined;
  /** A day, or `none`. */
  readonly endDate?: string | undefined;
  readonly lookbackDays?: number | undefined;
  readonly includeDeleted?: boolean | undefined;
  readonly advertiserColumns?: boolean | undefined;
  /** Names with commas between. */
  readonly streams?: string | undefined;
  /** `HH:MM`. */
  readonly time?: string | undefined;
  readonly zone?: string | undefined;
  /** `machine`, `meltano`, `docker`, `airbyte` or `config`. Default `config`. */
  readonly target?: string | undefined;
  readonly fields: TargetFields;
  /** Replace files that are there; copies are kept. */
  readonly replace?: boolean | undefined;
}

/**
 * Setup without a question.
 *
 * @returns the exit code: 1 when the check fails, and then nothing is written
 * @throws SetupProblem
 */
export async function runByFlags({
  session,
  machine,
  flags,
  print,
  signal,
}: {
  readonly session: SetupSession;
  readonly machine: Machine;
  readonly flags: SetupFlags;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}): Promise<number> {
  session.setName({ name: flags.name ?? (session.name || (machine.existing ? 'TikTok Ads' : '')), folder: flags.into });
  await authorize(session, flags);
  chooseAdvertisers(session, flags);
  const startDate = flags.startDate ?? session.startDate;
  if (startDate === undefined) {
    throw new SetupProblem({
      says: 'The first day is missing.',
      advice: 'Give --start-date, for instance 2026-01-01.',
    });
  }
  session.setRange({
    startDate,
    endDate: flags.endDate === 'none' ? undefined : (flags.endDate ?? session.endDate),
    lookbackDays: flags.lookbackDays ?? session.lookbackDays,
    includeDeleted: flags.includeDeleted ?? session.includeDeleted,
    advertiserColumns: flags.advertiserColumns ?? session.advertiserColumns,
    streams: streamsOf(session, flags),
  });
  const kind = flags.target ?? session.proposed?.kind ?? 'config';
  const before = session.proposed?.kind === kind ? session.proposed.fields : {};
  const given = Object.fromEntries(Object.entries(flags.fields).filter(([, value]) => value));
  session.setSchedule({
    time: flags.time ?? session.schedule?.time ?? '13:30',
    timeZone: flags.zone ?? session.schedule?.timeZone ?? session.zone,
    kind,
    fields: { image: session.options.image, ...before, ...given },
  });
  await checkSession(session, machine);
  for (const { kind, says } of session.check.lines)
    print(`${{ good: 'ok', bad: 'FAILED', note: 'note' }[kind]}: ${says}`);
  for (const says of session.check.missing ?? []) print(`missing: ${says}`);
  if (session.check.state !== 'passed') return 1;
  const plan = await showPlan(session, machine);
  if (plan.exposure) throw new SetupProblem(plan.exposure);
  const differing = plan.files.filter(({ status }) => status === 'differs').map(({ path }) => path);
  if (differing.length > 0 && !flags.replace) {
    throw new SetupProblem({
      says: `Other files are in ${plan.folder} already and were not touched: ${differing.join(', ')}.`,
      advice: 'Give --replace (copies are kept), or another folder by --into.',
    });
  }
  const replace = new Set(differing);
  const { says, files, kept, commands } = await carryOut(session, machine, { replace, lacks: true, signal });
  print(says);
  for (const path of files) print(`written: ${path}`);
  for (const path of kept) print(`kept a copy: ${path}`);
  for (const { says: what, command } of commands) print(`${what}:\n  ${command.replaceAll('\n', '\n  ')}`);
  return 0;
}

async function authorize(session: SetupSession, { authCode = '', appId, secret }: SetupFlags): Promise<void> {
  if (authCode === '') {
    await session.loadAdvertisers();
  } else {
    session.authorization.setApp({ appId: appId ?? session.authorization.appId, secret: secret ?? '' });
    await session.takeAuthCode(codeIn(authCode));
  }
  const problem = session.authorization.problem ?? session.granted.problem;
  if (problem) throw new SetupProblem(problem);
}

/** The code alone, or out of the address that TikTok redirected to. */
function codeIn(text: string): string {
  if (!URL.canParse(text)) return text;
  const { searchParams } = new URL(text);
  const code = searchParams.get('auth_code') ?? searchParams.get('code');
  if (!code)
    throw new SetupProblem({
      says: 'The address holds no auth_code.',
      advice: 'Give the code, or the address that TikTok sent you back to.',
    });
  return code;
}

function chooseAdvertisers(session: SetupSession, { advertisers: wanted, leaveOut }: SetupFlags): void {
  if (wanted !== undefined && wanted !== 'all') {
    session.chooseAdvertisers(idsIn(wanted));
    return;
  }
  const before = session.chosen;
  session.chooseAdvertisers(wanted === 'all' || before === 'all' || before.length === 0 ? 'all' : before);
  if (leaveOut !== undefined) session.leaveOut(idsIn(leaveOut));
}

function streamsOf({ streams, options }: SetupSession, flags: SetupFlags): readonly string[] {
  if (flags.streams === undefined) return streams;
  const known = options.streams.map(({ name }) => name);
  const wanted = idsIn(flags.streams);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetupProblem({
      says: `There is no stream ${unknown.join(', ')}.`,
      advice: `There are ${known.join(', ')}.`,
    });
  }
  return wanted;
}

function idsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
}
