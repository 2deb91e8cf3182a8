import type { Readable, Writable } from 'node:stream';
import * as prompts from '@clack/prompts';
import { addDays } from '../sync/days.ts';
import { askTarget } from './ask-target.ts';
import { carryOut, type Machine, sessionConfig, showPlan } from './finish.ts';
import { answerOf, type Console, PromptsCancelled } from './prompt-answer.ts';
import type { TargetFields } from './read-target.ts';
import { parametersOf } from './setup-calls.ts';
import { explainRequest, SetupProblem } from './setup-problem.ts';
import type { SetupSession } from './setup-session.ts';
import { PortInUse, redirectUriFor, startSetupServer } from './start-setup-server.ts';
import { PORTAL_APPS_URL, viewOf } from './view-of-session.ts';

export interface TerminalOptions {
  /** Where TikTok's way back is awaited, besides the prompt; it works when the browser is on this machine. */
  readonly port: number;
  readonly sessionFor: (redirectUri: string) => SetupSession;
  readonly machine: Machine;
  readonly signal: AbortSignal;
  /** Default: the terminal. */
  readonly input?: Readable | undefined;
  readonly output?: Writable | undefined;
}

/**
 * Setup by questions in the terminal.
 *
 * @returns the exit code: 0 when the result was written
 */
export async function runInTerminal(options: TerminalOptions): Promise<number> {
  const { machine, signal, input, output, port } = options;
  const at: Console = { signal, ...(input ? { input } : {}), ...(output ? { output } : {}) };
  const session = options.sessionFor(redirectUriFor(port));
  try {
    prompts.intro('TikTok Ads to one table', at);
    await askName(session, at);
    await askAuthorization(session, at, {
      port,
      keeps: machine.existing !== undefined && session.authorization.isGranted,
    });
    await askAdvertisers(session, at);
    await askRange(session, at);
    await askSchedule(session, at);
    return await finish(session, at, machine);
  } catch (error) {
    if (!(error instanceof PromptsCancelled)) throw error;
    prompts.cancel('Nothing was written.', at);
    return 1;
  } finally {
    session.granted.close();
    // What nobody will read any more must not keep the process alive.
    if (!input) process.stdin.unref();
  }
}

/** Asks until the answer can be right. */
async function untilRight(at: Console, ask: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SetupProblem)) throw error;
      prompts.log.error(error.message, at);
    }
  }
}

function askName(session: SetupSession, at: Console): Promise<void> {
  return untilRight(at, async () => {
    const name = await answerOf(prompts.text({ ...at, message: 'Collect name', placeholder: 'My brand' }));
    session.setName({ name: name ?? '' });
    const folder = await answerOf(prompts.text({ ...at, message: 'Folder', initialValue: session.folder }));
    session.setName({ name, folder });
  });
}

async function askAuthorization(
  session: SetupSession,
  at: Console,
  { port, keeps }: { readonly port: number; readonly keeps: boolean },
): Promise<void> {
  if (keeps && (await answerOf(prompts.confirm({ ...at, message: 'Keep the present authorization?' })))) {
    await session.loadAdvertisers();
    if (!session.granted.problem) return;
    prompts.log.error(`${session.granted.problem.says} ${session.granted.problem.advice}`, at);
  }
  prompts.log.message(
    `Your app: ${PORTAL_APPS_URL}\nRegister there, as “Advertiser redirect URL”, exactly: ${redirectUriFor(port)}`,
    at,
  );
  await untilRight(at, async () => {
    const appId = await answerOf(prompts.text({ ...at, message: 'App id', initialValue: session.authorization.appId }));
    const secret = await answerOf(
      prompts.password({
        ...at,
        message: session.authorization.hasSecret ? 'Secret (empty keeps the present one)' : 'Secret',
      }),
    );
    session.authorization.setApp({ appId: appId ?? '', secret: secret ?? '' });
    prompts.log.message(`Click here to authorize:\n${session.authorization.begin()}`, at);
    const problem = await session.comeBack(await wayBack(at, port));
    if (problem) throw new SetupProblem(problem);
    if (session.granted.problem) throw new SetupProblem(session.granted.problem);
  });
}

/** The parameters that TikTok sends back: by itself to this machine, or pasted from a browser elsewhere. */
async function wayBack(at: Console, port: number): Promise<URLSearchParams> {
  const arrived = new AbortController();
  let parameters: URLSearchParams | undefined;
  const server = await startSetupServer({
    port,
    callNamed: () => undefined,
    onCallback: async (found) => {
      parameters = found;
      arrived.abort();
      return 'TikTok has answered. Go on in the terminal; this page can be closed.';
    },
    onUse: () => {},
    describe: (error) => ({ status: 500, body: explainRequest(error) }),
  }).catch((error: unknown) => {
    // In a container, or with another setup running, the address is pasted.
    if (error instanceof PortInUse) return undefined;
    throw error;
  });
  try {
    const pasted = await prompts.text({
      ...at,
      signal: AbortSignal.any([at.signal, arrived.signal]),
      message: server
        ? 'Waiting for TikTok. If the browser is on another machine, paste the address that it ended at'
        : 'Paste the address that the browser ended at',
      placeholder: `${redirectUriFor(port)}?auth_code=…`,
    });
    if (parameters) return parameters;
    return parametersOf(await answerOf(Promise.resolve(pasted)));
  } finally {
    await server?.close();
  }
}

