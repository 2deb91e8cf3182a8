import { readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const WINDOW_DAYS = 30;
const PAGE_ROWS = 1000;

const CASES = [
  { advertisers: 20, rowsPerDay: 12, days: 360 },
  { advertisers: 20, rowsPerDay: 100, days: 90 },
  { advertisers: 5, rowsPerDay: 1000, days: 60 },
  { advertisers: 2, rowsPerDay: 5000, days: 30 },
] as const;

/** Requests for reports beside the fewest that could do: windows of 30 days, a page for each 1,000 rows. */
export const callsSection: Section = {
  name: 'calls',
  title: 'Requests',
  async measure(bench) {
    const { programs } = bench;
    const figures: {
      advertisers: number;
      rowsPerDay: number;
      days: number;
      fewest: number;
      reports: number;
      others: number;
      ratio: number;
    }[] = [];
    for (const { advertisers, rowsPerDay, days } of CASES) {
      bench.say(`  ${advertisers} advertisers, ${rowsPerDay} rows a day, ${days} days`);
      const tiktok = await startTikTok(programs, {
        ...preparedAccounts(advertisers, rowsPerDay),
        requestLogMax: 100_000,
      });
      try {
        const args = await readArguments(bench, 'source', tiktok, { from: firstDay(days), to: LAST_DAY });
        await runMeasured(programs, args, { records: advertisers * rowsPerDay * days });
        const { all, byPath } = await tiktok.countRequests();
        const reports = byPath['report/integrated/get/'] ?? 0;
        const fewest =
          advertisers * (days / WINDOW_DAYS) * Math.max(1, Math.ceil((WINDOW_DAYS * rowsPerDay) / PAGE_ROWS));
        figures.push({
          advertisers,
          rowsPerDay,
          days,
          fewest,
          reports,
          others: all - reports,
          ratio: reports / fewest,
        });
      } finally {
        await tiktok.close();
      }
    }
    const worst = Math.max(...figures.map(({ ratio }) => ratio));
    return {
      columns: [
        { title: 'advertisers', align: 'right' },
        { title: 'rows a day', align: 'right' },
        { title: 'days', align: 'right' },
        { title: 'rows a window', align: 'right' },
        { title: 'fewest', align: 'right' },
        { title: 'report requests', align: 'right' },
        { title: 'ratio', align: 'right' },
        { title: 'other requests', align: 'right' },
      ],
      rows: figures.map(({ advertisers, rowsPerDay, days, fewest, reports, others, ratio }) => [
        String(advertisers),
        rowsPerDay.toLocaleString('en'),
        String(days),
        (rowsPerDay * WINDOW_DAYS).toLocaleString('en'),
        fewest.toLocaleString('en'),
        reports.toLocaleString('en'),
        ratio.toFixed(3),
        String(others),
      ]),
      notes: [
        'The fewest: windows of 30 days, one page for each 1,000 rows. Windows too large for memory are read in pieces. The other requests ask which advertisers there are, and for their zones.',
      ],
      budgets: [
        {
          what: 'API calls',
          limit: 'at most 1.05 × (Σ windows of 30 days, one page per 1,000 rows)',
          measured: `${worst.toFixed(3)} × at worst`,
          isMet: worst <= 1.05,
        },
      ],
      figures,
    };
  },
};
