import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts stand-ins for what switches timers on into a folder for PATH: a test must not reach those of this machine. */
export async function withoutTimers(bin: string): Promise<void> {
  await mkdir(bin, { recursive: true });
  for (const name of ['systemctl', 'loginctl', 'crontab']) {
    await writeFile(join(bin, name), '#!/bin/sh\necho "Failed to connect to bus" >&2\nexit 1\n', { mode: 0o755 });
  }
}
