import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { check, errorOf, read } from '../support/run-source.ts';

// Builds of Node without all of ICU: what they lack must not change which days are read.

let folder: string;
let emulator: Emulator;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'small-node-'));
  emulator = await startEmulator();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** Every Node started from here on runs this first. */
async function preload(script: string): Promise<void> {
  const path = join(folder, 'preload.cjs');
  // Also a Node that can tell days in zones without Intl.
  await writeFile(path, `delete globalThis.Temporal;${script}`);
  vi.stubEnv('NODE_OPTIONS', `--require ${path}`);
}

const config = () => emulator.config({ start_date: '2026-03-10' });

describe('a Node that knows no language but English', () => {
  it('reads the same days', async () => {
    const whole = await read({ config: config() });
    await preload(`
      const Full = Intl.DateTimeFormat;
      Intl.DateTimeFormat = function (_, options) { return new Full('en-US', options); };
    `);
    const small = await read({ config: config() });
    expect(small.exit).toBe(0);
    expect(small.records.length).toBeGreaterThan(0);
    expect(small.states.at(-1)?.advertisers).toEqual(whole.states.at(-1)?.advertisers);
    expect(small.records.length).toBe(whole.records.length);
  });
});

describe.each([
  ['knows no time zone but UTC', 'throw new RangeError("Invalid time zone");'],
  ['takes every time zone for UTC', "options = { ...options, timeZone: 'UTC' };"],
])('a Node that %s', (_says, otherwise) => {
  it('says so, and reads nothing', async () => {
    await preload(`
      const Full = Intl.DateTimeFormat;
      Intl.DateTimeFormat = function (locale, options) {
        if (options?.timeZone !== undefined && options.timeZone !== 'UTC') ${otherwise}
        return new Full(locale, options);
      };
    `);
    const run = await read({ config: config() });
    expect(run.exit).not.toBe(0);
    expect(run.records).toEqual([]);
    expect(errorOf(run)).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/no time zones.*full ICU/),
    });
    const checked = await check(config());
    expect(JSON.stringify(checked.messages)).toMatch(/no time zones/);
    expect(emulator.requestCount).toBe(0);
  });
});
