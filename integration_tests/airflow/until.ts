import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is yes. Rejects with what was waited for when it does not come in time. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, timeoutMs = 300_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs / 1000} s in vain until ${what}`);
    await wait(200);
  }
}
