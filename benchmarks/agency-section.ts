import { Store } from '../integration_tests/quota/store.ts';
import { MEGABYTES_MAX } from './memory-section.ts';
import { readArguments } from './read-arguments.ts';
import { type MeasuredRun, runMeasured } from './run-measured.ts';
import type { Bench, Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

/** Twice ultimate's, so that it takes minutes; 20,000 reports at 10 a second are 34 of them. */
const REQUESTS_PER_SECOND = 100;
/** The lookback of 7 days, and today. */
const DAYS = 8;

interface AgencyFigures {
  readonly advertisers: number;
  readonly processes: number;
  readonly requests: number;
  /** Requests ÷ quota. */
  readonly minimumSeconds: number;
  /** From the start of all until the last has ended. */
  readonly seconds: number;
  readonly ratio: number;
  readonly throttled: number;
  /** Of the process that needed the most. */
  readonly peakBytes: number;
  /** User and system time of all of them. */
  readonly cpuSeconds: number;
}

/** The lookback of an agency, read by one process and by eight on one quota. */
export const agencySection: Section = {
  name: 'agency',
  title: 'The advertisers of an agency, by one process and by eight on one quota',
  async measure(bench) {
    const advertisers = bench.quick ? 2_000 : 20_000;
    const figures: AgencyFigures[] = [];
    for (const processes of [1, 8]) figures.push(await measureCase(bench, advertisers, processes));
    const ratio = Math.max(...figures.map((figure) => figure.ratio));
    const peakMegabytes = Math.max(...figures.map(({ peakBytes }) => peakBytes)) / 1e6;
    return {
      columns: [
        'advertisers',
        'processes',
        'requests',
        'least, s',
        'took, s',
        'ratio',
        'throttled',
        'peak MB',
        'CPU s',
      ].map((title) => ({ title, align: 'right' })),
      rows: figures.map((figure) => [
        figure.advertisers.toLocaleString('en'),
        String(figure.processes),
        figure.requests.toLocaleString('en'),
        figure.minimumSeconds.toFixed(1),
        figure.seconds.toFixed(1),
        figure.ratio.toFixed(3),
        String(figure.throttled),
        (figure.peakBytes / 1e6).toFixed(0),
        figure.cpuSeconds.toFixed(0),
      ]),
      notes: [
        `${DAYS} days with a row each, which is what a lookback of ${DAYS - 1} days asks for; latency 100 ms. The quota is ${REQUESTS_PER_SECOND} requests a second, which the emulator enforces: twice that of the largest tier, so that it takes minutes.`,
        'The eight read a shard each, and share the quota through a Redis. The peak is that of the largest process, the CPU that of all.',
      ],
      budgets: [
        {
          what: `duration of ${advertisers.toLocaleString('en')} advertisers by one process and by eight on one quota`,
          limit: 'at most 1.05 × requests ÷ quota',
          measured: figures.map((figure) => `${figure.ratio.toFixed(3)} × by ${figure.processes}`).join(', '),
          isMet: ratio <= 1.05,
        },
        {
          what: `memory, ${advertisers.toLocaleString('en')} advertisers in one process`,
          limit: `under ${MEGABYTES_MAX} MB resident`,
          measured: `${peakMegabytes.toFixed(0)} MB`,
          isMet: peakMegabytes < MEGABYTES_MAX,
        },
      ],
      figures,
    };
  },
};

async function measureCase(bench: Bench, advertisers: number, processes: number): Promise<AgencyFigures> {
  bench.say(`  ${advertisers} advertisers, ${processes} processes`);
  const tiktok = await startTikTok(bench.programs, {
    ...preparedAccounts(advertisers, 1),
    quota: { perSecond: REQUESTS_PER_SECOND, perMinute: 60 * REQUESTS_PER_SECOND },
    latencyMs: 100,
  });
  const store = processes > 1 ? await Store.start() : undefined;
  try {
    const args = await readArguments(bench, 'source', tiktok, {
      from: firstDay(DAYS),
      to: LAST_DAY,
      requestsPerSecond: REQUESTS_PER_SECOND,
      ...(store && { sharedQuota: { url: store.url } }),
    });
    const shards = Array.from({ length: processes }, (_, index) => `${index}/${processes}`);
    const started = performance.now();
    const runs = await Promise.all(shards.map((shard) => runMeasured(bench.programs, [...args, '--shard', shard])));
    const seconds = (performance.now() - started) / 1000;
    const sum = (of: (run: MeasuredRun) => number) => runs.reduce((total, run) => total + of(run), 0);
    const records = sum((run) => run.records);
    if (records !== advertisers * DAYS) throw new Error(`${records} records came; expected ${advertisers * DAYS}.`);
    const { all, byCode } = await tiktok.countRequests();
    const minimumSeconds = all / REQUESTS_PER_SECOND;
    return {
      advertisers,
      processes,
      requests: all,
      minimumSeconds,
      seconds,
      ratio: seconds / minimumSeconds,
      throttled: byCode['40100'] ?? 0,
      peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
      cpuSeconds: sum(({ cpuMs }) => cpuMs) / 1000,
    };
  } finally {
    await store?.kill();
    await tiktok.close();
  }
}
