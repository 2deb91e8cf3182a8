import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, report } from '../testing/emulator-client.ts';
import { type Emulator, startEmulator } from './start-emulator.ts';

let tiktok: Emulator;
beforeAll(async () => {
  tiktok = await startEmulator();
});
afterAll(() => tiktok.close());

describe('what tests can do to it', () => {
  it('suspends, deletes, withdraws and grants an advertiser, and revokes the token', async () => {
    const world = await startEmulator({ accounts: 'brand' });
    const [a = '', b = ''] = world.accounts.map(({ id }) => id);
    const codeOf = async (id: string) => (await report(world, { advertiser_id: id })).body;
    const { app_id, secret } = world.credentials;
    const listed = async () =>
      (await get(world, 'oauth2/advertiser/get/', { app_id, secret })).body.data.list.length as number;
    world.suspend(a);
    expect(await codeOf(a)).toMatchObject({ code: 40001, message: `No permission to operate advertiser: ${a}` });
    world.suspend(a, 'deleted');
    expect(await codeOf(a)).toMatchObject({
      code: 40001,
      message: `advertiser ${a} doesn't exist or has been deleted.`,
    });
    expect([(await codeOf(b)).code, await listed()]).toEqual([0, 2]);
    world.withdraw(a);
    expect([(await codeOf(a)).code, await listed()]).toEqual([40001, 1]);
    world.grant(a);
    expect([(await codeOf(a)).code, await listed()]).toEqual([0, 2]);
    world.revokeToken();
    expect((await codeOf(b)).code).toBe(40105);
    await world.close();
  });

  it('logs each request with what was asked and answered, and no secret', async () => {
    const world = await startEmulator({ requestLogMax: 4 });
    const { app_id, secret } = world.credentials;
    await get(world, 'oauth2/advertiser/get/', { app_id, secret });
    await report(world);
    expect(world.requests.map(({ path, code, httpStatus }) => [path, code, httpStatus])).toEqual([
      ['/open_api/v1.3/oauth2/advertiser/get/', 0, 200],
      ['/open_api/v1.3/report/integrated/get/', 0, 200],
    ]);
    expect(world.requests[1]).toMatchObject({
      advertiserId: world.accounts[0]?.id,
      params: { page_size: '1000', dimensions: ['campaign_id', 'stat_time_day'] },
    });
    expect(JSON.stringify(world.requests)).not.toContain(secret);
    for (let count = 0; count < 20; count++) await report(world, { page: 9 });
    expect(world.requests.length).toBeLessThanOrEqual(5);
    expect(world.requestCount).toBe(22);
    await world.close();
  });

  it('gives the same data for the same seed whatever the clock began with, and other data for another seed', async () => {
    const spend = async (options: object) => {
      const world = await startEmulator(options);
      const rows = [...world.expectedRows({ from: '2026-01-01', to: '2026-01-10' })].map(({ texts }) => texts.spend);
      await world.close();
      return rows;
    };
    const one = await spend({ seed: 5 });
    expect(await spend({ seed: 5, now: '2026-06-01T00:00:00Z' })).toEqual(one);
    expect(await spend({ seed: 6 })).not.toEqual(one);
  });

  it('says which port is in use', async () => {
    const port = Number(new URL(tiktok.origin).port);
    await expect(startEmulator({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
  });

  it('hands out a configuration that fits it', async () => {
    const world = await startEmulator({ tier: 'advanced' });
    expect(world.config({ start_date: '2026-01-01', quota: undefined, api_tier: 'advanced' })).toEqual({
      credentials: { auth_type: 'oauth2.0', ...world.credentials },
      start_date: '2026-01-01',
      api_url: world.apiUrl,
      api_tier: 'advanced',
    });
    expect(world.config().quota).toEqual({
      per_second: 20,
      per_minute: 1200,
      per_day: 1_728_000,
      minute_pause_seconds: 300,
    });
    await world.close();
  });
});
