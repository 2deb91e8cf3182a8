import { ReadStream } from 'node:tty';
import { log } from '@clack/prompts';
import { type Console, PromptsCancelled } from './prompt-answer.ts';

const CTRL_C = 3;

/**
 * Says what is going on while it goes on. Keys that are pressed meanwhile are dropped: an Enter too many must not answer
 * the question that comes next. Ctrl+C is the signal that it is at any other time (the prompts' own spinner would end
 * the process there and then, with success).
 *
 * @throws PromptsCancelled when it was interrupted
 */
export async function whileBusy<Value>(at: Console, says: string, job: () => Promise<Value>): Promise<Value> {
  log.step(`${says} …`, at);
  const input = at.input ?? process.stdin;
  const terminal = input instanceof ReadStream ? input : undefined;
  const onKeys = (keys: Buffer): void => {
    if (keys.includes(CTRL_C)) process.emit('SIGINT', 'SIGINT');
  };
  terminal?.setRawMode(true).on('data', onKeys).resume();
  const outcome = await job().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  terminal?.off('data', onKeys).setRawMode(false).pause();
  // Work that was interrupted is not done, also where it did not throw.
  if (at.signal.aborted) throw new PromptsCancelled();
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
