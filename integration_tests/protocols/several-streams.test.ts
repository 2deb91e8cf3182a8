import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExpectedStream } from '../../src/emulator/report/expected-rows.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { checkTapOutput } from '../support/check-tap-output.ts';
import { lastStates, type ReadOptions, type Run, read } from '../support/run-source.ts';
import { runTap, type TapRun } from '../support/run-tap.ts';

// Both programs with catalogs of more streams than the default one, as their users run them. Today is 2026-03-15.

type Row = Readonly<Record<string, unknown>>;

const START = '2026-03-01';
const KEYS: Readonly<Record<string, readonly string[]>> = {
  campaign_daily: ['date', 'campaign_id'],
  ad_daily: ['date', 'ad_id'],
  gmv_max_campaign_daily: ['date', 'campaign_id', 'country_code'],
};

let emulator: Emulator;
let config: object;
beforeEach(async () => {
  emulator = await startEmulator({ accounts: 'brand' });
  config = emulator.config({ start_date: START });
});
afterEach(() => emulator.close());

/** What a destination that upserts on the stream's keys holds of it, as sorted text. */
function table(stream: string, rows: readonly Row[]): string[] {
  const byKey = new Map(rows.map((row) => [KEYS[stream]?.map((key) => row[key]).join(' '), row]));
  return [...byKey.values()].map((row) => JSON.stringify(row)).sort();
}

function expected(stream: string, columns?: readonly string[]): string[] {
  const rows = [...emulator.expectedRows({ from: START, to: '2026-12-31', stream: stream as ExpectedStream })];
  const kept = (row: object) =>
    columns ? Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column))) : row;
  return table(
    stream,
    rows.map(({ values }) => kept(values) as Row),
  );
}

interface Answer {
  readonly exit: number | NodeJS.Signals;
  /** Rows by stream. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** What the orchestrator keeps for the next run. */
  readonly state: unknown;
  /** The names of the streams that a state was said of. */
  readonly said: readonly string[];
}

function byStream(rows: readonly (readonly [stream: string, row: Row])[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const [stream, row] of rows) found.set(stream, [...(found.get(stream) ?? []), row]);
  return found;
}

/** Keeps, as the platform does, the last state of each stream, also of those that are not in the catalog any more. */
async function airbyte(streams: NonNullable<ReadOptions['streams']>, before?: unknown): Promise<Answer> {
  const states = (before ?? []) as readonly object[];
  const run: Run = await read({ config, streams, states });
  const now = new Map([...states, ...lastStates(run)].map((state) => [nameOf(state), state]));
  const statuses = run.messages.flatMap(({ trace }) => trace?.stream_status ?? []);
  for (const stream of streams) {
    const name = typeof stream === 'string' ? stream : stream[0];
    const own = statuses.filter(({ stream_descriptor }) => stream_descriptor.name === name);
    expect(
      own.map(({ status }) => status),
      name,
    ).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
  }
  return {
    exit: run.exit,
    rows: byStream(run.messages.flatMap(({ record }) => (record ? [[record.stream, record.data] as const] : []))),
    state: [...now.values()],
    said: lastStates(run).map(nameOf),
  };
}

const nameOf = (state: object) =>
  (state as { stream: { stream_descriptor: { name: string } } }).stream.stream_descriptor.name;

interface Discovered {
  readonly streams: readonly {
    readonly tap_stream_id: string;
    readonly metadata: readonly { readonly breadcrumb: readonly string[]; readonly metadata: object }[];
  }[];
}

/** What `--discover` prints, once for all tests: it depends on no advertiser. */
let discovered: Promise<Discovered> | undefined;

