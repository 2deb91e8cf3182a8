// What orchestrators start: the verbs of the Airbyte protocol, and the tap. The build puts all of it into one file
// (docs/decisions/21-one-file-for-orchestrators.md).
import { runCheck, runDiscover, runRead, runSpec } from '../airbyte/commands.ts';
import { runTap } from '../singer/commands.ts';
import { streams } from '../streams/all-streams.ts';
import { openFace } from './face/open-face.ts';
import { readPlain } from './read-plain.ts';
import { PROTOCOL_VERBS } from './source-verbs.ts';
import { TAP } from './tap-verb.ts';

/**
 * Runs a verb of the Airbyte protocol whose command line is certain to be right.
 *
 * @returns the exit code; undefined when the command line has to be read by {@link parseArguments}
 */
export async function runPlainSource(args: readonly string[]): Promise<number | undefined> {
  const plain = readPlain(args, PROTOCOL_VERBS);
  return plain && (await runProtocolVerb(plain.verb, plain.values));
}

/** The same for the tap. */
export async function runPlainTap(args: readonly string[]): Promise<number | undefined> {
  const plain = readPlain(args, [TAP]);
  return plain && (await runTapVerb(plain.values));
}

export async function runProtocolVerb(verb: string, values: Readonly<Record<string, unknown>>): Promise<number> {
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

export async function runTapVerb({ dev: _dev, quiet, ...options }: Readonly<Record<string, unknown>>): Promise<number> {
  const audience = await openFace({ quiet: quiet === true });
  try {
    return await runTap(options, { streams, audience });
  } finally {
    audience?.close();
  }
}
