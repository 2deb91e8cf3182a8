import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSetupProgram } from './setup-program.ts';
import { useSetup } from './use-setup.ts';
import { finish, writeButton } from './walk.ts';

const scene = useSetup();

describe('changing a configuration that is there', () => {
  it('begins with what it says, keeps the token, and adds an advertiser', async () => {
    const { emulator, folder } = scene;
    const [first, second] = emulator.accounts;
    const before = { ...emulator.config({ advertiser_ids: [first?.id], lookback_days: 28 }), my_note: 'kept' };
    await mkdir(join(folder, 'brand'));
    await writeFile(join(folder, 'brand/tiktok.json'), JSON.stringify(before));
    const args = ['--config', 'brand/tiktok.json'];
    const setup = await startSetupProgram({
      folder,
      apiUrl: emulator.apiUrl,
      path: process.env.PATH ?? '',
      port: 0,
      args,
    });
    try {
      const page = await scene.newPage();
      await page.goto(setup.startUrl);
      await page.getByText('You are changing').waitFor();
      await page.getByLabel('Collect name').fill('Brand');
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await page.getByLabel('App id').inputValue()).toBe(emulator.credentials.app_id);
      expect(await page.getByLabel('Secret').inputValue()).toBe('');
      await page.getByRole('button', { name: 'Keep the present authorization' }).click();
      expect(await page.getByLabel(first?.name ?? '').isChecked()).toBe(true);
      expect(await page.getByLabel(second?.name ?? '').isChecked()).toBe(false);
      await page.getByLabel(second?.name ?? '').check();
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await page.getByLabel('Lookback, days').inputValue()).toBe('28');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Configuration only').check();
      await page.getByRole('button', { name: 'Next' }).click();
      await finish(page);
      await page.getByLabel('Replace tiktok.json').check();
      await writeButton(page).click();
      await page.getByRole('heading', { name: 'Done' }).waitFor();
      const after = JSON.parse(await readFile(join(folder, 'brand/tiktok.json'), 'utf8'));
      expect(after).toEqual({
        ...before,
        advertiser_ids: [first?.id, second?.id],
        include_deleted: true,
        advertiser_columns: false,
      });
    } finally {
      await setup.stop();
    }
  });
});
