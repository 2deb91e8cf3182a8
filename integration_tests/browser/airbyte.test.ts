import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENVIRONMENTS_FOLDER } from '../orchestrators/python.ts';
import { runToSuccess } from '../orchestrators/run-program.ts';
import { type StubAirbyte, startStubAirbyte } from './stub-airbyte.ts';
import { useSetup } from './use-setup.ts';
import { walkToAdvertisers, walkToSchedule } from './walk.ts';

const scene = useSetup();
let airbyte: StubAirbyte;

beforeAll(async () => {
  await runToSuccess(resolve(import.meta.dirname, '../orchestrators/setup.sh'), ['airbyte-api'], {
    env: { ORCHESTRATORS_CACHE: ENVIRONMENTS_FOLDER },
  });
}, 300_000);
beforeEach(async () => {
  airbyte = await startStubAirbyte();
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
  await page.getByLabel('Or an access token').fill('airbyte-secret-token');
  await page.getByLabel('Workspace', { exact: true }).fill('ws-1');
  await page.getByLabel('Destination', { exact: true }).fill('destination-1');
  await page.getByLabel('Image of this connector').fill('registry.example.com/source-tiktok-ads:1.2.3');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('#main').getByRole('button', { name: 'Finish', exact: true }).click();
  await page.getByRole('button', { name: 'Write and send' }).waitFor();
}

async function expectModelsToAccept(
  requests: readonly { readonly model: string; readonly body: unknown }[],
): Promise<void> {
  const script = join(import.meta.dirname, 'airbyte_models.py');
  const input = JSON.stringify(requests);
  expect(await runToSuccess(join(ENVIRONMENTS_FOLDER, 'airbyte-api/bin/python'), [script], { input })).toBe('\n');
}

describe('a source and connection in Airbyte', () => {
  it('shows the requests, sends exactly these, and they are what Airbyte’s own client would send', async () => {
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
    await page.getByText('Airbyte has source source-1 and connection connection-1, with its schedule.').waitFor();
    const page1 = 'workspaceIds=ws-1&limit=100';
    const sent = airbyte.calls.slice(before);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/workspaces/ws-1/definitions/sources',
      `GET /v1/sources?${page1}`,
      'POST /v1/workspaces/ws-1/definitions/sources',
      'POST /v1/sources',
      'POST /v1/connections',
    ]);
    expect(new Set(airbyte.calls.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer airbyte-secret-token']),
    );
    const [, , definition, source, connection] = sent.map(({ body }) => body);
    expect(definition).toMatchObject({
      dockerRepository: 'registry.example.com/source-tiktok-ads',
      dockerImageTag: '1.2.3',
    });
    expect(source).toMatchObject({ name: 'Kōwhai & friends', definitionId: 'definition-1', workspaceId: 'ws-1' });
    expect(connection).toMatchObject({ sourceId: 'source-1', destinationId: 'destination-1' });
    await expectModelsToAccept([
      { model: 'CreateDefinitionRequest', body: definition },
      { model: 'SourceCreateRequest', body: source },
      { model: 'ConnectionCreateRequest', body: connection },
    ]);
    expect(await readdir(join(scene.folder, 'kowhai-friends'))).toEqual(['.gitignore', 'config.json', 'setup.json']);
  });

  it('says what Airbyte refused and what had been made by then, without a secret', async () => {
    airbyte.refuse(
      '/v1/connections',
      422,
      JSON.stringify({ detail: 'no such destination', sent: 'airbyte-secret-token' }),
    );
    const page = await scene.openSetup();
    await walkToRequests(page);
    await page.getByRole('button', { name: 'Write and send' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    const text = await alert.textContent();
    expect(text).toContain('no such destination');
    expect(text).toContain('Done before that: connector definition-1 made, source source-1 made.');
    expect(text).not.toContain('airbyte-secret-token');
  });

  it('changes the source and connection that are there, as Airbyte’s own client would', async () => {
    await airbyte.close();
    airbyte = await startStubAirbyte({
      definitions: [
        { id: 'ours', dockerRepository: 'registry.example.com/source-tiktok-ads', dockerImageTag: '1.2.3' },
      ],
      sources: [{ sourceId: 'there', name: 'Kōwhai & friends', definitionId: 'ours' }],
      connections: [{ connectionId: 'daily', sourceId: 'there', destinationId: 'destination-1' }],
    });
    const page = await scene.openSetup();
    await walkToRequests(page);
    await page.getByRole('button', { name: 'Write and send' }).click();
    await page.getByText('Airbyte has source there and connection daily, with its schedule.').waitFor();
    const changes = airbyte.calls.filter(({ method }) => method !== 'GET');
    expect(changes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /v1/sources/there',
      'PATCH /v1/connections/daily',
    ]);
    await expectModelsToAccept([
      { model: 'SourcePutRequest', body: changes[0]?.body },
      { model: 'ConnectionPatchRequest', body: changes[1]?.body },
    ]);
  });

  it('offers workspaces and destinations as lists, asked with a client id and secret', async () => {
    const page = await scene.openSetup();
    await walkToSchedule(page, scene.emulator);
    await page.getByRole('radio', { name: /^Airbyte/ }).check();
    await page.getByLabel('Airbyte API').fill(airbyte.apiUrl);
    await page.getByRole('button', { name: /^Look up/ }).click();
    await page.getByText('Fill in client id and client secret').waitFor();
    await page.getByLabel('Client id').fill('client-1');
    await page.getByLabel('Client secret').fill('client-secret');
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
