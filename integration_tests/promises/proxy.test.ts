import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { ScriptedProxy } from '../../src/testing/scripted-proxy.ts';
import {
  type Identity,
  ok,
  type Scripted,
  ScriptedServer,
  type SeenRequest,
} from '../../src/testing/scripted-server.ts';
import { DESTINATION, startEmulatedAirbyte, TOKEN, WORKSPACE } from '../support/emulated-airbyte.ts';
import { runVerb } from '../support/run-people.ts';
import { check, errorOf, read } from '../support/run-source.ts';
import { runTap } from '../support/run-tap.ts';

// The way to TikTok: proxies and certificates, as a company's network has them. The server has a certificate for
// tiktok.test by a CA that only NODE_EXTRA_CA_CERTS makes known.

const ADVERTISER = '7000000000000000001';
const DAY_MS = 86_400_000;
/** Several programs run one after the other, on a machine that may have much else to do. */
const MANY_PROGRAMS_MS = 240_000;
const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

let ca: Identity;
let identities: Record<'right' | 'airbyte' | 'expired' | 'other', Identity>;
beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'Test CA' }], {
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  ca = { key: made.private, cert: made.cert };
  const signed = async (host: string, dates: { notBeforeDate?: Date; notAfterDate?: Date } = {}): Promise<Identity> => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
      ca,
      ...dates,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
    });
    return { key, cert };
  };
  identities = {
    right: await signed('tiktok.test'),
    airbyte: await signed('airbyte.test'),
    other: await signed('elsewhere.test'),
    expired: await signed('tiktok.test', {
      notBeforeDate: new Date(Date.now() - 20 * DAY_MS),
      notAfterDate: new Date(Date.now() - 10 * DAY_MS),
    }),
  };
});

let folder: string;
const open: { stop(): Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  for (const name of VARIABLES.flatMap((one) => [one, one.toLowerCase()])) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of open.splice(0)) await one.stop();
  await rm(folder, { recursive: true });
});

/** A TikTok at https://tiktok.test, which only the proxy can find. */
async function setUp({
  identity = identities.right,
  ...proxying
}: Parameters<typeof ScriptedProxy.start>[1] & { identity?: Identity } = {}) {
  const server = await ScriptedServer.start(answer, identity);
  const proxy = await ScriptedProxy.start(server.port, proxying);
  open.push(server, proxy);
  return { server, proxy };
}

async function trustCa(): Promise<void> {
  const path = join(folder, 'ca.pem');
  await writeFile(path, ca.cert);
  vi.stubEnv('NODE_EXTRA_CA_CERTS', path);
}

const config = (overrides: object = {}) => ({
  credentials: { auth_type: 'access_token', access_token: 'token-0123456789' },
  advertiser_ids: [ADVERTISER],
  start_date: new Date(Date.now() - 200 * DAY_MS).toISOString().slice(0, 10),
  api_url: 'https://tiktok.test/open_api/v1.3/',
  ...overrides,
});

function answer({ path }: SeenRequest): Scripted {
  if (path === 'advertiser/info/') return ok({ list: [{ advertiser_id: ADVERTISER, timezone: 'UTC' }] });
  return ok({ list: [], page_info: { page: 1, page_size: 0, total_number: 0, total_page: 0 } });
}

