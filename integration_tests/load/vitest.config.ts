import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: resolve(import.meta.dirname, '../../node_modules/.vite'),
  test: {
    root: resolve(import.meta.dirname, '..'),
    include: ['load/*.test.ts', 'promises/sync-into-duckdb.test.ts'],
    env: { KILLS: process.env.KILLS ?? '50' },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
