import { describe, expect, it } from 'vitest';
import { campaignDaily } from '../streams/campaign-daily.ts';
import { catalogOf } from './catalog.ts';
import { parseConfiguredCatalog } from './configured-catalog.ts';

const OFFER = { streams: [campaignDaily], columns: { advertiserColumns: false, additionalMetrics: [] } };
const [offered] = catalogOf(OFFER.streams, OFFER.columns).streams;
const ALL = Object.keys(campaignDaily.schema(OFFER.columns).properties);

const catalogWith = (change: object = {}, stream: object = {}) => ({
  streams: [
    { stream: { ...offered, ...stream }, sync_mode: 'incremental', destination_sync_mode: 'append_dedup', ...change },
  ],
});
const propertiesOf = (...columns: string[]) => ({
  json_schema: { type: 'object', properties: Object.fromEntries(columns.map((column) => [column, {}])) },
});
const parse = (raw: unknown, offer = OFFER) => parseConfiguredCatalog(raw, offer);

describe('parseConfiguredCatalog', () => {
  it('takes what discover offers', () => {
    expect(parse(catalogWith())).toEqual({
      streams: [{ stream: campaignDaily, descriptor: { name: 'campaign_daily' }, mode: 'incremental', columns: ALL }],
      warnings: [],
    });
  });

  it.each([
    { says: 'without a schema', stream: { json_schema: {} } },
    { says: 'with null for it', stream: { json_schema: null } },
    { says: 'with null for its properties', stream: { json_schema: { properties: null } } },
  ])('reads every column of a stream $says', ({ stream }) => {
    expect(parse(catalogWith({}, stream)).streams[0]?.columns).toEqual(ALL);
  });

  it('reads the columns that the schema names, in the order of the table, and the keys in any case', () => {
    const { streams, warnings } = parse(catalogWith({}, propertiesOf('spend', 'clicks')));
    expect(streams[0]?.columns).toEqual(['date', 'campaign_id', 'clicks', 'spend']);
    expect(warnings).toEqual([]);
  });

  it('warns of a column that the stream does not have, and reads the others', () => {
    const { streams, warnings } = parse(catalogWith({}, propertiesOf('spend', 'currency')));
    expect(streams[0]?.columns).toEqual(['date', 'campaign_id', 'spend']);
    expect(warnings).toEqual([expect.stringContaining('selects currency of campaign_daily')]);
    expect(
      parse(catalogWith({}, propertiesOf('currency')), {
        ...OFFER,
        columns: { ...OFFER.columns, advertiserColumns: true },
      }).warnings,
    ).toEqual([]);
  });

  it('says of a stream what the catalog calls it, its namespace included', () => {
    const { streams } = parse(catalogWith({}, { namespace: 'tiktok' }));
    expect(streams[0]?.descriptor).toEqual({ name: 'campaign_daily', namespace: 'tiktok' });
  });

  it('warns of a catalog without streams', () => {
    expect(parse({ streams: [] })).toEqual({
      streams: [],
      warnings: ['The catalog selects no stream: there is nothing to read.'],
    });
  });

  it.each([
    { raw: null, says: 'The catalog is null; expected an object.' },
    { raw: [], says: 'The catalog is a list; expected an object.' },
    { raw: { type: 'CATALOG' }, says: 'The catalog has no streams; is this a configured catalog' },
    { raw: { streams: {} }, says: "The catalog's streams is an object; expected a list." },
    { raw: { streams: [{ name: 'campaign_daily' }] }, says: "The catalog's streams[0] has no stream" },
    { raw: { streams: [null] }, says: "The catalog's streams[0] is null; expected an object." },
    {
      raw: catalogWith({ sync_mode: 'INVALID' }),
      says: 'streams[0].sync_mode is "INVALID"; expected full_refresh or incremental.',
    },
    {
      raw: catalogWith({}, { name: 'ads' }),
      says: 'The catalog asks for the stream "ads", which does not exist; there is campaign_daily.',
    },
    {
      raw: { streams: [...catalogWith().streams, ...catalogWith().streams] },
      says: 'The catalog asks for the stream "campaign_daily" more than once',
    },
    { raw: catalogWith({}, propertiesOf()), says: 'The catalog selects no column of campaign_daily' },
    { raw: catalogWith({}, propertiesOf('nothing_of_ours')), says: 'The catalog selects no column of campaign_daily' },
  ])('refuses a catalog: $says', ({ raw, says }) => {
    expect(() => parse(raw)).toThrow(says);
  });

  it('tells every mistake at once', () => {
    const raw = catalogWith({ sync_mode: 'INVALID' }, { name: 'ads' });
    expect(() => parse(raw)).toThrow(/"INVALID".*"ads"/);
  });
});
