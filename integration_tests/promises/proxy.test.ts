import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedProxy } from '../../src/testing/scripted-proxy.ts';
import {
  type Identity,
  ok,
  type Scripted,
  ScriptedServer,
  type SeenRequest,
} from '../../src/testing/scripted-server.ts';
import { check, errorOf, read } from '../support/run-source.ts';

// The way to TikTok: proxies and certificates, as a company's network has them. The server has a certificate for
// tiktok.test by a CA that only NODE_EXTRA_CA_CERTS makes known.

const ADVERTISER = '7000000000000000001';
const DAY_MS = 86_400_000;
const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

let ca: Identity;
let identities: Record<'right' | 'expired' | 'other', Identity>;
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
