import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Node and npm are enough for these; the tiers that need Docker or Python have their own configs.
    include: ['src/**/*.test.ts', 'integration_tests/{promises,protocols,people,repository,conformance}/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
