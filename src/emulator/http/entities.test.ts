import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, STATUS_ALL } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';

let tiktok: Emulator;
beforeAll(async () => {
  tiktok = await startEmulator();
});
afterAll(() => tiktok.close());

const first = () => tiktok.accounts[0]?.id ?? '';

describe('accounts', () => {
  const ids = () => tiktok.accounts.map(({ id }) => id);

  it('lists what the token was granted, all on one page, for the right app only', async () => {
    const { app_id, secret } = tiktok.credentials;
    const { body } = await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret });
    expect(body.data).toEqual({
      list: tiktok.accounts.map(({ id, name }) => ({ advertiser_id: id, advertiser_name: name })),
    });
    expect((await get(tiktok, 'oauth2/advertiser/get/', { app_id: '1', secret })).body).toMatchObject({
      code: 40113,
      message: "The app_id is inconsistent with the token's app information. Please retry after correcting it. ",
    });
    expect((await get(tiktok, 'oauth2/advertiser/get/', { app_id })).body.code).toBe(40002);
  });

  it('tells zones, both as TikTok writes them and as the tz database does', async () => {
    const { body } = await get(tiktok, 'advertiser/info/', { advertiser_ids: ids() });
    expect(
      body.data.list.map((each: Record<string, unknown>) => [each.timezone, each.display_timezone, each.currency]),
    ).toEqual([
      ['Pacific/Auckland', 'Pacific/Auckland', 'NZD'],
      ['Etc/GMT+8', 'America/Los_Angeles', 'USD'],
      ['UTC', 'UTC', 'EUR'],
      ['Etc/GMT-9', 'Asia/Tokyo', 'JPY'],
    ]);
    expect(body.data.list[0]).toMatchObject({ advertiser_id: first(), status: 'STATUS_ENABLE', balance: 1000.5 });
  });

  it('tells only the fields that were asked for', async () => {
    const info = async (fields: string[]) =>
      (await get(tiktok, 'advertiser/info/', { advertiser_ids: [first()], fields })).body;
    expect((await info(['name', 'currency'])).data.list).toEqual([
      { advertiser_id: first(), name: tiktok.accounts[0]?.name, currency: 'NZD' },
    ]);
    expect((await info(['company_name_editable', 'name'])).data.list).toEqual([
      { advertiser_id: first(), company_name_editable: true },
    ]);
    expect((await info(['nonsense'])).code).toBe(40002);
  });

  it('refuses more than 100 ids, and all of them for one that may not be read', async () => {
    const many = Array.from({ length: 101 }, (_, place) => String(place + 1));
    expect((await get(tiktok, 'advertiser/info/', { advertiser_ids: many })).body.code).toBe(40011);
    const one = await get(tiktok, 'advertiser/info/', { advertiser_ids: [...ids(), '4711'] });
    expect(one.body).toMatchObject({ code: 40001, message: 'No permission to operate advertiser: 4711' });
  });

  it('pages campaigns, without the deleted ones unless asked for them', async () => {
    const count = async (filtering?: object) =>
      (await get(tiktok, 'campaign/get/', { advertiser_id: first(), page_size: 1000, filtering })).body.data.page_info
        .total_number as number;
    const all = await count({ primary_status: 'STATUS_ALL' });
    expect(await count({ secondary_status: 'CAMPAIGN_STATUS_ALL' })).toBe(all);
    const deleted = await count({ primary_status: 'STATUS_DELETE' });
    expect(deleted).toBe(tiktok.accounts[0]?.deletedCampaigns);
    expect(await count()).toBe(all - deleted);
    const page = await get(tiktok, 'campaign/get/', {
      advertiser_id: first(),
      page: 2,
      page_size: 3,
      fields: ['campaign_id'],
    });
    expect(page.body.data.list).toHaveLength(3);
    expect(Object.keys(page.body.data.list[0])).toEqual(['campaign_id']);
  });

  it('wants an object, not a list, to filter campaigns by', async () => {
    const { body } = await get(tiktok, 'campaign/get/', { advertiser_id: first(), filtering: [STATUS_ALL] });
    expect(body).toMatchObject({ code: 40002, message: 'filtering: Not a valid object.' });
  });
});
