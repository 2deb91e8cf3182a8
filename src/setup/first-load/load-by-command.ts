import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { followFile } from './follow-file.ts';
import type { ProgressOfLoad } from './load-progress.ts';
import { loadStillRunning, noteLoad } from './running-load.ts';

/** After a stop the command may write down how far it came. */
const KILL_MS = 20_000;

/** How often it is looked whether a load of another setup has ended. */
const LOOK_MS = 500;

/**
 * Runs a command of the folder, the one that the timer will start, and takes how far it is from its lines. Where the same
 * still runs, begun by a setup that was killed, it waits for its end first: two at once would read everything twice.
 *
 * @returns why it failed, as a sentence; undefined when it ended well
 */
export async function loadByCommand({
  command,
  folder,
  progress,
  follows,
  spendIn,
  signal,
}: {
  readonly command: string;
  readonly folder: string;
  readonly progress: ProgressOfLoad;
  /** A folder into which it writes Airbyte messages: they say how far it is. */
  readonly follows?: string | undefined;
  /** The stream whose spend is summed: every level has the same. */
  readonly spendIn: string;
  readonly signal: AbortSignal;
}): Promise<string | undefined> {
  const follow = async <Result>(running: Promise<Result>): Promise<Result> => {
    const end = follows === undefined ? undefined : followFile(follows, (line) => readMessage(line, progress, spendIn));
    return await running.finally(() => end?.());
  };
  const before = await loadStillRunning(folder);
  if (before !== undefined) {
    progress.waits(
      'A load that an earlier setup began still runs; this one begins when it ends. Stopping this one stops it, too.',
    );
    await follow(endOf(before, folder, signal));
    progress.waits(undefined);
    if (signal.aborted) return undefined;
  }
  // A group of its own: what it starts is stopped with it.
  const child = spawn('/bin/sh', ['-c', command], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => progress.readLine(line, { countsRows: false }));
  }
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const { pid } = child;
  // Where the note cannot be written, only a later setup lacks it.
  const forget = pid === undefined ? undefined : await noteLoad(folder, pid).catch(() => undefined);
  const stopped = pid === undefined ? undefined : stopWith(signal, pid);
  try {
    const [code, by] = await follow(ended);
    return code === 0 ? undefined : `It ended with ${code ?? by}: the last lines say why.`;
  } finally {
    stopped?.();
    await forget?.();
  }
}

/** Waits for a load that is no child of this process, and stops it with the signal. */
async function endOf(pid: number, folder: string, signal: AbortSignal): Promise<void> {
  const stopped = stopWith(signal, pid);
  while ((await loadStillRunning(folder)) === pid) await wait(LOOK_MS);
  stopped();
}

/**
 * Stops a process group when the signal aborts: asks it first, and kills it where it does not end.
 *
 * @returns to be called when it has ended
 */
function stopWith(signal: AbortSignal, pid: number): () => void {
  const end = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name);
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
  return () => {
    clearTimeout(kill);
    signal.removeEventListener('abort', stop);
  };
}

/** A row, or a line of the log; see the Airbyte protocol. */
function readMessage(line: string, progress: ProgressOfLoad, spendIn: string): void {
  const { type, record, log } = JSON.parse(line) as {
    type: string;
    record?: { stream: string; data: Readonly<Record<string, unknown>> };
    log?: { message: string };
  };
  if (log) progress.readLine(log.message, { countsRows: true });
  if (type !== 'RECORD' || !record) return;
  const { advertiser_id, currency, spend } = record.data;
  progress.addRow({
    advertiserId: String(advertiser_id ?? ''),
    currency: String(currency ?? ''),
    ...(record.stream === spendIn ? { spend: Number(spend ?? 0) } : {}),
  });
}
