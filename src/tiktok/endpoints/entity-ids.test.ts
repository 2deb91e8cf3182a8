import { afterEach, describe, expect, it } from 'vitest';
import { scriptedClient, stopAll } from '../../testing/scripted-client.ts';
import { ok, type SeenRequest } from '../../testing/scripted-server.ts';
import type { TikTokError } from '../errors.ts';
import { type EntityQuery, listEntityIds } from './entity-ids.ts';

const { signal } = new AbortController();

afterEach(stopAll);

/** Ids that look like TikTok's. */
const id = (number: number) => String(7_000_000_000_000_000_000n + BigInt(number));
const ids = (count: number) => Array.from({ length: count }, (_, index) => id(index));

describe('the ids of campaigns and ad groups', () => {
  const campaignPage = (request: SeenRequest, total: number, said = total) => {
    const number = Number(request.query.get('page'));
    const size = Number(request.query.get('page_size'));
    const length = Math.max(0, Math.min(size, total - (number - 1) * size));
    const list = Array.from({ length }, (_, index) => ({ campaign_id: id((number - 1) * size + index) }));
    return ok({ list, page_info: { page: number, page_size: size, total_number: said, total_page: 0 } });
  };
  const campaignQuery: EntityQuery = { kind: 'campaign', advertiserId: id(1) };

  it.each([0, 1, 1000, 1001, 2500])('are read from all pages: %d', async (total) => {
    const { client, server } = await scriptedClient((request) => campaignPage(request, total));
    expect(await listEntityIds(client, campaignQuery, signal)).toEqual(ids(total));
    expect(server.seen).toHaveLength(Math.max(1, Math.ceil(total / 1000)));
    expect(server.seen[0]?.query.get('filtering')).toBe('{"primary_status":"STATUS_ALL"}');
  });

  it('are those of one campaign, deleted ones too, where ad groups are asked for', async () => {
    const list = [{ adgroup_id: id(7) }, { adgroup_id: id(8) }];
    const { client, server } = await scriptedClient(() => ok({ list, page_info: { total_number: 2 } }));
    const adgroupQuery = { kind: 'adgroup', advertiserId: id(1), campaignId: id(2) } as const;
    expect(await listEntityIds(client, adgroupQuery, signal)).toEqual([id(7), id(8)]);
    expect(server.seen[0]).toMatchObject({ path: 'adgroup/get/' });
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toMatchObject({
      fields: '["adgroup_id"]',
      filtering: JSON.stringify({ primary_status: 'STATUS_ALL', campaign_ids: [id(2)] }),
    });
  });

  it('are read again when the list changed meanwhile', async () => {
    const { client } = await scriptedClient((request, count) => campaignPage(request, 1500, count === 2 ? 1501 : 1500));
    expect(await listEntityIds(client, campaignQuery, signal)).toHaveLength(1500);
  });

  it('are read again when the pages count differently, though the last one counts right', async () => {
    const { client, server } = await scriptedClient((request, count) =>
      campaignPage(request, 1500, count === 1 ? 1501 : 1500),
    );
    expect(await listEntityIds(client, campaignQuery, signal)).toHaveLength(1500);
    expect(server.seen).toHaveLength(4);
  });

  it.each<[string, unknown]>([
    ['without data', null],
    ['without a list', { page_info: { total_number: 0 } }],
    ['without page_info', { list: [{ campaign_id: id(0) }] }],
    ['with a total that is a text', { list: [], page_info: { total_number: '0' } }],
    ['with a negative total', { list: [], page_info: { total_number: -1 } }],
    ['with a campaign without id', { list: [{}], page_info: { total_number: 1 } }],
    ['with an id that is a fraction', { list: [{ campaign_id: 17.5 }], page_info: { total_number: 1 } }],
  ])('are asked for again when the answer comes broken: %s', async (_, data) => {
    const { client, server } = await scriptedClient((request, count) =>
      count === 1 ? ok(data) : campaignPage(request, 2),
    );
    expect(await listEntityIds(client, campaignQuery, signal)).toEqual(ids(2));
    expect(server.seen).toHaveLength(2);
  });

  it('that never add up are a transient failure', async () => {
    const { client } = await scriptedClient((request) => campaignPage(request, 10, 11));
    const error = (await listEntityIds(client, campaignQuery, signal).catch((thrown) => thrown)) as TikTokError;
    expect(error.kind).toBe('transient');
    expect(error.message).toContain('10 different ids where TikTok counts 11');
  });
});
