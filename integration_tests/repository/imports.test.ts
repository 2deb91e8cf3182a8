import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOMS, STREAM_LIST_READERS } from '../../scripts/rooms.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

const ROOM_NAMES = Object.keys(ROOMS);

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
    for (const file of ['biome.json', 'import-rules.generated.json']) cpSync(join(ROOT, file), join(folder, file));
    for (const from of ROOM_NAMES) {
      for (const to of [...ROOM_NAMES, 'all-streams']) {
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
    ROOM_NAMES.flatMap((from) =>
      [...ROOM_NAMES, 'all-streams'].filter((to) => to !== from).map((to) => ({ from, to })),
    ).map((pair) => ({
      ...pair,
      allowed:
        pair.to === 'all-streams'
          ? STREAM_LIST_READERS.includes(pair.from)
          : (ROOMS[pair.from]?.imports.includes(pair.to) ?? false),
    })),
  )('$from → $to: allowed is $allowed', ({ from, to, allowed }) => {
    const all = Object.keys(WAYS).flatMap((way) => [0, 1].map((depth) => fileOf(from, to, way, depth)));
    expect(all.filter((path) => complaints.has(path))).toEqual(allowed ? [] : all);
  });
});

function fileOf(from: string, to: string, way: string, depth: number): string {
  return `src/${from}/${depth ? 'deep/' : ''}to-${to}-by-${way.replace(' ', '-')}.ts`;
}
