import { watchOutput } from '../wire/last-word.ts';
import type { Program } from './parse-arguments.ts';
import { readArguments } from './read-arguments.ts';
import { runPeopleVerb } from './run-people-verb.ts';
import { PEOPLE_VERBS, PROTOCOL_VERBS } from './source-verbs.ts';
import { version } from './version.ts';

const NAME = 'source-tiktok-ads';

const PROGRAM: Program = {
  name: NAME,
  version,
  verbs: [...PROTOCOL_VERBS, ...PEOPLE_VERBS],
  epilogue: `The same data for Singer: \`${NAME} tap --help\`.`,
};

/** The exit code for a command line that cannot be understood, as in shells. */
const USAGE_EXIT_CODE = 2;

/**
 * The program `source-tiktok-ads`: the verbs of the Airbyte protocol, those for people, and `tap`, which runs the
 * other program (so that one image has both).
 *
 * @param args what follows the program's name
 * @returns the exit code
 */
export async function runSource(args: readonly string[]): Promise<number> {
  if (args[0] === 'tap') {
    const { runTapProgram } = await import('./run-tap-program.ts');
    return await runTapProgram(args.slice(1), `${NAME} tap`);
  }
  const parsed = await readArguments(args, PROGRAM);
  switch (parsed.type) {
    case 'text':
      watchOutput();
      process.stdout.write(`${parsed.text}\n`);
      return 0;
    case 'mistake': {
      const help = args.length === 0 ? await readArguments(['--help'], PROGRAM) : undefined;
      if (help?.type === 'text') process.stderr.write(`${help.text}\n\n`);
      return await refuse(args, parsed.mistake);
    }
    case 'verb': {
      if (!PROTOCOL_VERBS.some(({ name }) => name === parsed.verb))
        return await runPeopleVerb(parsed.verb, parsed.values);
      const { runProtocolVerb } = await import('./run-protocol.ts');
      return await runProtocolVerb(parsed.verb, parsed.values);
    }
  }
}

/** An orchestrator reads standard output only; a person who mistyped a verb has no use for JSON. */
async function refuse(args: readonly string[], mistake: string): Promise<number> {
  const verb = PROTOCOL_VERBS.find(({ name }) => name === args[0])?.name;
  const known = PEOPLE_VERBS.find(({ name }) => name === args[0])?.name ?? verb;
  const { wrap } = await import('../terminal/wrap.ts');
  const message = `${mistake} See \`${[NAME, known, '--help'].filter(Boolean).join(' ')}\`.`;
  const shown = `${wrap(message, process.stderr.columns)}\n`;
  if (verb !== undefined || (args.length > 0 && known === undefined && !process.stdout.isTTY)) {
    const { reportUsageError } = await import('../airbyte/commands.ts');
    if (process.stderr.isTTY) process.stderr.write(shown);
    return await reportUsageError(message);
  }
  process.stderr.write(shown);
  return USAGE_EXIT_CODE;
}
