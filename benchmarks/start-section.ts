import { spawnSync } from 'node:child_process';
import { readArguments } from './read-arguments.ts';
import type { Section } from './section.ts';
import { spread } from './statistics.ts';
import { startTikTok } from './tiktok.ts';

/** How long each verb takes from start to end, beside a bare `node -e 0`, in turn with it. */
export const startSection: Section = {
  name: 'start',
  title: 'Start of each verb',
  async measure(bench) {
    const { programs, quick } = bench;
    const tiktok = await startTikTok(programs, { accounts: 1 });
    try {
      const read = await readArguments(bench, 'source', tiktok, { from: '2026-03-10', to: '2026-03-10' });
      const [program = '', , ...files] = read;
      const config = files.slice(0, 2);
      const verbs: Record<string, string[]> = {
        spec: [program, 'spec'],
        discover: [program, 'discover', ...config],
        'tap --discover': [programs.tap, ...config, '--discover'],
        'tap --about': [programs.tap, '--about', '--format', 'json'],
        'check, one advertiser': [program, 'check', ...config],
        'read, one advertiser and day': read,
      };
      const figures: Record<string, unknown> = {};
      const rows: string[][] = [];
      let specRatio = Number.NaN;
      for (const [verb, args] of Object.entries(verbs)) {
        bench.say(`  ${verb}`);
        const pairs = measurePairs(args, quick ? 7 : 41);
        const ratio = spread(pairs.map(({ verbMs, nodeMs }) => verbMs / nodeMs));
        const verbMs = spread(pairs.map((pair) => pair.verbMs));
        const nodeMs = spread(pairs.map((pair) => pair.nodeMs));
        if (verb === 'spec') specRatio = ratio.median;
        figures[verb] = { pairs: pairs.length, verbMs, nodeMs, ratio };
        rows.push([verb, verbMs.median.toFixed(0), nodeMs.median.toFixed(0), ratio.median.toFixed(2)]);
      }
      return {
        columns: [
          { title: 'verb' },
          { title: 'ms', align: 'right' },
          { title: 'node -e 0, ms', align: 'right' },
          { title: 'ratio', align: 'right' },
        ],
        rows,
        notes: ['Medians; the ratio is the median of the ratios of each pair. `check` and `read` ask the emulator.'],
        budgets: [
          {
            what: 'start of `spec`',
            limit: 'at most 1.3 × a bare `node -e 0`',
            measured: `${specRatio.toFixed(2)} ×`,
            isMet: specRatio <= 1.3,
          },
        ],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};

/** A pair each: the verb and bare node, one after the other, the first of them in turn. */
function measurePairs(args: readonly string[], count: number): { verbMs: number; nodeMs: number }[] {
  const bare = ['-e', '0'];
  wallMs(args);
  wallMs(bare);
  return Array.from({ length: count }, (_, index) => {
    if (index % 2 === 0) return { verbMs: wallMs(args), nodeMs: wallMs(bare) };
    const nodeMs = wallMs(bare);
    return { verbMs: wallMs(args), nodeMs };
  });
}

function wallMs(args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return performance.now() - begin;
}
