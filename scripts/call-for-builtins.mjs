// For the bundle of the programs: keeps out of their start what Node loads behind an import of its own modules.
import { isBuiltin } from 'node:module';

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
