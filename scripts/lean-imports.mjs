// For the bundler of the programs: keeps out of their start what no read needs. Together half of the time from the start of
// `read` to its first request (Node 26).
import { readFile } from 'node:fs/promises';

export function leanImports() {
  return {
    name: 'lean-imports',
    setup(bundler) {
      // An ES import of node:http reads every export of it, `WebSocket` among them, and that loads all of `fetch`.
      bundler.onResolve({ filter: /^(node:)?(http|https|http2)$/ }, ({ path }) => ({
        path: path.replace(/^node:/, ''),
        namespace: 'builtin',
      }));
      bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      }));
      // axios does the same for its adapter for `fetch`, which we do not use, and to know a form, which we do not send.
      bundler.onLoad({ filter: /axios\/lib\/adapters\/fetch\.js$/ }, () => ({
        contents: 'export const getFetch = () => undefined;\nexport default undefined;',
      }));
      bundler.onLoad({ filter: /axios\/lib\/utils\.js$/ }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(/typeof G\.FormData [^;]*;/, 'undefined;'),
      }));
    },
  };
}
