import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs the commands that switch a timer on, one after the other.
 *
 * @returns why one did not work, in the machine's words; undefined when all did
 */
export async function startTimer(commands: readonly string[]): Promise<string | undefined> {
  for (const command of commands) {
    try {
      await promisify(execFile)('/bin/sh', ['-c', command]);
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string };
      return stderr?.trim() || message;
    }
  }
  return undefined;
}
