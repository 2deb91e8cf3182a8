import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type Postgres, startPostgres } from '../orchestrators/postgres.ts';
import { ENVIRONMENTS_FOLDER, orchestratorVariables, pythonProgram } from '../orchestrators/python.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { useSetup } from './use-setup.ts';
import { finishAndWrite, walkToFinish } from './walk.ts';

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

describe('the Meltano project that the page writes', () => {
  it('runs, and fills a table in PostgreSQL with what TikTok has', { timeout: 300_000 }, async () => {
    const { emulator, folder } = scene;
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

    const project = join(folder, 'kowhai-50-home');
    const meltano = (...args: string[]): Promise<string> =>
      runToSuccess(pythonProgram('meltano', 'meltano'), args, {
        cwd: project,
        env: {
          ...orchestratorVariables(folder),
          PATH: `${join(folder, '.bin')}:${ENVIRONMENTS_FOLDER}/meltano/bin:${process.env.PATH}`,
          UV_CACHE_DIR: join(ENVIRONMENTS_FOLDER, 'uv-cache'),
        },
      });
    const schedules = JSON.parse(await meltano('schedule', 'list', '--format=json'));
    expect(JSON.stringify(schedules)).toContain('kowhai-50-home-daily');
    expect(JSON.stringify(schedules)).toContain('30 12 * * *');
    const settings = JSON.parse(await meltano('config', '--unsafe', 'print', 'target-postgres'));
    expect(settings.password).toBe(`pa'ss"\\ $HOME #1`);
    const tap = JSON.parse(await meltano('config', '--unsafe', 'print', 'tap-tiktok-ads'));
    expect(tap.credentials).toMatchObject({ app_id: emulator.credentials.app_id, secret: emulator.credentials.secret });

    await meltano('install', 'loader', 'target-postgres');
    await meltano('schedule', 'run', 'kowhai-50-home-daily');

    const [table] = await postgres.query(
      'select count(*)::text as rows, sum(spend)::text as spend from tiktok_ads.campaign_daily',
    );
    let rows = 0;
    let spend = 0;
    for (const { values } of emulator.expectedRows({ from: '2026-01-01', to: '2026-12-31' })) {
      rows += 1;
      spend += Number(values.spend);
    }
    expect(Number(table?.rows)).toBe(rows);
    expect(Number(table?.spend)).toBeCloseTo(spend, 2);
    expect(rows).toBeGreaterThan(100);
    // And what systemd is to run is something that it takes.
    const units = ['service', 'timer'].map((kind) => join(project, `systemd/kowhai-50-home.${kind}`));
    await runToSuccess('systemd-analyze', ['verify', '--user', '--man=no', ...units], {
      env: { XDG_RUNTIME_DIR: folder },
    });
    const [, calendar = ''] = /^OnCalendar=(.*)$/m.exec(await readFile(units[1] ?? '', 'utf8')) ?? [];
    expect(await runToSuccess('systemd-analyze', ['calendar', calendar])).toContain('01:30:00 Pacific/Auckland');
  });
});
