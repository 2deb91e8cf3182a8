import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { read } from '../support/run-source.ts';
import { runTap } from '../support/run-tap.ts';

// A destination that commits a batch reads nothing meanwhile; what is not read must not be asked for, or memory grows.

let emulator: Emulator;
afterEach(() => emulator.close());

const ADVERTISERS = 20;
const ROWS_PER_DAY = 100;
const DAYS = 30;
/** Pages of 1,000 rows, and two requests to find out whom to read. */
const REQUESTS = (ADVERTISERS * ROWS_PER_DAY * DAYS) / 1000 + 2;

const quiet = async () => {
  for (let seen = -1; seen !== emulator.requestCount; ) {
    seen = emulator.requestCount;
    await delay(1_000);
  }
};

describe('a reader that stops for a while', () => {
  it.each<
    [
      string,
      (
        config: object,
        onMessage: (message: { type: string }) => Promise<void>,
      ) => ReturnType<typeof read | typeof runTap>,
    ]
  >([
    ['source-tiktok-ads read', (config, onMessage) => read({ config, onMessage })],
    ['tap-tiktok-ads', (config, onMessage) => runTap({ config, onMessage })],
  ])('stops the requests of %s, too, and misses nothing', async (_, run) => {
    const account = { campaigns: ROWS_PER_DAY, created: '2020-01-01', density: 1 };
    emulator = await startEmulator({
      accounts: Array.from({ length: ADVERTISERS }, () => account),
      prepared: { rowsPerDay: ROWS_PER_DAY },
    });
    const quota = { per_second: 1_000, per_minute: 60_000, per_day: 1_000_000, minute_pause_seconds: 1 };
    const config = emulator.config({ start_date: '2026-02-01', end_date: '2026-03-02', quota });
    let askedMeanwhile: number | undefined;
    const { exit, records } = await run(config, async ({ type }) => {
      if (type !== 'RECORD' || askedMeanwhile !== undefined) return;
      await quiet();
      askedMeanwhile = emulator.requestCount;
    });
    // What may be in memory is 20,000 rows.
    expect(askedMeanwhile).toBeLessThan(REQUESTS / 2);
    expect(exit).toBe(0);
    expect(emulator.requestCount).toBe(REQUESTS);
    expect(records).toHaveLength(ADVERTISERS * ROWS_PER_DAY * DAYS);
  });
});
