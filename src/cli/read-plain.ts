import { parseArgs } from 'node:util';
import type { ParsedArguments, Verb } from './parse-arguments.ts';

/**
 * Reads a command line as orchestrators write it, a verb with its options in full.
 *
 * @returns undefined when the command line is not certain to be right and to mean this
 */
export function readPlain(
  args: readonly string[],
  verbs: readonly Verb[],
): Extract<ParsedArguments, { type: 'verb' }> | undefined {
  const [first = '', ...others] = args;
  const single = verbs.find(({ name }) => name === '');
  const verb = single ?? verbs.find(({ name }) => name === first);
  const options = Object.entries(verb?.options ?? {});
  if (
    verb === undefined ||
    verb.verbs ||
    // The parser takes a lone dash for a value of some options only.
    args.includes('-') ||
    options.some(([, { type, default: value }]) => type === 'number' || value !== undefined)
  )
    return undefined;
  try {
    const { values } = parseArgs({
      args: single ? [...args] : others,
      options: Object.fromEntries(
        options.map(([name, { type, array = false }]) => [
          name,
          { type: type === 'boolean' ? 'boolean' : 'string', multiple: array },
        ]),
      ),
    });
    const given = Object.values(values).flat();
    const isComplete = options.every(([name, { demandOption }]) => !demandOption || values[name] !== undefined);
    return isComplete && !given.includes('') ? { type: 'verb', verb: verb.name, values: { ...values } } : undefined;
  } catch {
    return undefined;
  }
}
