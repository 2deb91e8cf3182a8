import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Engine, type FoundColumn, type NumberType, quoted } from '../engine.ts';
import { LoadError } from '../load-error.ts';
import type { Values } from '../record-values.ts';
import type { TableColumn, TableShape } from '../table.ts';
import { connectPostgres } from './connect-postgres.ts';
import { describePostgresError, type PostgresPlace } from './describe-postgres-error.ts';

/** The first half of the advisory locks of this program; the other is the schema's object id. */
const LOCK_CLASS = 0x746b6164; // "tkad"

/** One connection to a PostgreSQL server, and a schema there. An advisory lock on the schema keeps two runs apart. */
export class PostgresEngine implements Engine {
  readonly place: string;
  readonly declaresKey = true;
  readonly holds = {
    date: /^(date|text|character varying)$/,
    text: /^(text|character varying)$/,
    integer: /^(bigint|numeric)$/,
    number: /^(numeric|double precision)$/,
  };
  readonly #client: Client;
  readonly #at: PostgresPlace;

  private constructor(client: Client, at: PostgresPlace) {
    this.#client = client;
    this.#at = at;
    this.place = `schema ${at.schema} of the database ${at.database} on ${at.host}`;
  }

  /** @throws LoadError when the server, the database or the schema cannot be had, or another run is loading there */
  static async open(url: string, { readOnly }: { readonly readOnly: boolean }): Promise<PostgresEngine> {
    const { client, at } = await connectPostgres(url);
    const engine = new PostgresEngine(client, at);
    try {
      if (!readOnly) await engine.#lock();
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async query(sql: string, values: readonly (string | null)[] = []): Promise<readonly Record<string, unknown>[]> {
    try {
      const { rows } = await this.#client.query<Record<string, unknown>>(sql, [...values]);
      return rows;
    } catch (error) {
      throw describePostgresError(error, this.#at);
    }
  }

  named(table: string): string {
    return `${quoted(this.#at.schema)}.${quoted(table)}`;
  }

  typeOf({ kind }: TableColumn, numbers: NumberType): string {
    if (kind === 'number') return numbers === 'double' ? 'double precision' : 'numeric';
    return { date: 'date', text: 'text', integer: 'bigint' }[kind];
  }

  async columnsOf(table: string): Promise<readonly FoundColumn[] | undefined> {
    const rows = await this.query(
      'SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required, atthasdef AS has_default ' +
        'FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
      [this.named(table)],
    );
    if (rows.length === 0) return undefined;
    return rows.map((row) => ({
      name: String(row.name),
      type: String(row.type),
      nullable: row.required === false,
      hasDefault: row.has_default === true,
    }));
  }

  async obstacles(table: TableShape, { replaced }: { readonly replaced: boolean }): Promise<readonly string[]> {
    const named = this.named(table.name);
    const [relation] = await this.query('SELECT relkind AS kind FROM pg_class WHERE oid = to_regclass($1)', [named]);
    if (relation?.kind !== 'r' && relation?.kind !== 'p') return ['it is no table'];
    if (replaced) {
      const views = await this.query(
        'SELECT DISTINCT rewrite.ev_class::regclass::text AS name FROM pg_depend AS depend ' +
          "JOIN pg_rewrite AS rewrite ON depend.classid = 'pg_rewrite'::regclass AND depend.objid = rewrite.oid " +
          "WHERE depend.refclassid = 'pg_class'::regclass AND depend.refobjid = to_regclass($1) AND depend.deptype = 'n'",
        [named],
      );
      return views.map(
        ({ name }) => `the view ${String(name)} depends on it: drop it before, and create it again after`,
      );
    }
    const unique = await this.query(
      'SELECT 1 FROM pg_index WHERE indrelid = to_regclass($1) AND indisunique AND indisvalid AND indpred IS NULL AND ' +
        'indexprs IS NULL AND (SELECT array_agg(attname::text ORDER BY attname::text) FROM pg_attribute ' +
        'WHERE attrelid = indrelid AND attnum = ANY (indkey)) = (SELECT array_agg(name ORDER BY name) FROM unnest($2::text[]) AS name)',
      [named, `{${table.key.map((name) => JSON.stringify(name)).join(',')}}`],
    );
    return unique.length > 0 ? [] : [`it has no primary key on ${table.key.join(', ')}`];
  }

  async open(table: TableShape): Promise<void> {
    const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
    await this.query(`DROP TABLE IF EXISTS ${staged(table)}`);
    await this.query(`CREATE TEMP TABLE ${staged(table)} AS SELECT ${columns} FROM ${this.named(table.name)} LIMIT 0`);
    // Of two rows with one key the later counts.
    await this.query(`ALTER TABLE ${staged(table)} ADD COLUMN staged_at bigserial`);
  }

  async stage(table: TableShape, rows: readonly Values[]): Promise<void> {
    const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
    try {
      const copy = this.#client.query(copyFrom(`COPY ${staged(table)} (${columns}) FROM STDIN`));
      await pipeline(Readable.from([copyText(rows)]), copy);
    } catch (error) {
      throw describePostgresError(error, this.#at);
    }
  }

  async merge(table: TableShape): Promise<void> {
    const columns = table.columns.map(({ name }) => quoted(name));
    const keys = table.key.map(quoted).join(', ');
    const others = table.columns.filter(({ isKey }) => !isKey).map(({ name }) => quoted(name));
    const old = others.map((name) => `old.${name}`).join(', ');
    const fresh = others.map((name) => `excluded.${name}`).join(', ');
    await this.query(
      `INSERT INTO ${this.named(table.name)} AS old (${columns.join(', ')}) ` +
        `SELECT DISTINCT ON (${keys}) ${columns.join(', ')} FROM ${staged(table)} ORDER BY ${keys}, staged_at DESC ` +
        `ON CONFLICT (${keys}) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')} ` +
        // Most rows of the lookback are as they were: left alone they cost no new version.
        `WHERE (${old}) IS DISTINCT FROM (${fresh})`,
    );
    await this.query(`TRUNCATE ${staged(table)}`);
  }

  async replace(to: string, from: string): Promise<void> {
    const grants = await this.query(
      "SELECT grantee, string_agg(privilege_type, ', ') AS privileges FROM information_schema.role_table_grants " +
        'WHERE table_schema = $1 AND table_name = $2 AND grantee <> current_user GROUP BY grantee',
      [this.#at.schema, to],
    );
    for (const { grantee, privileges } of grants) {
      const role = grantee === 'PUBLIC' ? 'PUBLIC' : quoted(String(grantee));
      await this.query(`GRANT ${String(privileges)} ON ${this.named(from)} TO ${role}`);
    }
    await this.query(`DROP TABLE IF EXISTS ${this.named(to)}`);
    await this.query(`ALTER TABLE ${this.named(from)} RENAME TO ${quoted(to)}`);
    await this.query(`ALTER INDEX ${this.named(`${from}_pkey`)} RENAME TO ${quoted(`${to}_pkey`)}`);
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {}); // It may have gone already.
  }

  async #lock(): Promise<void> {
    const schema = `'${quoted(this.#at.schema).replaceAll("'", "''")}'::regnamespace::oid::int4`;
    const [row] = await this.query(`SELECT pg_try_advisory_lock(${LOCK_CLASS}, ${schema}) AS locked`);
    if (row?.locked === true) return;
    const [holder] = await this.query(
      "SELECT pid, coalesce(client_addr::text, 'the server itself') AS client, to_char(backend_start AT TIME ZONE 'UTC', " +
        `'YYYY-MM-DD HH24:MI') AS since FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND ` +
        `granted AND pg_locks.classid = ${LOCK_CLASS} AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    const who = holder
      ? ` (from ${String(holder.client)}, since ${String(holder.since)} UTC, server process ${String(holder.pid)})`
      : '';
    throw new LoadError(
      `Another sync is loading into ${this.place}${who}: nothing was read or written. Run again when it has ended.`,
    );
  }
}

function staged(table: TableShape): string {
  return `pg_temp.${quoted(`staged_${table.name}`)}`;
}

/** Rows in the text format of COPY ("COPY", File Formats). */
function copyText(rows: readonly Values[]): string {
  return rows.map((row) => `${row.map(copyValue).join('\t')}\n`).join('');
}

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function copyValue(value: string | null): string {
  return value === null ? '\\N' : value.replace(SPECIAL, (character) => ESCAPES[character] ?? '');
}
