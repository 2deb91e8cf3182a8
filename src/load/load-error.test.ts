import { expect, it } from 'vitest';
import { expectOrder } from '../testing/expect-order.ts';
import { describeDuckDbError } from './duckdb/describe-duckdb-error.ts';
import { LoadError } from './load-error.ts';
import { describePostgresError } from './postgres/describe-postgres-error.ts';

const AT = { host: 'db.example.com', port: 5433, user: 'loader', database: 'ads', schema: 'tiktok' };
const FILE = '/srv/tiktok-ads.duckdb';

/** Meaning, then advice, then the place and the words of the database; the meaning names none of these. */
function expectInOrder(error: Error, { place, words }: { place: readonly string[]; words: string }): void {
  if (!(error instanceof LoadError)) throw error;
  const [{ meaning, advice, evidence } = { meaning: '', advice: '', evidence: '' }] = error.failures;
  expectOrder(error.message, [meaning, advice, ...place, words]);
  expect(error.message).toBe(`${meaning} ${advice} ${evidence}`);
  for (const sentence of [meaning, advice, evidence]) expect(sentence).toMatch(/^[A-Z].*[.!?]$/);
  for (const text of [...place, words]) expect(meaning).not.toContain(text);
}

it.each([
  ['57P01', 'terminating connection due to administrator command', /connection .* was lost/],
  ['08006', 'WORDS', /connection .* was lost/],
  ['', 'Connection terminated unexpectedly', /connection .* was lost/],
  ['28P01', 'WORDS', /does not accept the password/],
  ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /does not accept the password/],
  ['3D000', 'WORDS', /no database of this name/],
  ['ECONNREFUSED', 'WORDS', /does not answer/],
  ['ENOTFOUND', 'WORDS', /does not answer/],
  ['', 'timeout expired', /does not answer/],
  ['28000', 'no pg_hba.conf entry for host, no encryption', /only over TLS/],
  ['28000', 'role is not permitted to log in', /does not let this user/],
  ['42501', 'WORDS', /lacks a right.*GRANT USAGE, CREATE ON SCHEMA "tiktok" TO "loader"/],
  ['25006', 'WORDS', /takes no changes/],
  ['53100', 'WORDS', /^No room is left/],
  ['53300', 'WORDS', /no connection left/],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'WORDS', /is not trusted here/],
  ['', 'The server does not support SSL connections', /has no TLS/],
  ['22003', 'WORDS', /^PostgreSQL refuses/],
])('PostgreSQL %s "%s": says what it means, what to do, then the server and its words', (code, words, says) => {
  const error = describePostgresError(Object.assign(new Error(words), { code }), AT);
  expect(error.message).toMatch(says);
  expectInOrder(error, { place: ['db.example.com:5433', 'database ads', 'user loader', 'schema tiktok'], words });
});

it.each([
  ['IO Error: Could not set lock on file: Conflicting lock is held in node (PID 7).', /is open in another program/],
  ['IO Error: Could not write all bytes: No space left on device', /^No room is left/],
  ['IO Error: Permission denied', /may not write/],
  ['IO Error: Cannot open file: No such file or directory', /no such file or folder/],
  ['IO Error: The file exists, but it is not a valid DuckDB database file!', /is no DuckDB file/],
  ['Serialization Error: written with a newer version', /by a later DuckDB/],
  ['Constraint Error: WORDS', /^DuckDB cannot go on/],
])('DuckDB "%s": says what it means, what to do, then the file and its words', (words, says) => {
  const error = describeDuckDbError(new Error(words), FILE);
  expect(error.message).toMatch(says);
  expectInOrder(error, { place: [FILE], words });
});
