import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { startSetupProgram } from './setup-program.ts';
import { useSetup } from './use-setup.ts';
import { consent, finishAndWrite, walkToSchedule } from './walk.ts';

const scene = useSetup();
let postgres: Postgres;

beforeAll(async () => {
  // Everybody is trusted but one, who needs a password.
  postgres = await startPostgres(async (data) => {
    const rules = join(data, 'pg_hba.conf');
    await writeFile(rules, `host all careful 127.0.0.1/32 scram-sha-256\n${await readFile(rules, 'utf8')}`);
  });
});
afterAll(() => postgres?.stop());

describe('what a target needs', () => {
  it('is tried by the Test button before it is written', async () => {
    const page = await scene.openSetup();
    await walkToSchedule(page, scene.emulator);
    const test = page.getByRole('button', { name: 'Test' });
    await page.getByRole('radio', { name: /^This machine/ }).check();
    await test.click();
    await page.getByText('DuckDB is here.').waitFor();
    await page.getByText('systemd does not answer for your user here').waitFor();

    await page.getByLabel('Kept in').selectOption('postgresql');
    const fill = async (fields: Readonly<Record<string, string>>): Promise<void> => {
      for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
      await test.click();
    };
    await fill({ Host: postgres.host, Port: String(postgres.port), Database: 'nowhere', User: postgres.user });
    await page
      .getByText(
        `no database of this name. Create it, or name another in the field Database. PostgreSQL on ${postgres.host}`,
      )
      .waitFor();
    await fill({ Database: postgres.database, User: 'stranger', Password: 'secret word' });
    await page.getByText(/does not let this user into the database\. .*user stranger/).waitFor();
    await fill({ User: 'careful' });
    const password = 'PostgreSQL does not accept the password. Mend the field Password under “Where it runs”.';
    await page.getByText(`${password} PostgreSQL on ${postgres.host}:${postgres.port}`).waitFor();
    await fill({ User: postgres.user });
    await page.getByText('PostgreSQL answers: test may make the schema tiktok_ads').waitFor();
    expect(await postgres.query("select 1 from pg_namespace where nspname = 'tiktok_ads'")).toEqual([]);
    expect(await scene.look(page, 'e-tested')).toEqual([]);

    await writeFile(join(scene.folder, '.bin/meltano'), '#!/bin/sh\necho meltano, version 2.19.1\n', { mode: 0o755 });
    await page.getByRole('radio', { name: /^Meltano/ }).check();
    await test.click();
    await page.getByText('Meltano 2.19.1 is too old for this project').waitFor();
    await writeFile(join(scene.folder, '.bin/docker'), '#!/bin/sh\necho "No such image" >&2\n[ $1 = version ]\n', {
      mode: 0o755,
    });
    await page.getByRole('radio', { name: /^docker run/ }).check();
    await test.click();
    await page.getByText(/The image .* is not on this machine: docker pull .*No such image/).waitFor();
  });
});

describe('setup --demo', () => {
  it('goes all six steps to a table without a TikTok account', async () => {
    const { folder } = scene;
    const path = join(folder, '.bin') + delimiter + (process.env.PATH ?? '');
    const demo = await startSetupProgram({ folder, path, port: 0, args: ['--demo', '--debug'] });
    try {
      const page = await scene.newPage();
      await page.goto(demo.startUrl);
      await page.getByLabel('Collect name').fill('Demo');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Click here to authorize' }).click();
      await consent(page);
      await page.getByLabel('Select all').check();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: '30 days' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('radio', { name: /^This machine/ }).check();
      await page.getByRole('button', { name: 'Next' }).click();
      await finishAndWrite(page);
      await page.getByRole('button', { name: 'Load the history now' }).click();
      await page.getByText('A demo has no timer').waitFor();
      // The preview and the load are among what is told, not only the list.
      expect(demo.output()).toMatch(/report\/integrated\/get\/? of advertiser \d+ [^\n]*: answered after \d+ ms/);
      expect(
        await page
          .getByRole('region', { name: /^Total by advertiser/ })
          .getByRole('row')
          .count(),
      ).toBe(5);
    } finally {
      await demo.stop();
    }
  });
});
