import split2 from 'split2';
import { type ProgramName, readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Bench, Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok, type TikTok } from './tiktok.ts';

const ADVERTISERS = 2000;
const ROWS_PER_DAY = 5;

interface StateFigures {
  readonly program: ProgramName;
  readonly run: string;
  readonly records: number;
  readonly states: number;
  readonly stateBytes: number;
  readonly recordBytes: number;
}

/** Bytes of state beside bytes of records, with as many advertisers as a large agency has. */
export const stateSection: Section = {
  name: 'state',
  title: 'Bytes of state with 2,000 advertisers',
  async measure(bench) {
    const { programs, quick } = bench;
    const tiktok = await startTikTok(programs, preparedAccounts(ADVERTISERS, ROWS_PER_DAY));
    const days = quick ? 30 : 60;
    try {
      const figures: StateFigures[] = [];
      for (const program of ['source', 'tap'] as const) {
        // The clock stands still, so the second run reads the new day only: the fewest records that a run has.
        const first = await readStates(bench, program, tiktok, {
          run: `${days} days`,
          days,
          to: new Date(Date.parse(LAST_DAY) - 86_400_000).toISOString().slice(0, 10),
        });
        const second = await readStates(bench, program, tiktok, {
          run: 'the day after',
          days,
          to: LAST_DAY,
          state: first.state,
        });
        figures.push(first.figures, second.figures);
      }
      const worst = Math.max(...figures.map(({ stateBytes, recordBytes }) => stateBytes / recordBytes));
      const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
      return {
        columns: [
          { title: 'program' },
          { title: 'run' },
          { title: 'records', align: 'right' },
          { title: 'MB', align: 'right' },
          { title: 'states', align: 'right' },
          { title: 'MB', align: 'right' },
          { title: 'share', align: 'right' },
        ],
        rows: figures.map(({ program, run, records, states, stateBytes, recordBytes }) => [
          program === 'source' ? 'source-tiktok-ads read' : 'tap-tiktok-ads',
          run,
          records.toLocaleString('en'),
          megabytes(recordBytes),
          String(states),
          megabytes(stateBytes),
          `${((100 * stateBytes) / recordBytes).toFixed(1)} %`,
        ]),
        notes: [`${ADVERTISERS.toLocaleString('en')} advertisers with ${ROWS_PER_DAY} rows a day each; whole lines.`],
        budgets: [
          {
            what: 'bytes of state with 2,000 advertisers',
            limit: 'under a tenth of the bytes of the records',
            measured: `${(100 * worst).toFixed(1)} % at most`,
            isMet: worst < 0.1,
          },
        ],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};

async function readStates(
  bench: Bench,
  program: ProgramName,
  tiktok: TikTok,
  { run, days, to, state }: { run: string; days: number; to: string; state?: unknown },
): Promise<{ figures: StateFigures; state: unknown }> {
  bench.say(`  ${program}, ${run}`);
  const args = await readArguments(bench, program, tiktok, { from: firstDay(days), to, state });
  const lines = split2();
  let stateBytes = 0;
  let recordBytes = 0;
  let states = 0;
  let last = '';
  lines.on('data', (line: string) => {
    if (/^\{"type": ?"RECORD"/.test(line)) recordBytes += Buffer.byteLength(line) + 1;
    else if (/^\{"type": ?"STATE"/.test(line)) {
      stateBytes += Buffer.byteLength(line) + 1;
      states++;
      last = line;
    }
  });
  const { records } = await runMeasured(bench.programs, args, { onChunk: (chunk) => lines.write(chunk) });
  lines.end();
  const message = JSON.parse(last) as { state?: unknown; value?: unknown };
  return {
    figures: { program, run, records, states, stateBytes, recordBytes },
    state: program === 'source' ? [message.state] : message.value,
  };
}