describe('a proxy', () => {
  it('is given its name and password decoded, and its tunnels are kept for all requests', async () => {
    await trustCa();
    const { server, proxy } = await setUp({ credentials: 'u:p@ss' });
    vi.stubEnv('HTTPS_PROXY', `http://u:p%40ss@${proxy.host}`);
    const run = await read({ config: config({ quota: { per_second: 4, per_minute: 240, per_day: 1000 } }) });
    expect(run.exit, run.stdout).toBe(0);
    expect(server.seen.length).toBeGreaterThan(7);
    expect(proxy.tunnels.length).toBeLessThan(server.seen.length / 2);
    expect(proxy.tunnels[0]).toEqual({ target: 'tiktok.test:443', credentials: 'u:p@ss' });
  });

  it.each(['HTTPS_PROXY', 'ALL_PROXY'])('may be named as host:port in %s', async (variable) => {
    await trustCa();
    const { proxy } = await setUp();
    vi.stubEnv(variable, proxy.host);
    const run = await check(config());
    expect(run.messages.at(-1)?.connectionStatus, run.stdout).toMatchObject({ status: 'SUCCEEDED' });
    expect(proxy.tunnels.length).toBeGreaterThan(0);
  });

  it('that refuses name and password ends the run, naming the variable and no password', async () => {
    await trustCa();
    const { proxy } = await setUp({ credentials: 'u:right' });
    vi.stubEnv('HTTPS_PROXY', `http://u:wr0ngsecret@${proxy.host}`);
    const run = await read({ config: config() });
    expect(errorOf(run)).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/HTTP 407.*HTTPS_PROXY.*%40/s),
    });
    expect(run.stdout + run.stderr).not.toContain('wr0ngsecret');
    expect(proxy.tunnels).toHaveLength(1);
  });

  it.each(['socks5://127.0.0.1:1080', 'http://u:%zz@127.0.0.1:1', 'http://'])('%s is refused in words', async (url) => {
    vi.stubEnv('ALL_PROXY', url);
    const run = await read({ config: config() });
    expect(errorOf(run)).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/ALL_PROXY.*SOCKS proxies are not supported/s),
    });
  });

  it('that never answers ends requests in time, and the process with them', async () => {
    const { proxy } = await setUp({ behaviour: 'hang' });
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    const run = await read({ config: config({ request_timeout_seconds: 1, patience_seconds: 2 }) });
    expect(run.exit).not.toBe(0);
    expect(errorOf(run)?.failure_type).toBe('transient_error');
  });

  it('that closes the connection is a failed connection, which is tried again', async () => {
    const { proxy } = await setUp({ behaviour: 'close' });
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    const run = await read({ config: config({ patience_seconds: 2 }) });
    expect(errorOf(run)).toMatchObject({
      failure_type: 'transient_error',
      message: expect.stringContaining(`The connection to tiktok.test through the proxy http://${proxy.host} failed`),
    });
    expect(proxy.tunnels.length).toBeGreaterThan(1);
  });

  it('that answers in the place of TikTok is not believed', async () => {
    const { proxy } = await setUp({ behaviour: 'forge' });
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    const run = await read({ config: config({ patience_seconds: 1 }) });
    expect(run.exit, run.stdout).not.toBe(0);
    expect(errorOf(run)).toMatchObject({
      failure_type: 'transient_error',
      message: expect.stringContaining(`through the proxy http://${proxy.host} failed (the proxy answered HTTP 403)`),
    });
  });

  it('is not asked for a host in NO_PROXY, nor for one on this machine', async () => {
    const { proxy } = await setUp();
    const local = await ScriptedServer.start(answer);
    open.push(local);
    for (const variable of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) vi.stubEnv(variable, `http://${proxy.host}`);
    expect((await read({ config: config({ api_url: local.url }) })).exit).toBe(0);
    vi.stubEnv('NO_PROXY', 'tiktok.test');
    await read({ config: config({ patience_seconds: 1 }) });
    expect(proxy.tunnels).toEqual([]);
  });
});

/** Everything that asks somebody, as people run it against these two: setup into Airbyte, then the verbs with a configuration. */
async function runAll(emulator: Awaited<ReturnType<typeof startEmulator>>, apiUrl: string, airbyteUrl: string) {
  const env = { TIKTOK_APP_SECRET: emulator.credentials.secret, AIRBYTE_TOKEN: TOKEN };
  const [app, day] = [emulator.credentials.app_id, '2026-03-10'];
  const setup = [
    ...['setup', '--api-url', apiUrl, '--auth-code', emulator.issueAuthCode(), '--app-id', app, '--name', 'Brand'],
    ...['--start-date', day, '--target', 'airbyte', '--airbyte-url', airbyteUrl, '--workspace-id', WORKSPACE],
    ...['--destination-id', DESTINATION, '--image', 'registry.example.com/source-tiktok-ads:1.2.3'],
  ];
  const file = join(folder, 'config.json');
  const given = emulator.config({ start_date: day, api_url: apiUrl });
  await writeFile(file, JSON.stringify(given));
  const [tap, ...ran] = await Promise.all([
    runTap({ config: given }),
    runVerb(setup, { cwd: folder, env }),
    ...['advertisers', 'plan', 'check'].map((verb) => runVerb([verb, '--config', file])),
    runVerb(['sync', '--config', file, '--to', `csv:${folder}`]),
  ]);
  expect(ran, JSON.stringify(ran)).toEqual(ran.map(() => expect.objectContaining({ status: 0 })));
  expect((await readFile(join(folder, 'campaign_daily.csv'), 'utf8')).split('\n').length).toBeGreaterThan(100);
  expect(tap.exit).toBe(0);
}

