import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findPostgres } from './postgres.ts';
import { ENVIRONMENTS_FOLDER, SOURCE_PROGRAM, TAP_PROGRAM } from './python.ts';
import { describeResult, runProgram } from './run-program.ts';

/** Brings what this tier needs, or fails and says what to install: a tier never skips. */
export default async function prepareOrchestrators(): Promise<void> {
  for (const program of [SOURCE_PROGRAM, TAP_PROGRAM]) {
    if (!existsSync(program)) throw new Error(`${program} is missing: run \`npm run build\` first`);
  }
  await findPostgres();
  const result = await runProgram(resolve(import.meta.dirname, 'setup.sh'), [], {
    env: { ORCHESTRATORS_CACHE: ENVIRONMENTS_FOLDER },
  });
  if (result.exitCode !== 0) throw new Error(describeResult('setup.sh', result));
}
