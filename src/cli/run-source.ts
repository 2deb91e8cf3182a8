import { streams } from '../streams/all-streams.ts';
import { openFace } from './face/open-face.ts';
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
      process.stdout.write(`${parsed.text}\n`);
      return 0;
    case 'mistake': {
      const help = args.length === 0 ? await readArguments(['--help'], PROGRAM) : undefined;
      if (help?.type === 'text') process.stderr.write(`${help.text}\n\n`);
      return await refuse(args, parsed.mistake);
    }
    case 'verb': {
      const isProtocol = PROTOCOL_VERBS.some(({ name }) => name === parsed.verb);
      return await (isProtocol ? runProtocolVerb : runPeopleVerb)(parsed.verb, parsed.values);
    }
  }
}

/** An orchestrator reads standard output only; a person who mistyped a verb has no use for JSON. */
async function refuse(args: readonly string[], mistake: string): Promise<number> {
  const verb = PROTOCOL_VERBS.find(({ name }) => name === args[0])?.name;
  const known = PEOPLE_VERBS.find(({ name }) => name === args[0])?.name ?? verb;
  const message = `${mistake} See \`${[NAME, known, '--help'].filter(Boolean).join(' ')}\`.`;
  if (verb !== undefined || (args.length > 0 && known === undefined && !process.stdout.isTTY)) {
    const { reportUsageError } = await import('../airbyte/commands.ts');
    if (process.stderr.isTTY) process.stderr.write(`${message}\n`);
    return await reportUsageError(message);
  }
  process.stderr.write(`${message}\n`);
  return USAGE_EXIT_CODE;
}

async function runProtocolVerb(verb: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const { runCheck, runDiscover, runRead, runSpec } = await import('../airbyte/commands.ts');
  const configPath = values.config as string;
  const debug = values.debug === true || process.env.LOG_LEVEL?.toLowerCase() === 'debug';
  if (verb === 'spec') return await runSpec();
  const audience = await openFace({ quiet: values.quiet === true });
  const offer = { streams, audience };
  try {
    if (verb === 'check') return await runCheck({ configPath, debug }, offer);
    if (verb === 'discover') return await runDiscover({ configPath, debug }, offer);
    const catalogPath = values.catalog as string;
    const statePath = values.state as string | undefined;
    const shard = values.shard as string | undefined;
    return await runRead({ configPath, catalogPath, statePath, shard, debug }, offer);
  } finally {
    audience?.close();
  }
}
