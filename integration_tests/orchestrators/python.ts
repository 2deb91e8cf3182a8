import { resolve } from 'node:path';

/** The checkout. */
export const PROJECT_ROOT = resolve(import.meta.dirname, '../..');

/** The two programs as `npm run build` leaves them. */
export const SOURCE_PROGRAM = resolve(PROJECT_ROOT, 'dist/source-tiktok-ads.js');
export const TAP_PROGRAM = resolve(PROJECT_ROOT, 'dist/tap-tiktok-ads.js');

/** Environments that `setup.sh` makes, one a lock file. */
export type PythonEnvironment =
  | 'airbyte'
  | 'airbyte-api'
  | 'meltano'
  | 'singer'
  | 'legacy'
  | 'rival-airbyte'
  | 'rival-singer'
  | 'airflow'
  | 'kubernetes';

/** Where `setup.sh` puts them. */
export const ENVIRONMENTS_FOLDER = process.env.ORCHESTRATORS_CACHE ?? resolve(PROJECT_ROOT, '.cache/orchestrators');

/** The path of a program that one of the environments holds. */
export function pythonProgram(environment: PythonEnvironment, program: string): string {
  return resolve(ENVIRONMENTS_FOLDER, environment, 'bin', program);
}

/**
 * What keeps the orchestrators to themselves: no telemetry, no look-up in Airbyte's registry (fatal when offline), and
 * nothing written outside `folder` (Airbyte's tests leave configurations, secrets and all, in TMPDIR).
 */
export function orchestratorVariables(folder: string): Record<string, string> {
  return {
    AIRBYTE_OFFLINE_MODE: '1',
    AIRBYTE_LOGGING_ROOT: resolve(folder, 'airbyte-logs'),
    AIRBYTE_PROJECT_DIR: folder,
    DO_NOT_TRACK: '1',
    MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false',
    NO_COLOR: '1',
    NO_LIVE_PROGRESS: '1',
    TMPDIR: folder,
  };
}
