import type { Readable, Writable } from 'node:stream';
import * as prompts from '@clack/prompts';
import { redirectUriFor } from '../browser/start-setup-server.ts';
import type { DraftFile, Entered } from '../session/draft.ts';
import type { Machine } from '../session/finish.ts';
import { checkDaily } from '../session/schedule-choice.ts';
import type { SetupSession } from '../session/setup-session.ts';
import { viewOf } from '../session/view-of-session.ts';
import { askAdvertisers } from './ask-advertisers.ts';
import { askAuthorization } from './ask-authorization.ts';
import { askRange } from './ask-range.ts';
import { askTarget } from './ask-target.ts';
import { finishInTerminal } from './finish-in-terminal.ts';
import { answerOf, type Console, PromptsCancelled, untilRight } from './prompt-answer.ts';

export interface TerminalOptions {
  /** Waits for TikTok's answer beside the prompt; it comes here when the browser is on this machine. */
  readonly port: number;
  readonly sessionFor: (redirectUri: string, draft?: Entered) => SetupSession;
  readonly draft: DraftFile;
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
  const { input, output, port } = options;
  const unattended = new AbortController();
  const signal = AbortSignal.any([options.signal, unattended.signal]);
  // Answers may come through a pipe. When it has ended, no more will come.
  const onEnd = (): void => unattended.abort();
  if (!input && !process.stdin.isTTY) process.stdin.once('end', onEnd);
  const at: Console = { signal, ...(input ? { input } : {}), ...(output ? { output } : {}) };
  try {
    prompts.intro('TikTok Ads to one table', at);
    const entered = await offerDraft(options.draft, at);
    await walk(options.sessionFor(redirectUriFor(port), entered), at, { ...options, goesOn: entered !== undefined });
    await options.draft.remove();
    return 0;
  } catch (error) {
    if (!(error instanceof PromptsCancelled)) throw error;
    prompts.cancel(unattended.signal.aborted ? NO_TERMINAL : error.message, at);
    return 1;
  } finally {
    // An open standard input would keep the process alive.
    if (!input) (process.stdin.off('end', onEnd) as Partial<NodeJS.ReadStream>).unref?.(); // A file has none.
  }
}

const NO_TERMINAL =
  'There is no terminal to answer in: standard input has ended. Run it in a terminal, or use the options for scripts (setup --help).';

/** What was entered before and not finished, if the user wants to go on with it. */
async function offerDraft(file: DraftFile, at: Console): Promise<Entered | undefined> {
  const draft = file.read();
  if (!draft) return undefined;
  const { savedAt, entered } = draft;
  const when = `${savedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const message = `Go on with ${entered.name ? `“${entered.name}”` : 'what was entered'}, from ${when}?`;
  if (await answerOf(prompts.confirm({ ...at, message }))) return entered;
  await file.remove();
  return undefined;
}

/** The steps in order, each answer kept in the draft; those that a draft has answered are not asked again. */
async function walk(
  session: SetupSession,
  at: Console,
  { port, machine, draft, goesOn }: TerminalOptions & { readonly goesOn: boolean },
): Promise<void> {
  const keep = (): Promise<void> => draft.save(session.entered);
  const steps = {
    authorize: () => askAuthorization(session, at, { port, keeps: false }),
    advertisers: () => askAdvertisers(session, at),
    target: () => askSchedule(session, at),
  };
  try {
    if (!(goesOn && session.name)) await askName(session, at);
    await keep();
    await askAuthorization(session, at, { port, keeps: session.authorization.isGranted });
    await keep();
    if (!(goesOn && session.advertisersConfirmed)) await steps.advertisers();
    await keep();
    if (!(goesOn && session.rangeConfirmed)) await askRange(session, at);
    await keep();
    if (!(goesOn && session.target)) await steps.target();
    await keep();
    await finishInTerminal(session, at, { machine, steps });
  } finally {
    session.granted.close();
  }
}

function askName(session: SetupSession, at: Console): Promise<void> {
  return untilRight(at, async () => {
    const name = await answerOf(
      prompts.text({
        ...at,
        message: 'Collect name',
        placeholder: 'for instance the brand’s',
        initialValue: session.name,
      }),
    );
    session.setName({ name: name ?? '' });
    const folder = await answerOf(
      prompts.text({ ...at, message: 'Folder that the result goes into', initialValue: session.folder }),
    );
    session.setName({ name, folder });
  });
}

async function askSchedule(session: SetupSession, at: Console): Promise<void> {
  const { schedule } = viewOf(session, {});
  await untilRight(at, async () => {
    const daily = schedule.once
      ? ''
      : await answerOf(
          prompts.text({
            ...at,
            message: `Runs every day at (by about ${schedule.correctedAt} TikTok has corrected yesterday’s figures)`,
            initialValue: `${schedule.time} ${schedule.timeZone}`,
          }),
        );
    const [time = '', timeZone = schedule.timeZone] = daily.trim().split(/\s+/);
    if (!schedule.once) checkDaily({ time, timeZone });
    const { kind, fields } = await askTarget(at, { target: schedule.target, once: schedule.once });
    session.setSchedule({ time, timeZone, kind, fields });
  });
  if (viewOf(session, {}).schedule.tooEarly && !schedule.once) {
    prompts.log.warn('At that time yesterday is not corrected yet: the run of the next day reads it again.', at);
  }
}