describe('with a proxy in every variable and no NO_PROXY', () => {
  const useProxy = ({ host }: { readonly host: string }) => {
    for (const variable of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) vi.stubEnv(variable, `http://${host}`);
  };

  it('nothing on this machine is asked for through it: setup, demo, the tap and every verb need none', {
    timeout: MANY_PROGRAMS_MS,
  }, async () => {
    const proxy = await ScriptedProxy.start(9, { behaviour: 'hang' });
    const [emulator, airbyte] = [await startEmulator(), await startEmulatedAirbyte()];
    open.push(proxy, { stop: () => emulator.close() }, { stop: () => airbyte.close() });
    useProxy(proxy);
    await runAll(emulator, emulator.apiUrl, airbyte.apiUrl);
    const named = emulator.apiUrl.replace('127.0.0.1', 'localhost');
    expect((await check(emulator.config({ api_url: named }))).stdout).toContain('SUCCEEDED');
    const demo = await runVerb(['demo', '--folder', join(folder, 'demo')]);
    expect(demo, demo.stdout).toMatchObject({ status: 0, stderr: '' });
    expect([...proxy.tunnels, ...proxy.fetched]).toEqual([]);
  });

  it('all else goes through it: TikTok and Airbyte, from setup, the tap and every verb', {
    timeout: MANY_PROGRAMS_MS,
  }, async () => {
    await trustCa();
    const [emulator, airbyte] = [await startEmulator(), await startEmulatedAirbyte()];
    const ports = new Map([
      ['tiktok.test:443', await behindTls(identities.right, new URL(emulator.apiUrl).port)],
      ['airbyte.test:443', await behindTls(identities.airbyte, new URL(airbyte.apiUrl).port)],
    ]);
    const proxy = await ScriptedProxy.start((target) => ports.get(target) ?? 9);
    open.push(proxy, { stop: () => emulator.close() }, { stop: () => airbyte.close() });
    useProxy(proxy);
    // No other way leads to these names.
    await runAll(emulator, 'https://tiktok.test/open_api/v1.3/', 'https://airbyte.test/api/public/v1');
    expect(new Set(proxy.tunnels.map(({ target }) => target))).toEqual(new Set(ports.keys()));
  });

  it('a TikTok behind plain http is fetched by it, with the connection kept', async () => {
    const emulator = await startEmulator();
    const proxy = await ScriptedProxy.start(Number(new URL(emulator.apiUrl).port));
    open.push(proxy, { stop: () => emulator.close() });
    useProxy(proxy);
    const run = await read({ config: emulator.config({ api_url: 'http://tiktok.test/open_api/v1.3/' }) });
    expect(run.exit, run.stdout.slice(-500)).toBe(0);
    expect(proxy.fetched.length).toBeGreaterThan(5);
    expect(proxy.fetched.every((url) => url.startsWith('http://tiktok.test/open_api/v1.3/'))).toBe(true);
    expect(proxy.tunnels).toEqual([]);
  });
});

/** A server that takes the TLS off, and what is behind it to a port of this machine; returns its own port. */
async function behindTls(identity: Identity, port: string): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = tls.createServer(identity, (socket) => {
    const inner = net.connect(Number(port), '127.0.0.1');
    socket.pipe(inner).pipe(socket);
    for (const one of [socket, inner]) {
      sockets.add(one);
      one.on('error', () => {}); // The other end may go first.
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  });
  return (server.address() as AddressInfo).port;
}

describe('a certificate', () => {
  it.each([
    ['of an unknown CA', 'right', false],
    ['that has expired', 'expired', true],
    ['for another host', 'other', true],
  ] as const)('%s ends the run at once, naming NODE_EXTRA_CA_CERTS', async (_says, identity, isTrusted) => {
    if (isTrusted) await trustCa();
    const { proxy, server } = await setUp({ identity: identities[identity] });
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    const run = await read({ config: config() });
    expect(errorOf(run)).toMatchObject({
      failure_type: 'config_error',
      message: expect.stringMatching(/certificate.*NODE_EXTRA_CA_CERTS/s),
    });
    expect(proxy.tunnels).toHaveLength(1);
    expect(server.seen).toEqual([]);
  });
});
