import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Shard } from '../../config/shard.ts';
import type { StreamRecord } from '../../sync/events.ts';
import { type Engine, type FoundColumn, literal, type NumberType, quoted } from '../engine.ts';
import { BusyError } from '../load-error.ts';
import { type Values, valueReader } from '../record-values.ts';
import type { TableColumn, TableShape } from '../table.ts';
import { connectPostgres } from './connect-postgres.ts';
import { describePostgresError, type PostgresPlace } from './describe-postgres-error.ts';

/**
 * The first halves of the keys of this program's advisory locks. A run of all advertisers holds the schema's lock alone;
 * runs of shards share it, and each also holds its shard's lock. The third lock is held while tables are changed. The
 * second half of a key is the schema's object id; for a shard's lock it is a hash of the schema and the shard.
 */
const SCHEMA_LOCK = 0x746b6164; // "tkad"
const SHARD_LOCK = SCHEMA_LOCK + 1;
const TABLES_LOCK = SCHEMA_LOCK + 2;

/** How often an idle run shows that it is alive. */
const ALIVE_MS = 5_000;

/** A run that was silent for this long is taken for lost, and its connection is ended. */
const SILENT_SECONDS_MAX = 30;

/**
 * One connection to a PostgreSQL server, and a schema there. An advisory lock keeps two runs over the same advertisers
 * apart. The lock and everything that a run writes belong to the connection, so a run that lost its lock can commit nothing
 * more.
 */
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
  /** Settles when all queries so far are answered. */
  #idle: Promise<unknown> = Promise.resolve();
  #alive: NodeJS.Timeout | undefined;

  private constructor(client: Client, at: PostgresPlace) {
    this.#client = client;
    this.#at = at;
    this.place = `schema ${at.schema} of the database ${at.database} on ${at.host}`;
  }

  /**
   * @throws LoadError when the server, the database or the schema cannot be used; BusyError when another run loads the
   *   same advertisers
   */
  static async open(
    url: string,
    { readOnly, shard }: { readonly readOnly: boolean; readonly shard: Shard | undefined },
  ): Promise<PostgresEngine> {
    const { client, at } = await connectPostgres(url);
    const engine = new PostgresEngine(client, at);
    try {
      if (!readOnly) await engine.#lock(shard);
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async query(sql: string, values: readonly (string | null)[] = []): Promise<readonly Record<string, unknown>[]> {
    return await this.#inTurn(async () => (await this.#client.query<Record<string, unknown>>(sql, [...values])).rows);
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

  async excludeOthers(): Promise<void> {
    await this.query(`SELECT pg_advisory_xact_lock(${TABLES_LOCK}, ${this.#schemaId})`);
  }

  async open(table: TableShape): Promise<void> {
    const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
    await this.query(`DROP TABLE IF EXISTS ${staged(table)}`);
    await this.query(`CREATE TEMP TABLE ${staged(table)} AS SELECT ${columns} FROM ${this.named(table.name)} LIMIT 0`);
    // Of two rows with the same key, the later one counts.
    await this.query(`ALTER TABLE ${staged(table)} ADD COLUMN staged_at bigserial`);
  }

  async stage(table: TableShape, records: readonly StreamRecord[]): Promise<void> {
    const read = valueReader(table.columns.map(({ name }) => name));
    const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
    const copy = copyFrom(`COPY ${staged(table)} (${columns}) FROM STDIN`);
    await this.#inTurn(() => pipeline(Readable.from([copyText(records.map(read))]), this.#client.query(copy)));
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
        // Most rows of the lookback have not changed. Not updating them saves a new row version each.
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
    clearInterval(this.#alive);
    await this.#client.end().catch(() => {}); // The connection may be closed already.
  }

  /** @throws LoadError when the database refuses what `work` asks */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#idle.then(work);
    this.#idle = result.catch(() => {});
    try {
      return await result;
    } catch (error) {
      throw describePostgresError(error, this.#at);
    }
  }

  /** @throws BusyError when another run loads some of the same advertisers */
  async #lock(shard: Shard | undefined): Promise<void> {
    const id = this.#schemaId;
    await this.#take(shard ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock', `${SCHEMA_LOCK}, ${id}`);
    if (shard) {
      await this.#take('pg_try_advisory_lock', `${SHARD_LOCK}, hashtext(${id} || ' ${shard.index}/${shard.count}')`);
    }
    // Only the connection can fail here, and then the next query fails too.
    this.#alive = setInterval(() => this.query('SELECT').catch(() => {}), ALIVE_MS).unref();
  }

  async #take(lock: string, keys: string): Promise<void> {
    for (;;) {
      const [row] = await this.query(`SELECT ${lock}(${keys}) AS locked`);
      if (row?.locked === true) return;
      const holders = await this.query(
        "SELECT pid, coalesce(client_addr::text, 'the server itself') AS client, to_char(backend_start AT TIME ZONE 'UTC', " +
          "'YYYY-MM-DD HH24:MI') AS since, coalesce(usename = current_user AND wait_event_type = 'Client' AND " +
          `clock_timestamp() - greatest(query_start, state_change) > '${SILENT_SECONDS_MAX} s', false) AS is_lost ` +
          "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid() " +
          'AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) ' +
          `AND (classid::int8, objid::int8) = (SELECT a, b & x'ffffffff'::int8 FROM (VALUES (${keys})) AS keys (a, b))`,
      );
      const holder = holders.find(({ is_lost }) => is_lost !== true);
      if (holder) throw this.#busy(holder);
      for (const { pid } of holders) await this.query('SELECT pg_terminate_backend($1::int)', [String(pid)]);
      await wait(100);
    }
  }

  #busy({ client, since, pid }: Readonly<Record<string, unknown>>): BusyError {
    return new BusyError({
      meaning: 'Another sync is loading into this schema, so this one goes no further. Nothing was read or written.',
      advice: 'Run again when the other has ended.',
      evidence: `It loads into ${this.place}, from ${String(client)}, since ${String(since)} UTC, server process ${String(pid)}.`,
    });
  }

  get #schemaId(): string {
    return `${literal(quoted(this.#at.schema))}::regnamespace::oid::int4`;
  }
}

function staged(table: TableShape): string {
  return `pg_temp.${quoted(`staged_${table.name}`)}`;
}

/** Rows in the text format of COPY ("COPY", File Formats). */
function copyText(rows: readonly Values[]): string {
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const value of row) {
      text += separator + copyValue(value);
      separator = '\t';
    }
    text += '\n';
  }
  return text;
}

const IS_SPECIAL = /[\\\n\r\t]/;
const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function copyValue(value: string | null): string {
  if (value === null) return '\\N';
  return IS_SPECIAL.test(value) ? value.replace(SPECIAL, (character) => ESCAPES[character] ?? '') : value;
}
