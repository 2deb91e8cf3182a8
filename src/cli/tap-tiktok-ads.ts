#!/usr/bin/env node
import { enableCompileCache } from './compile-cache.ts';

enableCompileCache();
const args = process.argv.slice(2);
const { runPlainTap } = await import('./run-protocol.ts');
const exitCode = (await runPlainTap(args)) ?? (await runAny());
process.exitCode ||= exitCode;

async function runAny(): Promise<number> {
  const { runTapProgram } = await import('./run-tap-program.ts');
  return await runTapProgram(args, 'tap-tiktok-ads');
}
