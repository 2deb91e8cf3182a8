import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readArguments } from './read-arguments.ts';
import { runMeasured } from './run-measured.ts';
import type { Section } from './section.ts';
import { firstDay, LAST_DAY, preparedAccounts, startTikTok } from './tiktok.ts';

const ADVERTISERS = 20;
const ROWS_PER_DAY = 100;

/** Functions of each stage that are named. */
const SHOWN = 3;

/** What a file's functions work on. The first that fits, from the innermost frame outwards. */
const STAGES: readonly (readonly [stage: string, file: RegExp])[] = [
  ['HTTP', /^src\/tiktok\/(http|quota|client)|node_modules\/axios|^node:(_http|net|zlib|https?$)/],
  ['parse', /^src\/(tiktok|json)\//],
  ['convert', /^src\/streams\//],
  ['accept and order', /^src\/sync\//],
  ['write', /^src\/(wire|airbyte)\//],
  ['start', /^src\/(cli|config|terminal)\/|^node:internal\/(modules|bootstrap|main)|node_modules\//],
];

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Where a read's time goes: the share of each stage, and the functions that take most of it. */
export const profileSection: Section = {
  name: 'profile',
  title: 'Where the time goes',
  async measure(bench) {
    const { programs, quick, folder } = bench;
    const days = quick ? 60 : 240;
    const records = ADVERTISERS * days * ROWS_PER_DAY;
    const tiktok = await startTikTok(programs, preparedAccounts(ADVERTISERS, ROWS_PER_DAY));
    const output = join(folder.path, 'profile');
    try {
      const range = { from: firstDay(days), to: LAST_DAY };
      const profiled = { ...programs, source: programs.profiled };
      const args = await readArguments({ ...bench, programs: profiled }, 'source', tiktok, range);
      await runMeasured(programs, ['--cpu-prof', '--cpu-prof-dir', output, ...args], { records });
      const [name = ''] = await readdir(output);
      const profile = JSON.parse(await readFile(join(output, name), 'utf8')) as Profile;
      const stages = stagesOf(profile, await filesByLine(programs.profiled));
      const figures = Object.fromEntries(stages.map(({ stage, share, functions }) => [stage, { share, functions }]));
      return {
        columns: [{ title: 'stage' }, { title: 'share', align: 'right' }, { title: 'of it' }],
        rows: stages.map(({ stage, share, functions }) => [
          stage,
          percent(share),
          functions.map(({ name, share }) => `${name} ${percent(share)}`).join(', '),
        ]),
        notes: [
          `${records.toLocaleString('en')} rows of ${ADVERTISERS} advertisers, source-tiktok-ads read with \`--cpu-prof\`: shares of the time in which the main thread was busy. V8 collects and compiles beside it as well.`,
        ],
        budgets: [],
        figures,
      };
    } finally {
      await rm(output, { recursive: true, force: true });
      await tiktok.close();
    }
  },
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The source file that each line of an esbuild bundle comes from: esbuild names it in a comment before its code. */
async function filesByLine(bundle: string): Promise<readonly string[]> {
  let file = '';
  return (await readFile(bundle, 'utf8')).split('\n').map((line) => {
    file = /^ *\/\/ ((?:src|node_modules)\/\S+)$/.exec(line)?.[1] ?? file;
    return file;
  });
}

function stagesOf({ nodes, samples, timeDeltas }: Profile, files: readonly string[]) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const fileOf = ({ callFrame: { url, lineNumber } }: ProfileNode) =>
    url.startsWith('file:') ? (files[lineNumber] ?? '') : url;
  /** The innermost frame that belongs to a stage decides; its function gets the time of what it called of Node's and V8's. */
  const placeOf = (id: number): { readonly stage: string; readonly name: string } => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      if (!node) break;
      const file = fileOf(node);
      const name = node.callFrame.functionName || `a callback in ${basename(file)}`;
      if (name === '(garbage collector)') return { stage: 'collect', name };
      if (name === '(idle)') return { stage: 'idle', name };
      const stage = STAGES.find(([, pattern]) => pattern.test(file))?.[0];
      if (stage !== undefined) return { stage, name };
    }
    return { stage: 'Node itself', name: byId.get(id)?.callFrame.functionName || 'a callback' };
  };
  const places = new Map(nodes.map(({ id }) => [id, placeOf(id)]));
  const times = new Map<string, Map<string, number>>();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const place = places.get(id);
    const spent = timeDeltas[index] ?? 0;
    if (!place || place.stage === 'idle') continue;
    busy += spent;
    const functions = times.get(place.stage) ?? new Map<string, number>();
    times.set(place.stage, functions.set(place.name, (functions.get(place.name) ?? 0) + spent));
  }
  return [...times]
    .map(([stage, functions]) => ({
      stage,
      share: [...functions.values()].reduce((sum, spent) => sum + spent, 0) / busy,
      functions: [...functions]
        .map(([name, spent]) => ({ name, share: spent / busy }))
        .sort((a, b) => b.share - a.share)
        .slice(0, SHOWN),
    }))
    .sort((a, b) => b.share - a.share);
}
