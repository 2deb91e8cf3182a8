import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { LoadView, SetupView } from '../../src/setup/session/setup-view.ts';
import { type SetupProgram, startSetupProgram } from '../browser/setup-program.ts';
import { expectedSums } from '../browser/sums.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { makeWorkFolder, type WorkFolder } from '../orchestrators/work-folder.ts';
import { withoutTimers } from '../support/without-timers.ts';
import { IMAGE } from './image.ts';

// The tier has no browser: the calls are those that the page makes.

let emulator: Emulator;
let folder: WorkFolder;
let setup: SetupProgram;
let cookie = '';

beforeAll(async () => {
  folder = await makeWorkFolder();
  emulator = await startEmulator();
  const bin = join(folder.path, '.bin');
  await withoutTimers(bin);
  // The emulator listens on the host's loopback, where a container on a bridge would not reach it.
  const docker = (await runToSuccess('sh', ['-c', 'command -v docker'])).trim();
  const script = `#!/bin/sh\n[ "$1" = run ] || exec '${docker}' "$@"\nshift\nexec '${docker}' run --network host "$@"\n`;
  await writeFile(join(bin, 'docker'), script, { mode: 0o755 });
  await mkdir(join(folder.path, 'project'));
  const config = join(folder.path, 'project/config.json');
  await writeFile(config, JSON.stringify(emulator.config({ start_date: '2026-01-01' })));
  setup = await startSetupProgram({
    folder: folder.path,
    apiUrl: emulator.apiUrl,
    path: bin + delimiter + (process.env.PATH ?? ''),
    port: 0,
    args: ['--config', config, '--image', IMAGE],
  });
  const start = await fetch(setup.startUrl, { redirect: 'manual' });
  cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await setup?.stop();
  await emulator?.close();
  await folder?.remove();
});

async function call<Answer = SetupView>(name: string, body: object = {}): Promise<Answer> {
  const answer = await fetch(`${setup.origin}/api/${name}`, {
    method: 'POST',
    headers: { cookie, origin: setup.origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = await answer.text();
  expect(answer.status, `${name}: ${said}`).toBe(200);
  return JSON.parse(said) as Answer;
}

/** What the page is told until the load has ended. */
async function loadToItsEnd(): Promise<LoadView> {
  const { body } = await fetch(`${setup.origin}/events/load`, { headers: { cookie } });
  const news = Readable.fromWeb(body as WebStream);
  await call('load');
  try {
    for await (const line of createInterface({ input: news })) {
      if (!line.startsWith('data: ')) continue;
      const view = JSON.parse(line.slice('data: '.length)) as LoadView;
      if (view.state === 'done' || view.state === 'failed') return view;
    }
  } finally {
    news.destroy();
  }
  throw new Error('The server ended before the load.');
}

it('the page runs the image to its end, shows the whole table, and its script goes on from there', async () => {
  const project = join(folder.path, 'project');
  await call('keep');
  await call('name', { name: 'Kōwhai', folder: project });
  await call('advertisers', { chosen: 'all', leftOut: [] });
  await call('range', {
    ...{ startDate: '2026-01-01', endDate: '', lookbackDays: 7, streams: ['campaign_daily'] },
    ...{ includeDeleted: true, advertiserColumns: true },
  });
  const target = { kind: 'docker', fields: { image: IMAGE, timer: 'cron' } };
  const tried = await call<readonly { says: string }[]>('tryTarget', target);
  expect(tried.map(({ says }) => says)).toContain(`Docker answers, and the image ${IMAGE} is here.`);
  await call('schedule', { time: '13:30', timeZone: 'UTC', ...target });
  await call('check');
  const { files } = await call<{ files: { path: string; status: string }[] }>('plan');
  const replace = files.filter(({ status }) => status === 'differs').map(({ path }) => path);
  await call('finish', { replace, lacks: true });

  const { problem, tables } = await loadToItsEnd();
  expect(problem).toBeUndefined();
  const { rows, spend } = expectedSums(emulator);
  expect(tables.map((table) => [table.name, table.rows])).toEqual([['campaign_daily', rows]]);
  const total = tables[0]?.totals.reduce((sum, own) => sum + own.spend, 0) ?? 0;
  expect(total.toFixed(2)).toBe(spend);

  const state = await readFile(join(project, 'state.json'), 'utf8');
  for (const { id } of emulator.accounts) expect(state).toContain(id);
  await runToSuccess(join(project, 'run.sh'), [], {
    env: { PATH: `${join(folder.path, '.bin')}:${process.env.PATH}` },
  });
  const newest = (await readdir(join(project, 'data'))).sort().at(-1) ?? '';
  const days = (await readFile(join(project, 'data', newest), 'utf8')).matchAll(/"date":"([^"]+)"/g);
  const first = [...days].map(([, day]) => day).sort()[0];
  expect(first, 'only the days of the lookback').toBe('2026-03-08');
});
