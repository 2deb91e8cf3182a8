import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEFT, loadByAirbyte } from '../../src/setup/first-load/load-by-airbyte.ts';
import { ProgressOfLoad } from '../../src/setup/first-load/load-progress.ts';
import {
  type AirbyteCall,
  airbyteId,
  CLIENT_ID,
  CLIENT_SECRET,
  DESTINATION,
  type EmulatedAirbyte,
  startEmulatedAirbyte,
  TOKEN,
  WORKSPACE,
} from '../support/emulated-airbyte.ts';
import { emulator, newForEachTest, setup } from '../support/run-setup.ts';
import { pythonProgram } from './python.ts';
import { runToSuccess } from './run-program.ts';

newForEachTest();

// Airbyte itself needs images that are not here. Its own client is generated from the API's document: what setup sends is
// sent by it once more, to a second emulated Airbyte, and it reads what the emulated one answers.

let airbyte: EmulatedAirbyte;
let twin: EmulatedAirbyte;
beforeEach(async () => {
  [airbyte, twin] = [await startEmulatedAirbyte(), await startEmulatedAirbyte()];
});
afterEach(() => Promise.all([airbyte.close(), twin.close()]));

/** What the client sends unasked: defaults of the API's document. */
const DEFAULTS = {
  query: { includeDeleted: 'false', offset: '0' },
  body: { namespaceDefinition: 'destination', nonBreakingSchemaUpdatesBehavior: 'ignore', prefix: '' },
};

const send = async (more: readonly string[]) => {
  const { output, code } = await setup(
    [
      ...['--auth-code', emulator.issueAuthCode(), '--app-id', emulator.credentials.app_id, '--name', 'Brand'],
      ...['--start-date', '2026-03-01', '--target', 'airbyte', '--airbyte-url', airbyte.apiUrl],
      ...['--workspace-id', WORKSPACE, '--destination-id', DESTINATION, '--airbyte-client-id', CLIENT_ID],
      ...['--image', 'registry.example.com/source-tiktok-ads:1.2.3', '--replace', ...more],
    ],
    { AIRBYTE_CLIENT_SECRET: CLIENT_SECRET },
  );
  expect(output).toContain(`Airbyte has source ${airbyteId('source', 1)} and connection ${airbyteId('connection', 1)}`);
  expect(code).toBe(0);
};

/** Begins the first sync, or follows the one that runs. */
const load = async () => {
  const stop = new AbortController();
  let ended: Promise<string | undefined> | undefined;
  await new Promise<void>((begun) => {
    ended = loadByAirbyte({
      access: { apiUrl: airbyte.apiUrl, token: TOKEN, clientId: '', clientSecret: '' },
      connectionId: airbyteId('connection', 1),
      progress: new ProgressOfLoad(begun),
      signal: stop.signal,
      redact: (text) => text,
    });
  });
  return async (reason?: typeof LEFT) => {
    stop.abort(reason);
    expect(await ended).toBe(undefined);
  };
};

/** A call in parts; of a configuration, the client knows those of Airbyte's connectors only. */
const partsOf = ({ method, path, body }: AirbyteCall) => {
  const { pathname, searchParams } = new URL(path, 'http://airbyte');
  const { configuration: _, ...rest } = body ?? {};
  return { method, pathname, query: Object.fromEntries(searchParams), body: rest };
};

describe('setup into Airbyte', () => {
  it('sends what Airbyte’s own client sends, from the first look to a sync that is cancelled', async () => {
    await send(['--time', '13:30', '--zone', 'UTC']);
    await send(['--end-date', '2026-03-31', '--streams', 'campaign_daily,ad_daily']);
    const leave = await load();
    await leave(LEFT);
    const [stop, stopAgain] = [await load(), await load()];
    await stop();
    await stopAgain();

    const calls = airbyte.calls.filter(({ path }) => path !== '/applications/token');
    expect(
      new Set(calls.map(({ method, path }) => `${method} ${path.replace(/\?.*|[0-9a-f-]{36}|\d+$/g, '')}`)),
    ).toEqual(
      new Set([
        ...['GET /workspaces', 'GET /destinations', 'GET /workspaces//definitions/sources', 'GET /sources'],
        ...['POST /workspaces//definitions/sources', 'POST /sources', 'POST /connections'],
        ...['PUT /sources/', 'GET /connections', 'PATCH /connections/'],
        ...['POST /jobs', 'GET /jobs', 'DELETE /jobs/', 'GET /jobs/'],
      ]),
    );
    const input = JSON.stringify({
      server: twin.apiUrl,
      token: TOKEN,
      calls: calls.map(({ method, path, body }) => ({ method, path, body })),
    });
    const script = resolve(import.meta.dirname, 'python/replay_calls.py');
    const read = JSON.parse(await runToSuccess(pythonProgram('airbyte-api', 'python'), [script], { input }));

    // What the client sends is what setup sent, and its defaults.
    const theirs = twin.calls.map(partsOf);
    const ours = calls.map(partsOf);
    const withDefaults = ours.map((call, at) => ({
      ...call,
      query: { ...pick(DEFAULTS.query, theirs[at]?.query), ...call.query },
      body: { ...pick(DEFAULTS.body, theirs[at]?.body), ...call.body },
    }));
    expect(theirs).toEqual(withDefaults);
    expect(twin.calls.map(({ authorization }) => authorization)).toEqual(calls.map(() => `Bearer ${TOKEN}`));
    // What it reads is what was answered, to the last key.
    expect(read).toEqual(twin.calls.map(({ status, answer }) => ({ status, ...(status < 300 ? { answer } : {}) })));
    expect(twin.calls.map(({ status }) => status)).toEqual(calls.map(({ status }) => status));
  });
});

/** Those entries whose keys are there. */
function pick(entries: object, there: object = {}): object {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => key in there));
}
