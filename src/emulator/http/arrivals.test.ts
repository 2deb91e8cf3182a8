import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../start-emulator.ts';
import { Arrivals } from './arrivals.ts';

describe('the report of arrivals', () => {
  const arrived = (...times: number[]): Arrivals => {
    const arrivals = new Arrivals();
    for (const time of times) arrivals.note('a', time);
    return arrivals;
  };

  it('counts as a breach each call that has the limit before it in any 1,000 ms, not in whole seconds', () => {
    expect(arrived(500, 900, 1100, 1499.9).report(3)).toMatchObject({ breaches: 1, mostInASecond: 4 });
    expect(arrived(500, 900, 1100, 1500).report(3)).toMatchObject({ breaches: 0, mostInASecond: 3 });
    expect(arrived(0, 0, 0, 0, 0).report(2)).toMatchObject({ breaches: 3, mostInASecond: 5 });
  });

  it('says the pace, and nothing of breaches without a limit', () => {
    expect(arrived(0, 100, 200, 300, 400).report(undefined)).toEqual({
      total: 5,
      perSecond: undefined,
      mostInASecond: 5,
      pace: 10,
      first: '1970-01-01T00:00:00.000Z',
      last: '1970-01-01T00:00:00.400Z',
      clients: [{ name: 'a', count: 5 }],
    });
    expect(new Arrivals().report(10)).toMatchObject({ total: 0, pace: 0, breaches: 0, clients: [] });
  });
});

describe('a quota over several processes', () => {
  let tiktok: Emulator;
  afterEach(() => tiktok.close());

  it('is one for all of them, and each is counted by the name in its address', async () => {
    tiktok = await startEmulator({ quota: { perSecond: 10, perMinute: 1000 } });
    const headers = { 'Access-Token': tiktok.credentials.access_token };
    const ask = async (client: string) =>
      ((await (await fetch(`${tiktok.apiUrlFor(client)}user/info/`, { headers })).json()) as { code: number }).code;
    const codes = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(`worker-${index % 2}`)));
    // The calls fall into two or three of the quota's seconds at most.
    expect(codes.filter((code) => code === 40100).length).toBeGreaterThanOrEqual(10);
    const said = (await (await fetch(`${tiktok.origin}/emulator/arrivals.json`)).json()) as object;
    expect(said).toEqual(tiktok.arrivals());
    expect(said).toMatchObject({
      total: 40,
      perSecond: 10,
      clients: [
        { name: 'worker-0', count: 20 },
        { name: 'worker-1', count: 20 },
      ],
    });
    expect(tiktok.arrivals().breaches).toBeGreaterThanOrEqual(10);
    expect(tiktok.arrivals(100)).toMatchObject({ perSecond: 100, breaches: 0 });
    expect(new Set(tiktok.requests.map(({ client }) => client))).toEqual(new Set(['worker-0', 'worker-1']));
  });

  it('knows a process without a name as unnamed', async () => {
    tiktok = await startEmulator();
    await fetch(`${tiktok.apiUrl}user/info/`);
    expect(tiktok.arrivals().clients).toEqual([{ name: 'unnamed', count: 1 }]);
  });
});
