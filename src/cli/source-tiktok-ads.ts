#!/usr/bin/env node
// The platform asks for the specification each time somebody opens the form: it has an answer of its own, which loads
// neither the argument parser nor anything else.
const [verb, ...rest] = process.argv.slice(2);
if (verb === 'spec' && rest.length === 0) {
  const { specLine } = await import('../airbyte/spec-line.ts');
  process.stdout.on('error', () => {}); // The reader may have gone; there is nobody left to tell.
  process.stdout.write(`${specLine()}\n`);
} else {
  const { enableCompileCache } = await import('./compile-cache.ts');
  enableCompileCache();
  const { runSource } = await import('./run-source.ts');
  // Set, not exited with: what is still on its way to a pipe would be cut off.
  process.exitCode = await runSource(process.argv.slice(2));
}

export {};
