import { execFileSync } from 'node:child_process';
import { appendFile, chmod, chown, copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { COLUMNS, expectedTable } from '../orchestrators/campaign-daily-table.ts';
import { comparableRows } from '../orchestrators/exact-values.ts';
import { type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import {
  expectSynced,
  type Place,
  promisesOfEveryDatabase,
  runSyncProgram,
  type SyncOptions,
  type SyncRun,
} from '../support/load.ts';

const PASSWORD = 'correct-horse-battery';

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres(withTlsAndPasswords);
  await psql(`CREATE ROLE reader LOGIN; CREATE ROLE locked LOGIN PASSWORD '${PASSWORD}'; CREATE ROLE tls LOGIN`);
});
afterAll(() => server.stop());

/** A certificate of its own; `locked` has to have a password, `tls` to come over TLS. */
async function withTlsAndPasswords(data: string): Promise<void> {
  const [key, certificate] = [join(data, 'server.key'), join(data, 'server.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-new', '-x509', '-nodes', '-days', '2', ...subject, '-keyout', key, '-out', certificate],
    {
      stdio: 'ignore',
    },
  );
  const { uid, gid } = await stat(data);
  for (const file of [key, certificate]) {
    await chown(file, uid, gid);
    await chmod(file, 0o600);
  }
  await appendFile(join(data, 'postgresql.conf'), 'ssl = on\n');
  const rules = [
    'host all locked all scram-sha-256',
    'hostssl all tls all trust',
    'hostnossl all tls all reject',
    'host all all all trust',
  ];
  await writeFile(join(data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
}

const psql = (sql: string) => runToSuccess('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', sql, server.url]);

let schemas = 0;

/** A schema that is empty. */
async function newSchema(user = server.user): Promise<Place & { schema: string }> {
  const schema = `loaded_${schemas++}`;
  await psql(`CREATE SCHEMA ${schema}`);
  const sql = async (statement: string) => {
    const inSchema = statement.replace(
      /\b(campaign_daily|_source_tiktok_ads_state|_source_tiktok_ads_runs)\b/,
      `${schema}.$1`,
    );
    if (/^SELECT/.test(statement)) return await server.query(inSchema);
    await psql(inSchema);
    return [];
  };
  const texts = Object.keys(COLUMNS).map((name) => `"${name}"::text`);
  return {
    schema,
    to: `${urlFor(user)}?schema=${schema}`,
    sql,
    rows: async () => comparableRows(await sql(`SELECT ${texts.join(', ')} FROM campaign_daily`), COLUMNS),
  };
}

const urlFor = (user: string, host = server.host) => `postgresql://${user}@${host}:${server.port}/${server.database}`;

describe('sync into PostgreSQL', () => {
  promisesOfEveryDatabase(() => newSchema());

  it('takes the rows of four shards at once, from the making of the tables on', async () => {
    const emulator = await startEmulator({ accounts: 24 });
    const place = await newSchema();
    const shards = ['0/4', '1/4', '2/4', '3/4'];
    const runs = await Promise.all(
      shards.map((shard) => runSyncProgram(emulator, place.to, { args: ['--shard', shard] })),
    );
    expect(runs.map(({ stderr, exit }) => stderr + exit)).toEqual(shards.map(() => expect.stringMatching(/0$/)));
    expect(await place.rows()).toEqual(expectedTable(emulator));
    expect(await place.sql('SELECT shard, result FROM _source_tiktok_ads_runs ORDER BY shard')).toEqual(
      shards.map((shard) => ({ shard, result: 'succeeded' })),
    );
    await emulator.close();
  });

  it('keeps a run of all advertisers and one of a shard apart', async () => {
    const emulator = await startEmulator({ latencyMs: 100 });
    const place = await newSchema();
    const shard = { args: ['--shard', '0/2'] };
    const refused: SyncRun[] = [];
    const meanwhile = (others: readonly SyncOptions[]) => async (signal: (name: NodeJS.Signals) => void) => {
      const from = emulator.requestCount;
      while (emulator.requestCount < from + 2) await wait(10);
      signal('SIGSTOP');
      for (const other of others) refused.push(await runSyncProgram(emulator, place.to, other));
      signal('SIGCONT');
    };
    const whole = await runSyncProgram(emulator, place.to, { meanwhile: meanwhile([shard]) });
    const part = await runSyncProgram(emulator, place.to, { ...shard, meanwhile: meanwhile([{}, shard]) });
    expect([whole.exit, part.exit]).toEqual([0, 0]);
    expect(refused.map(({ exit }) => exit)).toEqual([1, 1, 1]);
    for (const { stderr } of refused) expect(stderr).toMatch(/^Another sync is loading into .* goes no further/);
    expect(await place.rows()).toEqual(expectedTable(emulator));
    await emulator.close();
  });

  it('takes over from a run that was silent for 30 seconds, which commits nothing when it goes on', async () => {
    const emulator = await startEmulator({ accounts: 12, latencyMs: 300 });
    const place = await newSchema();
    const attempts: SyncRun[] = [];
    const silent = await runSyncProgram(emulator, place.to, {
      meanwhile: async (signal) => {
        while (emulator.requestCount < 8) await wait(10);
        signal('SIGSTOP');
        const next = { config: { api_url: emulator.apiUrlFor('next') } };
        const goesOn = (async () => {
          while (!emulator.arrivals().clients.some(({ name }) => name === 'next')) await wait(10);
          signal('SIGCONT');
        })();
        do attempts.push(await runSyncProgram(emulator, place.to, next));
        while (attempts.at(-1)?.exit === 1);
        await goesOn;
      },
    });
    const [first] = attempts;
    expect(first?.stderr, 'it is not lost yet').toMatch(/^Another sync is loading into .* goes no further/);
    expect(attempts.at(-1)?.exit).toBe(0);
    expect(silent.stderr).toMatch(/Another sync is loading into .* goes no further/);
    expect(silent.exit).toBe(1);
    expect(await place.rows()).toEqual(expectedTable(emulator));
    await emulator.close();
  });

  describe('as one who looks at its tables finds it', () => {
    let emulator: Emulator;
    beforeAll(async () => {
      emulator = await startEmulator({});
    });
    afterAll(() => emulator.close());

    it('has the types and the meaning of each column', async () => {
      const place = await newSchema();
      await expectSynced(emulator, place);
      const columns = await server.query(
        'SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required, ' +
          `col_description(attrelid, attnum) AS comment FROM pg_attribute WHERE attrelid = '${place.schema}.campaign_daily'::regclass ` +
          'AND attnum > 0 ORDER BY attnum',
      );
      expect(columns.map(({ name }) => name)).toEqual(Object.keys(COLUMNS));
      const typeOf = (name: string) => columns.find((column) => column.name === name)?.type;
      expect([typeOf('date'), typeOf('campaign_id'), typeOf('spend'), typeOf('clicks')]).toEqual([
        'date',
        'text',
        'numeric',
        'bigint',
      ]);
      expect(columns.filter(({ required }) => required).map(({ name }) => name)).toEqual(['date', 'campaign_id']);
      expect(columns.filter(({ comment }) => !comment)).toEqual([]);
    });

    it('leaves rows alone that have not changed', async () => {
      const place = await newSchema();
      await expectSynced(emulator, place);
      const versions = () => place.sql('SELECT count(DISTINCT xmin::text) AS versions FROM campaign_daily');
      const before = await versions();
      await expectSynced(emulator, place);
      expect(await versions()).toEqual(before);
    });

    it('carries grants over to a new table, and names the view that a new one would break', async () => {
      const place = await newSchema();
      await expectSynced(emulator, place);
      await place.sql('GRANT SELECT ON campaign_daily TO reader');
      await expectSynced(emulator, place, { args: ['--refresh'] });
      await expectSynced(emulator, place, { args: ['--refresh'] });
      const granted = `SELECT has_table_privilege('reader', '${place.schema}.campaign_daily', 'SELECT') AS may`;
      expect(await server.query(granted)).toEqual([{ may: true }]);
      await psql(`CREATE VIEW ${place.schema}.weekly AS SELECT date FROM ${place.schema}.campaign_daily`);
      const requests = emulator.requestCount;
      const { exit, stderr } = await runSyncProgram(emulator, place.to, { args: ['--refresh'] });
      expect(exit).toBe(1);
      expect(stderr).toContain(`the view ${place.schema}.weekly depends on it`);
      expect(emulator.requestCount).toBe(requests);
    });

    it('says what a table without its key lacks', async () => {
      const place = await newSchema();
      await expectSynced(emulator, place);
      await place.sql('ALTER TABLE campaign_daily DROP CONSTRAINT campaign_daily_pkey');
      const { exit, stderr } = await runSyncProgram(emulator, place.to);
      expect(exit).toBe(1);
      expect(stderr).toContain('it has no primary key on date, campaign_id');
    });

    it.each([
      [
        'a schema that does not exist',
        () => `${server.url}?schema=nowhere`,
        {},
        /^The database has no schema of this name\. .*CREATE SCHEMA "nowhere".*PostgreSQL on 127\.0\.0\.1:\d+, database warehouse, .*schema nowhere\.$/m,
      ],
      [
        'a database that does not exist',
        () => server.url.replace('warehouse', 'nowhere'),
        {},
        /^The PostgreSQL server has no database of this name\. .*127\.0\.0\.1:\d+, database nowhere/,
      ],
      [
        'a wrong password',
        () => urlFor('locked'),
        { PGPASSWORD: 'wrong-horse' },
        /^PostgreSQL does not accept the password\. .*PGPASSWORD.*user locked/,
      ],
      [
        'no password',
        () => urlFor('locked'),
        {},
        /^PostgreSQL does not accept the password\. .*PGPASSWORD.*user locked/,
      ],
      [
        'a role that may only read',
        () => `${urlFor('reader')}?schema=public`,
        {},
        /^The user of the database lacks a right\. .*GRANT USAGE, CREATE ON SCHEMA "public".*user reader, schema public/,
      ],
      ['a role that is not there', () => urlFor('stranger'), {}, /^PostgreSQL does not let this user .*user stranger/],
      [
        'TLS required and not used',
        () => `${urlFor('tls')}?sslmode=disable`,
        {},
        /^PostgreSQL lets this user in only over TLS\. Add sslmode=require.*database warehouse, user tls/,
      ],
      [
        'a certificate of an unknown authority',
        () => `${urlFor('tls', 'localhost')}?sslmode=verify-full`,
        {},
        /^The certificate of the PostgreSQL server is not trusted here.*PostgreSQL on localhost:\d+/,
      ],
      [
        'a port without a server',
        () => server.url.replace(String(server.port), '9'),
        {},
        /^PostgreSQL does not answer\. .*PostgreSQL on 127\.0\.0\.1:9/,
      ],
    ])('refuses %s in one line, before TikTok is asked', async (_, to, env, sentence) => {
      const requests = emulator.requestCount;
      const { exit, stdout, stderr } = await runSyncProgram(emulator, to(), { env });
      expect(exit).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stdout).toBe('');
      expect(emulator.requestCount).toBe(requests);
    });

    it('takes the password from the environment, and never repeats one', async () => {
      await psql('GRANT TEMPORARY ON DATABASE warehouse TO locked; CREATE SCHEMA own AUTHORIZATION locked');
      const to = `${urlFor('locked')}?schema=own`;
      expect((await runSyncProgram(emulator, to, { env: { PGPASSWORD: PASSWORD } })).exit).toBe(0);
      const shown = to.replace('locked@', `locked:${PASSWORD}@`);
      let shownByPs = '';
      const run = await runSyncProgram(emulator, shown, {
        meanwhile: async () => {
          const from = emulator.requestCount;
          while (emulator.requestCount === from) await wait(10);
          shownByPs = execFileSync('ps', ['-eww', '-o', 'args'], { encoding: 'utf8' });
        },
      });
      expect(run.exit).toBe(0);
      expect(shownByPs).toContain('source-tiktok-ads sync');
      expect(shownByPs).not.toMatch(/horse-battery/);
      const wrong = await runSyncProgram(emulator, shown.replace(PASSWORD, 'wrong-horse-battery'));
      expect(wrong.exit).toBe(1);
      expect(run.stdout + run.stderr + wrong.stdout + wrong.stderr).not.toMatch(/horse-battery/);
    });

    it('goes over TLS where the server has it, and proves the server where that is asked for', async () => {
      const place = await newSchema();
      await psql(`GRANT ALL ON SCHEMA ${place.schema} TO tls`);
      const certificate = join(await serverFolder(), 'server.crt');
      await copyFile(certificate, '/tmp/loaded-server.crt');
      const proven = `${urlFor('tls', 'localhost')}?sslmode=verify-full&sslrootcert=/tmp/loaded-server.crt&schema=${place.schema}`;
      const run = await runSyncProgram(emulator, proven);
      expect(run.stderr + run.exit).toMatch(/0$/);
      expect((await runSyncProgram(emulator, `${urlFor('tls')}?schema=${place.schema}`)).exit).toBe(0);
    });
  });

  it('waits for a server that goes away in the middle, and completes when it is back', async () => {
    const emulator = await startEmulator({ latencyMs: 100 });
    const place = await newSchema();
    const run = await runSyncProgram(emulator, place.to, {
      meanwhile: async () => {
        while (emulator.requestCount < 8) await wait(10);
        await server.crash();
        await wait(3_000);
        await server.restart();
      },
    });
    expect(run.stderr).toContain('was lost');
    expect(run.exit).toBe(0);
    expect(await place.rows()).toEqual(expectedTable(emulator));
    await emulator.close();
  });
});

async function serverFolder(): Promise<string> {
  return (await psql('SHOW data_directory')).trim();
}
