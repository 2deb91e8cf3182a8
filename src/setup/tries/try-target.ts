import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadDuckDb } from '../../load/duckdb/load-duckdb.ts';
import { tryPostgres } from '../../load/postgres/try-postgres.ts';
import { postgresUrl } from '../result/machine-project.ts';
import type { Target, Timer } from '../session/collection.ts';
import { postgresOf } from '../session/read-target.ts';
import type { Tried } from '../session/setup-view.ts';
import { lookUpAirbyte } from './look-up-airbyte.ts';

/** Loaders and jobs of the project are as Meltano has them since then. */
const MELTANO_MAJOR = 3;

const TIMEOUT_MS = 30_000;

/** Tries what a target needs, on this machine and where it loads into; changes nothing. Never rejects. */
export async function tryTarget(
  target: Target,
  { isTimed, signal, redact }: { isTimed: boolean; signal: AbortSignal; redact: (text: string) => string },
): Promise<readonly Tried[]> {
  const tries: (() => Promise<string>)[] = [];
  if (target.kind === 'machine' && target.store.name === 'duckdb') tries.push(tryDuckDb);
  if (target.kind === 'meltano') tries.push(tryMeltano);
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
        return { kind: 'bad', says: redact(error instanceof Error ? error.message : String(error)) };
      }
    }),
  );
}

async function tryDuckDb(): Promise<string> {
  await loadDuckDb();
  return 'DuckDB is here.';
}

async function tryMeltano(): Promise<string> {
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
  return `Meltano ${version} is here.`;
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
  const without = 'cron is not here (crontab): install it, or choose the systemd timer.';
  await outputOf('/bin/sh', ['-c', 'command -v crontab'], without);
  return 'cron is here.';
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
