import { describe, expect, it } from 'vitest';
import { useSetup } from './use-setup.ts';
import { walkToAdvertisers } from './walk.ts';

const scene = useSetup();

describe('range and schedule', () => {
  it('refuse a day to come, say what is empty, judge any time in any zone, and ask for a time only where one is kept', async () => {
    const page = await scene.openSetup();
    const next = page.getByRole('button', { name: 'Next' });
    await walkToAdvertisers(page, scene.emulator);
    await next.click();
    await page.getByLabel('First day').fill('2031-01-01');
    await next.click();
    const alert = page.getByRole('alert');
    await alert.getByText('2031-01-01 is in the future').waitFor();
    expect(await page.getByLabel('First day').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await page.getByRole('heading', { name: 'Historical range' }).isVisible()).toBe(true);
    await page.getByLabel('First day').fill('2012-01-01');
    await page.getByText('the days before it are empty').waitFor();
    await page.getByLabel('Add columns for the advertiser').uncheck();
    await next.click();

    await page.getByRole('heading', { name: 'Schedule' }).waitFor();
    const time = page.getByLabel('Time of day');
    await page.getByText('Good: yesterday is final by then').waitFor();
    // Auckland is 13 hours ahead in March: its yesterday is final at 01:00 there, 17:45 in Kathmandu.
    await page.getByLabel('Time zone').fill('Asia/Kathmandu');
    await time.fill('17:50');
    await page.getByText('which is 17:45 in Asia/Kathmandu').waitFor();
    await page.getByText('Good: yesterday is final by then').waitFor();
    await time.fill('17:40');
    await page.getByText('Yesterday would not be final yet').waitFor();
    await page.getByLabel('Time zone').fill('Asia/Atlantis');
    await page.getByText('"Asia/Atlantis" is no time zone.').waitFor();
    expect(await scene.look(page, 'e-zone')).toEqual([]);
    await page.getByLabel('Configuration only').check();
    expect(await time.isVisible()).toBe(false);
    await next.click();

    await page.getByRole('heading', { name: 'Finish' }).waitFor();
    await page.getByText('Sums would mix currencies.').waitFor();
  });
});
