import type { Readable, Writable } from 'node:stream';
import { isCancel, log } from '@clack/prompts';
import { SetupProblem } from '../session/setup-problem.ts';

/** The user pressed Ctrl+C or Escape, or said no; the message says what that leaves behind. */
export class PromptsCancelled extends Error {
  override readonly name = 'PromptsCancelled';

  constructor(message = 'Nothing was written.') {
    super(message);
  }
}

/** Where prompts read and write. */
export interface Console {
  readonly input?: Readable;
  readonly output?: Writable;
  readonly signal: AbortSignal;
}

/** The answer of a prompt. @throws PromptsCancelled */
export async function answerOf<Value>(prompt: Promise<Value>): Promise<Exclude<Value, symbol>> {
  const answer = await prompt;
  if (isCancel(answer)) throw new PromptsCancelled();
  return answer as Exclude<Value, symbol>;
}

/** Asks until the answer can be right. @throws PromptsCancelled */
export async function untilRight<Value>(at: Console, ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (at.signal.aborted) throw new PromptsCancelled();
      if (!(error instanceof SetupProblem)) throw error;
      log.error(error.message, at);
    }
  }
}
