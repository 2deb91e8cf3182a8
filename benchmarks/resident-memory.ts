import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Bytes that a running process has resident now: from `/proc`, or from `ps` where there is none. */
export function residentBytes(pid: number): number {
  let kilobytes: string | undefined;
  try {
    kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  } catch {
    kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'latin1' });
  }
  return Number(kilobytes) * 1024;
}
