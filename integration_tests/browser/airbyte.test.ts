import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  airbyteId,
  CLIENT_ID,
  CLIENT_SECRET,
  DESTINATION,
  type EmulatedAirbyte,
  startEmulatedAirbyte,
  TOKEN,
  WORKSPACE,
} from '../support/emulated-airbyte.ts';
import { useSetup } from './use-setup.ts';
import { walkToAdvertisers, walkToSchedule } from './walk.ts';

const scene = useSetup();
let airbyte: EmulatedAirbyte;

beforeEach(async () => {
  airbyte = await startEmulatedAirbyte();
});
afterEach(() => airbyte.close());

/** To the list of requests that are about to be sent. */
async function walkToRequests(page: Page): Promise<void> {
  await walkToAdvertisers(page, scene.emulator);
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: '30 days' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('radio', { name: /^Airbyte/ }).check();
  await page.getByLabel('Airbyte API').fill(airbyte.apiUrl);
  await page.getByLabel('Or an access token').fill(TOKEN);
  // Addresses of Airbyte's pages, as they are copied from the browser.
  const address = `http://localhost:8000/workspaces/${WORKSPACE}`;
  await page.getByLabel('Workspace', { exact: true }).fill(`${address}/connections`);
  await page.getByLabel('Destination', { exact: true }).fill(`${address}/destination/${DESTINATION}/settings?tab=1`);
  await page.getByLabel('Image of this connector').fill('registry.example.com/source-tiktok-ads:1.2.3');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('#main').getByRole('button', { name: 'Finish', exact: true }).click();
  await page.getByRole('button', { name: 'Write and send' }).waitFor();
}

