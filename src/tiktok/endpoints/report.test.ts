import { afterEach, describe, expect, it } from 'vitest';
import { scriptedClient, stopAll } from '../../testing/scripted-client.ts';
import { envelope, ok } from '../../testing/scripted-server.ts';
import type { TikTokError } from '../errors.ts';
import { fetchReportPage, type ReportQuery, type ReportRows } from './report.ts';

const { signal } = new AbortController();

afterEach(stopAll);

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
    const { server, client } = await scriptedClient(() => ok(page()));
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
    const { server, client } = await scriptedClient(() => ok(page()));
    await fetchReportPage(client, { ...query, includeDeleted: false }, signal, asRows);
    expect(server.seen[0]?.query.has('filtering')).toBe(false);
  });

  it('brings its rows as texts, with the count of the whole report', async () => {
    const { client } = await scriptedClient(() => ok(page({ total_metrics: { spend: '9.00' } })));
    expect(await fetchReportPage(client, query, signal, asRows)).toEqual({
      rows: [row],
      totalNumber: 1,
      totalMetrics: { spend: '9.00' },
      requestId: 'req-0',
    });
  });

  it('says that TikTok cut the report, by the header', async () => {
    const words = 'Number of ad ids is equal or more than 20k';
    const { client } = await scriptedClient(() => ({ ...ok(page()), headers: { 'X-Tt-Ads-Throttle': words } }));
    expect((await fetchReportPage(client, query, signal, asRows)).truncation).toBe(words);
  });

  it.each([
    [{ search_ads_throttle: true }, 'search_ads_throttle: true'],
    [{ search_ads_throttle: 'only the top 20k – 广告' }, 'only the top 20k – 广告'],
    [{ search_ads_throttle: false }, undefined],
    [{}, undefined],
  ])('says that TikTok cut the report, by its mark in the data: %j', async (extraInfo, truncation) => {
    const { client } = await scriptedClient(() => ok(page({ extra_info: extraInfo })));
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
    const { client, server } = await scriptedClient((__, count) => (count === 1 ? ok(data) : ok(page())));
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
    const { client } = await scriptedClient(() => ({ body }));
    const { rows } = await fetchReportPage(client, query, signal, asRows);
    const sent = JSON.parse(new TextDecoder().decode(Buffer.from(body))) as { data: { list: (typeof row)[] } };
    expect(rows).toEqual(sent.data.list);
  });

  it('that is refused says so in the words of TikTok, whatever their script', async () => {
    const { client } = await scriptedClient(() => envelope(40002, '参数错误 – spend'));
    const error = (await fetchReportPage(client, query, signal, asRows).catch((thrown) => thrown)) as TikTokError;
    expect(error.apiMessage).toBe('参数错误 – spend');
    expect(error.message).toContain('"参数错误 – spend"');
  });

  it('that is no JSON is quoted as it can be read', async () => {
    const { client } = await scriptedClient(() => ({ status: 403, body: '<html>Zugriff verweigert – größer</html>' }));
    const error = (await fetchReportPage(client, query, signal, asRows).catch((thrown) => thrown)) as TikTokError;
    expect(error.message).toContain('Zugriff verweigert – größer');
  });

  it('that stays broken is a transient failure that says what is wrong', async () => {
    const { client } = await scriptedClient(() => ok(page({ page_info: { total_number: '1' } })));
    const error = (await fetchReportPage(client, query, signal, asRows).catch((thrown) => thrown)) as TikTokError;
    expect(error.kind).toBe('transient');
    expect(error.advertiserId).toBe('7000000000000000001');
    expect(error.message).toMatch(/get\/ has "1" as total_number.*request id req-0/);
  });
});
