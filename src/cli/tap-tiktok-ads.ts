#!/usr/bin/env node
import { enableCompileCache } from './compile-cache.ts';

enableCompileCache();
const { runTapProgram } = await import('./run-tap-program.ts');
process.exitCode = await runTapProgram(process.argv.slice(2), 'tap-tiktok-ads');
