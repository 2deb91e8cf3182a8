import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { withDocker, withSystemd } from './stand-ins.ts';
import { expectedSums, sumsInFile } from './sums.ts';
import { useSetup } from './use-setup.ts';
import { finish, finishAndWrite, walkToSchedule, writeButton } from './walk.ts';

const scene = useSetup();
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

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
    const asked = await withSystemd(scene.folder);
    const page = await scene.openSetup();
    await walkToFinishHere(page);
    await finish(page);
    const wrong = await scene.look(page, 'f-finish');
    await writeButton(page).click();
    await page.getByRole('heading', { name: 'Written' }).waitFor();
    expect(await page.getByText('is ready').count()).toBe(0);
    wrong.push(...(await scene.look(page, 'g-written')));
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
    expect(sums).toEqual(expectedSums(scene.emulator));
    const totals = page.getByRole('region', { name: 'Total by advertiser of campaign_daily' });
    expect(await totals.getByRole('row').count()).toBe(scene.emulator.accounts.length + 1);
    const newest = await page
      .getByRole('region', { name: 'Newest rows of campaign_daily' })
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
    await finish(page);
    // What was tried and failed stands below the heading, and has to be agreed to.
    await page.getByRole('heading', { name: 'Checked: something is missing' }).waitFor();
    await page.getByText('What it needs is not all here.').waitFor();
    expect(await page.getByText('systemd does not answer for your user here').count()).toBe(2);
    await writeButton(page).click();
    await page.getByRole('alert').getByText('Not everything that it needs is here.').waitFor();
    const agreed = page.getByLabel('Write the files all the same');
    expect(await agreed.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await readdir(scene.folder)).not.toContain('kowhai-friends');
    const faults = await scene.look(page, 'f-missing');
    await agreed.check();
    await writeButton(page).click();
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    faults.push(...(await scene.look(page, 'g-commands')));
    expect(faults).toEqual([]);
    await page.getByText('The timer could not be started from here.').waitFor();
    await page.getByText(/is loaded\. Nothing starts it every day at .* yet\./).waitFor();
    await page.getByText('systemctl --user enable --now kowhai-friends.timer').waitFor();
    const query = 'select count(*) as rows, sum(spend)::numeric(18,2)::text as spend from "Kōwhai ads".campaign_daily';
    expect(await postgres.query(query)).toEqual([expectedSums(scene.emulator)]);
    await runToSuccess(join(scene.folder, 'kowhai-friends/run.sh'), [], { env: { PATH: '/usr/bin:/bin' } });
    expect(await postgres.query(query)).toEqual([expectedSums(scene.emulator)]);
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
    expect(await sumsInFile(join(scene.folder, 'kowhai-friends/tiktok-ads.duckdb'))).toEqual(
      expectedSums(scene.emulator),
    );
  });

  it('runs the image by docker as the timer will, shows what comes, and ends on the table', async () => {
    const docker = await withDocker(scene.folder);
    const page = await scene.openSetup();
    await walkToSchedule(page, scene.emulator);
    await page.getByRole('radio', { name: /^docker run/ }).check();
    await page.getByLabel('Image of this connector').fill('registry.example.com/source-tiktok-ads:1.2.3');
    await page.getByRole('button', { name: 'Next' }).click();
    await finishAndWrite(page);
    const slow = scene.emulator.arm({ name: 'slow', then: { delay_ms: 1000 } });
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByText(/^Spend so far: [A-Z]{3}/).waitFor();
    slow.disarm();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    const { rows, spend } = expectedSums(scene.emulator);
    await page.getByRole('heading', { name: `campaign_daily: ${rows.toLocaleString('en')} rows` }).waitFor();
    const totals = page.getByRole('region', { name: 'Total by advertiser of campaign_daily' });
    const cells = await totals.getByRole('row').allInnerTexts();
    const sum = cells
      .slice(1)
      .reduce((all, row) => all + Number((row.split('\t').at(-1) ?? '').replace(/[^\d.]/g, '')), 0);
    expect(sum.toFixed(2)).toBe(spend);

    const project = join(scene.folder, 'kowhai-friends');
    const run = `run --rm --user 0:0 --volume ${project}:/project:ro registry.example.com/source-tiktok-ads:1.2.3`;
    const read = 'read --config /project/config.json --catalog /project/catalog.json';
    expect(await docker()).toEqual([
      'version --format {{.Server.Version}}',
      'image inspect --format {{.Id}} registry.example.com/source-tiktok-ads:1.2.3',
      `${run} ${read}`,
    ]);
    const path = `${join(scene.folder, '.bin')}:/usr/bin:/bin`;
    await runToSuccess(join(project, 'run.sh'), [], { env: { PATH: path } });
    expect((await docker()).at(-1)).toBe(`${run} ${read} --state /project/state.json`);
  });

  it('waits for a load that goes on though setup was killed, and reads nothing twice', async () => {
    const docker = await withDocker(scene.folder);
    const page = await scene.openSetup();
    await walkToSchedule(page, scene.emulator);
    await page.getByRole('radio', { name: /^docker run/ }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await finishAndWrite(page);
    // Longer than a start of setup takes.
    const when = { endpoint: 'report/integrated/get/', advertisers: ['#4'] };
    const slow = scene.emulator.arm({ name: 'slow', when, then: { delay_ms: 20_000 } });
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByText(/^Spend so far: [A-Z]{3}/).waitFor();
    await scene.restart([], 'SIGKILL');

    await page.goto(scene.setup.startUrl);
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByText('A load that an earlier setup began still runs').first().waitFor();
    slow.disarm();
    await page.getByRole('heading', { name: 'Done' }).waitFor({ timeout: 60_000 });
    const reads = (await docker()).filter((line) => line.startsWith('run '));
    expect(reads.map((line) => line.includes('--state'))).toEqual([false, true]);
    const { rows } = expectedSums(scene.emulator);
    await page.getByRole('heading', { name: `campaign_daily: ${rows.toLocaleString('en')} rows` }).waitFor();
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
