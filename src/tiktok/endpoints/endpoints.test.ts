import { afterEach, describe, expect, it } from 'vitest';
import { envelope, ok, type Scripted, ScriptedServer, type SeenRequest } from '../../testing/scripted-server.ts';
import { VirtualTime } from '../../testing/virtual-time.ts';
import { TikTokClient } from '../client.ts';
import type { TikTokError } from '../errors.ts';
import { fetchAdvertisers, listGrantedAdvertisers } from './advertisers.ts';
import { type EntityQuery, listEntityIds } from './entity-ids.ts';
import { authorizationUrl, exchangeAuthCode, PORTAL_URL } from './oauth.ts';
import { fetchReportPage, type ReportQuery, type ReportRows } from './report.ts';

const { signal } = new AbortController();

let open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of open) await one.stop();
  open = [];
});

async function setUp(script: (request: SeenRequest, count: number) => Scripted) {
  const server = await ScriptedServer.start(script);
  const time = new VirtualTime();
  const client = new TikTokClient({
    apiUrl: server.url,
    accessToken: 'token',
    quota: { perSecond: 1_000, perMinute: 60_000, perDay: 1e9, minutePauseSeconds: 300 },
    requestTimeoutMs: 30_000,
    patienceMs: 60_000,
    random: () => 1,
    sleep: time.sleep,
    monotonicNow: time.monotonicNow,
  });
  open.push(server, { stop: () => client.close() });
  return { server, client };
}

const query: ReportQuery = {
  definition: {
    reportType: 'BASIC',
    dataLevel: 'AUCTION_CAMPAIGN',
    serviceType: 'AUCTION',
    dimensions: ['campaign_id', 'stat_time_day'],
    statusField: 'campaign_status',
  },
  metrics: ['spend', 'clicks'],
  advertiserId: '7000000000000000001',
  from: '2026-03-01',
  to: '2026-03-30',
  includeDeleted: true,
  page: 2,
};
const row = {
  dimensions: { campaign_id: '1', stat_time_day: '2026-03-01 00:00:00' },
  metrics: { spend: '1.20', clicks: '3' },
};
const page = (data: object = {}) => ({
  list: [row],
  page_info: { page: 1, page_size: 1000, total_number: 1, total_page: 1 },
  ...data,
});

/** The rows as objects. */
const asRows = { convert: (rows: ReportRows) => [...rows] };

