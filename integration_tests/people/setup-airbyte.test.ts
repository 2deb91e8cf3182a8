import { describe, expect, it } from 'vitest';
import { airbyteId, DESTINATION, startEmulatedAirbyte, WORKSPACE } from '../support/emulated-airbyte.ts';
import { emulator, setup } from '../support/run-setup.ts';

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
      airbyte.refuse('/v1/connections', 422, '{"detail": "no such destination"}');
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
        'GET /v1/workspaces',
        'GET /v1/destinations',
        `GET /v1/workspaces/${WORKSPACE}/definitions/sources`,
        'GET /v1/sources',
        `PUT /v1/sources/${airbyteId('source', 1)}`,
        'GET /v1/connections',
        'POST /v1/connections',
      ]);
      expect(airbyte.listed('definition')).toHaveLength(1);
      expect(airbyte.listed('source')).toEqual([
        expect.objectContaining({ configuration: expect.objectContaining({ end_date: '2026-03-31' }) }),
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
});
