import { Client, type ClientConfig } from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { LoadError } from '../load-error.ts';
import { describePostgresError, type PostgresPlace, placeText } from './describe-postgres-error.ts';

const CONNECT_MS_MAX = 15_000;

/**
 * Connects as psql would: what the URL leaves out comes from `PGHOST`, `PGUSER`, `PGPASSWORD`, `PGSSLMODE`… and the
 * password file. TLS is used as libpq's `sslmode` says. Without `sslmode`, TLS is tried first, then a plain connection.
 *
 * @param url `postgresql://…`; its parameter `schema` is our own; without it, the first schema of the role's search path
 * @throws LoadError
 */
export async function connectPostgres(url: string): Promise<{ client: Client; at: PostgresPlace }> {
  const { settings, mode, schema: wanted } = settingsOf(url);
  let client = new Client(settings);
  const at = { host: client.host, port: client.port, user: client.user ?? '', database: client.database ?? '' };
  const place = (schema = wanted ?? '') => ({ ...at, schema });
  try {
    try {
      await client.connect();
    } catch (error) {
      if (mode !== 'prefer' || !isWithoutTls(error)) throw error;
      client = new Client({ ...settings, ssl: false });
      await client.connect();
    }
    // If the connection breaks while it is idle, the next query notices.
    client.on('error', () => {});
    // Without keep-alive, a machine that vanished would keep its lock for hours.
    await client.query('SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 6');
    await client.query("SET client_min_messages = 'warning'");
    const { rows } = await client.query<{ schema: string | null }>(
      wanted === undefined
        ? 'SELECT current_schema() AS schema'
        : { text: 'SELECT (SELECT nspname FROM pg_namespace WHERE nspname = $1) AS schema', values: [wanted] },
    );
    const schema = rows[0]?.schema;
    if (!schema) throw noSchema(place());
    return { client, at: place(schema) };
  } catch (error) {
    await client.end().catch(() => {});
    throw describePostgresError(error, place());
  }
}

const MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

function settingsOf(url: string): { settings: ClientConfig; mode: string; schema?: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
    decodeURIComponent(parsed.username + parsed.password + parsed.pathname);
  } catch {
    // The message of the error may repeat a password, so it is not passed on.
    throw new LoadError({
      meaning: 'The URL of the database cannot be read.',
      advice:
        'Write it as postgresql://USER@HOST:PORT/DATABASE?schema=SCHEMA, with special characters percent-encoded.',
    });
  }
  const { searchParams: params } = parsed;
  const schema = params.get('schema') ?? undefined;
  const given = params.get('sslmode') ?? process.env.PGSSLMODE ?? 'prefer';
  const mode = given === 'allow' ? 'prefer' : given;
  if (!MODES.includes(mode)) {
    throw new LoadError({
      meaning: `sslmode is ${JSON.stringify(given)}; expected one of ${MODES.join(', ')}.`,
      advice: 'Correct the URL of the database, or PGSSLMODE.',
    });
  }
  params.delete('schema');
  params.set('sslmode', mode);
  const rootCertificate = params.get('sslrootcert') ?? process.env.PGSSLROOTCERT;
  if (rootCertificate) params.set('sslrootcert', rootCertificate);
  try {
    return {
      settings: {
        ...toClientConfig(parse(String(parsed), { useLibpqCompat: true })),
        application_name: 'source-tiktok-ads sync',
        connectionTimeoutMillis: CONNECT_MS_MAX,
        keepAlive: true,
      },
      mode,
      ...(schema !== undefined && { schema }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const meaning = 'The settings for TLS in the URL of the database cannot be used.';
    const advice = 'Correct sslrootcert, sslcert or sslkey; each names a file.';
    throw new LoadError({ meaning, advice, evidence: `${reason}.` }, { cause: error });
  }
}

const isWithoutTls = (error: unknown) => error instanceof Error && /does not support SSL/.test(error.message);

function noSchema(at: PostgresPlace): LoadError {
  const { schema, user } = at;
  const evidence = `${placeText(at)}.`;
  if (schema === '') {
    const meaning = 'The database has no schema of the search path of this user.';
    return new LoadError({ meaning, advice: 'Name one with ?schema=…, or create it.', evidence });
  }
  const advice = `Create it (CREATE SCHEMA "${schema}" AUTHORIZATION "${user}"), or name another with ?schema=….`;
  return new LoadError({ meaning: 'The database has no schema of this name.', advice, evidence });
}
