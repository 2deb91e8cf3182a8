import { describe, expect, it } from 'vitest';
import { AirbyteApi } from '../../src/setup/result/airbyte-api.ts';
import {
  airbyteId,
  CLIENT_ID,
  DESTINATION,
  startEmulatedAirbyte,
  TOKEN,
  WORKSPACE,
} from '../support/emulated-airbyte.ts';
import { emulator, newForEachTest, setup } from '../support/run-setup.ts';

newForEachTest();

describe('setup into Airbyte', () => {
  const IMAGE = { dockerRepository: 'registry.example.com/source-tiktok-ads', dockerImageTag: '1.2.3' };
  const send = (apiUrl: string, more: readonly string[] = []) =>
    setup(
      [
        ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
        ...['--start-date', '2026-03-01', '--target', 'airbyte', '--airbyte-url', apiUrl, '--workspace-id', WORKSPACE],
        ...['--destination-id', DESTINATION, '--image', 'registry.example.com/source-tiktok-ads:1.2.3', '--replace'],
        ...more,
      ],
      { AIRBYTE_TOKEN: 'airbyte-secret-token' },
    );

  it('changes the source that a refused connection left behind, and makes no second one', async () => {
    const airbyte = await startEmulatedAirbyte();
    try {
      airbyte.refuse('/connections', 422, '{"detail": "no such destination"}');
      const refused = await send(airbyte.apiUrl);
      expect(refused.output).toContain('no such destination');
      expect(refused.output).toContain(
        `Done before that: connector ${airbyteId('definition', 1)} made, source ${airbyteId('source', 1)} made.`,
      );
      expect(refused.code).toBe(1);

      airbyte.recover();
      const before = airbyte.calls.length;
      const done = await send(airbyte.apiUrl, ['--end-date', '2026-03-31']);
      expect(done.output).toContain(
        `Airbyte has source ${airbyteId('source', 1)} and connection ${airbyteId('connection', 1)}.`,
      );
      expect(done.code).toBe(0);
      expect(airbyte.calls.slice(before).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)).toEqual([
        // The check looks whether workspace and destination are there.
        'GET /workspaces',
        'GET /destinations',
        `GET /workspaces/${WORKSPACE}/definitions/sources`,
        'GET /sources',
        `PUT /sources/${airbyteId('source', 1)}`,
        'GET /connections',
        'POST /connections',
      ]);
      expect(airbyte.listed('definition')).toHaveLength(1);
      expect(airbyte.listed('source')).toEqual([
        expect.objectContaining({ configuration: expect.objectContaining({ end_date: '2026-03-31' }) }),
      ]);

      // A table that is chosen later comes to those that the connection reads, which stay as they are there.
      const [connection] = airbyte.listed('connection');
      const streams = [{ name: 'campaign_daily', syncMode: 'full_refresh_append', selectedFields: [] }];
      Object.assign(connection ?? {}, { configurations: { streams } });
      expect((await send(airbyte.apiUrl, ['--streams', 'campaign_daily,ad_daily'])).code).toBe(0);
      expect(airbyte.listed('connection')).toMatchObject([
        {
          configurations: {
            streams: [
              { name: 'campaign_daily', syncMode: 'full_refresh_append' },
              { name: 'ad_daily', syncMode: 'incremental_deduped_history' },
            ],
          },
        },
      ]);
      for (const { output } of [refused, done]) expect(output).not.toContain('airbyte-secret-token');
    } finally {
      await airbyte.close();
    }
  });

  it('finds its source on any page of the list, whatever version it runs, but no other connector’s', async () => {
    const ours = airbyteId('source', 1);
    const others = Array.from({ length: 130 }, (_, index) => ({
      sourceId: airbyteId('source', 100 + index),
      name: index === 3 ? 'Brand' : `Other ${index}`,
      definitionId: airbyteId('definition', 1),
    }));
    const airbyte = await startEmulatedAirbyte({
      definition: [
        {
          id: airbyteId('definition', 1),
          name: 'Postgres',
          dockerRepository: 'airbyte/source-postgres',
          dockerImageTag: '3.0',
        },
        { id: airbyteId('definition', 2), name: 'Ours', ...IMAGE, dockerImageTag: '1.0.0' },
      ],
      source: [...others, { sourceId: ours, name: 'Brand', definitionId: airbyteId('definition', 2) }],
      connection: [
        { connectionId: airbyteId('connection', 1), sourceId: ours, destinationId: airbyteId('destination', 2) },
      ],
    });
    try {
      const { output, code } = await send(airbyte.apiUrl, ['--time', '13:30', '--zone', 'UTC']);
      expect(output).toContain(
        `Airbyte has source ${ours} and connection ${airbyteId('connection', 2)}, with its schedule.`,
      );
      expect(code).toBe(0);
      expect(airbyte.listed('source')).toHaveLength(131);
      expect(airbyte.listed('definition')).toHaveLength(2);
    } finally {
      await airbyte.close();
    }
  });

  it('says what a refusal means, from the problem in it, and what to do', async () => {
    const airbyte = await startEmulatedAirbyte();
    const says = async (path: string, access = {}) => {
      const api = new AirbyteApi(
        { apiUrl: airbyte.apiUrl, token: TOKEN, clientId: CLIENT_ID, clientSecret: 'wrong', ...access },
        { signal: new AbortController().signal, redact: (text) => text },
      );
      const said = api.ask({ method: 'GET', path }).catch(({ message }) => message);
      return said.finally(() => api.close());
    };
    try {
      expect(await says('/workspaces', { token: '' })).toBe(
        'Airbyte answered HTTP 400: Bad Request: Invalid client id or token. The client id and secret are not ' +
          'accepted: Airbyte shows them under Settings, Applications.',
      );
      expect(await says('/workspaces', { token: 'old' })).toBe(
        'Airbyte answered HTTP 401: Unauthorized. The access token is not accepted, or no longer: make a new one.',
      );
      expect(await says(`/sources?workspaceIds=${airbyteId('workspace', 2)}`)).toBe(
        'Airbyte answered HTTP 403: The request is forbidden: Caller does not have the required WORKSPACE_READER ' +
          'permissions to access the resource(s). Is this the right workspace, and may this user of Airbyte edit it?',
      );
      expect(await says('/jobs/7')).toBe(
        'Airbyte answered HTTP 404: The requested resource could not be found: {"resourceType":"JOB","resourceId":"7"}.',
      );
      expect(await says('/no-such-path')).toBe(
        'Airbyte answered HTTP 404: Not Found: Page Not Found. The address usually ends in /api/public/v1, and Airbyte ' +
          'has to be 1.6 or later.',
      );
      // The web server before Airbyte, as an address without /api/public/v1 meets it, and as it ends a long wait.
      airbyte.refuse('/sources', 405, '<html>\n<head><title>405 Not Allowed</title></head>\n<body></body></html>');
      expect(await says('/sources')).toBe(
        'Airbyte answered HTTP 405: 405 Not Allowed. The address usually ends in /api/public/v1, and Airbyte has to be ' +
          '1.6 or later.',
      );
      airbyte.refuse('/sources', 504, '<html>\n<head><title>504 Gateway Time-out</title></head>\n<body></body></html>');
      expect(await says('/sources')).toBe(
        'Airbyte answered HTTP 504: 504 Gateway Time-out. Airbyte may still end what it began: try again in a minute, ' +
          'and that is found.',
      );
    } finally {
      await airbyte.close();
    }
  });
});
