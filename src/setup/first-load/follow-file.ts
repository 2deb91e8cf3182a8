import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How often the file is looked at, milliseconds. */
const EVERY_MS = 500;

/**
 * Tells the lines of the file that a run is writing into a folder, the one that ends in `.partial`.
 *
 * @returns ends it, after what has come until then
 */
export function followFile(folder: string, onLine: (line: string) => void): () => Promise<void> {
  let offset = 0;
  let name: string | undefined;
  let rest = Buffer.alloc(0);
  const look = async (): Promise<void> => {
    name ??= (await readdir(folder).catch(() => [])).find((one) => one.endsWith('.partial'));
    if (name === undefined) return;
    // At the end it has got its name.
    const file =
      (await open(join(folder, name)).catch(() => undefined)) ??
      (await open(join(folder, name.replace(/\.partial$/, ''))).catch(() => undefined));
    if (!file) return;
    try {
      for await (const chunk of file.createReadStream({ start: offset, autoClose: false })) {
        offset += (chunk as Buffer).length;
        rest = Buffer.concat([rest, chunk as Buffer]);
        const end = rest.lastIndexOf(10);
        for (const line of rest.subarray(0, Math.max(0, end)).toString().split('\n')) if (line !== '') onLine(line);
        rest = rest.subarray(end + 1);
      }
    } finally {
      await file.close();
    }
  };
  let last = Promise.resolve();
  const again = (): Promise<void> => {
    last = last.then(look).catch(() => {}); // The figures are late then; the run goes on.
    return last;
  };
  const timer = setInterval(again, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await again();
  };
}