describe('a page of a report', () => {
  it('is asked for as TikTok documents it', async () => {
    const { server, client } = await setUp(() => ok(page()));
    await fetchReportPage(client, { ...query, slice: { campaignIds: ['1', '2'] }, totalMetrics: true }, signal, asRows);
    expect(server.seen[0]?.path).toBe('report/integrated/get/');
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      advertiser_id: '7000000000000000001',
      report_type: 'BASIC',
      service_type: 'AUCTION',
      data_level: 'AUCTION_CAMPAIGN',
      dimensions: '["campaign_id","stat_time_day"]',
      metrics: '["spend","clicks"]',
      start_date: '2026-03-01',
      end_date: '2026-03-30',
      page: '2',
      page_size: '1000',
      enable_total_metrics: 'true',
      filtering: JSON.stringify([
        { field_name: 'campaign_status', filter_type: 'IN', filter_value: '["STATUS_ALL"]' },
        { field_name: 'campaign_ids', filter_type: 'IN', filter_value: '["1","2"]' },
      ]),
    });
  });

  it('has no filter when deleted campaigns are not wanted', async () => {
    const { server, client } = await setUp(() => ok(page()));
    await fetchReportPage(client, { ...query, includeDeleted: false }, signal, asRows);
    expect(server.seen[0]?.query.has('filtering')).toBe(false);
  });

  it('brings its rows as texts, with the count of the whole report', async () => {
    const { client } = await setUp(() => ok(page({ total_metrics: { spend: '9.00' } })));
    expect(await fetchReportPage(client, query, signal, asRows)).toEqual({
      rows: [row],
      totalNumber: 1,
      totalMetrics: { spend: '9.00' },
      requestId: 'req-0',
    });
  });

  it('says that TikTok cut the report, by the header', async () => {
    const words = 'Number of ad ids is equal or more than 20k';
    const { client } = await setUp(() => ({ ...ok(page()), headers: { 'X-Tt-Ads-Throttle': words } }));
    expect((await fetchReportPage(client, query, signal, asRows)).truncation).toBe(words);
  });

  it.each([
    [{ search_ads_throttle: true }, 'search_ads_throttle: true'],
    [{ search_ads_throttle: 'only the top 20k – 广告' }, 'only the top 20k – 广告'],
    [{ search_ads_throttle: false }, undefined],
    [{}, undefined],
  ])('says that TikTok cut the report, by its mark in the data: %j', async (extraInfo, truncation) => {
    const { client } = await setUp(() => ok(page({ extra_info: extraInfo })));
    expect((await fetchReportPage(client, query, signal, asRows)).truncation).toBe(truncation);
  });

  it.each<[string, unknown]>([
    ['without data', null],
    ['without a list', { page_info: page().page_info }],
    ['with a list that is none', page({ list: {} })],
    ['without page_info', { list: [row] }],
    ['without a total', page({ page_info: { page: 1 } })],
    ['with a total that is a text', page({ page_info: { total_number: '1' } })],
    ['with a negative total', page({ page_info: { total_number: -1 } })],
    ['with half a row as total', page({ page_info: { total_number: 0.5 } })],
    ['with a row that is null', page({ list: [null] })],
    ['with a row without metrics', page({ list: [{ dimensions: row.dimensions }] })],
    ['with a row without a campaign', page({ list: [{ ...row, dimensions: { stat_time_day: '2026-03-01' } }] })],
    [
      'with an id that is a fraction',
      page({ list: [{ ...row, dimensions: { ...row.dimensions, campaign_id: 17.5 } }] }),
    ],
  ])('is asked for again when it comes broken: %s', async (_, data) => {
    const { client, server } = await setUp((__, count) => (count === 1 ? ok(data) : ok(page())));
    expect((await fetchReportPage(client, query, signal, asRows)).rows).toEqual([row]);
    expect(server.seen).toHaveLength(2);
  });

  const name = 'Été «soldes» – 夏 🎉';
  const named = JSON.stringify(page({ list: [{ ...row, metrics: { campaign_name: name } }] }));
  const answered = `{"code":0,"message":"OK","request_id":"r","data":${named}}`;
  const allEscaped = answered.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

  it.each<[string, string]>([
    ['as UTF-8', answered],
    ['with escapes of ASCII, as Go writes them', answered.replace('soldes', 'a\\u0026b\\u003c')],
    ['with all escaped', allEscaped],
    ['with one of them escaped, in capitals', answered.replace('é', '\\u00E9')],
    ['after a byte order mark', `\ufeff${answered}`],
  ])('brings names as they came: %s', async (_, body) => {
    const { client } = await setUp(() => ({ body }));
    const { rows } = await fetchReportPage(client, query, signal, asRows);
    const sent = JSON.parse(new TextDecoder().decode(Buffer.from(body))) as { data: { list: (typeof row)[] } };
    expect(rows).toEqual(sent.data.list);
  });

  it('that is refused says so in the words of TikTok, whatever their script', async () => {
    const { client } = await setUp(() => envelope(40002, '参数错误 – spend'));
    const error = (await fetchReportPage(client, query, signal, asRows).catch((thrown) => thrown)) as TikTokError;
    expect(error.apiMessage).toBe('参数错误 – spend');
    expect(error.message).toContain('"参数错误 – spend"');
  });

  it('that is no JSON is quoted as it can be read', async () => {
    const { client } = await setUp(() => ({ status: 403, body: '<html>Zugriff verweigert – größer</html>' }));
    const error = (await fetchReportPage(client, query, signal, asRows).catch((thrown) => thrown)) as TikTokError;
    expect(error.message).toContain('Zugriff verweigert – größer');
  });

  it('that stays broken is a transient failure that says what is wrong', async () => {
    const { client } = await setUp(() => ok(page({ page_info: { total_number: '1' } })));
    const error = (await fetchReportPage(client, query, signal, asRows).catch((thrown) => thrown)) as TikTokError;
    expect(error.kind).toBe('transient');
    expect(error.advertiserId).toBe('7000000000000000001');
    expect(error.message).toMatch(/get\/ has "1" as total_number.*request id req-0/);
  });
});

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
    const { client } = await setUp((request) => ok({ list: asked(request).map(info) }));
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
    const { client } = await setUp(() =>
      ok({ list: [{ advertiser_id: id(1), display_timezone: display, timezone: zone }] }),
    );
    expect((await fetchAdvertisers(client, [id(1)], signal)).found.get(id(1))?.timezone).toBe(timezone);
  });

  it('are asked for a hundred at a time', async () => {
    const { client, server } = await setUp((request) => ok({ list: asked(request).map(info) }));
    const { found } = await fetchAdvertisers(client, ids(250), signal);
    expect(found.size).toBe(250);
    expect(server.seen.map((request) => asked(request).length).sort()).toEqual([100, 100, 50].sort());
  });

  it('are all found but the one that TikTok refuses and names, in two requests', async () => {
    const bad = id(37);
    const { client, server } = await setUp((request) =>
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
    const { client, server } = await setUp((request) =>
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
    const { client } = await setUp(() => ok({ list: [info(id(1))] }));
    const { found, refused } = await fetchAdvertisers(client, [id(1), id(2)], signal);
    expect([...found.keys()]).toEqual([id(1)]);
    expect(refused.get(id(2))).toMatchObject({ advertiserId: id(2), kind: 'advertiser_unavailable' });
  });

  it('are known by their id alone where the endpoint is not offered, as in the sandbox', async () => {
    const { client } = await setUp(() => envelope(40009, 'Not available in sandbox'));
    const { found, refused } = await fetchAdvertisers(client, [id(1)], signal);
    expect([...found.values()]).toEqual([{ id: id(1) }]);
    expect(refused.size).toBe(0);
  });

  it('for which TikTok fails to answer for long are refused together, and not asked for in halves', async () => {
    const { client, server } = await setUp(() => envelope(50000, 'System error'));
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
    const { client, server } = await setUp((request, count) =>
      ok(count === 1 ? data : { list: asked(request).map(info) }),
    );
    expect((await fetchAdvertisers(client, [id(1)], signal)).found.size).toBe(1);
    expect(server.seen).toHaveLength(2);
  });

  it('end at once with a failure that concerns all', async () => {
    const { client, server } = await setUp(() => envelope(40105, 'Access token is incorrect or has been revoked.'));
    await expect(fetchAdvertisers(client, ids(100), signal)).rejects.toMatchObject({ kind: 'credentials' });
    expect(server.seen).toHaveLength(1);
  });

  it('are not asked for any more after that failure, not in another batch either', async () => {
    const { client } = await setUp((request) => {
      if (request.path !== 'advertiser/info/') return ok({});
      return asked(request).includes(id(0)) ? envelope(40105) : envelope(50000);
    });
    await expect(fetchAdvertisers(client, ids(250), signal)).rejects.toMatchObject({ kind: 'credentials' });
    const made = client.requestCount;
    for (let index = 0; index < 10; index += 1) await client.request({ path: 'user/info/', signal });
    expect(client.requestCount).toBe(made + 10);
  });

  it('that were granted are listed with their names', async () => {
    const { client, server } = await setUp(() =>
      ok({ list: [{ advertiser_id: id(1), advertiser_name: 'Shop' }, { advertiser_id: id(2) }] }),
    );
    expect(await listGrantedAdvertisers(client, { appId: '1', secret: 's' }, signal)).toEqual([
      { id: id(1), name: 'Shop' },
      { id: id(2), name: '' },
    ]);
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({ app_id: '1', secret: 's' });
  });
});

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
    const { client, server } = await setUp((request) => campaignPage(request, total));
    expect(await listEntityIds(client, campaignQuery, signal)).toEqual(ids(total));
    expect(server.seen).toHaveLength(Math.max(1, Math.ceil(total / 1000)));
    expect(server.seen[0]?.query.get('filtering')).toBe('{"primary_status":"STATUS_ALL"}');
  });

  it('are those of one campaign, deleted ones too, where ad groups are asked for', async () => {
    const list = [{ adgroup_id: id(7) }, { adgroup_id: id(8) }];
    const { client, server } = await setUp(() => ok({ list, page_info: { total_number: 2 } }));
    const adgroupQuery = { kind: 'adgroup', advertiserId: id(1), campaignId: id(2) } as const;
    expect(await listEntityIds(client, adgroupQuery, signal)).toEqual([id(7), id(8)]);
    expect(server.seen[0]).toMatchObject({ path: 'adgroup/get/' });
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toMatchObject({
      fields: '["adgroup_id"]',
      filtering: JSON.stringify({ primary_status: 'STATUS_ALL', campaign_ids: [id(2)] }),
    });
  });

  it('are read again when the list changed meanwhile', async () => {
    const { client } = await setUp((request, count) => campaignPage(request, 1500, count === 2 ? 1501 : 1500));
    expect(await listEntityIds(client, campaignQuery, signal)).toHaveLength(1500);
  });

  it('are read again when the pages count differently, though the last one counts right', async () => {
    const { client, server } = await setUp((request, count) => campaignPage(request, 1500, count === 1 ? 1501 : 1500));
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
    const { client, server } = await setUp((request, count) => (count === 1 ? ok(data) : campaignPage(request, 2)));
    expect(await listEntityIds(client, campaignQuery, signal)).toEqual(ids(2));
    expect(server.seen).toHaveLength(2);
  });

  it('that never add up are a transient failure', async () => {
    const { client } = await setUp((request) => campaignPage(request, 10, 11));
    const error = (await listEntityIds(client, campaignQuery, signal).catch((thrown) => thrown)) as TikTokError;
    expect(error.kind).toBe('transient');
    expect(error.message).toContain('10 different ids where TikTok counts 11');
  });
});

