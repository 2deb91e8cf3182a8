import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Which rooms a room may import, as ARCHITECTURE.md draws it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: ['airbyte', 'singer', 'setup', 'emulator', 'sync', 'streams', 'tiktok', 'config', 'wire', 'terminal'],
  airbyte: ['sync', 'streams', 'tiktok', 'config', 'wire'],
  singer: ['sync', 'streams', 'tiktok', 'config', 'wire'],
  setup: ['sync', 'streams', 'tiktok', 'config', 'wire', 'terminal'],
  sync: ['streams', 'tiktok', 'config', 'wire'],
  streams: ['tiktok', 'config'],
  tiktok: [],
  config: [],
  wire: [],
  terminal: [],
  emulator: [],
};
const ROOMS = Object.keys(MAY_IMPORT);

const WAYS: Readonly<Record<string, (target: string) => string>> = {
  'static import': (target) => `import { thing } from '${target}';\nexport const other = thing;\n`,
  'type import': (target) => `import type { Thing } from '${target}';\nexport type Other = Thing;\n`,
  're-export': (target) => `export { thing } from '${target}';\n`,
  'dynamic import': (target) => `export const other = () => import('${target}');\n`,
};

describe('the linter holds the direction of imports', () => {
  // The project's own rules over files that were made to break them.
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  const complaints = new Set<string>();

  beforeAll(() => {
    cpSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    for (const from of ROOMS) {
      for (const to of [...ROOMS, 'all-streams']) {
        for (const way of Object.keys(WAYS)) {
          for (const depth of [0, 1]) {
            const path = join(folder, fileOf(from, to, way, depth));
            mkdirSync(dirname(path), { recursive: true });
            const up = '../'.repeat(depth + 1);
            const target = to === 'all-streams' ? `${up}streams/all-streams.ts` : `${up}${to}/thing.ts`;
            writeFileSync(path, WAYS[way]?.(target) ?? '');
          }
        }
      }
    }
    const biome = join(ROOT, 'node_modules', '.bin', 'biome');
    const options = [
      '--only=style/noRestrictedImports',
      '--vcs-enabled=false',
      '--max-diagnostics=none',
      '--reporter=json',
    ];
    const { stdout, stderr } = spawnSync(biome, ['lint', ...options], { cwd: folder, encoding: 'utf8' });
    for (const [path] of (stdout + stderr).matchAll(/src\/[a-z-]+\/(?:deep\/)?to-[a-z-]+\.ts/g)) complaints.add(path);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(
    ROOMS.flatMap((from) => [...ROOMS, 'all-streams'].filter((to) => to !== from).map((to) => ({ from, to }))).map(
      (pair) => ({
        ...pair,
        allowed: (MAY_IMPORT[pair.from] ?? []).includes(pair.to) || (pair.from === 'cli' && pair.to === 'all-streams'),
      }),
    ),
  )('$from → $to: allowed is $allowed', ({ from, to, allowed }) => {
    const all = Object.keys(WAYS).flatMap((way) => [0, 1].map((depth) => fileOf(from, to, way, depth)));
    expect(all.filter((path) => complaints.has(path))).toEqual(allowed ? [] : all);
  });
});

function fileOf(from: string, to: string, way: string, depth: number): string {
  return `src/${from}/${depth ? 'deep/' : ''}to-${to}-by-${way.replace(' ', '-')}.ts`;
}
