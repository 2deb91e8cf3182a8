import { join } from 'node:path';
import { installPeers } from './peers.ts';
import { readArguments } from './read-arguments.ts';
import { type MeasuredRun, runReporting } from './run-measured.ts';
import type { Section } from './section.ts';
import { median } from './statistics.ts';
import { firstDay, LAST_DAY, startTikTok } from './tiktok.ts';

const ADVERTISERS = 4;
const CAMPAIGNS = 100;
const DAYS = 60;

interface Contestant {
  readonly name: string;
  readonly start: readonly string[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface PeerFigures {
  readonly name: string;
  readonly startSeconds: number;
  readonly rows: number;
  readonly requests: number;
  readonly seconds: number;
  readonly rowsPerCpuSecond: number;
  readonly peakMegabytes: number;
}

/** Two other connectors of TikTok's reports, unchanged but for the host, beside both programs: same data, same run. */
export const peersSection: Section = {
  name: 'peers',
  title: 'Beside other connectors',
  async measure(bench) {
    const { programs, root, quick } = bench;
    bench.say('  installing them');
    const peers = await installPeers(bench);
    // The case in which they lose nothing: days long settled, a zone of UTC, nothing deleted, an ad a campaign.
    const account = { campaigns: CAMPAIGNS, density: 1, deletedCampaigns: 0, adsPerCampaign: 1, created: '2020-01-01' };
    const tiktok = await startTikTok(programs, { accounts: Array.from({ length: ADVERTISERS }, () => account) });
    try {
      const from = firstDay(DAYS);
      const node = process.execPath;
      const contestants: Contestant[] = [];
      for (const [program, verb] of [
        ['source', ['spec']],
        ['tap', ['--help']],
      ] as const) {
        const args = await readArguments(bench, program, tiktok, { from, to: LAST_DAY });
        contestants.push({
          name: program === 'source' ? 'source-tiktok-ads read' : 'tap-tiktok-ads',
          start: [node, programs[program], ...verb],
          command: [node, ...args],
          env: {},
        });
      }
      for (const peer of peers) {
        contestants.push({ name: peer.name, start: peer.start, ...(await peer.readCommand(tiktok, from)) });
      }
      const python = peers[0]?.python ?? 'python3';
      const measure = (command: readonly string[], env: Readonly<Record<string, string>>): Promise<MeasuredRun> =>
        runReporting([python, join(root, 'benchmarks/measure_program.py'), ...command], { env });

      const runs = contestants.map(() => [] as (MeasuredRun & { startMs: number; requests: number })[]);
      for (let round = 1; round <= (quick ? 1 : 3); round++) {
        for (const [index, { name, start, command, env }] of contestants.entries()) {
          bench.say(`  round ${round}, ${name}`);
          const { wallMs: startMs } = await measure(start, env);
          const before = await tiktok.countRequests();
          const run = await measure(command, env);
          const after = await tiktok.countRequests();
          runs[index]?.push({ ...run, startMs, requests: after.all - before.all });
        }
      }
      const figures = contestants.map(({ name }, index): PeerFigures => {
        const own = runs[index] ?? [];
        return {
          name,
          startSeconds: median(own.map(({ startMs }) => startMs / 1000)),
          rows: own[0]?.records ?? 0,
          requests: own[0]?.requests ?? 0,
          seconds: median(own.map(({ wallMs }) => wallMs / 1000)),
          rowsPerCpuSecond: median(own.map(({ records, cpuMs }) => (records / cpuMs) * 1000)),
          peakMegabytes: median(own.map(({ peakBytes }) => peakBytes / 1e6)),
        };
      });
      const [source] = figures;
      return {
        columns: [
          { title: 'connector' },
          { title: 'start, s', align: 'right' },
          { title: 'rows', align: 'right' },
          { title: 'requests', align: 'right' },
          { title: 's', align: 'right' },
          { title: 'rows a CPU second', align: 'right' },
          { title: 'source-tiktok-ads ÷ this', align: 'right' },
          { title: 'peak MB', align: 'right' },
        ],
        rows: figures.map((figure) => [
          figure.name,
          figure.startSeconds.toFixed(2),
          figure.rows.toLocaleString('en'),
          figure.requests.toLocaleString('en'),
          figure.seconds.toFixed(1),
          Math.round(figure.rowsPerCpuSecond).toLocaleString('en'),
          `${((source?.rowsPerCpuSecond ?? 0) / figure.rowsPerCpuSecond).toFixed(1)}`,
          figure.peakMegabytes.toFixed(0),
        ]),
        notes: [
          `${ADVERTISERS} advertisers, ${CAMPAIGNS} campaigns each, ${DAYS} days, no quota, no latency; medians of ${runs[0]?.length ?? 0} rounds in turn. CPU is that of the whole process, start included. Singer-io's tap reads ads, of which each campaign has one here.`,
        ],
        budgets: [],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};
