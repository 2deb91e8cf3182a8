import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder of one test file. */
export interface WorkFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes an empty folder that other users can enter: the image runs as uid 1000, PostgreSQL as its own user, and both
 * have to reach what lies in it.
 */
export async function makeWorkFolder(): Promise<WorkFolder> {
  const path = await mkdtemp(join(tmpdir(), 'source-tiktok-ads-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
