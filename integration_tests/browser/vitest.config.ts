import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['integration_tests/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The emulator's status page has a style sheet, which vitest would leave out.
    css: true,
    // One browser at a time.
    fileParallelism: false,
  },
});
