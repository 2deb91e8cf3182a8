import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Node and npm are enough for these; the tiers that need Docker or Python have their own configs.
    include: ['src/**/*.test.ts', 'integration_tests/{promises,protocols,people,repository,conformance}/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files share the modules of their worker: to load them anew for each takes longer than most files' tests. So a hook
    // belongs into a test file, or a function that it calls; of a helper's module it would be of the first file only.
    isolate: false,
  },
});
