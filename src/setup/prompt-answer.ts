import type { Readable, Writable } from 'node:stream';
import { isCancel } from '@clack/prompts';

/** The user pressed Ctrl+C or Escape. */
export class PromptsCancelled extends Error {
  override readonly name = 'PromptsCancelled';
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
  if (isCancel(answer)) throw new PromptsCancelled('Cancelled.');
  return answer as Exclude<Value, symbol>;
}
