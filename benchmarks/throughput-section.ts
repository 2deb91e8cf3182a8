import type { FloorPlan } from './floor.ts';
import { readArguments } from './read-arguments.ts';
import { type MeasuredRun, runMeasured } from './run-measured.ts';
import type { Section } from './section.ts';
import { median, spread } from './statistics.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const ADVERTISERS = 20;
const ROWS_PER_DAY = 100;
const WINDOW_DAYS = 30;

/** Rows a CPU second of a whole read, beside the floor, in turn with it. */
export const throughputSection: Section = {
  name: 'throughput',
  title: 'Rows a CPU second',
  async measure(bench) {
    const { programs, quick } = bench;
    const windowCount = quick ? 3 : 8;
    const days = windowCount * WINDOW_DAYS;
    const records = ADVERTISERS * days * ROWS_PER_DAY;
    const tiktok = await startTikTok(programs, preparedAccounts(ADVERTISERS, ROWS_PER_DAY));
    try {
      const range = { from: firstDay(days), to: LAST_DAY };
      const plan: FloorPlan = {
        apiUrl: tiktok.apiUrl,
        accessToken: tiktok.credentials.access_token,
        advertiserIds: tiktok.advertiserIds,
        windows: Array.from({ length: windowCount }, (_, index) => [
          firstDay(days - index * WINDOW_DAYS),
          firstDay(days - (index + 1) * WINDOW_DAYS + 1),
        ]),
      };
      const runs: Record<'floor' | 'source' | 'tap', MeasuredRun[]> = { floor: [], source: [], tap: [] };
      for (let round = 1; round <= (quick ? 2 : 5); round++) {
        bench.say(`  round ${round}, ${records.toLocaleString('en')} rows three times`);
        runs.floor.push(await runMeasured(programs, [programs.floor, JSON.stringify(plan)], { records }));
        for (const program of ['source', 'tap'] as const) {
          const args = await readArguments(bench, program, tiktok, range);
          runs[program].push(await runMeasured(programs, args, { records }));
        }
      }
      const names = { floor: 'the floor', source: 'source-tiktok-ads read', tap: 'tap-tiktok-ads' } as const;
      const figures = Object.fromEntries(
        (['floor', 'source', 'tap'] as const).map((program) => [
          program,
          {
            rows: records,
            rowsPerCpuSecond: spread(runs[program].map(({ cpuMs }) => (records / cpuMs) * 1000)),
            // Each run beside the floor's of its own round: the machine's speed changes meanwhile.
            ratioToFloor: spread(runs[program].map(({ cpuMs }, round) => (runs.floor[round]?.cpuMs ?? 0) / cpuMs)),
            peakMegabytes: median(runs[program].map(({ peakBytes }) => peakBytes / 1e6)),
          },
        ]),
      );
      const ratio = Math.min(...['source', 'tap'].map((program) => figures[program]?.ratioToFloor.median ?? 0));
      return {
        columns: [
          { title: 'program' },
          { title: 'rows a CPU second', align: 'right' },
          { title: 'ratio to the floor', align: 'right' },
          { title: 'least', align: 'right' },
          { title: 'most', align: 'right' },
          { title: 'peak MB', align: 'right' },
        ],
        rows: (['floor', 'source', 'tap'] as const).map((program) => {
          const figure = figures[program];
          return [
            names[program],
            Math.round(figure?.rowsPerCpuSecond.median ?? 0).toLocaleString('en'),
            ...[figure?.ratioToFloor.median, figure?.ratioToFloor.min, figure?.ratioToFloor.max].map(
              (value) => value?.toFixed(2) ?? '',
            ),
            figure?.peakMegabytes.toFixed(0) ?? '',
          ];
        }),
        notes: [
          `${records.toLocaleString('en')} rows of ${ADVERTISERS} advertisers, ${runs.floor.length} rounds of all three in turn; user and system time of the whole process, start and HTTP included.`,
        ],
        budgets: [
          {
            what: 'rows a CPU second, whole process, HTTP included',
            limit: 'at least 1.25 of the floor',
            measured: `${figures.source?.ratioToFloor.median.toFixed(2)} (Airbyte), ${figures.tap?.ratioToFloor.median.toFixed(2)} (Singer)`,
            isMet: ratio >= 1.25,
          },
        ],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};
