import { quoted } from '../engine.ts';
import { connectPostgres } from './connect-postgres.ts';
import { describePostgresError } from './describe-postgres-error.ts';

/** A schema that every PostgreSQL database has: connecting needs one that exists. */
const ALWAYS_THERE = 'pg_catalog';

/**
 * Finds out whether tables can be made in a schema: makes a table, and the schema if it does not exist, then removes both.
 *
 * @param url         `postgresql://…`; its `schema` may not exist yet
 * @param makesSchema whether a schema that did not exist is kept
 * @returns whether the schema was there before
 * @throws LoadError that names host and user, and what to do
 */
export async function tryPostgres(url: string, { makesSchema }: { readonly makesSchema: boolean }): Promise<boolean> {
  const address = new URL(url);
  const schema = address.searchParams.get('schema') ?? 'public';
  address.searchParams.set('schema', ALWAYS_THERE);
  const { client, at } = await connectPostgres(String(address));
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
    const isThere = rowCount === 1;
    const create = `CREATE SCHEMA ${quoted(schema)}`;
    await client.query('BEGIN');
    if (!isThere) await client.query(create);
    await client.query(`CREATE TABLE ${quoted(schema)}."_source_tiktok_ads_try" (is_here boolean)`);
    await client.query('CREATE TEMPORARY TABLE "_source_tiktok_ads_try" (is_here boolean)');
    await client.query('ROLLBACK');
    if (!isThere && makesSchema) await client.query(create);
    return isThere;
  } catch (error) {
    throw describePostgresError(error, { ...at, schema });
  } finally {
    await client.end().catch(() => {});
  }
}
