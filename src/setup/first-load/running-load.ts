import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** In the folder of a project while a command loads it: whose processes those are. */
const NOTE_NAME = '.loading';

/**
 * Notes in a project's folder which process group loads it. When setup is killed, the load goes on, and the next setup
 * learns of it by this note.
 *
 * @param pid of the group's first process
 * @returns takes the note away
 */
export async function noteLoad(folder: string, pid: number): Promise<() => Promise<void>> {
  const path = join(folder, NOTE_NAME);
  await writeFile(path, `${pid} ${await startOf(pid)}\n`, { mode: 0o600 });
  return () => rm(path, { force: true });
}

/** The process group that loads a project, as an earlier setup noted it; undefined when it has ended. */
export async function loadStillRunning(folder: string): Promise<number | undefined> {
  const note = await readFile(join(folder, NOTE_NAME), 'utf8').catch(() => '');
  const [, pid, start] = /^(\d+) (.+)\n$/.exec(note) ?? [];
  // The number may be another process' by now, but not with the same start.
  return pid !== undefined && (await startOf(Number(pid))) === start ? Number(pid) : undefined;
}

/** When a process began, in the words of `ps`; empty when it has ended, or where `ps` cannot tell. */
async function startOf(pid: number): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env }).catch(() => ({
    stdout: '',
  }));
  return stdout.trim();
}
