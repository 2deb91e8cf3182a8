import { ConnectionLostError, LoadError, type LoadFailure, WrongAddressError } from '../load-error.ts';

/** A schema on a server, in the words of messages. */
export interface PostgresPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Empty where none is known. */
  readonly schema: string;
}

/** An error of the server or the connection: what it means, what to do, then the place and the server's words. */
export function describePostgresError(error: unknown, at: PostgresPlace): Error {
  if (error instanceof LoadError || !(error instanceof Error)) return error as Error;
  const { code = '' } = error as { code?: string };
  const text = textOf(code, error.message, at);
  const [meaning, advice] = text;
  const failure: LoadFailure = { meaning, advice, evidence: `${placeText(at)}: ${error.message.replace(/\.?$/, '.')}` };
  const options = { cause: error };
  if (text === LOST) return new ConnectionLostError(failure, options);
  if (text === WRONG_PASSWORD) return new WrongAddressError('password', failure, options);
  if (text === NO_DATABASE) return new WrongAddressError('database', failure, options);
  return new LoadError(failure, options);
}

/** `PostgreSQL on HOST:PORT, database D, user U, schema S`. */
export function placeText({ host, port, database, user, schema }: PostgresPlace): string {
  return `PostgreSQL on ${host}:${port}, database ${database}, user ${user}${schema && `, schema ${schema}`}`;
}

type Text = readonly [meaning: string, advice: string];

function textOf(code: string, message: string, at: PostgresPlace): Text {
  if (GONE_CODES.has(code) || code.startsWith('08') || GONE.test(message)) return LOST;
  if (code === '42501') return lacksRight(at);
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? BY_CODE[code] ?? UNKNOWN;
}

const GONE_CODES = new Set(['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE']);
const GONE = /Connection terminated|not queryable|Connection ended/;

const LOST: Text = [
  'The connection to PostgreSQL was lost. What was committed before stays.',
  'If the server does not come back by itself, start it and run again; the next run goes on from there.',
];
const WRONG_PASSWORD: Text = [
  'PostgreSQL does not accept the password.',
  'Set PGPASSWORD, or a line in the password file ~/.pgpass (PGPASSFILE names another).',
];
const NO_DATABASE: Text = [
  'The PostgreSQL server has no database of this name.',
  'Create it, or name another in the URL.',
];
const UNREACHABLE: Text = ['PostgreSQL does not answer.', 'Start the server, or correct host and port.'];
const NOT_TRUSTED: Text = [
  'The certificate of the PostgreSQL server is not trusted here, has expired, or is for another host.',
  'Name the file of its authority with sslrootcert=…, or choose another sslmode.',
];
const ONLY_TLS: Text = [
  'PostgreSQL lets this user in only over TLS.',
  'Add sslmode=require (or verify-full) to the URL.',
];
const NOT_LET_IN: Text = [
  'PostgreSQL does not let this user into the database.',
  'Its administrator has to allow it (pg_hba.conf), or you name another user.',
];
const UNKNOWN: Text = [
  'PostgreSQL refuses what it is asked to do. What was committed before stays.',
  'Its words stand at the end; its log may say more.',
];

const lacksRight = ({ user, schema }: PostgresPlace): Text => [
  'The user of the database lacks a right.',
  `It needs TEMPORARY on the database, and USAGE and CREATE on the schema (GRANT USAGE, CREATE ON SCHEMA "${schema}" TO ` +
    `"${user}"), and has to own the tables.`,
];

const BY_CODE: Readonly<Record<string, Text>> = {
  '28P01': WRONG_PASSWORD,
  '3D000': NO_DATABASE,
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOENT: UNREACHABLE,
  '28000': NOT_LET_IN,
  '25006': [
    'PostgreSQL takes no changes: the server is a standby, or the transactions of this user are read-only.',
    'Name the primary server, or another user.',
  ],
  '53100': [
    'No room is left on the disk of PostgreSQL. What was committed before stays.',
    'Make room and run again; the next run goes on from there.',
  ],
  '53300': ['PostgreSQL has no connection left.', 'Run again later.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: NOT_TRUSTED,
  CERT_HAS_EXPIRED: NOT_TRUSTED,
};

const BY_MESSAGE: readonly (readonly [RegExp, Text])[] = [
  [/password must be a string|no password/i, WRONG_PASSWORD],
  [/no encryption|SSL off/, ONLY_TLS],
  [
    /does not support SSL/,
    [
      'PostgreSQL has no TLS, which sslmode asks for.',
      'Add sslmode=disable to the URL where the network is trusted, or turn on TLS at the server.',
    ],
  ],
  [/timeout expired/, UNREACHABLE],
];
