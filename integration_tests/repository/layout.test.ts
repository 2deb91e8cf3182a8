import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ROOMS } from '../../scripts/rooms.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const SRC = join(ROOT, 'src');
const FILES_MAX = 20;

const entries = readdirSync(SRC, { recursive: true, withFileTypes: true });
const sources = entries
  .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

it('every folder of src is a room of scripts/rooms.mjs', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(ROOMS)).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
});

it(`no folder of src has more than ${FILES_MAX} files, tests and generated ones aside`, () => {
  const counts = new Map<string, number>();
  for (const path of sources) {
    if (/\.test\.ts$|\.generated\./.test(path)) continue;
    const folder = relative(ROOT, dirname(path));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > FILES_MAX)).toEqual([]);
});

it('no files of src import each other in a circle', () => {
  const imports = new Map(sources.map((path) => [path, importsOf(path)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    const start = way.indexOf(path);
    if (start >= 0) circles.push([...way.slice(start), path].map((one) => relative(SRC, one)).join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of sources) visit(path, []);
  expect(circles).toEqual([]);
});

/** The files that a file imports, for their types or later as well. */
function importsOf(path: string): string[] {
  const found = readFileSync(path, 'utf8').matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^'?]+\.ts)'/gm);
  return [...found].map(([, target = '']) => resolve(dirname(path), target));
}
