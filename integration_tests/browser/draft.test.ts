import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectedSums, sumsInFile } from './sums.ts';
import { useSetup } from './use-setup.ts';
import { consent, finish, finishAndWrite, walkToFinish, write } from './walk.ts';

const scene = useSetup();

const POSTGRES = { Database: 'warehouse', User: 'loader', Password: 'pass word' };

/** Resolves once what was typed has been kept. */
async function typeInto(page: Page, label: string, text: string): Promise<void> {
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/unsent'));
  await page.getByLabel(label, { exact: true }).fill(text);
  await kept;
}

const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Next' }).click();
const drafts = (): Promise<string[]> => scene.drafts();

describe('what was entered', () => {
  it('is there after a reload and another step', async () => {
    const page = await scene.openSetup();
    await typeInto(page, 'Collect name', 'Brand');
    await page.reload();
    expect(await page.getByLabel('Collect name').inputValue()).toBe('Brand');
    await next(page);
    await typeInto(page, 'App id', '7001');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Collect name' }).waitFor();
    await page.getByRole('button', { name: /Authorize/ }).click();
    expect(await page.getByLabel('App id').inputValue()).toBe('7001');
  });

  it.each([
    { end: 'SIGKILL', keepsBrowser: true },
    { end: 'SIGINT', keepsBrowser: false },
  ] as const)(
    'is gone on with after $end at each step, browser kept: $keepsBrowser',
    {
      timeout: 300_000,
    },
    async ({ end, keepsBrowser }) => {
      const { emulator } = scene;
      const leftOut = emulator.accounts[1];
      let page = await scene.openSetup();
      /** Ends setup where it is, starts it again, and looks whether it goes on at that step. */
      const endAt = async (heading: string): Promise<void> => {
        const context = page.context();
        if (!keepsBrowser) await context.close();
        await scene.restart([], end);
        for (const path of await drafts()) expect((await stat(path)).mode & 0o777).toBe(0o600);
        expect(await drafts()).toHaveLength(1);
        page = keepsBrowser ? await context.newPage() : await scene.newPage();
        await page.goto(scene.setup.startUrl);
        await page.getByRole('heading', { name: heading, exact: true }).waitFor();
        expect(await page.content()).not.toContain(emulator.credentials.secret);
      };

      await typeInto(page, 'Collect name', 'Brand');
      await endAt('Collect name');
      expect(await page.getByLabel('Collect name').inputValue()).toBe('Brand');
      await next(page);
      await typeInto(page, 'App id', emulator.credentials.app_id);
      await typeInto(page, 'Secret', emulator.credentials.secret);
      await endAt('Authorize');
      await page.getByText('You go on with what you entered').waitFor();
      expect(await scene.look(page, 'b-draft')).toEqual([]);
      expect(await page.getByLabel('App id').inputValue()).toBe(emulator.credentials.app_id);
      await page.getByRole('button', { name: 'Click here to authorize' }).click();
      await page.getByRole('heading', { name: 'Log in to continue' }).waitFor();

      // TikTok's answer, to what was asked before the end, is taken: once.
      const atTikTok = page;
      const portal = new URL(page.url()).searchParams;
      await endAt('Authorize');
      const code = emulator.issueAuthCode();
      const back = `${portal.get('redirect_uri')}?auth_code=${code}&code=${code}&state=${portal.get('state')}`;
      if (keepsBrowser) {
        await consent(atTikTok);
        page = atTikTok;
      } else await page.goto(back);
      await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
      await page.goto(back);
      await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
      expect(emulator.requests.filter(({ path }) => path.includes('access_token'))).toHaveLength(1);
      await page.getByText('Each was asked for a report of yesterday').waitFor();
      const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/unsent'));
      await page.getByLabel(leftOut?.name ?? '').uncheck();
      await kept;
      await endAt('Advertisers');
      expect(await page.getByLabel(leftOut?.name ?? '').isChecked()).toBe(false);
      await next(page);
      await typeInto(page, 'First day', '2026-02-03');
      await endAt('Historical range');
      expect(await page.getByLabel('First day').inputValue()).toBe('2026-02-03');
      await next(page);
      await page.getByLabel('Kept in').selectOption('postgresql');
      await typeInto(page, 'Database', 'warehouse');
      await typeInto(page, 'Password', 'pass word');
      await endAt('Schedule');
      expect(await page.getByLabel('Database', { exact: true }).inputValue()).toBe('warehouse');
      expect(await page.getByLabel('Password', { exact: true }).getAttribute('placeholder')).toContain('kept');
      expect(await page.content()).not.toContain('pass word');
      await page.getByLabel('Kept in').selectOption('duckdb');
      await next(page);
      await finish(page);
      await endAt('Finish');
      await finishAndWrite(page);
      await endAt('Written');
      // It must not come to its end before setup does.
      const stuck = emulator.arm({ when: { days: { from: '2026-03-10', to: '2026-03-10' } }, then: { hang: true } });
      await page.getByRole('button', { name: 'Load the history now' }).click();
      await page.getByText(/^Spend so far: [A-Z]{3}/).waitFor();
      await endAt('Written');
      stuck.disarm();
      await page.getByRole('button', { name: 'Load the history now' }).click();
      await page.getByRole('heading', { name: 'Done' }).waitFor();

      const chosen = emulator.accounts.map(({ id }) => id).filter((id) => id !== leftOut?.id);
      expect(await sumsInFile(join(scene.folder, 'brand/tiktok-ads.duckdb'))).toEqual(
        expectedSums(emulator, { from: '2026-02-03', advertiserIds: chosen }),
      );
      expect(await drafts()).toEqual([]);
    },
  );

  it('can be forgotten', async () => {
    let page = await scene.openSetup();
    await typeInto(page, 'Collect name', 'Brand');
    await scene.restart();
    page = await scene.openSetup();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => page.getByLabel('Collect name').inputValue()).toBe('');
    await page.reload();
    expect(await page.getByLabel('Collect name').inputValue()).toBe('');
  });
});

