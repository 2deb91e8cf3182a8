import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import program from '../../package.json' with { type: 'json' };
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { checkTapOutput } from '../support/check-tap-output.ts';
import { read } from '../support/run-source.ts';
import { runTap, startTap } from '../support/run-tap.ts';

// The Singer program as its runners start it: a process, files, standard output.

const DAY_1 = '2026-02-01';
const NOW = '2026-03-15T12:00:00Z';

type Row = Readonly<Record<string, unknown>>;

let emulators: Emulator[] = [];
afterEach(async () => {
  await Promise.all(emulators.map((emulator) => emulator.close()));
  emulators = [];
});

async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
  const emulator = await startEmulator({ now: NOW, accounts: 'brand', ...options });
  emulators.push(emulator);
  return emulator;
}

const keyOf = ({ date, campaign_id }: Row) => `${date} ${campaign_id}`;

/** Rows as an upserting destination holds them, by key. */
function tableOf(...runs: readonly (readonly Row[])[]): Row[] {
  const rows = new Map(runs.flat().map((row) => [keyOf(row), row]));
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function expectedTable(emulator: Emulator, range: { advertiserIds?: readonly string[] } = {}): Row[] {
  const rows = [...emulator.expectedRows({ from: DAY_1, to: '2026-12-31', ...range })];
  expect(rows.length).toBeGreaterThan(0);
  return tableOf(rows.map(({ values }) => values));
}

const configOf = (emulator: Emulator, overrides: Row = {}) => emulator.config({ start_date: DAY_1, ...overrides });

interface Catalog {
  readonly streams: readonly {
    readonly tap_stream_id: string;
    readonly metadata: readonly { readonly breadcrumb: readonly string[]; readonly metadata: Row }[];
  }[];
}

async function discover(config?: object): Promise<Catalog> {
  const { stdout } = await runTap({ ...(config && { config }), flags: ['--discover'] });
  return JSON.parse(stdout) as Catalog;
}

/** The catalog with metadata added to `campaign_daily` as Meltano adds it: of the stream under '', of columns under their names. */
function edited(catalog: Catalog, additions: Readonly<Record<string, Row>>): Catalog {
  const streams = catalog.streams.map((stream) =>
    stream.tap_stream_id !== 'campaign_daily'
      ? stream
      : {
          ...stream,
          metadata: stream.metadata.map(({ breadcrumb, metadata }) => ({
            breadcrumb,
            metadata: { ...metadata, ...additions[breadcrumb[1] ?? ''] },
          })),
        },
  );
  return { streams };
}

describe('a sync', () => {
  it('prints what TikTok has, in messages that every target takes, and goes on from its state', async () => {
    const emulator = await start({ accounts: 'default' });
    const config = configOf(emulator);
    const first = await runTap({ config });
    expect(first.log.filter((line) => /^(ERROR|CRITICAL)/.test(line))).toEqual([]);
    expect(first.exit).toBe(0);
    expect(checkTapOutput(first.messages)).toEqual([]);
    expect(tableOf(first.records)).toEqual(expectedTable(emulator));

    emulator.clock.advanceDays(1);
    const second = await runTap({ config, state: first.states.at(-1) });
    expect(second.exit).toBe(0);
    expect(checkTapOutput(second.messages)).toEqual([]);
    expect(tableOf(first.records, second.records)).toEqual(expectedTable(emulator));
    // The lookback, the unfinished day, the new one; a day on either side for the zones.
    expect(second.records.map(({ date }) => date).sort()[0]).toBe('2026-03-08');
  });

  it('prints the same records as the Airbyte program', async () => {
    const emulator = await start({ accounts: 'default' });
    const config = configOf(emulator, { advertiser_columns: true });
    const [singer, airbyte] = [await runTap({ config }), await read({ config })];
    expect([singer.exit, airbyte.exit]).toEqual([0, 0]);
    expect(tableOf(singer.records)).toEqual(tableOf(airbyte.records));
    expect(Object.keys(singer.records[0] ?? {})).toEqual(Object.keys(airbyte.records[0] ?? {}));
    const bookmark = singer.states.at(-1)?.bookmarks.campaign_daily as Row;
    expect(bookmark.advertisers).toEqual(airbyte.states.at(-1)?.advertisers);
  });

  it('takes the state of the Airbyte program as its bookmark', async () => {
    const emulator = await start();
    const config = configOf(emulator, { lookback_days: 0 });
    const airbyte = await read({ config });
    const state = { bookmarks: { campaign_daily: airbyte.states.at(-1) } };
    const { exit, records } = await runTap({ config, state });
    expect(exit).toBe(0);
    expect(new Set(records.map(({ date }) => date))).toEqual(new Set(['2026-03-15']));
  });

  it('loses no line to a reader that takes small bites', async () => {
    const emulator = await start();
    const child = startTap({ config: configOf(emulator) });
    child.stderr.resume();
    const closed = once(child, 'close');
    let text = '';
    child.stdout.setEncoding('utf8').on('readable', () => {});
    for (let open = true; open; ) {
      const bite = child.stdout.read(100) ?? child.stdout.read();
      if (bite) text += bite;
      open = !child.stdout.readableEnded;
      await setImmediate();
    }
    expect(await closed).toEqual([0, null]);
    const messages = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(checkTapOutput(messages)).toEqual([]);
    expect(tableOf(messages.flatMap(({ record }) => (record ? [record] : [])))).toEqual(expectedTable(emulator));
  });
});

describe('the state', () => {
  it.each([null, {}, [], { bookmarks: {} }, { bookmarks: { campaign_daily: null } }].map((state) => ({ state })))(
    '$state means that everything is read',
    async ({ state }) => {
      const emulator = await start();
      const { exit, records } = await runTap({ config: configOf(emulator), state });
      expect(exit).toBe(0);
      expect(tableOf(records)).toEqual(expectedTable(emulator));
    },
  );

  it("keeps other streams' bookmarks and says that they are not ours", async () => {
    const emulator = await start();
    const state = { bookmarks: { other: { at: 5 } } };
    const { exit, states, log } = await runTap({ config: configOf(emulator), state });
    expect(exit).toBe(0);
    expect(states.at(-1)?.bookmarks).toEqual({ other: { at: 5 }, campaign_daily: expect.any(Object) });
    expect(log).toContainEqual(expect.stringMatching(/^WARNING .*"other"/));
  });

  it.each([
    { state: 'text', says: 'The state is a text' },
    {
      state: { bookmarks: { campaign_daily: { replication_key_value: '2026-01-01' } } },
      says: 'replication_key_value',
    },
    { state: { bookmarks: { campaign_daily: { version: 2, advertisers: {} } } }, says: 'version 2' },
    { state: { campaign_daily: { version: 1, advertisers: {} } }, says: 'has no "bookmarks", but "campaign_daily"' },
    { state: { value: { bookmarks: {} } }, says: 'has no "bookmarks", but "value"' },
    { state: { type: 'STREAM', stream: {} }, says: 'has no "bookmarks", but "type", "stream"' },
    {
      state: {
        bookmarks: { campaign_daily: { version: 1, updated_at: '+275760-09-13T00:00:00.000Z', advertisers: {} } },
      },
      says: '"updated_at" is "+275760-09-13T00:00:00.000Z"',
    },
  ])('$state is refused before anything is asked or printed', async ({ state, says }) => {
    const emulator = await start();
    const { exit, stdout, log } = await runTap({ config: configOf(emulator), state });
    expect({ exit, stdout, requests: emulator.requestCount }).toEqual({ exit: 1, stdout: '', requests: 0 });
    expect(log.filter((line) => line.startsWith('CRITICAL'))).toEqual([expect.stringContaining(says)]);
  });
});

describe('a catalog', () => {
  it('that was not edited selects everything of campaign_daily, and no other stream', async () => {
    const emulator = await start();
    const { exit, records } = await runTap({ config: configOf(emulator), catalog: await discover() });
    expect(exit).toBe(0);
    expect(tableOf(records)).toEqual(expectedTable(emulator));
  });

  it.each(['catalog', 'properties'])('handed over as --%s leaves columns out of schema and records', async (flag) => {
    const emulator = await start();
    const catalog = await discover();
    const columns = catalog.streams[0]?.metadata.map(({ breadcrumb }) => breadcrumb[1] ?? '').filter(Boolean) ?? [];
    const none = Object.fromEntries(columns.map((column) => [column, { selected: false }]));
    const selection = edited(catalog, { ...none, '': { selected: true }, spend: { selected: true } });
    const { exit, messages, records } = await runTap({ config: configOf(emulator), [flag]: selection });
    expect(exit).toBe(0);
    const wanted = ['date', 'campaign_id', 'spend'];
    expect(Object.keys(messages[0]?.schema?.properties ?? {})).toEqual(wanted);
    expect(new Set(records.map((record) => Object.keys(record).join()))).toEqual(new Set([wanted.join()]));
    expect(tableOf(records)).toEqual(
      expectedTable(emulator).map((row) => Object.fromEntries(wanted.map((column) => [column, row[column]]))),
    );
  });

  it('with FULL_TABLE reads everything whatever the bookmark says', async () => {
    const emulator = await start();
    const config = configOf(emulator);
    const { states } = await runTap({ config });
    const catalog = edited(await discover(), { '': { selected: true, 'replication-method': 'FULL_TABLE' } });
    const { exit, records } = await runTap({ config, catalog, state: states.at(-1) });
    expect(exit).toBe(0);
    expect(tableOf(records)).toEqual(expectedTable(emulator));
  });

  it.each([
    { says: 'selects the stream "orders"', catalog: { streams: [{ tap_stream_id: 'orders' }] } },
    { says: 'selects no stream', catalog: { streams: [] } },
  ])('that $says is refused before anything is asked or printed', async ({ says, catalog }) => {
    const emulator = await start();
    const { exit, stdout, log } = await runTap({ config: configOf(emulator), catalog });
    expect({ exit, stdout, requests: emulator.requestCount }).toEqual({ exit: 1, stdout: '', requests: 0 });
    expect(log).toEqual([expect.stringMatching(`^CRITICAL .*${says}`)]);
  });
});

describe('a failure', () => {
  it('of one advertiser does not keep the others from being read, and fails the run at its end', async () => {
    const emulator = await start();
    const [gone, other] = emulator.accounts.map(({ id }) => id);
    emulator.suspend(gone ?? '');
    const { exit, messages, records, log } = await runTap({ config: configOf(emulator) });
    expect(exit).toBe(1);
    expect(checkTapOutput(messages)).toEqual([]);
    expect(tableOf(records)).toEqual(expectedTable(emulator, { advertiserIds: [other ?? ''] }));
    expect(log).toContainEqual(expect.stringMatching(`^ERROR .*${gone}`));
    expect(log.filter((line) => line.startsWith('CRITICAL'))).toHaveLength(1);
  });

  it('of one advertiser is a warning when the configuration says so', async () => {
    const emulator = await start();
    emulator.suspend(emulator.accounts[0]?.id ?? '');
    const { exit, log } = await runTap({ config: configOf(emulator, { unavailable_advertisers: 'warn' }) });
    expect(exit).toBe(0);
    expect(log).toContainEqual(expect.stringMatching(`^WARNING .*${emulator.accounts[0]?.id}`));
  });

  it('of the token is one CRITICAL line, and the state that came in goes out', async () => {
    const emulator = await start();
    const config = configOf(emulator);
    const { states } = await runTap({ config });
    emulator.revokeToken();
    const { exit, messages, log } = await runTap({ config, state: states.at(-1) });
    expect(exit).toBe(1);
    expect(messages.map(({ type }) => type)).toEqual(['SCHEMA', 'STATE']);
    const bookmarkOf = (state: unknown) => (state as { bookmarks: { campaign_daily: Row } }).bookmarks.campaign_daily;
    expect(bookmarkOf(messages[1]?.value).advertisers).toEqual(bookmarkOf(states.at(-1)).advertisers);
    expect(log.filter((line) => line.startsWith('CRITICAL'))).toEqual([expect.stringContaining('40105')]);
  });

  it('of the configuration says every mistake at once', async () => {
    const { exit, stdout, log } = await runTap({ config: { lookback_days: 91, start_date: 'today' } });
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    for (const key of ['credentials', 'lookback_days', 'start_date']) {
      expect(log).toContainEqual(expect.stringMatching(`^CRITICAL .*${key}`));
    }
  });

  it('shows no secret anywhere', async () => {
    const emulator = await start();
    emulator.arm({ then: { code: 50000, message: `Bad token ${emulator.credentials.access_token}` } });
    const config = configOf(emulator, { patience_seconds: 0 });
    const { exit, stdout, log } = await runTap({ config, flags: ['--debug'] });
    expect(exit).toBe(1);
    expect(log.join('\n')).toContain('***');
    for (const secret of [emulator.credentials.access_token, emulator.credentials.secret]) {
      expect(stdout + log.join('\n')).not.toContain(secret);
    }
  });
});

describe('a signal', () => {
  it('is answered with the last state and exit code 0, and the next run brings the rest', async () => {
    const emulator = await start();
    // The newest window never comes, so the run is under way whenever the signal arrives.
    emulator.arm({ name: 'hang', when: { days: { from: '2026-03-10' } }, then: { hang: true } });
    const config = configOf(emulator);
    const first = await runTap({
      config,
      onMessage: ({ type }, kill) => {
        if (type === 'RECORD') kill('SIGTERM');
      },
    });
    expect(first.exit).toBe(0);
    expect(checkTapOutput(first.messages)).toEqual([]);

    // The same data, without the fault.
    const second = await runTap({ config: configOf(await start()), state: first.states.at(-1) });
    expect(second.exit).toBe(0);
    expect(tableOf(first.records, second.records)).toEqual(expectedTable(emulator));
  });

  it('ends a run whose reader has stopped reading', async () => {
    const emulator = await start({ accounts: [{ campaigns: 300, created: '2025-01-01', density: 1 }] });
    const child = startTap({ config: configOf(emulator) });
    const ended = once(child, 'exit');
    child.stderr.resume();
    await once(child.stdout, 'readable');
    // From here on this end takes nothing more, and the pipe holds a hundredth of what is to come.
    while (child.stdout.readableLength < child.stdout.readableHighWaterMark) await setImmediate();
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    child.stdout.destroy();
  });

  it('is not needed where the reader goes: the run ends without noise, and not as a success', async () => {
    const emulator = await start({ accounts: [{ campaigns: 300, created: '2025-01-01', density: 1 }] });
    const child = startTap({ config: configOf(emulator) });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const ended = once(child, 'close');
    await once(child.stdout, 'readable');
    child.stdout.destroy();
    expect(await ended).toEqual([1, null]);
    expect(stderr).not.toMatch(/CRITICAL|EPIPE|^ +at /m);
  });
});

describe('the log', () => {
  it('counts records and requests and takes the time, as Singer metrics', async () => {
    const emulator = await start();
    const { records, log } = await runTap({ config: configOf(emulator) });
    const points = log.flatMap((line) => {
      const [, json] = /^INFO METRIC: (.*)$/.exec(line) ?? [];
      return json ? [JSON.parse(json) as { metric: string; type: string; value: number; tags: Row }] : [];
    });
    const sumOf = (metric: string) =>
      points.reduce((sum, point) => sum + (point.metric === metric ? point.value : 0), 0);
    expect(sumOf('record_count')).toBe(records.length);
    expect(sumOf('http_request_count')).toBe(emulator.requestCount);
    expect(points.filter(({ type }) => type === 'timer')).toEqual([
      expect.objectContaining({ metric: 'sync_duration', tags: expect.objectContaining({ status: 'succeeded' }) }),
      expect.objectContaining({ metric: 'job_duration', tags: expect.objectContaining({ status: 'succeeded' }) }),
    ]);
  });

  it('is made of JSON objects where Meltano asks for them', async () => {
    const emulator = await start();
    const path = join(mkdtempSync(join(tmpdir(), 'singer-log-')), 'log.json');
    const formatters = { structured: { '()': 'singer_sdk.logging.StructuredFormatter' } };
    writeFileSync(path, JSON.stringify({ version: 1, formatters, root: { level: 'INFO', handlers: [] } }));
    const { exit, log } = await runTap({ config: configOf(emulator), env: { SINGER_SDK_LOG_CONFIG: path } });
    expect(exit).toBe(0);
    const keys = ['level', 'pid', 'logger_name', 'ts', 'thread_name', 'app_name', 'stream_name', 'message', 'extra'];
    expect(log.length).toBeGreaterThan(0);
    for (const line of log) expect(Object.keys(JSON.parse(line))).toEqual(expect.arrayContaining(keys));
  });

  it('is as loud as the environment wants it', async () => {
    const emulator = await start();
    const { exit, log } = await runTap({ config: configOf(emulator), env: { TAP_TIKTOK_ADS_LOGLEVEL: 'ERROR' } });
    expect({ exit, log }).toEqual({ exit: 0, log: [] });
  });
});

describe('the configuration', () => {
  it('may come in parts, with settings as the texts that a runner makes of them', async () => {
    const emulator = await start();
    const { credentials, ...rest } = configOf(emulator);
    const [id] = emulator.accounts.map((account) => account.id);
    const { exit, records } = await runTap({
      config: [rest, { credentials, advertiser_ids: JSON.stringify([id]), end_date: null }],
    });
    expect(exit).toBe(0);
    expect(tableOf(records)).toEqual(expectedTable(emulator, { advertiserIds: [id ?? ''] }));
  });

  it('may come from the environment', async () => {
    const emulator = await start();
    const { app_id, secret, access_token } = emulator.credentials;
    const { exit, records } = await runTap({
      flags: ['--config', 'ENV'],
      env: {
        TAP_TIKTOK_ADS_CREDENTIALS__AUTH_TYPE: 'oauth2.0',
        TAP_TIKTOK_ADS_CREDENTIALS__APP_ID: app_id,
        TAP_TIKTOK_ADS_CREDENTIALS__SECRET: secret,
        TAP_TIKTOK_ADS_CREDENTIALS__ACCESS_TOKEN: access_token,
        TAP_TIKTOK_ADS_START_DATE: DAY_1,
        TAP_TIKTOK_ADS_API_URL: emulator.apiUrl,
      },
    });
    expect(exit).toBe(0);
    expect(tableOf(records)).toEqual(expectedTable(emulator));
  });
});

describe('--test', () => {
  it('reads one record and says no state', async () => {
    const emulator = await start();
    const before = emulator.requestCount;
    const { exit, messages, log } = await runTap({ config: configOf(emulator), flags: ['--test'] });
    const counted = log.flatMap((line) => Number(/http_request_count","value":(\d+)/.exec(line)?.[1] ?? 0));
    expect(counted.reduce((sum, count) => sum + count)).toBeGreaterThan(0);
    expect(counted.reduce((sum, count) => sum + count)).toBe(emulator.requestCount - before);
    expect(exit).toBe(0);
    expect(messages.map(({ type }) => type)).toEqual(['SCHEMA', 'RECORD']);
  });

  it('fails with a token that does not work', async () => {
    const emulator = await start();
    emulator.revokeToken();
    const { exit, messages, log } = await runTap({ config: configOf(emulator), flags: ['--test=all'] });
    expect(exit).toBe(1);
    expect(messages.map(({ type }) => type)).toEqual(['SCHEMA']);
    expect(log).toContainEqual(expect.stringMatching(/^CRITICAL .*40105/));
  });

  it('of the schema asks TikTok nothing', async () => {
    const emulator = await start();
    const { exit, messages } = await runTap({ config: configOf(emulator), flags: ['--test=schema'] });
    expect({ exit, requests: emulator.requestCount }).toEqual({ exit: 0, requests: 0 });
    expect(messages.map(({ type }) => type)).toEqual(['SCHEMA']);
  });
});

describe('what needs no TikTok', () => {
  it('--discover prints the catalog', async () => {
    const { exit, stdout, log } = await runTap({ flags: ['--discover'] });
    expect({ exit, log }).toEqual({ exit: 0, log: [] });
    await expect(stdout).toMatchFileSnapshot('snapshots/tap-discover.json');
  });

  it('--discover ignores catalog and state, which Meltano passes along, and needs no whole configuration', async () => {
    const { exit, stdout } = await runTap({
      config: { advertiser_columns: true },
      catalog: 'neither read',
      state: 'nor checked',
      flags: ['--discover'],
    });
    expect(exit).toBe(0);
    const { streams } = JSON.parse(stdout);
    expect(Object.keys(streams[0].schema.properties).slice(-4)).toEqual([
      'advertiser_id',
      'advertiser_name',
      'currency',
      'timezone',
    ]);
  });

  it.each([
    { format: 'json', file: 'tap-about.json' },
    { format: 'markdown', file: 'tap-about.md' },
    { format: 'text', file: 'tap-about.txt' },
  ])('--about tells settings and capabilities as $format', async ({ format, file }) => {
    const { exit, stdout, log } = await runTap({ flags: ['--about', '--format', format] });
    expect({ exit, log }).toEqual({ exit: 0, log: [] });
    // The version alone is no reason to look at the whole again.
    await expect(stdout.replaceAll(program.version, 'VERSION')).toMatchFileSnapshot(`snapshots/${file}`);
  });

  it('--version prints name and version', async () => {
    const { exit, stdout } = await runTap({ flags: ['--version'] });
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `tap-tiktok-ads ${program.version}\n` });
  });
});
