import type { ParsedArguments, Program } from './parse-arguments.ts';
import { readPlain } from './read-plain.ts';

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
