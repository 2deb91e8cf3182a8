import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useSetup } from './use-setup.ts';
import { writeButton } from './walk.ts';

const scene = useSetup();

/** No step needs more presses of Tab than this from its heading to any of its controls. */
const TABS_MAX = 25;

const isFocused = (target: Locator): Promise<boolean> => target.evaluate((one) => one === document.activeElement);

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  expect(await page.evaluate(() => document.activeElement?.outerHTML)).toBe(`the focus on ${target}`);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** The heading of a new step has the focus. */
async function arriveAt(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(heading);
}

/** An error stands on the visible part of the page, beside the field that has the focus. */
async function expectErrorInSight(page: Page, says: string, field: Locator): Promise<void> {
  const alert = page.getByRole('alert').filter({ hasText: says });
  await alert.waitFor();
  expect(await isFocused(field)).toBe(true);
  for (const one of [alert, field]) {
    const place = await one.boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    expect(place && place.y >= 0 && place.y + place.height <= height, `${says}: ${JSON.stringify(place)}`).toBe(true);
  }
}

describe('the keyboard alone', () => {
  it('leads through all six steps to the table, and finds every error in sight', async () => {
    const { emulator } = scene;
    const page = await scene.openSetup({ viewport: { width: 390, height: 700 } });
    const button = (name: string | RegExp) => page.locator('#main').getByRole('button', { name, exact: true });
    await arriveAt(page, 'Collect name');
    await press(page, button('Next'));
    await expectErrorInSight(page, 'The collection has no name yet.', page.getByLabel('Collect name'));
    await page.keyboard.type('Brand');
    await page.keyboard.press('Enter');

    await arriveAt(page, 'Authorize');
    await press(page, button('Click here to authorize'));
    await expectErrorInSight(page, 'The app id is missing.', page.getByLabel('App id'));
    await page.keyboard.type(emulator.credentials.app_id);
    await tabTo(page, page.getByLabel('Secret'));
    await page.keyboard.type(emulator.credentials.secret);
    await page.keyboard.press('Enter');
    await press(page, page.getByRole('button', { name: 'Log in' }));
    await press(page, page.getByRole('button', { name: 'Confirm' }));

    await arriveAt(page, 'Advertisers');
    await page.getByText('Each was asked for a report of yesterday').waitFor();
    await press(page, page.getByLabel(emulator.accounts[0]?.name ?? ''), 'Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText('2 of 4 advertisers chosen').waitFor();
    await press(page, button('Next'));

    await arriveAt(page, 'Historical range');
    await press(page, button('30 days'));
    await tabTo(page, page.getByLabel('Lookback, days'));
    await page.keyboard.type('999');
    await page.keyboard.press('Enter');
    await expectErrorInSight(page, 'The lookback must be 0 to 90 days.', page.getByLabel('Lookback, days'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');

    await arriveAt(page, 'Schedule');
    const machine = page.getByRole('radio', { name: /^This machine/ });
    await tabTo(page, machine);
    await page.keyboard.press('ArrowDown'); // Meltano, whose database has no name yet.
    await press(page, button('Next'));
    await expectErrorInSight(page, 'This is needed.', page.getByLabel('Database', { exact: true }));
    await page.keyboard.press('Shift+Tab');
    for (
      let tabs = 0;
      tabs < TABS_MAX &&
      !(await page.getByRole('radio', { name: /^Meltano/ }).evaluate((one) => one === document.activeElement));
      tabs += 1
    ) {
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('ArrowUp');
    expect(await machine.isChecked()).toBe(true);
    await press(page, button('Next'));

    await arriveAt(page, 'Finish');
    await press(page, button('Finish'));
    await arriveAt(page, 'Checked: something is missing');
    await press(page, writeButton(page));
    const agreed = page.getByLabel('Write the files all the same');
    await expectErrorInSight(page, 'Not everything that it needs is here.', agreed);
    await page.keyboard.press('Space');
    await press(page, writeButton(page));

    await arriveAt(page, 'Written');
    await press(page, button('Load the history now'));
    await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toMatch(/^campaign_daily: [\d,]+ rows$/);
    expect(await page.title()).toContain('Finish');
  });
});
