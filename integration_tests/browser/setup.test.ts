import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { useSetup } from './use-setup.ts';
import { finish, walkToFinish, write, writeButton } from './walk.ts';

const scene = useSetup();

const POSTGRES = { Database: 'warehouse', User: 'loader', Password: 'pass word' };

describe('from an empty folder to a Meltano project', () => {
  it('walks every step without an accessibility fault, on a phone and wide, dark and light', async () => {
    const { emulator, folder, setup } = scene;
    const page = await scene.newPage();
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    const onScreen = async (name: string): Promise<void> => {
      wrong.push(...(await scene.look(page, name)));
    };
    await page.goto(setup.startUrl);
    await walkToFinish(page, emulator, { onScreen, postgres: POSTGRES });
    await finish(page);
    await onScreen('f-something-missing');
    await write(page);
    await page.getByRole('heading', { name: 'Written' }).waitFor();
    await onScreen('g-written');
    expect(wrong).toEqual([]);

    const project = join(folder, 'kowhai-friends');
    expect((await readdir(project)).sort()).toEqual(
      ['.env', '.gitignore', 'config.json', 'meltano.yml', 'run.sh', 'setup.json', 'systemd'].sort(),
    );
    const meltano = parse(await readFile(join(project, 'meltano.yml'), 'utf8'));
    expect(meltano.schedules).toEqual([
      { name: 'kowhai-friends-daily', interval: '30 12 * * *', job: 'kowhai-friends' },
    ]);
    expect((await stat(join(project, 'config.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(project, '.env'))).mode & 0o777).toBe(0o600);
    const config = JSON.parse(await readFile(join(project, 'config.json'), 'utf8'));
    expect(config).toMatchObject({ start_date: '2026-01-01', api_url: emulator.apiUrl });
    expect(config).not.toHaveProperty('end_date');
    expect(config).not.toHaveProperty('advertiser_ids');

    await page.getByRole('button', { name: 'Close setup' }).click();
    expect(await setup.exited).toBe(0);
  });

  it('shows the spend that the emulated TikTok has', async () => {
    const { emulator } = scene;
    const page = await scene.openSetup();
    await walkToFinish(page, emulator, { postgres: POSTGRES });
    await finish(page);
    const advertiser = emulator.accounts[0];
    const rows = emulator.expectedRows({
      advertiserIds: [advertiser?.id ?? ''],
      from: '2026-03-14',
      to: '2026-03-14',
      includeDeleted: true,
    });
    let spend = 0;
    for (const row of rows) spend += Number(row.values.spend);
    const cells = page.getByRole('region', { name: 'Days' }).getByRole('row', { name: /2026-03-14/ });
    await expect(cells.textContent()).resolves.toContain(
      new Intl.NumberFormat('en', { style: 'currency', currency: 'NZD', currencyDisplay: 'code' }).format(spend),
    );
  });

  it('replaces a file that is there only when that is agreed to, and keeps a copy', async () => {
    const project = join(scene.folder, 'kowhai-friends');
    await mkdir(project);
    await writeFile(join(project, 'config.json'), '{"mine": true}');
    const page = await scene.openSetup();
    await walkToFinish(page, scene.emulator, { postgres: POSTGRES });
    await finish(page);
    await write(page);
    await page.getByText('These files are there already and were not touched: config.json').waitFor();
    expect(await readdir(project)).toEqual(['config.json']);
    expect(await readFile(join(project, 'config.json'), 'utf8')).toBe('{"mine": true}');
    await page.getByLabel('Replace config.json').check();
    await writeButton(page).click();
    await page.getByRole('heading', { name: 'Written' }).waitFor();
    const copy = (await readdir(project)).find((name) => name.startsWith('config.json.before-'));
    expect(await readFile(join(project, copy ?? ''), 'utf8')).toBe('{"mine": true}');
  });
});
