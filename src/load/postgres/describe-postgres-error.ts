import { ConnectionLostError, LoadError, WrongAddressError } from '../load-error.ts';

/** A schema on a server, in the words of messages. */
export interface PostgresPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly schema: string;
}

/** An error of the server or the connection, as a sentence that names host and user and says what to do. */
export function describePostgresError(error: unknown, at: PostgresPlace): Error {
  if (error instanceof LoadError || !(error instanceof Error)) return error as Error;
  const { code = '' } = error as { code?: string };
  const where = `${at.host}:${at.port}`;
  if (GONE_CODES.has(code) || code.startsWith('08') || GONE.test(error.message)) {
    return new ConnectionLostError(
      `The connection to PostgreSQL on ${where} was lost (${error.message}). What was committed before stays.`,
      { cause: error },
    );
  }
  if (code === '28P01' || /password must be a string|no password/i.test(error.message)) {
    const fact = `PostgreSQL on ${where} does not accept the password of the user ${at.user}.`;
    const advice = 'Set PGPASSWORD, or a line in the password file ~/.pgpass (PGPASSFILE names another).';
    return new WrongAddressError('password', { fact, advice }, { cause: error });
  }
  if (code === '3D000') {
    const fact = `There is no database ${at.database} on ${where}.`;
    return new WrongAddressError(
      'database',
      { fact, advice: 'Create it, or name another in the URL.' },
      { cause: error },
    );
  }
  const sentence = BY_CODE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1];
  return new LoadError(
    sentence?.(at, error.message) ??
      `PostgreSQL on ${where}, database ${at.database}, user ${at.user}: ${error.message}.`,
    { cause: error },
  );
}

const GONE_CODES = new Set(['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE']);
const GONE = /Connection terminated|not queryable|Connection ended/;

type Sentence = (at: PostgresPlace, message: string) => string;

const unreachable: Sentence = ({ host, port }, message) =>
  `No PostgreSQL answers on ${host}:${port} (${message}). Is the server running, and are host and port right?`;
const notTrusted: Sentence = ({ host, port }, message) =>
  `The certificate of PostgreSQL on ${host}:${port} is not trusted (${message}). Name the file of its authority with ` +
  'sslrootcert=…, or choose another sslmode.';

const BY_CODE: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOENT: unreachable,
  '28000': ({ host, port, user, database }, message) =>
    /no encryption|SSL off/.test(message)
      ? `PostgreSQL on ${host}:${port} lets the user ${user} into the database ${database} only over TLS: add sslmode=require ` +
        '(or verify-full) to the URL.'
      : `PostgreSQL on ${host}:${port} does not let the user ${user} into the database ${database}: ${message}. Its ` +
        'administrator has to allow it (pg_hba.conf).',
  '42501': ({ host, user, database, schema }, message) =>
    `The user ${user} may not do that in the schema ${schema} of the database ${database} on ${host} (${message}). It needs ` +
    `TEMPORARY on the database, and USAGE and CREATE on the schema (GRANT USAGE, CREATE ON SCHEMA "${schema}" TO "${user}"), ` +
    'and has to own the tables.',
  '25006': ({ host, user }) =>
    `PostgreSQL on ${host} takes no changes from the user ${user}: it is a standby, or its transactions are read-only. ` +
    'Name the primary server, or another user.',
  '53100': ({ host }) =>
    `No room is left on the disk of PostgreSQL on ${host}. What was committed before stays, and the next run goes on from ` +
    'there: make room and run again.',
  '53300': ({ host }) => `PostgreSQL on ${host} has no connection left. Run again later.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: notTrusted,
  CERT_HAS_EXPIRED: notTrusted,
};

const BY_MESSAGE: readonly (readonly [RegExp, Sentence])[] = [
  [
    /does not support SSL/,
    ({ host, port }) =>
      `PostgreSQL on ${host}:${port} has no TLS, which sslmode asks for. sslmode=disable does without, where the network ` +
      'is trusted.',
  ],
  [/timeout expired/, unreachable],
];
