import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { privateCacheFolder } from './compile-cache.ts';

let home: string;
let cacheHome: string;
let folder: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'compile-cache-'));
  cacheHome = join(home, '.cache');
  folder = join(cacheHome, 'source-tiktok-ads');
});
afterEach(() => rmSync(home, { recursive: true }));

describe('the folder of the compile cache', () => {
  it('stands below the home of the user, whom alone it lets in', () => {
    expect(privateCacheFolder({ HOME: home })).toBe(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(privateCacheFolder({ HOME: home }), 'and is taken again').toBe(folder);
  });

  it('stands below XDG_CACHE_HOME where that is set', () => {
    expect(privateCacheFolder({ HOME: '/nowhere', XDG_CACHE_HOME: cacheHome })).toBe(folder);
  });

  it.each<[string, () => void]>([
    ['that others may write', () => makeFolder(0o777)],
    ['that others may read', () => makeFolder(0o755)],
    [
      'that is a link',
      () => {
        mkdirSync(cacheHome);
        mkdirSync(join(home, 'planted'), { mode: 0o700 });
        symlinkSync(join(home, 'planted'), folder);
      },
    ],
    [
      'that is a file',
      () => {
        mkdirSync(cacheHome);
        writeFileSync(folder, '');
      },
    ],
    [
      'in a directory that others may write',
      () => {
        makeFolder(0o700);
        chmodSync(cacheHome, 0o777);
      },
    ],
  ])('is not one %s', (_what, plant) => {
    plant();
    expect(privateCacheFolder({ HOME: home })).toBeUndefined();
  });

  it.each([
    ['has no absolute path', { HOME: '' }],
    ['cannot be made', { HOME: '/dev/null' }],
  ])('is none where it %s', (_what, environment) => {
    expect(privateCacheFolder(environment)).toBeUndefined();
  });
});

function makeFolder(mode: number): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}
