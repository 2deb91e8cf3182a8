#!/usr/bin/env node
// The platform asks for the specification each time its user opens the form. So `spec` is answered here, without loading
// the argument parser or anything else.
import { enableCompileCache } from './compile-cache.ts';

const args = process.argv.slice(2);
const [verb = '', ...rest] = args;
if (verb === 'spec' && rest.length === 0) {
  const [{ specLine }, { watchOutput }] = await Promise.all([
    import('../airbyte/spec-line.ts'),
    import('../wire/last-word.ts'),
  ]);
  watchOutput();
  process.stdout.write(`${specLine()}\n`);
} else {
  enableCompileCache();
  // process.exit() would cut off output that is still on its way to a pipe.
  const exitCode = (await runPlain()) ?? (await runAny());
  process.exitCode ||= exitCode;
}

/** What orchestrators start, as they write it. */
async function runPlain(): Promise<number | undefined> {
  if (!['check', 'discover', 'read', 'tap'].includes(verb)) return undefined;
  const { runPlainSource, runPlainTap } = await import('./run-protocol.ts');
  return await (verb === 'tap' ? runPlainTap(rest) : runPlainSource(args));
}

async function runAny(): Promise<number> {
  const { runSource } = await import('./run-source.ts');
  return await runSource(args);
}
