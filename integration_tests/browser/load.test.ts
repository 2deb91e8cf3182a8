import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { useSetup } from './use-setup.ts';
import { finishAndWrite, walkToSchedule } from './walk.ts';

const scene = useSetup();
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

interface Sums {
  readonly rows: number;
  readonly spend: string;
}

/** Of what TikTok has, since the first day of this year. */
function expectedSums(): Sums {
  let rows = 0;
  let cents = 0;
  for (const { values } of scene.emulator.expectedRows({
    from: '2026-01-01',
    to: '2026-12-31',
    includeDeleted: true,
  })) {
    rows += 1;
    cents += Math.round(Number(values.spend) * 100);
  }
  return { rows, spend: (cents / 100).toFixed(2) };
}

async function sumsInFile(path: string): Promise<Sums> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  try {
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(
      'SELECT count(*)::INT AS rows, CAST(CAST(sum(spend) AS DECIMAL(18,2)) AS VARCHAR) AS spend FROM campaign_daily',
    );
    const [sums] = reader.getRowObjectsJson();
    connection.closeSync();
    return sums as unknown as Sums;
  } finally {
    instance.closeSync();
  }
}

/** A `systemctl` and a `loginctl` that write down what they are asked; the machines of tests have no session of systemd. */
async function withSystemd(): Promise<() => Promise<string>> {
  const asked = join(scene.folder, 'asked');
  for (const name of ['systemctl', 'loginctl']) {
    const path = join(scene.folder, '.bin', name);
    await writeFile(path, `#!/bin/sh\necho "${name} $*" >> '${asked}'\n`);
    await chmod(path, 0o755);
  }
  return () => readFile(asked, 'utf8');
}

async function walkToFinishHere(page: Page, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  await walkToSchedule(page, scene.emulator);
  await page.getByRole('radio', { name: /^This machine/ }).check();
  if (fields.Database) await page.getByLabel('Kept in').selectOption('postgresql');
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Finish' }).waitFor();
}

describe('loading the history from the page', () => {
  it('ends on the table in DuckDB, with every row that TikTok has, and a timer', async () => {
    const asked = await withSystemd();
    const page = await scene.openSetup();
    await walkToFinishHere(page);
    await finishAndWrite(page);
    expect(await page.getByText('is ready').count()).toBe(0);
    const wrong = await scene.look(page, 'g-written');
    const project = join(scene.folder, 'kowhai-friends');

    // Slow enough to be looked at.
    const slow = scene.emulator.arm({ name: 'slow', then: { delay_ms: 1000 } });
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Loading the history' }).waitFor();
    await page.getByText(/^Spend so far: [A-Z]{3}/).waitFor();
    expect(await page.locator('.figures').textContent()).toMatch(
      /^Rows[\d,]+so far.*Advertisers\dof 4 with rows.*Time left\d+ .*\d+ of \d+ reports$/,
    );
    wrong.push(...(await scene.look(page, 'g-loading')));
    slow.disarm();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    await page.getByText('is ready, with a schedule for every day at').waitFor();
    await page.getByText('It runs next on').waitFor();
    wrong.push(...(await scene.look(page, 'g-done')));
    expect(wrong).toEqual([]);

    const sums = await sumsInFile(join(project, 'tiktok-ads.duckdb'));
    expect(sums).toEqual(expectedSums());
    const totals = page.getByRole('region', { name: 'Total by advertiser of campaign_daily' });
    expect(await totals.getByRole('row').count()).toBe(scene.emulator.accounts.length + 1);
    const newest = await page
      .getByRole('region', { name: 'First rows of campaign_daily' })
      .getByRole('row')
      .allInnerTexts();
    const spends = newest
      .filter((row) => row.startsWith('2026-03-16'))
      .map((row) => Number(row.split('\t').at(-4)?.replaceAll(',', '')));
    expect(spends.length).toBeGreaterThan(1);
    expect(spends).toEqual(spends.toSorted((a, b) => b - a));
    expect(await asked()).toContain('systemctl --user enable --now kowhai-friends.timer');
    const units = ['service', 'timer'].map((kind) => join(project, `systemd/kowhai-friends.${kind}`));
    await runToSuccess('systemd-analyze', ['verify', '--user', '--man=no', ...units], {
      env: { XDG_RUNTIME_DIR: scene.folder },
    });
    // And what the timer starts goes on from there.
    await runToSuccess(join(project, 'run.sh'), [], { env: { PATH: '/usr/bin:/bin' } });
    expect(await sumsInFile(join(project, 'tiktok-ads.duckdb'))).toEqual(sums);
  });

  it.each([
    { width: 390, colorScheme: 'dark' as const },
    { width: 1400, colorScheme: 'light' as const },
  ])('goes by the keyboard alone, and keeps within $width px, $colorScheme', async ({ width, colorScheme }) => {
    const page = await scene.openSetup({ viewport: { width, height: 800 }, colorScheme });
    await walkToFinishHere(page);
    await finishAndWrite(page);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Written');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    const faults = await scene.look(page, `g-done-${width}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^campaign_daily: [\d,]+ rows$/);
  });

  it('fills a table in PostgreSQL, makes its schema, and shows the commands where no systemd answers', async () => {
    const page = await scene.openSetup();
    await walkToFinishHere(page, {
      Host: postgres.host,
      Port: String(postgres.port),
      Database: postgres.database,
      Schema: 'Kōwhai ads',
      User: postgres.user,
      Password: `pa'ss"\\ $HOME #1`,
    });
    await finishAndWrite(page);
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    await page.getByText('The timer could not be started from here.').waitFor();
    await page.getByText(/is loaded\. Nothing starts it every day at .* yet\./).waitFor();
    await page.getByText('systemctl --user enable --now kowhai-friends.timer').waitFor();
    const query = 'select count(*) as rows, sum(spend)::numeric(18,2)::text as spend from "Kōwhai ads".campaign_daily';
    expect(await postgres.query(query)).toEqual([expectedSums()]);
    await runToSuccess(join(scene.folder, 'kowhai-friends/run.sh'), [], { env: { PATH: '/usr/bin:/bin' } });
    expect(await postgres.query(query)).toEqual([expectedSums()]);
  });

  it('stops, outlives the end of setup, and goes on where it was', async () => {
    const page = await scene.openSetup();
    await walkToFinishHere(page);
    await finishAndWrite(page);
    const slow = scene.emulator.arm({ name: 'slow', then: { delay_ms: 400 } });
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Loading the history' }).waitFor();
    await scene.restart();
    slow.disarm();

    await page.goto(scene.setup.startUrl);
    await page.getByRole('heading', { name: 'Written' }).waitFor();
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    expect(await sumsInFile(join(scene.folder, 'kowhai-friends/tiktok-ads.duckdb'))).toEqual(expectedSums());
  });

  it('says why nothing could be loaded, and tries again', async () => {
    const page = await scene.openSetup();
    await walkToFinishHere(page);
    await finishAndWrite(page);
    scene.emulator.revokeToken();
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Not everything was loaded' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('40105');
    scene.emulator.restoreToken();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
  });
});
