import { parseArgs } from 'node:util';
import type { ParsedArguments, Program, Verb } from './parse-arguments.ts';

/**
 * Reads a command line as `parseArguments` does. Orchestrators write a verb with its options in full; this is understood
 * here, because loading the parser, which also knows help, abbreviations and suggestions, takes longer than starting Node.
 */
export async function readArguments(args: readonly string[], program: Program): Promise<ParsedArguments> {
  const plain = readPlain(args, program.verbs);
  if (plain !== undefined) return plain;
  const { parseArguments } = await import('./parse-arguments.ts');
  return parseArguments(args, program);
}

/** @returns undefined when the command line is not certain to be right and to mean this */
function readPlain(args: readonly string[], verbs: readonly Verb[]): ParsedArguments | undefined {
  const [first = '', ...others] = args;
  const single = verbs.find(({ name }) => name === '');
  const verb = single ?? verbs.find(({ name }) => name === first);
  const options = Object.entries(verb?.options ?? {});
  if (
    verb === undefined ||
    verb.verbs ||
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
