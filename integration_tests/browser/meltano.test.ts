import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { ENVIRONMENTS_FOLDER, orchestratorVariables, pythonProgram } from '../orchestrators/python.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { expectedSums } from './sums.ts';
import { useSetup } from './use-setup.ts';
import { finishAndWrite, walkToFinish, walkToSchedule } from './walk.ts';

const scene = useSetup();
let postgres: Postgres;

beforeAll(async () => {
  await findPostgres();
  await runToSuccess(resolve(import.meta.dirname, '../orchestrators/setup.sh'), ['meltano'], {
    env: { ORCHESTRATORS_CACHE: ENVIRONMENTS_FOLDER },
  });
  postgres = await startPostgres();
}, 300_000);
afterAll(() => postgres?.stop());

const here = (): string => `${join(scene.folder, '.bin')}:${process.env.PATH}`;

describe('a project of the user’s', () => {
  it('is asked which versions of Meltano it takes, and nothing is left in it', async () => {
    const { emulator, folder } = scene;
    await symlink(pythonProgram('meltano', 'meltano'), join(folder, '.bin/meltano'));
    const page = await scene.openSetup();
    const project = join(folder, 'theirs');
    await mkdir(project);
    const asksFor = (versions: string) =>
      writeFile(join(project, 'meltano.yml'), `project_id: theirs\nrequires_meltano: '${versions}'\n`);
    await walkToSchedule(page, emulator, undefined, 'Theirs');
    await page.getByRole('radio', { name: /^Meltano/ }).check();
    await page.getByLabel('Loads into').selectOption('target-jsonl');
    const test = page.getByRole('button', { name: 'Test' });
    await asksFor('>=99,<100');
    await test.click();
    await page.getByText(/Meltano 4[.\d]+ is here, but meltano.yml asks for '>=99,<100'/).waitFor({ timeout: 60_000 });
    await asksFor('>=4,<99');
    await test.click();
    await page.getByText(/Meltano 4[.\d]+ is here.$/).waitFor({ timeout: 60_000 });
    expect(await readdir(project)).toEqual(['meltano.yml']);
  });
});

describe('the Meltano project that the page writes', () => {
  it('runs, and fills a table in PostgreSQL with what TikTok has', { timeout: 300_000 }, async () => {
    const { emulator, folder } = scene;
    await symlink(pythonProgram('meltano', 'meltano'), join(folder, '.bin/meltano'));
    const page = await scene.openSetup();
    await walkToFinish(page, emulator, {
      // Characters that a shell, YAML, dotenv and Meltano each like to read in their own way.
      collectName: 'Kōwhai: "50%" & $HOME',
      postgres: {
        Host: postgres.host,
        Port: String(postgres.port),
        Database: postgres.database,
        User: postgres.user,
        Password: `pa'ss"\\ $HOME #1`,
      },
    });
    await finishAndWrite(page);
    // The real Meltano installs the loader and runs the job.
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Loading the history' }).waitFor();
    await page.getByText(/of \d+ reports/).waitFor({ timeout: 200_000 });
    await page.getByRole('heading', { name: 'Done' }).waitFor({ timeout: 200_000 });
    const expected = expectedSums(emulator);
    await page.getByRole('heading', { name: `campaign_daily: ${expected.rows.toLocaleString('en')} rows` }).waitFor();
    const query =
      'select count(*)::int as rows, sum(spend)::numeric(18,2)::text as spend from tiktok_ads.campaign_daily';
    expect(await postgres.query(query)).toEqual([expected]);

    const project = join(folder, 'kowhai-50-home');
    const meltano = (...args: string[]): Promise<string> =>
      runToSuccess('meltano', args, { cwd: project, env: { ...orchestratorVariables(folder), PATH: here() } });
    const schedules = JSON.parse(await meltano('schedule', 'list', '--format=json'));
    expect(JSON.stringify(schedules)).toContain('kowhai-50-home-daily');
    expect(JSON.stringify(schedules)).toContain('30 12 * * *');
    const settings = JSON.parse(await meltano('config', '--unsafe', 'print', 'target-postgres'));
    expect(settings.password).toBe(`pa'ss"\\ $HOME #1`);
    const tap = JSON.parse(await meltano('config', '--unsafe', 'print', 'tap-tiktok-ads'));
    expect(tap.credentials).toMatchObject({ app_id: emulator.credentials.app_id, secret: emulator.credentials.secret });

    // What a scheduler starts goes on from there.
    await meltano('schedule', 'run', 'kowhai-50-home-daily');
    expect(await postgres.query(query)).toEqual([expected]);
    // And what systemd is to run is something that it takes.
    const units = ['service', 'timer'].map((kind) => join(project, `systemd/kowhai-50-home.${kind}`));
    await runToSuccess('systemd-analyze', ['verify', '--user', '--man=no', ...units], {
      env: { XDG_RUNTIME_DIR: folder },
    });
    const [, calendar = ''] = /^OnCalendar=(.*)$/m.exec(await readFile(units[1] ?? '', 'utf8')) ?? [];
    expect(await runToSuccess('systemd-analyze', ['calendar', calendar])).toContain('01:30:00 Pacific/Auckland');
  });
});
