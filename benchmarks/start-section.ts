import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readArguments } from './read-arguments.ts';
import type { Bench, Section } from './section.ts';
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
        const pairs = measurePairs(args, quick ? 7 : 21);
        const ratio = spread(pairs.map(({ verbMs, nodeMs }) => verbMs / nodeMs));
        const verbMs = spread(pairs.map((pair) => pair.verbMs));
        const nodeMs = spread(pairs.map((pair) => pair.nodeMs));
        if (verb === 'spec') specRatio = ratio.median;
        figures[verb] = { pairs: pairs.length, verbMs, nodeMs, ratio };
        rows.push([verb, verbMs.median.toFixed(0), nodeMs.median.toFixed(0), ratio.median.toFixed(2)]);
      }
      bench.say('  read to its first request');
      const first = await measureFirstRequests(bench, quick ? 7 : 21);
      figures['read to its first request'] = first;
      rows.push([
        'read to its first request',
        first.verbMs.median.toFixed(0),
        first.nodeMs.median.toFixed(0),
        first.ratio.median.toFixed(2),
      ]);
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
          {
            what: '`read` to its first request',
            limit: 'at most 2 × a bare `node -e 0`',
            measured: `${first.ratio.median.toFixed(2)} ×`,
            isMet: first.ratio.median <= 2,
          },
        ],
        figures,
      };
    } finally {
      await tiktok.close();
    }
  },
};

/** How long a read takes until its first request has arrived, beside a bare `node -e 0`, in turn with it. */
async function measureFirstRequests(bench: Bench, pairs: number) {
  let arrived = (): void => {};
  const server = createServer((_, response) => {
    arrived();
    // An answer that ends the read, so that it leaves as it does otherwise: with its compiled code kept.
    response.end(JSON.stringify({ code: 40105, message: 'Access token is incorrect or has been revoked.' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/open_api/v1.3/`;
  const credentials = { app_id: '7000000000000000001', secret: 'f'.repeat(40), access_token: 'e'.repeat(40) };
  const args = await readArguments(bench, 'source', { apiUrl, credentials }, { from: '2026-03-10', to: '2026-03-10' });
  const firstRequestMs = async (): Promise<number> => {
    const begin = performance.now();
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const exited = once(child, 'exit');
    await new Promise<void>((resolve) => {
      arrived = resolve;
      exited.then(() => resolve());
    });
    const ms = performance.now() - begin;
    await exited;
    return ms;
  };
  try {
    await firstRequestMs();
    const measured = [];
    for (let pair = 0; pair < pairs; pair++) {
      const nodeMs = wallMs(['-e', '0']);
      measured.push({ nodeMs, verbMs: await firstRequestMs() });
    }
    return {
      pairs,
      verbMs: spread(measured.map(({ verbMs }) => verbMs)),
      nodeMs: spread(measured.map(({ nodeMs }) => nodeMs)),
      ratio: spread(measured.map(({ verbMs, nodeMs }) => verbMs / nodeMs)),
    };
  } finally {
    server.close();
  }
}

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
