import type { Readable, Writable } from 'node:stream';
import * as prompts from '@clack/prompts';
import { redirectUriFor } from '../browser/start-setup-server.ts';
import type { Machine } from '../session/finish.ts';
import type { SetupSession } from '../session/setup-session.ts';
import { viewOf } from '../session/view-of-session.ts';
import { askAdvertisers } from './ask-advertisers.ts';
import { askAuthorization } from './ask-authorization.ts';
import { askRange } from './ask-range.ts';
import { askTarget } from './ask-target.ts';
import { finishInTerminal } from './finish-in-terminal.ts';
import { answerOf, type Console, PromptsCancelled, untilRight } from './prompt-answer.ts';

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
  const steps = {
    authorize: () => askAuthorization(session, at, { port, keeps: false }),
    advertisers: () => askAdvertisers(session, at),
    target: () => askSchedule(session, at),
  };
  try {
    prompts.intro('TikTok Ads to one table', at);
    await askName(session, at);
    const keeps = machine.existing !== undefined && session.authorization.isGranted;
    await askAuthorization(session, at, { port, keeps });
    await steps.advertisers();
    await askRange(session, at);
    await steps.target();
    await finishInTerminal(session, at, { machine, steps });
    return 0;
  } catch (error) {
    if (!(error instanceof PromptsCancelled)) throw error;
    prompts.cancel(error.message, at);
    return 1;
  } finally {
    session.granted.close();
    // What nobody will read any more must not keep the process alive.
    if (!input) process.stdin.unref();
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
    if (!schedule.once) session.checkDaily({ time, timeZone });
    const { kind, fields } = await askTarget(at, { target: schedule.target, once: schedule.once });
    session.setSchedule({ time, timeZone, kind, fields });
  });
  if (viewOf(session, {}).schedule.tooEarly && !schedule.once) {
    prompts.log.warn('At that time yesterday is not corrected yet: the run of the next day reads it again.', at);
  }
}
