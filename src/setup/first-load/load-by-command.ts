import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ProgressOfLoad } from './load-progress.ts';

/** After a stop the command may write down how far it came. */
const KILL_MS = 20_000;

/**
 * Runs a command of the folder, the one that the timer will start, and takes how far it is from its lines.
 *
 * @returns why it failed, as a sentence; undefined when it ended well
 */
export async function loadByCommand({
  command,
  folder,
  progress,
  signal,
}: {
  readonly command: string;
  readonly folder: string;
  readonly progress: ProgressOfLoad;
  readonly signal: AbortSignal;
}): Promise<string | undefined> {
  // A group of its own: what it starts is stopped with it.
  const child = spawn('/bin/sh', ['-c', command], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => progress.readLine(line, { countsRows: false }));
  }
  const end = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
    } catch {
      // It has ended by itself.
    }
  };
  let kill: NodeJS.Timeout | undefined;
  const stop = (): void => {
    end('SIGTERM');
    kill = setTimeout(() => end('SIGKILL'), KILL_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const [code, by] = (await once(child, 'close')) as [number | null, string | null];
    return code === 0 ? undefined : `It ended with ${code ?? by}: the last lines say why.`;
  } finally {
    clearTimeout(kill);
    signal.removeEventListener('abort', stop);
  }
}
