import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/faults/scenario.generated.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { ExpectedStream } from '../../src/emulator/report/expected-rows.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { streams } from '../../src/streams/all-streams.ts';
import { readStreams, type StreamsRead } from '../support/read-streams.ts';
import { lastStates, read as readAsProcess } from '../support/run-source.ts';
import type { Row } from '../support/sync.ts';

// What TikTok does to its readers, and what the table of each stream has afterwards. Today is 2026-03-15.

let emulator: Emulator;
afterEach(() => emulator.close());

const REPORT = 'report/integrated/get/';
const START = '2026-02-01';
const TODAY = '2026-03-15';
const account = {
  id: '7000000000000000011',
  campaigns: 8,
  deletedCampaigns: 3,
  deletedOn: '2026-03-01',
  gmvMaxCampaigns: 4,
  density: 1,
  created: '2025-06-01',
};

/** Many rows take a busy machine long. */
const LONG_MS = 180_000;

/** More rows a day than are kept in memory; of a whole account there is one. */
const HUGE: Readonly<Record<string, object>> = {
  'BASIC AUCTION_CAMPAIGN': { campaigns: 10_100 },
  'BASIC AUCTION_ADGROUP': { campaigns: 101, adGroupsPerCampaign: 100, adsPerCampaign: 100 },
  'BASIC AUCTION_AD': { campaigns: 101, adGroupsPerCampaign: 50, adsPerCampaign: 100 },
  'TT_SHOP AUCTION_CAMPAIGN': { gmvMaxCampaigns: 5_700 },
};

const start = async (options: EmulatorOptions = {}) => {
  emulator = await startEmulator({ accounts: [account], ...options });
};