describe('a folder that setup made', () => {
  it('opens with everything, shows the difference, and loses the timer that is replaced', async () => {
    const { emulator, folder } = scene;
    let page = await scene.openSetup();
    await walkToFinish(page, emulator, { postgres: POSTGRES });
    await finishAndWrite(page);
    const project = join(folder, 'kowhai-friends');
    const remembered = await readFile(join(project, 'setup.json'), 'utf8');
    expect(remembered).not.toContain('pass word');
    await writeFile(join(folder, '.bin/systemctl'), `#!/bin/sh\necho "$@" >> '${folder}/systemctl.log'\n`);
    await chmod(join(folder, '.bin/systemctl'), 0o755);
    await mkdir(join(folder, '.config/systemd/user'), { recursive: true });
    const unit = 'kowhai-friends.timer';
    await symlink(join(project, 'systemd', unit), join(folder, '.config/systemd/user', unit));

    await scene.restart(['--config', 'kowhai-friends/config.json']);
    page = await scene.openSetup();
    expect(await page.getByLabel('Collect name').inputValue()).toBe('Kōwhai & friends');
    await next(page);
    await page.getByRole('button', { name: 'Keep the present authorization' }).click();
    await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
    await next(page);
    expect(await page.getByLabel('First day').inputValue()).toBe('2026-01-01');
    await page.getByLabel('Lookback, days').fill('14');
    await next(page);
    await page.getByRole('heading', { name: 'Schedule' }).waitFor();
    expect(await page.getByLabel('Database', { exact: true }).inputValue()).toBe('warehouse');
    expect(await page.getByLabel('Time of day').inputValue()).toBe('01:30');
    await page.getByLabel('Started by').selectOption('cron');
    await next(page);
    await finish(page);
    await page.getByText('The former systemd timer is taken away').waitFor();
    await page.locator('summary').filter({ hasText: 'config.json' }).click();
    const difference = page.locator('details[open] pre.difference');
    expect(await difference.locator('del').allTextContents()).toEqual(['-   "lookback_days": 7,\n']);
    expect(await difference.locator('ins').allTextContents()).toEqual(['+   "lookback_days": 14,\n']);
    expect(await scene.look(page, 'f-difference')).toEqual([]);
    for (const box of await page.getByLabel(/^Replace /).all()) await box.check();
    await write(page);
    await page.getByRole('heading', { name: 'Written' }).waitFor();
    expect(await readFile(join(folder, 'systemctl.log'), 'utf8')).toBe('--user disable --now kowhai-friends.timer\n');
    expect(await readdir(join(project, 'systemd'))).toEqual([]);
    expect(await readFile(join(project, '.env'), 'utf8')).toContain("TARGET_POSTGRES_PASSWORD='pass word'");
  });
});

describe('the way back', () => {
  it('is an entry of the browser’s history for each step, and a button', async () => {
    const page = await scene.openSetup();
    await page.getByLabel('Collect name').fill('Brand');
    await next(page);
    await page.getByRole('heading', { name: 'Authorize' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Collect name' }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: 'Authorize' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Collect name' }).waitFor();
  });
});

describe('the end', () => {
  it('comes when setup is closed, though another tab is open', async () => {
    const page = await scene.openSetup();
    await walkToFinish(page, scene.emulator, { postgres: POSTGRES });
    await finishAndWrite(page);
    const other = await page.context().newPage();
    await other.goto(scene.setup.origin);
    await other.getByRole('heading', { name: 'Written' }).waitFor();
    await page.getByRole('button', { name: 'Close setup' }).click();
    const reloaded = other.reload().catch(() => undefined);
    expect(await scene.setup.exited).toBe(0);
    await reloaded;
  });
});