/** Selects as Meltano does, in the metadata. */
async function singer(streams: NonNullable<ReadOptions['streams']>, state?: unknown): Promise<Answer> {
  discovered ??= runTap({ flags: ['--discover'] }).then(({ stdout }) => JSON.parse(stdout) as Discovered);
  const chosen = new Map(streams.map((stream) => (typeof stream === 'string' ? [stream, undefined] : stream)));
  const catalog = (await discovered).streams.map((stream) => ({
    ...stream,
    metadata: stream.metadata.map(({ breadcrumb, metadata }) => {
      const columns = chosen.get(stream.tap_stream_id);
      const [, column] = breadcrumb;
      const selected = column === undefined ? chosen.has(stream.tap_stream_id) : (columns?.includes(column) ?? true);
      return { breadcrumb, metadata: { ...metadata, selected } };
    }),
  }));
  const run: TapRun = await runTap({ config, catalog: { streams: catalog }, ...(state !== undefined && { state }) });
  expect(checkTapOutput(run.messages)).toEqual([]);
  expect(run.log.filter((line) => /^(WARNING|ERROR|CRITICAL)/.test(line))).toEqual([]);
  return {
    exit: run.exit,
    rows: byStream(run.messages.flatMap(({ stream, record }) => (stream && record ? [[stream, record] as const] : []))),
    state: run.states.at(-1),
    said: Object.keys(run.states.at(-1)?.bookmarks ?? {}),
  };
}

describe.each([
  ['Airbyte', airbyte],
  ['Singer', singer],
])('%s', (protocol, run) => {
  it('brings two streams, the second with fewer columns, each by itself', async () => {
    const { exit, rows, said } = await run(['campaign_daily', ['ad_daily', ['ad_name', 'spend']]]);
    expect(exit).toBe(0);
    expect([...rows.keys()].sort()).toEqual(['ad_daily', 'campaign_daily']);
    expect(table('campaign_daily', rows.get('campaign_daily') ?? [])).toEqual(expected('campaign_daily'));
    const columns = ['date', 'ad_id', 'ad_name', 'spend'];
    expect(table('ad_daily', rows.get('ad_daily') ?? [])).toEqual(expected('ad_daily', columns));
    expect([...said].sort()).toEqual(['ad_daily', 'campaign_daily']);
  });

  it('brings a stream that has none of the columns of campaign_daily but its keys, without campaign_daily', async () => {
    const { exit, rows, said } = await run(['gmv_max_campaign_daily']);
    expect(exit).toBe(0);
    expect([...rows.keys()]).toEqual(said);
    expect(table('gmv_max_campaign_daily', rows.get('gmv_max_campaign_daily') ?? [])).toEqual(
      expected('gmv_max_campaign_daily'),
    );
    const reports = emulator.requests.filter(({ path }) => path.endsWith('/report/integrated/get/'));
    expect(new Set(reports.map(({ params }) => params.report_type))).toEqual(new Set(['TT_SHOP']));
  });

  it('reads on unharmed without a stream that was removed, and that one from its own state when it is back', async () => {
    const all = ['campaign_daily', 'ad_daily', 'gmv_max_campaign_daily'];
    const first = await run(all);
    emulator.clock.advanceDays(1);
    const second = await run(['campaign_daily', 'gmv_max_campaign_daily'], first.state);
    expect(second.exit).toBe(0);
    expect(second.rows.has('ad_daily')).toBe(false);
    // Airbyte keeps the state of a stream itself, a Singer STATE takes the place of the one before it.
    const kept = protocol === 'Airbyte' ? [] : ['ad_daily'];
    expect([...second.said].sort()).toEqual([...kept, 'campaign_daily', 'gmv_max_campaign_daily']);
    emulator.clock.advanceDays(1);
    const third = await run(all, second.state);
    for (const stream of all) {
      const rows = [first, second, third].flatMap((answer) => answer.rows.get(stream) ?? []);
      expect(table(stream, rows), stream).toEqual(expected(stream));
    }
    // Seven days before the day of its last read, not before yesterday's.
    expect(
      third.rows
        .get('ad_daily')
        ?.map(({ date }) => String(date))
        .sort()[0],
    ).toBe('2026-03-08');
    expect(
      third.rows
        .get('campaign_daily')
        ?.map(({ date }) => String(date))
        .sort()[0],
    ).toBe('2026-03-09');
  });
});
