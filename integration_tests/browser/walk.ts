import type { Locator, Page } from 'playwright-core';
import type { Emulator } from '../../src/emulator/start-emulator.ts';

/** Called on every screen of the way. */
export type OnScreen = (name: string) => Promise<void>;

const nothing: OnScreen = async () => {};

/** The whole of TikTok's part: login, consent, back. */
export async function consent(page: Page, onScreen: OnScreen = nothing): Promise<void> {
  await page.getByRole('heading', { name: 'Log in to continue' }).waitFor();
  await onScreen('tiktok-login');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: /asks for access/ }).waitFor();
  await onScreen('tiktok-consent');
  await page.getByRole('button', { name: 'Confirm' }).click();
}

/** From the first screen to the list of advertisers. */
export async function walkToAdvertisers(
  page: Page,
  emulator: Emulator,
  onScreen: OnScreen = nothing,
  collectName?: string,
): Promise<void> {
  await walkToPortal(page, emulator, onScreen, collectName);
  await consent(page, onScreen);
  await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
}

/** From the first screen to TikTok's login. */
export async function walkToPortal(
  page: Page,
  emulator: Emulator,
  onScreen: OnScreen = nothing,
  collectName = 'Kōwhai & friends',
): Promise<void> {
  await page.getByLabel('Collect name').fill(collectName);
  await onScreen('a-name');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('App id').fill(emulator.credentials.app_id);
  await page.getByLabel('Secret').fill(emulator.credentials.secret);
  await onScreen('b-authorize');
  await page.getByRole('button', { name: 'Click here to authorize' }).click();
  await page.getByRole('heading', { name: 'Log in to continue' }).waitFor();
}

/** Everything up to the Schedule screen, all advertisers, this year. */
export async function walkToSchedule(
  page: Page,
  emulator: Emulator,
  onScreen: OnScreen = nothing,
  collectName?: string,
): Promise<void> {
  await walkToAdvertisers(page, emulator, onScreen, collectName);
  await page.getByText('Each was asked for a report of yesterday').waitFor();
  await page.getByLabel('Select all').check();
  await onScreen('c-advertisers');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'This year' }).click();
  await page.getByText('by yesterday’s rows').waitFor();
  await onScreen('d-range');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Schedule' }).waitFor();
}

/** Everything up to the Finish screen, into PostgreSQL by Meltano. */
export async function walkToFinish(
  page: Page,
  emulator: Emulator,
  {
    onScreen = nothing,
    postgres,
    collectName,
  }: {
    readonly onScreen?: OnScreen;
    readonly postgres: Readonly<Record<string, string>>;
    readonly collectName?: string;
  },
): Promise<void> {
  await walkToSchedule(page, emulator, onScreen, collectName);
  await page.getByRole('radio', { name: /^Meltano/ }).check();
  for (const [label, value] of Object.entries(postgres)) await page.getByLabel(label, { exact: true }).fill(value);
  await onScreen('e-schedule');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Finish' }).waitFor();
}

/** Presses Finish, and waits for check, preview and plan. */
export async function finish(page: Page): Promise<void> {
  await page.locator('#main').getByRole('button', { name: 'Finish', exact: true }).click();
  await page.getByText('Token and app are valid.').waitFor();
  await page.getByRole('img', { name: /^Spend by day/ }).waitFor();
  await writeButton(page).waitFor();
}

/** The button that writes; its text counts the files. */
export function writeButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Write \d+ files?$/ });
}

/** Writes, also where what a target needs is not on the machine of the test. */
export async function write(page: Page): Promise<void> {
  const allTheSame = page.getByLabel('Write the files all the same');
  if (await allTheSame.isVisible()) await allTheSame.check();
  await writeButton(page).click();
}

/** Finishes and writes. */
export async function finishAndWrite(page: Page): Promise<void> {
  await finish(page);
  await write(page);
  await page.getByRole('heading', { name: 'Written' }).waitFor();
}
