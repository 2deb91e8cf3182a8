import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: resolve(import.meta.dirname, '../../node_modules/.vite'),
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './global-setup.mjs',
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // The tests measure a pace, so files run one after the other. The tests of a file run side by side, four at a time.
    fileParallelism: false,
    maxConcurrency: 4,
  },
});
