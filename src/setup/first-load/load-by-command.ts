import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { followFile } from './follow-file.ts';
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
  const endFollowing =
    follows === undefined ? undefined : followFile(follows, (line) => readMessage(line, progress, spendIn));
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
    await endFollowing?.();
    signal.removeEventListener('abort', stop);
  }
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
