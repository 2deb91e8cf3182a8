import type { Argv, Options } from 'yargs';
import yargs from 'yargs';
import { nearestName } from '../config/nearest-name.ts';

/** One verb of a program, as its help describes it; `''` is the program itself. */
export interface Verb {
  readonly name: string;
  readonly description: string;
  readonly options: Readonly<Record<string, Options>>;
  /** The name of its positional arguments, one or more. */
  readonly operands?: { readonly name: string; readonly description: string };
  /** Its sub-commands: `merge` of `state` is called as `state merge`. */
  readonly verbs?: readonly Verb[];
  /** What its help says last. */
  readonly epilogue?: string;
  /** Examples for the end of its help: the command, and what it does. */
  readonly examples?: readonly (readonly [string, string])[];
}

/** A program and its verbs, for reading a command line. */
export interface Program {
  readonly name: string;
  readonly verbs: readonly Verb[];
  readonly version: string;
  readonly epilogue?: string;
}

/** What a command line says. `text` is for a person: the help or the version; `mistake` is one sentence or more. */
export type ParsedArguments =
  | { readonly type: 'verb'; readonly verb: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'mistake'; readonly mistake: string };

/**
 * Reads a command line strictly: unknown verbs, unknown options, missing options and missing values are mistakes. When an
 * option is given twice, the last one counts, as in other connectors and taps.
 */
export function parseArguments(args: readonly string[], program: Program): ParsedArguments {
  const { name, verbs, version, epilogue } = program;
  let chosen: ParsedArguments | undefined;
  const parser = yargs()
    .scriptName(name)
    .locale('en') // yargs would load translations from files, and bug reports should be in English.
    .parserConfiguration({
      'dot-notation': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'strip-aliased': true,
    })
    .exitProcess(false)
    .strict()
    .help()
    .alias('help', 'h')
    .wrap(Math.min(80, process.stdout.columns || 80));
  if (epilogue) parser.epilogue(epilogue);
  const isSingle = verbs.length === 1 && verbs[0]?.name === '';
  const [first = ''] = args;
  const unknownVerb = isSingle || first.startsWith('-') || verbs.some((verb) => verb.name === first) ? '' : first;
  // A program without verbs may define its own --version.
  if (isSingle) parser.version(false);
  else {
    parser.version(version).usage('$0 <verb> [options]').demandCommand(1, 'A verb is missing.').recommendCommands();
  }
  const add = (to: Argv, verb: Verb, path: string): Argv => {
    const { operands } = verb;
    return to.command(
      `${verb.name || '$0'}${operands ? ` <${operands.name}..>` : ''}`,
      verb.description,
      (command) => {
        for (const [example, meaning] of verb.examples ?? []) command.example(example, meaning);
        if (verb.epilogue) command.epilogue(verb.epilogue);
        // Without a default yargs would show an empty list as one.
        const { name: operand = '', description: describe = '' } = operands ?? {};
        if (operands) command.positional(operand, { type: 'string', describe, defaultDescription: 'none' });
        for (const one of verb.verbs ?? []) add(command, one, `${path} ${one.name}`);
        if (verb.verbs) command.demandCommand(1, `${path} needs one of its verbs: ${listed(verb.verbs)}.`);
        return command.options(verb.options);
      },
      ({ _, $0, help, ...values }) => {
        const options = operands ? { ...verb.options, [operands.name]: { array: true } } : verb.options;
        chosen = { type: 'verb', verb: path, values: lastOfEach(values, options) };
      },
    );
  };
  for (const verb of verbs) add(parser, verb, verb.name);
  if (!isSingle) parser.completion('completion', 'Print what makes bash or zsh complete verbs and options');
  let result: ParsedArguments | undefined;
  parser.fail((message, error) => {
    if (!message && error) throw error;
    result ??= {
      type: 'mistake',
      mistake: unknownVerb
        ? noSuchVerb(unknownVerb, message)
        : (unknownOption(message, args, verbs) ?? inWords(sentence(message), args)),
    };
  });
  parser.parse([...args], {}, (error: unknown, _values: unknown, output: string) => {
    if (!error && output) result ??= { type: 'text', text: output };
  });
  return result ?? chosen ?? { type: 'mistake', mistake: 'A verb is missing.' };
}

function listed(verbs: readonly Verb[]): string {
  const names = verbs.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** What yargs says of parsers ("Not enough arguments following"), as a person would say it. */
function inWords(message: string, args: readonly string[]): string {
  const [first = '', second = ''] = args;
  const rules: readonly [RegExp, (...found: string[]) => string][] = [
    [
      /^Missing required arguments?: (.*)\.$/,
      (names = '') => {
        const missing = names.split(', ').map((name) => `--${name}`);
        const guess = args.length === 2 && !second.startsWith('-') ? ` Did you mean ${missing[0]} ${second}?` : '';
        return `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.${guess}`;
      },
    ],
    [/^Not enough arguments following: (.*)\.$/, (name) => `--${name} needs a value.`],
    [/^Not enough non-option arguments/, () => 'No file is named.'],
    [
      /^Invalid values: Argument: (.*), Given: (.*), Choices: (.*)\.$/,
      (name, given, choices) => `--${name} is ${given}; expected one of ${choices}.`,
    ],
    [/^(Did you mean .*)$/, (guess) => `There is no "${first} ${second}". ${guess}`],
  ];
  for (const [pattern, words] of rules) {
    const found = pattern.exec(message);
    if (found) return words(...found.slice(1));
  }
  return message;
}

/** yargs also complains about the verb's options, or suggests a verb without naming the wrong one. */
function noSuchVerb(verb: string, message: string): string {
  const guess = /^Did you mean/.test(message) ? ` ${sentence(message)}` : '';
  return `There is no verb "${verb}".${guess}`;
}

/** yargs complains about missing options first, names options without dashes, and suggests nothing. */
function unknownOption(message: string, args: readonly string[], verbs: readonly Verb[]): string | undefined {
  if (!/^(Unknown|Missing) /.test(message)) return undefined;
  const known = optionsFor(args, verbs);
  const given = args.flatMap((arg) => /^--([^=]+)/.exec(arg)?.[1] ?? []);
  const sentences = [...new Set(given)]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return nearest === undefined ? `There is no option --${name}.` : `--${name}: did you mean --${nearest}?`;
    });
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

/** The long names of the options of the verb that a command line names. */
function optionsFor([first = '', ...others]: readonly string[], verbs: readonly Verb[]): readonly string[] {
  const verb = verbs.find(({ name }) => name === '' || name === first);
  if (!verb) return [];
  return verb.verbs ? optionsFor(others, verb.verbs) : [...Object.keys(verb.options), 'help', 'version'];
}

/** Options given twice arrive as lists. */
function lastOfEach(values: Readonly<Record<string, unknown>>, options: Verb['options']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      Array.isArray(value) && !options[key]?.array ? value.at(-1) : value,
    ]),
  );
}

/** yargs breaks its messages into lines and omits the full stop. */
function sentence(message: string): string {
  const text = message.replace(/\s*\n\s*/g, ' ').trim();
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
