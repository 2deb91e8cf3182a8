import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadByCommand } from './load-by-command.ts';
import { ProgressOfLoad } from './load-progress.ts';

/** Runs until the file `go` is there, and writes down when it began and when it ended. */
const COMMAND = 'echo begun >> runs; until [ -e go ]; do sleep 0.02; done; echo ended >> runs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const runs = () =>
  existsSync(join(folder, 'runs')) ? readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n') : [];
const note = () => join(folder, '.loading');

function load({ stop = new AbortController(), command = COMMAND } = {}) {
  const progress = new ProgressOfLoad(() => {});
  const ended = loadByCommand({ command, folder, progress, spendIn: 'campaign_daily', signal: stop.signal });
  return { ended, progress, stop };
}

/** The processes of a load go on when the setup that began them is killed; only its note and they are left. */
async function orphan() {
  const first = load();
  await vi.waitFor(() => expect([runs(), existsSync(note())]).toEqual([['begun'], true]), { timeout: 10_000 });
  return first;
}

it('a load waits, and says so, until one that a killed setup began has ended', async () => {
  const { ended } = await orphan();
  const second = load();
  await vi.waitFor(() => expect(second.progress.now.lines.at(-1)).toMatch(/still runs/), { timeout: 10_000 });
  expect(runs()).toEqual(['begun']);
  writeFileSync(join(folder, 'go'), '');
  expect([await ended, await second.ended]).toEqual([undefined, undefined]);
  expect(runs()).toEqual(['begun', 'ended', 'begun', 'ended']);
});

it('stopping the load that waits stops the other one, too', async () => {
  const { ended } = await orphan();
  const second = load();
  await vi.waitFor(() => expect(second.progress.now.lines.at(-1)).toMatch(/still runs/), { timeout: 10_000 });
  second.stop.abort();
  await second.ended;
  expect(await ended).toContain('SIGTERM');
  expect(runs()).toEqual(['begun']);
});

it('a note of a load that has ended holds nothing up, not even when another process has its number', async () => {
  writeFileSync(note(), `${process.pid} Thu Jan  1 00:00:00 1970\n`);
  expect(await load({ command: 'true' }).ended).toBeUndefined();
  expect(existsSync(note())).toBe(false);
});
