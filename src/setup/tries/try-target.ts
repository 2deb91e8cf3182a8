import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadDuckDb } from '../../load/duckdb/load-duckdb.ts';
import { tryPostgres } from '../../load/postgres/try-postgres.ts';
import { postgresUrl } from '../result/machine-project.ts';
import type { Target, Timer } from '../session/collection.ts';
import { postgresOf } from '../session/read-target.ts';
import type { Tried } from '../session/setup-view.ts';
import { lookUpAirbyte } from './look-up-airbyte.ts';
import { saidByFields } from './said-by-fields.ts';

/** Loaders and jobs of the project are as Meltano has them since then. */
const MELTANO_MAJOR = 3;

/** Where the processes cannot be listed, it is taken for granted. */
const CRON_RUNS = `names=$(ps -A -o comm= 2>/dev/null) || exit 0; echo "$names" | grep -qE '^(.*/)?(cron|crond|fcron)$'`;

const TIMEOUT_MS = 30_000;

/** Tries what a target needs, on this machine and where it loads into; changes nothing. Never rejects. */
export async function tryTarget(
  target: Target,
  {
    folder,
    isTimed,
    signal,
    redact,
  }: {
    /** That the result goes into. */
    readonly folder: string;
    readonly isTimed: boolean;
    readonly signal: AbortSignal;
    readonly redact: (text: string) => string;
  },
): Promise<readonly Tried[]> {
  const tries: (() => Promise<string>)[] = [];
  if (target.kind === 'machine' && target.store.name === 'duckdb') tries.push(tryDuckDb);
  if (target.kind === 'meltano') tries.push(() => tryMeltano(folder));
  if (target.kind === 'docker') tries.push(() => tryDocker(target.image));
  if (target.kind === 'airbyte') tries.push(() => tryAirbyte(target, { signal, redact }));
  const postgres = postgresOf(target);
  if (postgres) {
    tries.push(async () => {
      const { schema, database, host, user } = postgres;
      const isThere = await tryPostgres(postgresUrl(postgres, { withPassword: true }), { makesSchema: false });
      const where = `the database ${database} on ${host}`;
      return isThere
        ? `PostgreSQL answers: ${user} may make tables in the schema ${schema} of ${where}.`
        : `PostgreSQL answers: ${user} may make the schema ${schema} in ${where}, which is not there yet.`;
    });
  }
  if (isTimed && 'timer' in target) tries.push(() => tryTimer(target.timer));
  return Promise.all(
    tries.map(async (attempt): Promise<Tried> => {
      try {
        return { kind: 'good', says: redact(await attempt()) };
      } catch (error) {
        return { kind: 'bad', says: redact(saidByFields(error)) };
      }
    }),
  );
}

async function tryDuckDb(): Promise<string> {
  await loadDuckDb();
  return 'DuckDB is here.';
}

/** @param folder whose meltano.yml, if there is one, may ask for certain versions */
async function tryMeltano(folder: string): Promise<string> {
  const said = await outputOf(
    'meltano',
    ['--version'],
    'Meltano is not here, or not on the PATH: pipx install meltano.',
  );
  const version = /\d+\.\d+[.\d]*/.exec(said)?.[0] ?? '';
  if (Number.parseInt(version, 10) < MELTANO_MAJOR) {
    throw new Error(
      `Meltano ${version} is too old for this project: pipx upgrade meltano, to ${MELTANO_MAJOR}.0 or later.`,
    );
  }
  const wanted = await meltanoWantedIn(folder);
  if (wanted !== undefined) await meltanoAccepts(version, wanted);
  return `Meltano ${version} is here.`;
}

/** The versions that a project asks for, as it writes them (meltano.yml, `requires_meltano`). */
async function meltanoWantedIn(folder: string): Promise<string | undefined> {
  const yaml = await readFile(join(folder, 'meltano.yml'), 'utf8').catch(() => '');
  return /^requires_meltano:\s*(\S.*?)\s*$/m.exec(yaml)?.[1];
}

/** Meltano itself judges, by a project that asks for nothing else: in the user's it would leave a folder behind. */
async function meltanoAccepts(version: string, wanted: string): Promise<void> {
  const project = await mkdtemp(join(tmpdir(), 'meltano-'));
  try {
    await writeFile(join(project, 'meltano.yml'), `requires_meltano: ${wanted}\n`);
    const advice = `Meltano ${version} is here, but meltano.yml asks for ${wanted}: install one of these versions.`;
    await outputOf('meltano', ['--cwd', project, 'schedule', '--help'], advice);
  } finally {
    await rm(project, { recursive: true });
  }
}

async function tryDocker(image: string): Promise<string> {
  await outputOf(
    'docker',
    ['version', '--format', '{{.Server.Version}}'],
    'Docker does not answer here: install or start it, and let your user reach it (the group docker).',
  );
  await outputOf(
    'docker',
    ['image', 'inspect', '--format', '{{.Id}}', image],
    `The image ${image} is not on this machine: docker pull ${image}, or build it.`,
  );
  return `Docker answers, and the image ${image} is here.`;
}

async function tryTimer(timer: Timer): Promise<string> {
  if (timer === 'systemd') {
    await outputOf(
      'systemctl',
      ['--user', 'show-environment'],
      'systemd does not answer for your user here (systemctl --user): log in without su or sudo, or choose cron.',
    );
    return 'systemd answers for your user.';
  }
  const refused = 'cron is not here, or not for your user (crontab -l): install it, or choose the systemd timer.';
  // An empty table is told as an error.
  await outputOf(
    '/bin/sh',
    ['-c', `said=$(crontab -l 2>&1) || case $said in *"no crontab"*) ;; *) echo "$said" >&2; exit 1 ;; esac`],
    refused,
  );
  if (process.platform === 'linux')
    await outputOf(
      '/bin/sh',
      ['-c', CRON_RUNS],
      'crontab is here, but no cron runs: start it, or choose the systemd timer.',
    );
  return 'cron is here, and runs.';
}

async function tryAirbyte(
  target: Extract<Target, { kind: 'airbyte' }>,
  options: { signal: AbortSignal; redact: (text: string) => string },
): Promise<string> {
  const { workspaces, destinations } = await lookUpAirbyte(target, target.workspaceId, options);
  const workspace = workspaces.find(({ id }) => id === target.workspaceId);
  const destination = destinations.find(({ id }) => id === target.destinationId);
  if (!workspace) throw new Error(`Airbyte has no workspace ${target.workspaceId} that it shows you.`);
  if (!destination) throw new Error(`The workspace ${workspace.name} has no destination ${target.destinationId}.`);
  return `Airbyte answers: workspace ${workspace.name}, destination ${destination.name}.`;
}

async function outputOf(program: string, args: readonly string[], advice: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: TIMEOUT_MS });
    return stdout;
  } catch (error) {
    const { stderr, code } = error as { stderr?: string; code?: unknown };
    const said = code === 'ENOENT' ? '' : (stderr ?? '').trim().split('\n').at(-1);
    throw new Error(said ? `${advice} It said: ${said}` : advice, { cause: error });
  }
}
