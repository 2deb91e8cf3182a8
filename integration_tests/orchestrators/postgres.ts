import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { runToSuccess } from './run-program.ts';

const INSTALL_HINT = 'no PostgreSQL server found: install one (Debian: apt-get install postgresql)';

/** A PostgreSQL of one test file on a free port of loopback, with an empty database. */
export interface Postgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** `postgresql://…`, without a password. */
  readonly url: string;
  /** The rows of a query; every value as PostgreSQL writes it in JSON, numbers therefore best cast to text. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** The server goes at once, as when its machine fails; the data stay. */
  crash(): Promise<void>;
  /** It is there again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of the newest installed server's programs. Rejects with what to install when there is none. */
export async function findPostgres(): Promise<string> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newest = versions.toSorted((a, b) => Number(a) - Number(b)).at(-1);
  if (newest !== undefined) return join('/usr/lib/postgresql', newest, 'bin');
  // Other systems put them on the PATH.
  const folder = await runToSuccess('pg_config', ['--bindir']).catch(() => undefined);
  if (folder === undefined) throw new Error(INSTALL_HINT);
  return folder.trim();
}

/**
 * Starts a throw-away cluster. As root it runs as the system's `postgres` user, since initdb refuses root.
 *
 * @param prepare called with its data folder before it starts
 */
export async function startPostgres(prepare?: (data: string) => Promise<void>): Promise<Postgres> {
  const programs = await findPostgres();
  const isRoot = process.getuid?.() === 0;
  // Not in TMPDIR: every parent has to be open to the server's user, and its path short.
  const folder = await mkdtemp('/tmp/pg.');
  const run = (program: string, args: readonly string[]) =>
    isRoot
      ? runToSuccess('runuser', ['-u', 'postgres', '--', join(programs, program), ...args], { cwd: folder })
      : runToSuccess(join(programs, program), args, { cwd: folder });
  if (isRoot) {
    const uid = Number(await runToSuccess('id', ['-u', 'postgres']));
    await chown(folder, uid, -1);
  }
  const data = join(folder, 'data');
  const [host, port, user, database] = ['127.0.0.1', await freePort(), 'test', 'warehouse'];
  await run('initdb', ['-D', data, '-U', user, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C']);
  const settings = `-p ${port} -c listen_addresses=${host} -c unix_socket_directories='' -c fsync=off -c full_page_writes=off`;
  await prepare?.(data);
  const start = () => run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  const crash = () => run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
  await start();
  const psql = (name: string, sql: string) =>
    runToSuccess(join(programs, 'psql'), ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', sql, `${server}/${name}`]);
  const server = `postgresql://${user}@${host}:${port}`;
  await psql('postgres', `create database ${database}`);
  return {
    host,
    port,
    user,
    database,
    url: `${server}/${database}`,
    async query(sql) {
      const text = await psql(database, `select coalesce(json_agg(row_to_json(answer)), '[]') from (${sql}) answer`);
      return JSON.parse(text) as Record<string, unknown>[];
    },
    crash: async () => void (await crash()),
    restart: async () => void (await start()),
    async stop() {
      await crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port of loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
