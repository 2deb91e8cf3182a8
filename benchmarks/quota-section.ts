import { setTimeout as delay } from 'node:timers/promises';
import { readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Bench, Budget, Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

/** Few: what is measured is the pace, and not how fast rows are converted. */
const ROWS_PER_DAY = 1;

/** Requests a second of the smallest of TikTok's tiers, and of the largest. */
const BASIC = 10;
const ULTIMATE = 50;

const BETWEEN_STARTS_MS = 3_000;

/** A read under a quota. */
interface QuotaCase {
  readonly advertisers: number;
  readonly days: number;
  readonly latencyMs: number;
  readonly requestsPerSecond: number;
}

const READINGS: readonly Omit<QuotaCase, 'latencyMs'>[] = [
  { advertisers: 20, days: 720, requestsPerSecond: BASIC },
  { advertisers: 200, days: 360, requestsPerSecond: BASIC },
  { advertisers: 200, days: 360, requestsPerSecond: ULTIMATE },
];
const READINGS_QUICK: typeof READINGS = [
  { advertisers: 20, days: 360, requestsPerSecond: BASIC },
  { advertisers: 200, days: 360, requestsPerSecond: ULTIMATE },
];

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
    const cases = [0, 100, 800].flatMap((latencyMs) =>
      (quick ? READINGS_QUICK : READINGS).map((reading) => ({ ...reading, latencyMs })),
    );
    const isSlow = ({ requestsPerSecond }: QuotaCase) => requestsPerSecond === BASIC;
    // Beside each other, as each waits nearly all of its time; but what a start takes is not to be that of six at once.
    const figures = await Promise.all(
      cases.filter(isSlow).map(async (quotaCase, index) => {
        await delay(index * BETWEEN_STARTS_MS);
        return measureCase(bench, quotaCase);
      }),
    );
    // One by one, as each keeps a fifth of a processor busy, and its emulator as much.
    for (const quotaCase of cases) if (!isSlow(quotaCase)) figures.push(await measureCase(bench, quotaCase));
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
        'Ten requests a second is the pace of the basic tier, fifty that of ultimate, the largest.',
      ],
      budgets: budgetsOf(figures, quick),
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

function budgetsOf(figures: readonly QuotaFigures[], quick: boolean): Budget[] {
  const throttled = figures.reduce((sum, figure) => sum + figure.throttled, 0);
  return [
    ...(quick ? READINGS_QUICK : READINGS).map(({ advertisers, days, requestsPerSecond }) => {
      const readings = figures.filter(
        (figure) =>
          figure.advertisers === advertisers && figure.days === days && figure.requestsPerSecond === requestsPerSecond,
      );
      return {
        what: `duration when the quota binds: ${advertisers} advertisers, ${days} days, ${requestsPerSecond} requests a second`,
        limit: 'at most 1.05 × requests ÷ quota',
        measured: readings.map(({ ratio, latencyMs }) => `${ratio.toFixed(3)} × at ${latencyMs} ms`).join(', '),
        isMet: readings.every(({ ratio }) => ratio <= 1.05),
      };
    }),
    { what: 'requests that were throttled', limit: 'none', measured: String(throttled), isMet: throttled === 0 },
  ];
}
