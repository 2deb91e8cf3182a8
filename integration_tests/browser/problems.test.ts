import { describe, expect, it } from 'vitest';
import { useSetup } from './use-setup.ts';
import { consent, walkToAdvertisers, walkToPortal } from './walk.ts';

const scene = useSetup();

describe('what goes wrong on the way through TikTok', () => {
  it('says that the consent was declined, and authorizes at the second try', async () => {
    const page = await scene.openSetup();
    await walkToPortal(page, scene.emulator);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('the consent was declined').waitFor();
    expect(await scene.look(page, 'b-declined')).toEqual([]);
    await page.getByRole('button', { name: 'Click here to authorize' }).click();
    await consent(page);
    await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
  });

  it('says that app id and secret do not belong together', async () => {
    const page = await scene.openSetup();
    await page.getByLabel('Collect name').fill('Brand');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('App id').fill(scene.emulator.credentials.app_id);
    await page.getByLabel('Secret').fill('of-another-app');
    await page.getByRole('button', { name: 'Click here to authorize' }).click();
    await consent(page);
    await page.getByText('The app id and the secret do not belong together').waitFor();
    await page.getByText('What TikTok said').click();
    await page.getByText('40113').waitFor();
  });

  it('says that a code was used already', async () => {
    const page = await scene.openSetup();
    await walkToPortal(page, scene.emulator);
    const state = new URL(page.url()).searchParams.get('state') ?? '';
    await page.goto(`${scene.setup.origin}/callback?auth_code=used&code=used&state=${state}`);
    await page.getByText('This authorization was used already').waitFor();
  });

  it('says which box to tick when the report permission is missing', async () => {
    const page = await scene.openSetup();
    await walkToPortal(page, scene.emulator);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByLabel('Reporting').uncheck();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('The authorization lacks a permission: Reporting').waitFor();
    await page.getByText('leave this box ticked on TikTok’s consent page: Reporting').waitFor();
  });

  it('says that no advertiser was granted', async () => {
    const page = await scene.openSetup();
    await walkToPortal(page, scene.emulator);
    await page.getByRole('button', { name: 'Log in' }).click();
    for (const { name } of scene.emulator.accounts) await page.getByLabel(name).uncheck();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('but no advertiser with it').waitFor();
  });

  it('marks an advertiser whose report TikTok refuses, with the reason', async () => {
    const { emulator } = scene;
    emulator.suspend(emulator.accounts[1]?.id ?? '');
    const page = await scene.openSetup();
    await walkToAdvertisers(page, emulator);
    const row = page.getByRole('row', { name: new RegExp(emulator.accounts[1]?.id ?? 'none') });
    await row.getByText('✕ no permission').waitFor();
    await page.getByText('Each was asked for a report of yesterday').waitFor();
    expect(await page.getByText('✓ readable').count()).toBe(emulator.accounts.length - 1);
    expect(await scene.look(page, 'c-refused')).toEqual([]);
  });

  it('takes the address that the browser ended at, when TikTok’s way back cannot load', async () => {
    const page = await scene.openSetup();
    await walkToPortal(page, scene.emulator);
    const portal = new URL(page.url());
    const code = scene.emulator.issueAuthCode();
    const state = portal.searchParams.get('state');
    await page.goto(`${scene.setup.origin}/#authorize`);
    await page.getByText('TikTok’s way back did not load?').click();
    await page.getByLabel('The address that you ended at').fill('not an address');
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByText('This is not an address.').waitFor();
    await page
      .getByLabel('The address that you ended at')
      .fill(`${portal.searchParams.get('redirect_uri')}?auth_code=${code}&code=${code}&state=${state}`);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('heading', { name: 'Advertisers' }).waitFor();
  });

  it('says which field is wrong, and puts the cursor there', async () => {
    const page = await scene.openSetup();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('The collection has no name yet.').waitFor();
    expect(await page.getByLabel('Collect name').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Collect name').getAttribute('aria-invalid')).toBe('true');
    expect(await scene.look(page, 'a-wrong')).toEqual([]);
  });
});
