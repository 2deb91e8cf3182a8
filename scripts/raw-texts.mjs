// For the bundler, wherever it is called: the sources import whole files as texts.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** `import text from './page.html?raw'`: the text of the file, as vitest gives it. */
export function rawTexts() {
  return {
    name: 'raw-texts',
    setup(bundler) {
      bundler.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path.slice(0, -'?raw'.length)),
        namespace: 'raw',
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'raw' }, async ({ path }) => ({
        contents: await readFile(path, 'utf8'),
        loader: 'text',
      }));
    },
  };
}
