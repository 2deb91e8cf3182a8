import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { envelope, ok, ScriptedServer } from '../../src/testing/scripted-server.ts';
import { errorOf, read } from '../support/run-source.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { breaches, expectFair, Fleet, until } from './fleet.ts';
import { Store } from './store.ts';

// The scripts use only commands that each of these servers, which operators use, knows.

let certificate: Certificate;
let api: ScriptedServer;
beforeAll(async () => {
  certificate = await makeCertificate();
  api = await ScriptedServer.start(() => ok({}));
});
afterAll(() => api.stop());

describe.each([
  ['Redis', () => Store.start()],
  ['Redis over TLS', () => Store.start({ certificate })],
  ['Valkey', () => Store.start({ program: process.env.VALKEY_SERVER ?? '' })],
])('%s', (_, start) => {
  let store: Store;
  beforeAll(async () => {
    store = await start();
  });
  afterAll(() => store.kill());

  it('keeps the quota of three processes', async () => {
    const order = { apiUrl: api.url, store: store.url, name: 'shared', perSecond: 10 };
    expectFair(await Fleet.run(6, 3, order, { NODE_EXTRA_CA_CERTS: certificate.certPath }), 10, 0.9);
  });

  it('closes for all of them at a throttle, opens at an answer, and counts their day', async () => {
    let requests = 0;
    const throttling = await ScriptedServer.start(() => {
      requests += 1;
      return requests === 5 ? envelope(40100, 'App reaches the QPS limit 10') : ok({});
    });
    const order = { apiUrl: throttling.url, store: store.url, name: 'day', perSecond: 10, perDay: 25 };
    const fleet = new Fleet(3, order, { NODE_EXTRA_CA_CERTS: certificate.certPath });
    await until(() =>
      fleet.workers.every(({ news }) => news.some((one) => one.type === 'failed' && one.kind === 'quota_exhausted')),
    );
    fleet.stop();
    await throttling.stop();
    expect(fleet.left).toHaveLength(25);
    expect(breaches(fleet.left, 10)).toBe(0);
    expect(await store.command('HMGET', 'tiktok-quota:{day}:throttle', 'probing', 'step', 'pauses')).toMatch(
      /^\*3(\r\n\$1\r\n0){3}\r\n$/,
    );
    expect(Math.max(...fleet.left.slice(1).map((moment, index) => moment - (fleet.left[index] ?? 0)))).toBeGreaterThan(
      990,
    );
  });
});

it('whose certificate is not trusted ends a read at once, as a wrong configuration', async () => {
  const emulator = await startEmulator();
  const store = await Store.start({ certificate });
  const run = await read({ config: emulator.config({ shared_quota: { url: store.url } }) });
  await Promise.all([store.kill(), emulator.close()]);
  expect(run.exit).toBe(1);
  expect(errorOf(run)).toMatchObject({
    failure_type: 'config_error',
    message: expect.stringMatching(/^The certificate of the store of the shared quota .*NODE_EXTRA_CA_CERTS/s),
  });
  expect(emulator.requestCount).toBe(0);
});
