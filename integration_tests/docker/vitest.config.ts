import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { IMAGE } from './image.ts';

export default defineConfig({
  cacheDir: resolve(import.meta.dirname, '../../node_modules/.vite'),
  test: {
    root: resolve(import.meta.dirname, '..'),
    // The conformance suite runs unchanged: it is told the image in place of the program.
    include: ['docker/**/*.test.ts', 'conformance/*.test.ts'],
    env: { CONFORMANCE_IMAGE: IMAGE },
    globalSetup: './docker/global-setup.ts',
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
