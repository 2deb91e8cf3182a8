import { type ProgramName, readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const ADVERTISERS = 100;
const ROWS_PER_DAY = 100;

/** The budget: memory of the whole process. */
export const MEGABYTES_MAX = 150;

/** Peak memory of reads that differ in the number of days only: ten times the rows, ten times the days. */
export const memorySection: Section = {
  name: 'memory',
  title: 'Peak memory by rows',
  async measure(bench) {
    const { programs, quick, rowsMax } = bench;
    const tiktok = await startTikTok(programs, preparedAccounts(ADVERTISERS, ROWS_PER_DAY));
    try {
      const figures: { rows: number; program: ProgramName; peakMegabytes: number; seconds: number }[] = [];
      for (let rows = ADVERTISERS * ROWS_PER_DAY; rows <= (quick ? 100_000 : rowsMax); rows *= 10) {
        for (const program of ['source', 'tap'] as const) {
          bench.say(`  ${rows.toLocaleString('en')} rows, ${program}`);
          const days = rows / (ADVERTISERS * ROWS_PER_DAY);
          const args = await readArguments(bench, program, tiktok, { from: firstDay(days), to: LAST_DAY });
          const { peakBytes, wallMs } = await runMeasured(programs, args, { records: rows });
          figures.push({ rows, program, peakMegabytes: peakBytes / 1e6, seconds: wallMs / 1000 });
        }
      }
      const peakOf = (rows: number, program: ProgramName): number | undefined =>
        figures.find((figure) => figure.rows === rows && figure.program === program)?.peakMegabytes;
      const counts = [...new Set(figures.map(({ rows }) => rows))];
      const largest = Math.max(...figures.map(({ peakMegabytes }) => peakMegabytes));
      const most = counts.at(-1) ?? 0;
      return {
        columns: [
          { title: 'rows', align: 'right' },
          { title: 'source-tiktok-ads read, MB', align: 'right' },
          { title: 'tap-tiktok-ads, MB', align: 'right' },
        ],
        rows: counts.map((rows) => [
          rows.toLocaleString('en'),
          peakOf(rows, 'source')?.toFixed(0) ?? '',
          peakOf(rows, 'tap')?.toFixed(0) ?? '',
        ]),
        notes: [
          `${ADVERTISERS} advertisers with ${ROWS_PER_DAY} rows a day each, from 1 day on; the most that was resident, of the whole process.`,
        ],
        budgets: [
          {
            what: `memory, up to ${most.toLocaleString('en')} rows`,
            limit: `under ${MEGABYTES_MAX} MB resident, the same for 10,000 and 10,000,000 rows`,
            measured: `${largest.toFixed(0)} MB`,
            isMet: largest < MEGABYTES_MAX,
          },
        ],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};