describe('authorisation', () => {
  it('begins at a page of TikTok that knows the app and where to return to', () => {
    const url = new URL(
      authorizationUrl({ portalUrl: PORTAL_URL, appId: '42', redirectUri: 'http://localhost:1/?a=b', state: 's&t' }),
    );
    expect(url.origin + url.pathname).toBe(PORTAL_URL);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_id: '42',
      redirect_uri: 'http://localhost:1/?a=b',
      state: 's&t',
    });
  });

  it('turns an auth code into a token', async () => {
    const { client, server } = await setUp(() => ok({ access_token: 'new', advertiser_ids: [id(1)], scope: [4, 100] }));
    expect(await exchangeAuthCode(client, { appId: '42', secret: 's', authCode: 'c' }, signal)).toEqual({
      accessToken: 'new',
      advertiserIds: [id(1)],
      scope: [4, 100],
    });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ app_id: '42', secret: 's', auth_code: 'c' });
    expect(server.seen[0]?.headers).not.toHaveProperty('access-token');
  });

  it('survives a connection that broke', async () => {
    const { client } = await setUp((_, count) => (count === 1 ? 'reset' : ok({ access_token: 'new' })));
    const grant = await exchangeAuthCode(client, { appId: '42', secret: 's', authCode: 'c' }, signal);
    expect(grant).toEqual({ accessToken: 'new', advertiserIds: [], scope: [] });
  });

  it('says that a code is used up', async () => {
    const { client } = await setUp(() => envelope(40110, 'The auth_code is canceled.'));
    await expect(exchangeAuthCode(client, { appId: '42', secret: 's', authCode: 'c' }, signal)).rejects.toMatchObject({
      kind: 'credentials',
      code: 40110,
    });
  });
});
