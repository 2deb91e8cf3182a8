import { afterEach, describe, expect, it } from 'vitest';
import { scriptedClient, stopAll } from '../../testing/scripted-client.ts';
import { envelope, ok, type SeenRequest } from '../../testing/scripted-server.ts';
import { fetchAdvertisers, listGrantedAdvertisers } from './advertisers.ts';

const { signal } = new AbortController();

afterEach(stopAll);

/** Ids that look like TikTok's. */
const id = (number: number) => String(7_000_000_000_000_000_000n + BigInt(number));
const ids = (count: number) => Array.from({ length: count }, (_, index) => id(index));
const asked = (request: SeenRequest) => JSON.parse(request.query.get('advertiser_ids') ?? '[]') as string[];
const info = (advertiserId: string) => ({
  advertiser_id: advertiserId,
  name: `Shop ${advertiserId}`,
  currency: 'EUR',
  timezone: 'Etc/GMT+8',
  display_timezone: 'America/Los_Angeles',
  status: 'STATUS_ENABLE',
  create_time: 1_700_000_000,
});

describe('advertisers', () => {
  it('come with what TikTok says of them', async () => {
    const { client } = await scriptedClient((request) => ok({ list: asked(request).map(info) }));
    const { found, refused } = await fetchAdvertisers(client, [id(1), id(1)], signal);
    expect([...found.values()]).toEqual([
      {
        id: id(1),
        name: `Shop ${id(1)}`,
        currency: 'EUR',
        timezone: 'America/Los_Angeles',
        status: 'STATUS_ENABLE',
        createdAt: 1_700_000_000_000,
      },
    ]);
    expect(refused.size).toBe(0);
  });

  it.each([
    { says: 'of the display zone first', display: 'Asia/Tokyo', zone: 'Etc/GMT-9', timezone: 'Asia/Tokyo' },
    { says: 'of the plain zone, as it is', display: undefined, zone: 'Etc/GMT+8', timezone: 'Etc/GMT+8' },
    {
      says: 'of the plain zone where the other is unknown',
      display: 'Mars/Base',
      zone: 'Asia/Tokyo',
      timezone: 'Asia/Tokyo',
    },
    { says: 'of none where both are unknown', display: '', zone: 'nowhere', timezone: undefined },
  ])('have the zone $says', async ({ display, zone, timezone }) => {
    const { client } = await scriptedClient(() =>
      ok({ list: [{ advertiser_id: id(1), display_timezone: display, timezone: zone }] }),
    );
    expect((await fetchAdvertisers(client, [id(1)], signal)).found.get(id(1))?.timezone).toBe(timezone);
  });

  it('are asked for a hundred at a time', async () => {
    const { client, server } = await scriptedClient((request) => ok({ list: asked(request).map(info) }));
    const { found } = await fetchAdvertisers(client, ids(250), signal);
    expect(found.size).toBe(250);
    expect(server.seen.map((request) => asked(request).length).sort()).toEqual([100, 100, 50].sort());
  });

  it('are all found but the one that TikTok refuses and names, in two requests', async () => {
    const bad = id(37);
    const { client, server } = await scriptedClient((request) =>
      asked(request).includes(bad)
        ? envelope(40001, `No permission to operate advertiser: ${bad}`)
        : ok({ list: asked(request).map(info) }),
    );
    const { found, refused } = await fetchAdvertisers(client, ids(100), signal);
    expect(found.size).toBe(99);
    expect([...refused.keys()]).toEqual([bad]);
    expect(refused.get(bad)?.kind).toBe('advertiser_unavailable');
    expect(server.seen).toHaveLength(2);
  });

  it.each([
    [40001, 'No permission'],
    [40002, 'Invalid advertiser_ids'],
    [40300, 'The advertiser does not exist'],
  ])('are all found but those that TikTok refuses without naming them, in few requests: %d', async (code, message) => {
    const bad = [id(3), id(64)];
    const { client, server } = await scriptedClient((request) =>
      asked(request).some((one) => bad.includes(one))
        ? envelope(code, message)
        : ok({ list: asked(request).map(info) }),
    );
    const { found, refused } = await fetchAdvertisers(client, ids(100), signal);
    expect(found.size).toBe(98);
    expect([...refused.keys()].sort()).toEqual(bad);
    expect(server.seen.length).toBeLessThanOrEqual(1 + 2 * 2 * Math.ceil(Math.log2(100)));
  });

  it('that TikTok does not mention are refused', async () => {
    const { client } = await scriptedClient(() => ok({ list: [info(id(1))] }));
    const { found, refused } = await fetchAdvertisers(client, [id(1), id(2)], signal);
    expect([...found.keys()]).toEqual([id(1)]);
    expect(refused.get(id(2))).toMatchObject({ advertiserId: id(2), kind: 'advertiser_unavailable' });
  });

  it('are known by their id alone where the endpoint is not offered, as in the sandbox', async () => {
    const { client } = await scriptedClient(() => envelope(40009, 'Not available in sandbox'));
    const { found, refused } = await fetchAdvertisers(client, [id(1)], signal);
    expect([...found.values()]).toEqual([{ id: id(1) }]);
    expect(refused.size).toBe(0);
  });

  it('for which TikTok fails to answer for long are refused together, and not asked for in halves', async () => {
    const { client, server } = await scriptedClient(() => envelope(50000, 'System error'));
    const { found, refused } = await fetchAdvertisers(client, ids(8), signal);
    expect(found.size).toBe(0);
    expect([...refused.values()].map(({ kind }) => kind)).toEqual(Array(8).fill('transient'));
    expect(new Set(server.seen.map((request) => asked(request).length))).toEqual(new Set([8]));
  });

  it.each<[string, unknown]>([
    ['without data', null],
    ['without a list', {}],
    ['with a list that is none', { list: 'none' }],
    ['with one that is null', { list: [null] }],
    ['with one without id', { list: [{ name: 'Shop' }] }],
    ['with an id that is a fraction', { list: [{ advertiser_id: 17.5 }] }],
  ])('are asked for again when the answer comes broken: %s', async (_, data) => {
    const { client, server } = await scriptedClient((request, count) =>
      ok(count === 1 ? data : { list: asked(request).map(info) }),
    );
    expect((await fetchAdvertisers(client, [id(1)], signal)).found.size).toBe(1);
    expect(server.seen).toHaveLength(2);
  });

  it('end at once with a failure that concerns all', async () => {
    const { client, server } = await scriptedClient(() =>
      envelope(40105, 'Access token is incorrect or has been revoked.'),
    );
    await expect(fetchAdvertisers(client, ids(100), signal)).rejects.toMatchObject({ kind: 'credentials' });
    expect(server.seen).toHaveLength(1);
  });

  it('are not asked for any more after that failure, not in another batch either', async () => {
    const { client } = await scriptedClient((request) => {
      if (request.path !== 'advertiser/info/') return ok({});
      return asked(request).includes(id(0)) ? envelope(40105) : envelope(50000);
    });
    await expect(fetchAdvertisers(client, ids(250), signal)).rejects.toMatchObject({ kind: 'credentials' });
    const made = client.requestCount;
    for (let index = 0; index < 10; index += 1) await client.request({ path: 'user/info/', signal });
    expect(client.requestCount).toBe(made + 10);
  });

  it('that were granted are listed with their names', async () => {
    const { client, server } = await scriptedClient(() =>
      ok({ list: [{ advertiser_id: id(1), advertiser_name: 'Shop' }, { advertiser_id: id(2) }] }),
    );
    expect(await listGrantedAdvertisers(client, { appId: '1', secret: 's' }, signal)).toEqual([
      { id: id(1), name: 'Shop' },
      { id: id(2), name: '' },
    ]);
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({ app_id: '1', secret: 's' });
  });
});
