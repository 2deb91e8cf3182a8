import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of one run. */
export interface WorkFolder {
  readonly path: string;
  /** Writes a file and resolves to its path. */
  writeJson(name: string, value: unknown): Promise<string>;
  remove(): Promise<void>;
}

export async function makeWorkFolder(): Promise<WorkFolder> {
  const path = await mkdtemp(join(tmpdir(), 'source-tiktok-ads-bench-'));
  return {
    path,
    writeJson: async (name, value) => {
      const file = join(path, name);
      await writeFile(file, JSON.stringify(value));
      return file;
    },
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
