import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withSystemd } from './stand-ins.ts';
import { expectedSums, sumsInFile } from './sums.ts';
import { useSetup } from './use-setup.ts';
import { walkToAdvertisers } from './walk.ts';

const LONG = 'Sehr lange Bezeichnung eines Werbekontos mit Zusätzen und_ohne_eine_einzige_Stelle_zum_Umbrechen_drin';

/** Every kind of name that the list has to show is among the first ten. */
const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(7_100_000_000_000_000_000n + BigInt(index)),
    name: index === 5 ? 'Müller Möbel' : index === 6 ? LONG : `Shop ${index + 1}`,
    currency: index === 9 ? 'JPY' : 'EUR',
    timezone: index === 9 ? 'Asia/Tokyo' : 'Europe/Berlin',
    campaigns: 1,
  }));

const visible = (page: Page): Promise<number> => page.locator('tbody tr:visible').count();

describe('400 advertisers, two of them unreadable', () => {
  const scene = useSetup(
    // Slow answers, so that the background is not through when Finish checks.
    { accounts: accounts(400), latencyMs: 200 },
    // At 10 requests a second it would take 80 seconds: each advertiser is asked three times.
    ['--api-tier', 'ultimate'],
  );

  it('are in a table, with a timer, after fewer than 20 clicks and keys', { timeout: 300_000 }, async () => {
    const { emulator, folder } = scene;
    await withSystemd(folder);
    const bad = [emulator.accounts[2]?.id ?? '', emulator.accounts[7]?.id ?? ''];
    for (const id of bad) emulator.suspend(id);
    const page = await scene.newPage();
    // The browser counts, on TikTok's pages as well.
    let acts = 0;
    await page.exposeFunction('acted', () => {
      acts += 1;
    });
    await page.addInitScript(() => {
      const { acted } = globalThis as unknown as { acted: () => void };
      for (const type of ['click', 'keydown']) addEventListener(type, (event) => event.isTrusted && acted(), true);
    });
    const paste = async (label: string, text: string): Promise<void> => {
      await page.getByLabel(label).click();
      await page.keyboard.insertText(text);
      acts += 1; // Ctrl+V.
    };
    const click = (name: string | RegExp) => page.locator('#main').getByRole('button', { name }).click();
    await page.goto(scene.setup.startUrl);
    await paste('Collect name', 'Agency');
    await click('Next');
    await paste('App id', emulator.credentials.app_id);
    await paste('Secret', emulator.credentials.secret);
    await click('Click here to authorize');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await click('Leave out the 2 that cannot be read');
    await page.getByText('398 of 400 advertisers chosen').waitFor();
    await click('Next');
    await click('30 days');
    expect(await page.getByLabel('Add columns for the advertiser').isChecked()).toBe(true);
    await page.getByText('count in EUR, JPY').waitFor();
    await click('Next');
    await page.getByText('Good: yesterday is final by then').waitFor();
    await click('Next');
    await click('Finish');
    await page.getByRole('heading', { name: 'Checked', exact: true }).waitFor({ timeout: 60_000 });
    await click(/^Write \d+ files$/);
    await click('Load the history now');
    await page.getByRole('heading', { name: 'Done', exact: true }).waitFor({ timeout: 200_000 });
    await page.getByText('is ready, with a schedule for every day at').waitFor();
    expect(acts).toBeLessThan(20);
    // It counted: nothing could be done by less.
    expect(acts).toBeGreaterThan(15);

    // The background asks for one metric. It waits while the check asks; what it had sent may still arrive.
    const asked = emulator.requests.flatMap(({ params: { page_size, metrics } }) =>
      page_size === '1' && Array.isArray(metrics) ? [metrics.length === 1 ? 'background' : 'check'] : [],
    );
    const checking = asked.slice(asked.indexOf('check'), asked.lastIndexOf('check'));
    expect(checking.length).toBeGreaterThan(300);
    expect(checking.filter((by) => by === 'background').length).toBeLessThan(9);

    const config = JSON.parse(await readFile(join(folder, 'agency/config.json'), 'utf8'));
    expect(config.exclude_advertiser_ids.sort()).toEqual(bad);
    expect(config).not.toHaveProperty('advertiser_ids');
    expect(config.advertiser_columns).toBe(true);
    const advertiserIds = emulator.accounts.map(({ id }) => id).filter((id) => !bad.includes(id));
    expect(await sumsInFile(join(folder, 'agency/tiktok-ads.duckdb'))).toEqual(
      expectedSums(emulator, { from: config.start_date, advertiserIds }),
    );
  });

  it('are found by name without accents, id, currency, zone and status, filtered, pasted, and passed by Tab', async () => {
    const { emulator } = scene;
    emulator.suspend(emulator.accounts[2]?.id ?? '');
    const page = await scene.openSetup({ viewport: { width: 390, height: 844 } });
    await walkToAdvertisers(page, emulator);
    await page.getByRole('button', { name: 'Leave out the one that cannot be read' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const search = page.getByLabel('Search');
    for (const [text, count] of [
      ['muller', 1],
      [emulator.accounts[9]?.id ?? '', 1],
      ['jpy', 1],
      ['tokyo', 1],
      ['enabled', 399], // The unreadable one is not.
      ['nowhere', 0],
    ] as const) {
      await search.fill(text);
      expect([text, await visible(page)]).toEqual([text, count]);
    }
    await page.getByText('No advertiser here matches “nowhere”.').waitFor();
    await search.press('Enter');
    expect(await page.getByRole('heading', { name: 'Advertisers' }).isVisible()).toBe(true);
    await search.fill('');
    await page.getByRole('button', { name: 'Unreadable' }).click();
    expect(await visible(page)).toBe(1);
    await page.getByRole('button', { name: 'All', exact: true }).click();

    await page.getByText('Paste a list of ids').click();
    const [first, second] = emulator.accounts;
    await page.getByLabel('Advertiser ids').fill(`${first?.id};${second?.id}\n999999999`);
    await page.getByRole('button', { name: 'Tick exactly these' }).click();
    await page.getByText('2 ticked. Not granted: 999999999.').waitFor();
    await page.getByText('2 of 400 advertisers chosen').waitFor();

    await search.focus();
    let tabs = 0;
    while (!(await page.getByRole('button', { name: 'Next' }).evaluate((one) => one === document.activeElement))) {
      await page.keyboard.press('Tab');
      tabs += 1;
      if (tabs > 20) break;
    }
    expect(tabs).toBeLessThan(15);
  });
});

describe('the list of advertisers', () => {
  // As many as have every kind of row: of 400, axe would look at each.
  const scene = useSetup({ accounts: accounts(12) });

  it('looks right with a long name, an unreadable one, ids to paste, and when nothing matches', async () => {
    const { emulator } = scene;
    emulator.suspend(emulator.accounts[2]?.id ?? '');
    const page = await scene.openSetup();
    await walkToAdvertisers(page, emulator);
    await page.getByText('Each was asked for a report of yesterday').waitFor();
    await page.getByText('Paste a list of ids').click();
    expect(await scene.look(page, 'c-many')).toEqual([]);
    await page.getByLabel('Search').fill('nowhere');
    await page.getByText('No advertiser here matches “nowhere”.').waitFor();
    expect(await scene.look(page, 'c-none')).toEqual([]);
  });
});
