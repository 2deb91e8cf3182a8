// For the bundle of the programs: keeps out of their start what no read needs. Together half of the time from the start of
// `read` to its first request (Node 26).
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';

/** Of axios only its core: requests go through an adapter of our own, and no form is sent (decision 20). */
export function leanImports() {
  return {
    name: 'lean-imports',
    setup(bundler) {
      bundler.onResolve({ filter: /^(form-data|crypto)$/ }, ({ importer }) =>
        importer.includes('node_modules/axios/') ? { path: 'unused', namespace: 'unused' } : undefined,
      );
      bundler.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'export default class Unused {}' }));
      bundler.onLoad({ filter: /axios\/lib\/adapters\/adapters\.js$/ }, () => ({
        contents: 'export default { getAdapter: (adapter) => adapter };',
      }));
      bundler.onLoad({ filter: /axios\/lib\// }, async ({ path }) => {
        const [unused, instead] = UNUSED_OF_AXIOS[path.slice(path.indexOf('axios/lib/') + 'axios/lib/'.length)] ?? [];
        if (!unused) return undefined;
        const code = await readFile(path, 'utf8');
        if (!unused.test(code)) throw new Error(`${path} has no ${unused} any more.`);
        return { contents: code.replace(unused, instead) };
      });
    },
  };
}

/** By file, what Node loads many modules for although no read needs it, and what stands in its place. */
const UNUSED_OF_AXIOS = {
  'utils.js': [/typeof G\.FormData [^;]*/, 'undefined'], // To know a form: all of `fetch`.
  'platform/common/utils.js': [/\(typeof navigator [^)]*\)/, 'undefined'],
  'core/dispatchRequest.js': [/typeof performance [^;]*/, 'Date.now'], // To measure each request.
};

/**
 * The code of a chunk, which asks Node for its own modules by a call: an ES import reads every export of them, and that
 * loads much, all of `fetch` for node:http, the streams for node:fs.
 */
export function callForBuiltins(code) {
  const calls = [];
  const rest = code.replace(BUILTIN_IMPORT, (statement, names, path) => {
    if (!isBuiltin(path)) return statement;
    const left = names.startsWith('{') ? names.replaceAll(' as ', ':') : names.replace('*as ', '').trim();
    calls.push(`const ${left}=process.getBuiltinModule("${path}");`);
    return '';
  });
  return calls.join('') + rest;
}

const BUILTIN_IMPORT = /(?<=^|[;}\n])import(\{[^{}]*\}|(?:\*as)? [\w$]+ )from"([a-z:/_\d]+)";/g;
