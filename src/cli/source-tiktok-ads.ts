#!/usr/bin/env node
// The platform asks for the specification each time its user opens the form: it has an answer of its own, which loads
// neither the argument parser nor anything else.
const [verb, ...rest] = process.argv.slice(2);
if (verb === 'spec' && rest.length === 0) {
  const [{ specLine }, { READER_GONE }] = await Promise.all([
    import('../airbyte/spec-line.ts'),
    import('../wire/reader-gone.ts'),
  ]);
  process.stdout.on('error', () => {
    process.exitCode = 1;
    process.stderr.write(`${READER_GONE}\n`);
  });
  process.stdout.write(`${specLine()}\n`);
} else {
  const { enableCompileCache } = await import('./compile-cache.ts');
  enableCompileCache();
  const { runSource } = await import('./run-source.ts');
  // Set, not exited with: what is still on its way to a pipe would be cut off.
  process.exitCode = await runSource(process.argv.slice(2));
}

export {};
