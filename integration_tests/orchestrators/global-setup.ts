import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildImage, requireDockerEngine } from '../docker/image.ts';
import { findPostgres } from './postgres.ts';
import { ENVIRONMENTS_FOLDER, SOURCE_PROGRAM, TAP_PROGRAM } from './python.ts';
import { describeResult, runProgram } from './run-program.ts';

/** Brings what this tier needs, or fails and says what to install: a tier never skips. */
export default async function prepareOrchestrators(): Promise<void> {
  for (const program of [SOURCE_PROGRAM, TAP_PROGRAM]) {
    if (!existsSync(program)) throw new Error(`${program} is missing: run \`npm run build\` first`);
  }
  await findPostgres();
  await requireProgram('jq', 'jq');
  const compose = await runProgram('docker', ['compose', 'version']).catch(() => undefined);
  if (compose?.exitCode !== 0) await requireProgram('docker-compose', 'docker-compose');
  await requireDockerEngine();
  await buildImage();
  const result = await runProgram(resolve(import.meta.dirname, 'setup.sh'), [], {
    env: { ORCHESTRATORS_CACHE: ENVIRONMENTS_FOLDER },
  });
  if (result.exitCode !== 0) throw new Error(describeResult('setup.sh', result));
}

async function requireProgram(program: string, debianPackage: string): Promise<void> {
  const result = await runProgram(program, ['--version']).catch(() => undefined);
  if (result?.exitCode !== 0) {
    throw new Error(`${program} is not on the PATH: install it (Debian: apt-get install ${debianPackage})`);
  }
}
