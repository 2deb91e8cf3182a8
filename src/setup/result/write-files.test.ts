import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultFile } from './result-file.ts';
import { FilesInTheWay, planFiles, writeFiles } from './write-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const NOW = new Date('2026-03-15T12:00:00Z');
const secret: ResultFile = { path: 'config.json', mode: 0o600, content: 'secret\n', says: '' };
const script: ResultFile = { path: 'bin/run.sh', mode: 0o755, content: '#!/bin/sh\n', says: '' };
const modeOf = async (path: string) => ((await stat(join(folder, path))).mode & 0o777).toString(8);

describe('writing the result', () => {
  it('makes folders, and gives each file its mode whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      await writeFiles(join(folder, 'new'), [secret, script], { replace: new Set(), now: NOW });
    } finally {
      process.umask(before);
    }
    expect(await modeOf('new')).toBe('700');
    expect(await modeOf('new/config.json')).toBe('600');
    expect(await modeOf('new/bin/run.sh')).toBe('755');
  });

  it('writes nothing at all when one file is in the way', async () => {
    await writeFile(join(folder, 'config.json'), 'mine');
    const writing = writeFiles(folder, [script, secret], { replace: new Set(['bin/run.sh']), now: NOW });
    await expect(writing).rejects.toThrow(FilesInTheWay);
    expect(await readdir(folder)).toEqual(['config.json']);
  });

  it('keeps a copy of what it replaces, for the owner’s eyes', async () => {
    await writeFile(join(folder, 'config.json'), 'mine');
    await chmod(join(folder, 'config.json'), 0o644);
    const kept = await writeFiles(folder, [secret], { replace: new Set(['config.json']), now: NOW });
    expect(kept).toEqual(['config.json.before-2026-03-15T12-00-00-000Z']);
    expect(await readFile(join(folder, kept[0] ?? ''), 'utf8')).toBe('mine');
    expect(await modeOf(kept[0] ?? '')).toBe('600');
    expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe('secret\n');
    expect(await modeOf('config.json')).toBe('600');
  });

  it('tightens a file that is the same but open to others, and leaves nothing else behind', async () => {
    await writeFile(join(folder, 'config.json'), secret.content);
    await chmod(join(folder, 'config.json'), 0o644);
    expect((await planFiles(folder, [secret]))[0]?.status).toBe('same');
    await writeFiles(folder, [secret], { replace: new Set(), now: NOW });
    expect(await modeOf('config.json')).toBe('600');
    expect(await readdir(folder)).toEqual(['config.json']);
  });

  it('does not write through a link to somewhere else', async () => {
    await writeFile(join(folder, 'elsewhere'), 'theirs');
    await symlink(join(folder, 'elsewhere'), join(folder, 'config.json'));
    await expect(writeFiles(folder, [secret], { replace: new Set(), now: NOW })).rejects.toThrow(FilesInTheWay);
    await writeFiles(folder, [secret], { replace: new Set(['config.json']), now: NOW });
    expect(await readFile(join(folder, 'elsewhere'), 'utf8')).toBe('theirs');
  });
});