describe.each(streams)('$name', (stream) => {
  const { name, primaryKey, report } = stream;
  const read = (overrides: object = {}, state?: unknown) =>
    readStreams(emulator, [stream], { start_date: START, patience_seconds: 5, ...overrides }, { [name]: state });

  /** What a destination that upserts on the stream's key holds. */
  const table = (...runs: readonly StreamsRead[]) => tableOf(runs.flatMap(({ rows }) => rows[name] ?? []));
  const tableOf = (rows: readonly Row[]) =>
    new Map(rows.map((row) => [primaryKey.map((key) => row[key]).join(' '), row]));
  const expected = (range: { from?: string; to?: string; includeDeleted?: boolean } = {}) =>
    tableOf(
      [...emulator.expectedRows({ from: START, to: TODAY, stream: name as ExpectedStream, ...range })].map(
        ({ values }) => values,
      ),
    );

  it.each<[string, Fault['then'], Fault['when']]>([
    ['nothing happens', { delay_ms: 0 }, {}],
    ['a page is one row short', { drop_rows: 1 }, { page: 1 }],
    ['rows come twice', { repeat_rows: 2 }, { page: 1 }],
    ['a row comes twice, for another', { move_rows: 1 }, { page: 1 }],
    ['the total is too large', { total_number_delta: 3 }, { page: 1 }],
    ['the connection breaks within an answer', { disconnect: 'within_answer' }, {}],
    ['TikTok fails for a moment', { code: 50000 }, {}],
    ['an answer is cut short', { cut_body: 0.6 }, {}],
  ])('has every row to the last digit, deleted ones too, when %s', async (_what, then, when) => {
    await start({ scenario: { faults: [{ when: { endpoint: REPORT, ...when }, times: 2, then }] } });
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expected());
    expect(table(run).size).toBeGreaterThan(20);
  });

  it('is split until it adds up, and until TikTok does not find it too large', async () => {
    await start();
    emulator.arm({ when: { endpoint: REPORT, days_above: 8 }, then: { drop_rows: 1 } });
    emulator.arm({ when: { endpoint: REPORT }, then: { too_large_above_days: 12 } });
    const run = await read();
    expect(run.outcome.failure).toBeUndefined();
    expect(table(run)).toEqual(expected());
  });

  it('fails loudly when one day never adds up, and counts no day after it as read', async () => {
    const day = '2026-02-20';
    await start({
      scenario: { faults: [{ when: { days: { from: day, to: day } }, then: { total_number_delta: 1 } }] },
    });
    const run = await read();
    expect(run.outcome.failure?.message).toMatch(/never added up.*, 2026-02-20\./);
    expect(run.states[name]).toMatchObject({ advertisers: { [account.id]: { through: '2026-02-19' } } });
  });

  it('brings restated figures and the new day on the next day, and nothing else', async () => {
    await start();
    const first = await read();
    emulator.clock.advanceDays(1);
    const second = await read({}, first.states[name]);
    expect(table(first, second)).toEqual(expected({ to: '2026-03-16' }));
    expect((second.rows[name] ?? []).every(({ date }) => String(date) >= '2026-03-08')).toBe(true);
  });

  it('goes on from every state that it leaves', async () => {
    await start();
    const end = await read({ end_date: '2026-02-20' });
    const rest = await read({}, end.states[name]);
    expect(table(end, rest)).toEqual(expected());
  });

  it('loses nothing to kill -9, of a process that has begun and of the one after it', async () => {
    await start();
    const config = emulator.config({ start_date: '2025-12-01' });
    const runs: Awaited<ReturnType<typeof readAsProcess>>[] = [];
    for (const windows of [1, 2]) {
      // What comes after so many windows of 30 days never comes: the process cannot end before it is killed.
      const hang = emulator.arm({ when: { endpoint: REPORT, calls: { from: windows + 1 } }, then: { hang: true } });
      const onMessage: Parameters<typeof readAsProcess>[0]['onMessage'] = ({ record }, kill) => {
        if (record) kill('SIGKILL');
      };
      const killed = await readAsProcess({ config, streams: [name], states: lastStates(...runs), onMessage });
      expect(killed.exit).toBe('SIGKILL');
      hang.disarm();
      runs.push(killed);
    }
    runs.push(await readAsProcess({ config, streams: [name], states: lastStates(...runs) }));
    expect(runs.at(-1)?.exit).toBe(0);
    const rows = tableOf(runs.flatMap(({ records }) => records as Row[]));
    expect(rows).toEqual(expected({ from: '2025-12-01' }));
  });

  it('leaves deleted ones out where they are not wanted and the report tells them apart', async () => {
    await start();
    const run = await read({ include_deleted: false });
    expect(table(run)).toEqual(expected({ includeDeleted: report.statusField === undefined }));
  });

  const huge = HUGE[`${stream.report.reportType} ${stream.report.dataLevel}`];
  it.each([
    ...(huge ? [['fit into memory', Number.POSITIVE_INFINITY] as const] : []),
    ...(stream.slicing ? [['fit into memory, in slices where TikTok cuts it', 10_050] as const] : []),
  ])(
    'is whole where one day has more rows than %s',
    async (_says, adsMax) => {
      await start({ accounts: [{ ...account, deletedCampaigns: 0, ...huge }], adsMax });
      const run = await read({ start_date: TODAY });
      expect(run.outcome.failure).toBeUndefined();
      // As texts: comparing so many rows by their columns takes longer than reading them.
      const texts = (rows: ReturnType<typeof table>) => [...rows.values()].map((row) => JSON.stringify(row)).sort();
      expect(texts(table(run))).toEqual(texts(expected({ from: TODAY })));
      expect(run.rows[name]?.length).toBeGreaterThan(10_000);
      // First by the window, which finds it too large, then page by page.
      const firstPages = emulator.requests.filter(({ params }) => params.page === '1');
      expect(firstPages.length).toBeGreaterThan(1);
    },
    LONG_MS,
  );

  it('is whole through reports that TikTok cuts', async () => {
    await start({
      accounts: [{ ...account, adGroupsPerCampaign: 2, adsPerCampaign: 6 }],
      adsMax: 9,
      cutsAdvertisers: true,
    });
    const run = await read({ start_date: '2026-03-05' });
    if (report.reportType === 'BASIC' && stream.slicing === undefined) {
      // A whole account comes in one piece or not at all.
      expect(run.outcome.failure?.message).toMatch(/cut the report, which cannot be asked for in parts/);
      expect(run.rows[name]).toBeUndefined();
    } else {
      expect(run.outcome.failure).toBeUndefined();
      expect(table(run)).toEqual(expected({ from: '2026-03-05' }));
    }
  });
});