describe('a source and connection in Airbyte', () => {
  it('shows the requests, and sends exactly these', async () => {
    const page = await scene.openSetup();
    await walkToRequests(page);
    // What it needs has been tried; nothing has been made.
    expect(airbyte.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    await page.getByText('Airbyte answers: workspace Marketing, destination Warehouse.').waitFor();
    const before = airbyte.calls.length;
    const shown = await page.locator('details.file').allTextContents();
    expect(shown.join('\n')).toContain('"access_token": "***"');
    expect(shown.join('\n')).toContain('POST /connections');
    expect(await scene.look(page, 'f-airbyte')).toEqual([]);

    await page.getByRole('button', { name: 'Write and send' }).click();
    await page
      .getByText(
        `Airbyte has source ${airbyteId('source', 1)} and connection ${airbyteId('connection', 1)}, with its schedule.`,
      )
      .waitFor();
    const page1 = `workspaceIds=${WORKSPACE}&limit=100`;
    const sent = airbyte.calls.slice(before);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /workspaces/${WORKSPACE}/definitions/sources`,
      `GET /sources?${page1}`,
      `POST /workspaces/${WORKSPACE}/definitions/sources`,
      'POST /sources',
      'POST /connections',
    ]);
    expect(new Set(airbyte.calls.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
    const [, , definition, source, connection] = sent.map(({ body }) => body);
    expect(definition).toMatchObject({
      dockerRepository: 'registry.example.com/source-tiktok-ads',
      dockerImageTag: '1.2.3',
    });
    expect(source).toMatchObject({
      name: 'Kōwhai & friends',
      definitionId: airbyteId('definition', 1),
      workspaceId: WORKSPACE,
    });
    expect(connection).toMatchObject({ sourceId: airbyteId('source', 1), destinationId: DESTINATION });
    expect(await readdir(join(scene.folder, 'kowhai-friends'))).toEqual(['.gitignore', 'config.json', 'setup.json']);
  });

  it('says what Airbyte refused and what had been made by then, without a secret', async () => {
    airbyte.refuse('/connections', 422, JSON.stringify({ detail: `no such destination: ${TOKEN}` }));
    const page = await scene.openSetup();
    await walkToRequests(page);
    await page.getByRole('button', { name: 'Write and send' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    const text = await alert.textContent();
    expect(text).toContain('no such destination');
    expect(text).toContain(
      `Done before that: connector ${airbyteId('definition', 1)} made, source ${airbyteId('source', 1)} made.`,
    );
    expect(text).not.toContain(TOKEN);
  });

  it('changes the source and connection that are there', async () => {
    const [there, daily] = [airbyteId('source', 9), airbyteId('connection', 9)];
    await airbyte.close();
    airbyte = await startEmulatedAirbyte({
      definition: [
        {
          id: airbyteId('definition', 7),
          name: 'Ours',
          dockerRepository: 'registry.example.com/source-tiktok-ads',
          dockerImageTag: '1.2.3',
        },
      ],
      source: [{ sourceId: there, name: 'Kōwhai & friends', definitionId: airbyteId('definition', 7) }],
      connection: [{ connectionId: daily, sourceId: there, destinationId: DESTINATION }],
    });
    const page = await scene.openSetup();
    await walkToRequests(page);
    await page.getByRole('button', { name: 'Write and send' }).click();
    await page.getByText(`Airbyte has source ${there} and connection ${daily}, with its schedule.`).waitFor();
    const changes = airbyte.calls.filter(({ method }) => method !== 'GET');
    expect(changes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /sources/${there}`,
      `PATCH /connections/${daily}`,
    ]);
  });

  it('runs the first sync in Airbyte, shows how far it is, and ends on the next run', async () => {
    const page = await scene.openSetup();
    await walkToRequests(page);
    await page.getByRole('button', { name: 'Write and send' }).click();
    await page.getByText('Airbyte runs it next on').waitFor();
    const before = airbyte.calls.length;
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('heading', { name: 'Loading the history' }).waitFor();
    await page.getByText('Airbyte’s job 1 is pending.').waitFor({ state: 'attached' });
    airbyte.job({ status: 'running', rowsSynced: 1200 });
    await page.getByText('1,200').waitFor();
    const wrong = await scene.look(page, 'g-airbyte-loading');
    airbyte.job({ status: 'succeeded', rowsSynced: 4321 });
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    await page.getByText('“Kōwhai & friends” is ready, with a schedule for every day at').waitFor();
    await page.getByText('4,321').waitFor();
    await page.getByText('Airbyte runs it next on').waitFor();
    wrong.push(...(await scene.look(page, 'g-airbyte-done')));
    expect(wrong).toEqual([]);
    const [start, ...looks] = airbyte.calls.slice(before);
    expect(start).toMatchObject({ method: 'POST', path: '/jobs' });
    expect(start?.body).toEqual({ connectionId: airbyteId('connection', 1), jobType: 'sync' });
    expect(new Set(looks.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(['GET /jobs/1']));
    // Loaded: nothing is left to go on with.
    expect(await scene.drafts()).toEqual([]);
  });

  it('cancels the sync when it is stopped, follows the one that outlived setup, and says that it failed', async () => {
    let page = await scene.openSetup();
    await walkToRequests(page);
    await page.getByRole('button', { name: 'Write and send' }).click();
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    expect(airbyte.jobs.map(({ status }) => status)).toEqual(['cancelled']);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Airbyte’s job 2 is pending.').waitFor({ state: 'attached' });

    await scene.restart();
    page = await scene.openSetup();
    expect(airbyte.jobs.map(({ status }) => status)).toEqual(['cancelled', 'pending']);
    await page.getByRole('button', { name: 'Load the history now' }).click();
    await page.getByText('Airbyte’s job 2 is pending.').waitFor({ state: 'attached' });
    airbyte.job({ status: 'failed' });
    await page.getByRole('heading', { name: 'Not everything was loaded' }).waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('Airbyte’s job 2 is failed: its log says why.');
    expect(airbyte.jobs).toHaveLength(2);
  });

  it('offers workspaces and destinations as lists, asked with a client id and secret', async () => {
    const page = await scene.openSetup();
    await walkToSchedule(page, scene.emulator);
    await page.getByRole('radio', { name: /^Airbyte/ }).check();
    await page.getByLabel('Airbyte API').fill(airbyte.apiUrl);
    await page.getByRole('button', { name: /^Look up/ }).click();
    await page.getByText('Fill in client id and client secret').waitFor();
    await page.getByLabel('Client id').fill(CLIENT_ID);
    await page.getByLabel('Client secret').fill(CLIENT_SECRET);
    await page.getByRole('button', { name: /^Look up/ }).click();
    await page.getByRole('combobox', { name: 'Workspace' }).waitFor();
    const chosen = (name: string) => page.getByRole('combobox', { name }).locator('option:checked').textContent();
    expect([await chosen('Workspace'), await chosen('Destination')]).toEqual(['Marketing', 'Warehouse']);
    expect(await scene.look(page, 'e-airbyte')).toEqual([]);
    expect(airbyte.calls.map(({ authorization }) => authorization)).toEqual([
      undefined,
      'Bearer short-lived',
      'Bearer short-lived',
    ]);
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('Airbyte answers: workspace Marketing, destination Warehouse.').waitFor();
  });
});
