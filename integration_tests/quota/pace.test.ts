import { createConnection, createServer } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ok, ScriptedServer } from '../../src/testing/scripted-server.ts';
import { makeCertificate } from './certificate.ts';
import { expectFair, expectPace, Fleet } from './fleet.ts';
import { Store } from './store.ts';

// Processes with the client of the programs, one store, and a server that answers at once. The tests measure when the
// bytes of a request leave.

let store: Store;
let server: ScriptedServer;
beforeAll(async () => {
  store = await Store.start();
  server = await ScriptedServer.start(() => ok({}));
});
afterAll(async () => {
  await server.stop();
  await store.kill();
});

const order = (name: string, perSecond: number) => ({ apiUrl: server.url, store: store.url, name, perSecond });

describe('four processes at 10 a second', () => {
  it.concurrent('never break any second, use 0.96 of the quota, and have equal parts', async () => {
    expectFair(await Fleet.run(60, 4, order('quiet', 10)), 10, 0.96);
  });

  it.concurrent('do so when their event loops stall for up to 420 ms, at 0.90', async () => {
    expectFair(await Fleet.run(60, 4, { ...order('stalls', 10), stallMs: 420 }), 10, 0.9);
  });

  // Each process stops at random, for so long that twenty seconds have no equal parts.
  it.concurrent('never break any second when one in five commands to the store is followed by a wait for a processor', async () => {
    expectPace(await Fleet.run(20, 4, { ...order('waits', 10), stallAfterCommandMs: 200 }), 10, 0.75);
  });

  it.concurrent('do so when each connection is new and takes up to 300 ms', async () => {
    const certificate = await makeCertificate();
    const answer = () => ({ ...ok({}), headers: { Connection: 'close' } });
    const secure = await ScriptedServer.start(answer, certificate);
    const { port: upstreamPort } = secure;
    const slow = createServer((client) => {
      client.on('error', () => {});
      setTimeout(() => {
        const upstream = createConnection(upstreamPort, '127.0.0.1').on('error', () => client.destroy());
        client.pipe(upstream).pipe(client);
      }, Math.random() * 300);
    });
    const port = await new Promise<number>((resolve) => {
      slow.listen(0, '127.0.0.1', () => resolve((slow.address() as { port: number }).port));
    });
    try {
      const apiUrl = `https://127.0.0.1:${port}/open_api/v1.3/`;
      const fleet = await Fleet.run(
        40,
        4,
        { ...order('cold', 10), apiUrl },
        { NODE_EXTRA_CA_CERTS: certificate.certPath },
      );
      // A request that has its permit and is still connecting counts as leaving now.
      expectFair(fleet, 10, 0.75);
    } finally {
      slow.close();
      await secure.stop();
    }
  });
});

describe('sixteen processes at 50 a second', () => {
  it('never break any second, use 0.96 of the quota, and have equal parts', async () => {
    expectFair(await Fleet.run(30, 16, order('many', 50)), 50, 0.96);
  });

  it('do so when their event loops stall for up to 420 ms, at 0.90', async () => {
    expectFair(await Fleet.run(30, 16, { ...order('many-stalls', 50), stallMs: 420 }), 50, 0.9);
  });
});
