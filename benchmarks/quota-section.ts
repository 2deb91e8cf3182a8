import { readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Bench, Budget, Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const ROWS_PER_DAY = 5;

/** The basic tier's pace, requests a second. */
const BASIC_TIER = 10;

/** A read under a quota. */
interface QuotaCase {
  readonly advertisers: number;
  readonly days: number;
  readonly latencyMs: number;
  readonly requestsPerSecond: number;
}

interface QuotaFigures extends QuotaCase {
  readonly requests: number;
  /** Requests ÷ quota. */
  readonly minimumSeconds: number;
  readonly seconds: number;
  readonly ratio: number;
  readonly throttled: number;
}

/** Duration of reads beside the least that the quota allows, and how often the emulator had to refuse. */
export const quotaSection: Section = {
  name: 'quota',
  title: 'Duration when the quota binds',
  async measure(bench) {
    const { quick } = bench;
    const figures: QuotaFigures[] = [];
    for (const latencyMs of [0, 100, 800]) {
      figures.push(
        await measureCase(
          bench,
          quick
            ? { advertisers: 20, days: 360, latencyMs, requestsPerSecond: 10 * BASIC_TIER }
            : { advertisers: 20, days: 720, latencyMs, requestsPerSecond: BASIC_TIER },
        ),
      );
      figures.push(
        await measureCase(bench, { advertisers: 200, days: 360, latencyMs, requestsPerSecond: 10 * BASIC_TIER }),
      );
    }
    return {
      columns: [
        { title: 'advertisers', align: 'right' },
        { title: 'days', align: 'right' },
        { title: 'latency, ms', align: 'right' },
        { title: 'requests a second', align: 'right' },
        { title: 'requests', align: 'right' },
        { title: 'least, s', align: 'right' },
        { title: 'took, s', align: 'right' },
        { title: 'ratio', align: 'right' },
        { title: 'throttled', align: 'right' },
      ],
      rows: figures.map((figure) => [
        String(figure.advertisers),
        String(figure.days),
        String(figure.latencyMs),
        String(figure.requestsPerSecond),
        figure.requests.toLocaleString('en'),
        figure.minimumSeconds.toFixed(1),
        figure.seconds.toFixed(1),
        figure.ratio.toFixed(3),
        String(figure.throttled),
      ]),
      notes: [
        'The emulator enforces the quota and refuses what is beyond it. The least is requests ÷ quota; what was taken is the whole process, start included.',
        `At ${10 * BASIC_TIER} requests a second the basic tier's pace is ten times faster, while latency and start are not: ten times as many requests are in flight as in life.`,
      ],
      budgets: budgetsOf(figures),
      figures,
    };
  },
};

async function measureCase(bench: Bench, quotaCase: QuotaCase): Promise<QuotaFigures> {
  const { advertisers, days, latencyMs, requestsPerSecond } = quotaCase;
  bench.say(`  ${advertisers} advertisers, ${days} days, ${latencyMs} ms, ${requestsPerSecond} requests a second`);
  const { programs } = bench;
  const tiktok = await startTikTok(programs, {
    ...preparedAccounts(advertisers, ROWS_PER_DAY),
    quota: { perSecond: requestsPerSecond, perMinute: 60 * requestsPerSecond },
    latencyMs,
  });
  try {
    const range = { from: firstDay(days), to: LAST_DAY, requestsPerSecond };
    const args = await readArguments(bench, 'source', tiktok, range);
    const { wallMs } = await runMeasured(programs, args, { records: advertisers * days * ROWS_PER_DAY });
    const { all, byCode } = await tiktok.countRequests();
    const minimumSeconds = all / requestsPerSecond;
    return {
      ...quotaCase,
      requests: all,
      minimumSeconds,
      seconds: wallMs / 1000,
      ratio: wallMs / 1000 / minimumSeconds,
      throttled: (byCode['40100'] ?? 0) + (byCode['40133'] ?? 0) + (byCode['40016'] ?? 0),
    };
  } finally {
    await tiktok.close();
  }
}

function budgetsOf(figures: readonly QuotaFigures[]): Budget[] {
  const large = figures.filter(({ advertisers, latencyMs }) => advertisers === 200 && latencyMs <= 100);
  const ratio = Math.max(...large.map((figure) => figure.ratio));
  const throttled = figures.reduce((sum, figure) => sum + figure.throttled, 0);
  return [
    {
      what: 'duration when the quota binds: 200 advertisers, 360 days, 0 and 100 ms',
      limit: 'at most 1.05 × requests ÷ quota',
      measured: `${ratio.toFixed(3)} ×`,
      isMet: ratio <= 1.05,
    },
    { what: 'requests that were throttled', limit: 'none', measured: String(throttled), isMet: throttled === 0 },
  ];
}
