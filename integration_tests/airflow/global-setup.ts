import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { findPostgres } from '../orchestrators/postgres.ts';
import { ENVIRONMENTS_FOLDER, SOURCE_PROGRAM } from '../orchestrators/python.ts';
import { describeResult, runProgram } from '../orchestrators/run-program.ts';

/** Brings Airflow and the schemas of Kubernetes, or fails and says what to install: a tier never skips. */
export default async function prepareAirflow(): Promise<void> {
  if (!existsSync(SOURCE_PROGRAM)) throw new Error(`${SOURCE_PROGRAM} is missing: run \`npm run build\` first`);
  await findPostgres();
  const redis = await runProgram('redis-server', ['--version']).catch(() => undefined);
  if (redis?.exitCode !== 0) throw new Error('no redis-server on the PATH (Debian: apt-get install redis-server)');
  process.env.NOTE_DEPARTURES = resolve(import.meta.dirname, '../../.cache/airflow/note-departures.mjs');
  await build({
    entryPoints: [resolve(import.meta.dirname, 'note-departures.ts')],
    outfile: process.env.NOTE_DEPARTURES,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const setup = resolve(import.meta.dirname, '../orchestrators/setup.sh');
  const result = await runProgram(setup, ['airflow', 'kubernetes'], {
    env: { ORCHESTRATORS_CACHE: ENVIRONMENTS_FOLDER },
  });
  if (result.exitCode !== 0) throw new Error(describeResult('setup.sh', result));
}
