#!/usr/bin/env node
// The platform asks for the specification each time its user opens the form. So `spec` is answered here, without loading
// the argument parser or anything else.
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
  // process.exit() would cut off output that is still on its way to a pipe.
  process.exitCode = await runSource(process.argv.slice(2));
}

export {};
