import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { expectedTable, START_DATE } from '../orchestrators/campaign-daily-table.ts';
import type { TextRow } from '../orchestrators/exact-values.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/source-tiktok-ads.js', import.meta.url));

/** How a run of `sync` ended and what it said. */
export interface SyncRun {
  /** Exit code, or the name of the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SyncOptions {
  readonly args?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Prefix of the command, such as `prlimit …`. */
  readonly through?: readonly string[];
  /** Called once the process runs. */
  readonly meanwhile?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>;
}

/** Runs `sync` as its users do, and waits for its end. */
export async function runSyncProgram(emulator: Emulator, to: string, options: SyncOptions = {}): Promise<SyncRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sync-'));
  try {
    const path = join(folder, 'config.json');
    writeFileSync(path, JSON.stringify(emulator.config({ start_date: START_DATE, ...options.config })));
    const command = [process.execPath, PROGRAM, 'sync', '--config', path, '--to', to, ...(options.args ?? [])];
    const [program = '', ...args] = [...(options.through ?? []), ...command];
    const child = spawn(program, args, {
      cwd: options.cwd ?? folder,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<SyncRun['exit']>((resolve) => {
      child.on('close', (code, signal) => resolve(code ?? signal ?? 1));
    });
    await options.meanwhile?.((signal) => child.kill(signal));
    return { exit: await ended, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A database under test. */
export interface Place {
  /** What `--to` is given. */
  readonly to: string;
  /** The rows of `campaign_daily`, every value as {@link TextRow} wants it. */
  rows(): Promise<readonly TextRow[]>;
  /** The rows of a statement, or nothing. */
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Runs `sync` and expects that it succeeds and leaves the rows that TikTok has. */
export async function expectSynced(emulator: Emulator, place: Place, options: SyncOptions = {}): Promise<SyncRun> {
  const run = await runSyncProgram(emulator, place.to, options);
  expect(run.stderr + run.exit).toMatch(/0$/);
  expect(await place.rows()).toEqual(expectedTable(emulator));
  return run;
}

/** How often a process is killed; `npm run test:load` asks for more: 100 over all databases. */
const KILLS = Number(process.env.KILLS ?? 10);

/**
 * The promises that hold for every database.
 *
 * @param newPlace an empty one
 */
export function promisesOfEveryDatabase(newPlace: () => Promise<Place>): void {
  const withEmulator = async (options: EmulatorOptions, test: (emulator: Emulator) => Promise<void>) => {
    const emulator = await startEmulator(options);
    try {
      await test(emulator);
    } finally {
      await emulator.close();
    }
  };

  it('holds what TikTok has after a first run, and after the next day with its restated figures', async () => {
    await withEmulator({}, async (emulator) => {
      const place = await newPlace();
      await expectSynced(emulator, place);
      const first = await place.rows();
      emulator.clock.advanceDays(1);
      const requests = emulator.requestCount;
      await expectSynced(emulator, place);
      expect(await place.rows()).not.toEqual(first.slice(0, first.length));
      // One window of each of the four accounts, and the advertisers.
      expect(emulator.requestCount - requests).toBeLessThan(10);
      const [run] = await place.sql('SELECT result, records FROM _source_tiktok_ads_runs');
      expect(run).toMatchObject({ result: 'succeeded' });
      expect(Number(run?.records)).toBeGreaterThan(100);
      expect(await place.sql('SELECT advertiser_id FROM _source_tiktok_ads_state')).toHaveLength(4);
    });
  });

  it('holds what TikTok has however often a run is killed, and at which moment', { timeout: 1_200_000 }, async () => {
    await withEmulator({ latencyMs: 20 }, async (emulator) => {
      let place = await newPlace();
      let cut = 0;
      // How long a run takes here, so that the moments of the kills are spread over all of it.
      const begun = performance.now();
      await runSyncProgram(emulator, place.to);
      const wholeMs = performance.now() - begun;
      place = await newPlace();
      for (let kill = 0; kill < KILLS; kill++) {
        const { exit } = await runSyncProgram(emulator, place.to, {
          meanwhile: async (killIt) => {
            await wait(wholeMs * Math.random());
            killIt('SIGKILL');
          },
        });
        if (exit === 'SIGKILL') cut += 1;
        if (kill % 5 === 4) {
          await expectSynced(emulator, place);
          if (kill % 10 === 9) place = await newPlace();
          else emulator.clock.advanceDays(1);
        }
      }
      expect(cut).toBeGreaterThan(KILLS / 3);
    });
  });

  it('keeps what came before a signal, says so, and ends as the signal asks', async () => {
    await withEmulator({ latencyMs: 100 }, async (emulator) => {
      const place = await newPlace();
      const { exit, stderr } = await runSyncProgram(emulator, place.to, {
        meanwhile: async (kill) => {
          while (emulator.requestCount < 8) await wait(10);
          kill('SIGTERM');
        },
      });
      expect(exit).toBe(143);
      expect(stderr).toContain('Stopped from outside');
      expect(await place.sql('SELECT result FROM _source_tiktok_ads_runs')).toEqual([{ result: 'stopped' }]);
      await expectSynced(emulator, place);
    });
  });

  it('never lets two runs into one table: the second says that another is loading', async () => {
    await withEmulator({ latencyMs: 100 }, async (emulator) => {
      const place = await newPlace();
      let second: SyncRun | undefined;
      const first = await runSyncProgram(emulator, place.to, {
        meanwhile: async (signal) => {
          while (emulator.requestCount < 2) await wait(10);
          signal('SIGSTOP');
          second = await runSyncProgram(emulator, place.to);
          signal('SIGCONT');
        },
      });
      expect(first.exit).toBe(0);
      expect(second?.exit).toBe(1);
      expect(second?.stderr).toMatch(/another (sync is loading|program)/i);
      expect(await place.rows()).toEqual(expectedTable(emulator));
    });
  });

  it('goes on from what runs of shards have read, however many there were', async () => {
    await withEmulator({}, async (emulator) => {
      const place = await newPlace();
      for (const shard of ['0/3', '1/3', '2/3']) {
        expect((await runSyncProgram(emulator, place.to, { args: ['--shard', shard] })).exit).toBe(0);
      }
      expect(await place.rows()).toEqual(expectedTable(emulator));
      emulator.clock.advanceDays(1);
      const requests = emulator.requestCount;
      for (const shard of ['1/2', '0/2']) {
        expect((await runSyncProgram(emulator, place.to, { args: ['--shard', shard] })).exit).toBe(0);
      }
      expect(await place.rows()).toEqual(expectedTable(emulator));
      // The lookback of the four accounts, and the advertisers twice.
      expect(emulator.requestCount - requests).toBeLessThan(14);
      await expectSynced(emulator, place);
    });
  });

  it('adds a column that comes later, and keeps the rows', async () => {
    await withEmulator({}, async (emulator) => {
      const place = await newPlace();
      await expectSynced(emulator, place);
      await expectSynced(emulator, place, { config: { advertiser_columns: true } });
      const [found] = await place.sql('SELECT count(currency) AS named, count(*) AS rows FROM campaign_daily');
      expect(Number(found?.named)).toBeGreaterThan(0);
      expect(Number(found?.named)).toBeLessThan(Number(found?.rows));
      await expectSynced(emulator, place, { config: { advertiser_columns: true }, args: ['--refresh'] });
      const [again] = await place.sql('SELECT count(*) AS empty FROM campaign_daily WHERE currency IS NULL');
      expect(Number(again?.empty)).toBe(0);
    });
  });

  it.each([
    ['ALTER TABLE campaign_daily DROP COLUMN campaign_id CASCADE', /key column campaign_id is missing/],
    ['ALTER TABLE campaign_daily ALTER COLUMN clicks TYPE INTEGER', /column clicks is integer/i],
    ['ALTER TABLE campaign_daily ALTER COLUMN spend TYPE BIGINT', /column spend is bigint/i],
    ['ALTER TABLE campaign_daily ALTER COLUMN reach SET NOT NULL', /column reach is NOT NULL/],
  ])('refuses a table that was changed by hand before it writes anything: %s', async (change, difference) => {
    await withEmulator({}, async (emulator) => {
      const place = await newPlace();
      await expectSynced(emulator, place);
      if (change.includes('reach')) await place.sql('UPDATE campaign_daily SET reach = 0 WHERE reach IS NULL');
      await place.sql(change);
      const before = await place.sql('SELECT * FROM _source_tiktok_ads_state');
      const requests = emulator.requestCount;
      const { exit, stderr } = await runSyncProgram(emulator, place.to);
      expect(exit).toBe(1);
      expect(stderr).toMatch(difference);
      expect(emulator.requestCount).toBe(requests);
      expect(await place.sql('SELECT * FROM _source_tiktok_ads_state')).toEqual(before);
      await expectSynced(emulator, place, { args: ['--refresh'] });
    });
  });

  it('reads the days from --since on again, and no other', async () => {
    await withEmulator({}, async (emulator) => {
      const place = await newPlace();
      await expectSynced(emulator, place);
      await place.sql("UPDATE campaign_daily SET clicks = 0 WHERE date >= '2026-02-01'");
      await expectSynced(emulator, place, { args: ['--since', '2026-02-01'] });
    });
  });

  it('says that no day is read again where --since is in the future', async () => {
    await withEmulator({ accounts: 1 }, async (emulator) => {
      const place = await newPlace();
      expect((await expectSynced(emulator, place, { args: ['--since', '2026-05-01'] })).stderr).toMatch(
        /^--since 2026-05-01 is in the future for .*: nothing is read again\.$/m,
      );
    });
  });

  it('reads everything again when the table is gone, and says so', async () => {
    await withEmulator({}, async (emulator) => {
      const place = await newPlace();
      await expectSynced(emulator, place);
      await place.sql('DROP TABLE campaign_daily');
      expect((await expectSynced(emulator, place)).stderr).toContain('The table campaign_daily is gone');
    });
  });

  it('leaves the old table in its place until the new one is whole', async () => {
    await withEmulator({ latencyMs: 50 }, async (emulator) => {
      const place = await newPlace();
      await expectSynced(emulator, place);
      const before = await place.rows();
      emulator.clock.advanceDays(1);
      const cut = await runSyncProgram(emulator, place.to, {
        args: ['--refresh'],
        meanwhile: async (kill) => {
          const from = emulator.requestCount;
          while (emulator.requestCount < from + 8) await wait(10);
          kill('SIGTERM');
        },
      });
      expect(cut.exit).toBe(143);
      expect(await place.rows()).toEqual(before);
      const leftover = 'The table campaign_daily__refresh is left of a --refresh that did not end';
      expect((await expectSynced(emulator, place)).stderr).toContain(leftover);
      await expectSynced(emulator, place, { args: ['--refresh'] });
      expect((await expectSynced(emulator, place)).stderr).not.toContain(leftover);
    });
  });

  it('keeps every digit of a number, however long', async () => {
    const fault = { when: { endpoint: 'report/integrated/get/' }, then: { replace_metrics: LONG_NUMBERS } };
    const scenario = { faults: [fault] } as unknown as NonNullable<EmulatorOptions['scenario']>;
    await withEmulator({ scenario }, async (emulator) => {
      const place = await newPlace();
      const run = await runSyncProgram(emulator, place.to);
      expect(run.exit).toBe(0);
      const columns = Object.keys(LONG_NUMBERS).map((name) => `CAST(${name} AS VARCHAR) AS ${name}`);
      const found = await place.sql(`SELECT DISTINCT ${columns.join(', ')} FROM campaign_daily WHERE spend > 1e15`);
      expect(found).toEqual([LONG_NUMBERS]);
    });
  });
}

/** Of each kind one: what no float holds, more than six digits after the point, as many as fit, a count beyond 2⁵³. */
const LONG_NUMBERS = {
  spend: '1234567890123456.1234567',
  cpc: '0.0000001',
  cpm: '2147483647.123456',
  ctr: '-1234.567891',
  reach: '9007199254740993',
};