describe.each(['adgroup_daily', 'ad_daily'] as const)('%s of a campaign that TikTok cuts even alone', (name) => {
  const chosen = streams.filter((stream) => stream.name === name);
  const slices = () =>
    emulator.requests.flatMap(({ params }) => {
      const filters = (params.filtering ?? []) as { field_name: string; filter_value: string }[];
      if (!Array.isArray(filters)) return [];
      const idsOf = (field: string) =>
        JSON.parse(filters.find(({ field_name }) => field_name === field)?.filter_value ?? '[]') as string[];
      const [campaigns, adgroups] = [idsOf('campaign_ids'), idsOf('adgroup_ids')];
      return campaigns.length > 0 ? [{ campaigns: campaigns.length, adgroups: adgroups.length }] : [];
    });
  const whole = (rows: readonly Row[] | undefined) => (rows ?? []).map((row) => JSON.stringify(row)).sort();
  const expectedRows = (from: string) =>
    whole([...emulator.expectedRows({ from, to: TODAY, stream: name })].map(({ values }) => values));
  const many = { ...account, campaigns: 4, adGroupsPerCampaign: 120, adsPerCampaign: 240 };

  it('is whole by slices of its ad groups, deleted ones too, smaller where a slice is cut again', async () => {
    await start({ accounts: [many], adsMax: 60 });
    const run = await readStreams(emulator, chosen, { start_date: '2026-02-27' });
    expect(run.outcome.failure).toBeUndefined();
    expect(whole(run.rows[name])).toEqual(expectedRows('2026-02-27'));
    expect(run.warnings).toEqual([]);
    const ofAdgroups = slices().filter(({ adgroups }) => adgroups > 0);
    // Ad groups are named beside their campaign; 100 first, in halves until fewer than 60 ads are in scope.
    expect(ofAdgroups.every(({ campaigns }) => campaigns === 1)).toBe(true);
    expect(Math.max(...ofAdgroups.map(({ adgroups }) => adgroups))).toBe(100);
    expect(Math.min(...ofAdgroups.map(({ adgroups }) => adgroups))).toBeLessThan(30);
  });

  it(
    'is whole where a day of it is too large for memory, too',
    async () => {
      const large = {
        ...account,
        campaigns: 1,
        deletedCampaigns: 0,
        adGroupsPerCampaign: 10_100,
        adsPerCampaign: 10_100,
      };
      await start({ accounts: [large], adsMax: 10_050 });
      const run = await readStreams(emulator, chosen, { start_date: TODAY });
      expect(run.outcome.failure).toBeUndefined();
      expect(whole(run.rows[name])).toEqual(expectedRows(TODAY));
    },
    LONG_MS,
  );

  it('fails loudly, naming the ad group, where one of them is cut alone', async () => {
    await start({ accounts: [{ ...many, campaigns: 1, deletedCampaigns: 0, adGroupsPerCampaign: 2 }], adsMax: 60 });
    const run = await readStreams(emulator, chosen, { start_date: TODAY });
    expect(run.outcome.failure?.message).toMatch(/cuts the report of ad group \d+ of campaign \d+ even alone/);
    expect(run.rows[name]).toBeUndefined();
  });
});

it('a whole account is read in fewer days where TikTok cuts more', async () => {
  await start({ cutsAdvertisers: true });
  emulator.arm({ when: { endpoint: REPORT, days_above: 4 }, then: { ads_max: 5 } });
  const advertiser = streams.filter(({ name }) => name === 'advertiser_daily');
  const { rows, outcome } = await readStreams(emulator, advertiser, { start_date: START });
  expect(outcome.failure).toBeUndefined();
  const expected = [...emulator.expectedRows({ from: START, to: TODAY, stream: 'advertiser_daily' })];
  expect(rows.advertiser_daily).toEqual(expected.map(({ values }) => values));
});

it('the levels of an account add up to the same spend, impressions and clicks', async () => {
  await start();
  const levels = streams.filter(({ report }) => report.reportType === 'BASIC');
  const { rows } = await readStreams(emulator, levels, { start_date: START });
  const sums = levels.map(({ name }) => {
    const sum = (metric: string) => (rows[name] ?? []).reduce((all, row) => all + Number(row[metric]), 0);
    return { spend: sum('spend').toFixed(2), impressions: sum('impressions'), clicks: sum('clicks') };
  });
  expect(sums[0]?.impressions).toBeGreaterThan(0);
  expect(sums).toEqual(levels.map(() => sums[0]));
});