async function askAdvertisers(session: SetupSession, at: Console): Promise<void> {
  const { list } = viewOf(session, {}).advertisers;
  await untilRight(at, async () => {
    const everyone = await answerOf(
      prompts.confirm({
        ...at,
        message: `Collect all ${list.length} advertisers, those granted later, too?`,
        initialValue: session.chosen === 'all' || session.chosen.length === 0,
      }),
    );
    if (everyone) return session.chooseAdvertisers('all');
    const chosen = await answerOf(
      prompts.autocompleteMultiselect({
        ...at,
        message: 'Advertisers (type to search)',
        options: list.map(({ id, name, currency, timeZone }) => ({
          value: id,
          label: `${name} (${id})`,
          hint: [currency, timeZone].filter(Boolean).join(', '),
        })),
        initialValues: session.chosen === 'all' ? [] : [...session.chosen],
      }),
    );
    session.chooseAdvertisers(chosen);
  });
}

async function askRange(session: SetupSession, at: Console): Promise<void> {
  const { range } = viewOf(session, {});
  const { today } = range;
  await untilRight(at, async () => {
    const preset = await answerOf(
      prompts.select({
        ...at,
        message: 'Historical range',
        options: [
          { value: range.startDate, label: session.startDate ? `As it is: from ${range.startDate}` : '90 days' },
          { value: addDays(today, -29), label: '30 days' },
          { value: `${today.slice(0, 4)}-01-01`, label: 'This year' },
          ...(range.oldest ? [{ value: range.oldest, label: `All, from ${range.oldest}` }] : []),
          { value: '', label: 'Another first day' },
        ],
      }),
    );
    const startDate =
      preset || (await answerOf(prompts.text({ ...at, message: 'First day', placeholder: range.startDate }))) || '';
    const choice = {
      startDate,
      endDate: session.endDate,
      lookbackDays: session.lookbackDays,
      includeDeleted: session.includeDeleted,
      advertiserColumns: session.advertiserColumns,
    };
    const { windows, requests, seconds, rows } = session.estimateRange(choice);
    session.setRange(choice);
    const known = rows === undefined ? '' : `, about ${rows} rows`;
    prompts.log.message(`${windows} windows, ${requests} requests, about ${seconds} s at this quota${known}.`, at);
  });
}

async function askSchedule(session: SetupSession, at: Console): Promise<void> {
  const { schedule } = viewOf(session, {});
  await untilRight(at, async () => {
    const time = schedule.once
      ? ''
      : await answerOf(
          prompts.text({
            ...at,
            message: `Every day at (${schedule.timeZone}; yesterday is final after ${schedule.correctedAt})`,
            initialValue: schedule.time,
          }),
        );
    const { kind, fields } = await askTarget(at, { image: session.options.image, once: schedule.once });
    session.setSchedule({ time, timeZone: schedule.timeZone, kind, fields: fields satisfies TargetFields });
  });
}

async function finish(session: SetupSession, at: Console, machine: Machine): Promise<number> {
  const spinner = prompts.spinner(at);
  spinner.start('Finish: asking TikTok');
  await session.runCheck(sessionConfig(session, machine));
  const { state, lines } = session.check;
  spinner.stop(state === 'passed' ? 'Checked' : 'The check did not pass');
  for (const { kind, says } of lines) {
    if (kind === 'good') prompts.log.success(says, at);
    else if (kind === 'bad') prompts.log.error(says, at);
    else prompts.log.warn(says, at);
  }
  if (state !== 'passed') {
    prompts.outro('Nothing was written.', at);
    return 1;
  }
  const plan = await showPlan(session, machine);
  const marks = { new: '', same: ' (unchanged)', differs: ' (is there, differs)' };
  prompts.log.message(
    [`In ${plan.folder}:`, ...plan.files.map(({ path, status, says }) => `  ${path}${marks[status]}  ${says}`)].join(
      '\n',
    ),
    at,
  );
  for (const { line, says, body } of plan.requests) prompts.log.message(`${says}\n${line}\n${body ?? ''}`, at);
  const differing = plan.files.filter(({ status }) => status === 'differs').map(({ path }) => path);
  const message =
    differing.length > 0 ? `Replace ${differing.join(', ')} (copies are kept) and write the rest?` : 'Write this?';
  if (!(await answerOf(prompts.confirm({ ...at, message })))) throw new PromptsCancelled('Declined.');
  const { says, kept, commands } = await carryOut(session, machine, { replace: new Set(differing), signal: at.signal });
  for (const path of kept) prompts.log.info(`Kept a copy: ${path}`, at);
  for (const { says: what, command } of commands) prompts.log.message(`${what}:\n${command}`, at);
  prompts.outro(says, at);
  return 0;
}
