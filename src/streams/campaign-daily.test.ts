import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/campaign_daily.json' with { type: 'json' };
import type { ReportRow } from '../tiktok/endpoints/report.ts';
import { campaignDaily } from './campaign-daily.ts';
import { RowError } from './stream.ts';

const advertiser = { id: '7000000000000000001', name: 'Märke "A" 🎉', currency: 'NZD', timezone: 'Pacific/Auckland' };
const all = Object.keys(schema.properties);

const convert = (
  metrics: Record<string, unknown>,
  options: { columns?: readonly string[]; withdrawn?: readonly string[]; dimensions?: Record<string, string> } = {},
) => {
  const { columns = all, withdrawn = [] } = options;
  const dimensions = options.dimensions ?? { campaign_id: '1700000000000000123', stat_time_day: '2026-05-01 00:00:00' };
  const row = { dimensions, metrics: metrics as Record<string, string | null> };
  const shared = { columns, withdrawn: new Set(withdrawn), advertiser };
  const record = campaignDaily.converter({ ...shared, encoding: 'utf8' })(row);
  // TikTok's bytes as they came must give the same bytes.
  const inBytes = campaignDaily.converter({ ...shared, encoding: 'latin1' })(asBytes(row));
  expect(Buffer.from(inBytes.json, 'latin1')).toEqual(Buffer.from(record.json));
  expect({ ...inBytes, json: '' }).toEqual({ ...record, json: '' });
  return { ...record, data: JSON.parse(record.json) as Record<string, unknown> };
};

/** The same row with each text as the bytes of its UTF-8. */
const asBytes = (row: ReportRow): ReportRow =>
  JSON.parse(Buffer.from(JSON.stringify(row)).toString('latin1')) as ReportRow;

describe('a report row as a record', () => {
  it('has the 27 columns in the order of the schema, each null where TikTok sends nothing', () => {
    const { data } = convert({});
    expect(Object.keys(data)).toEqual(all);
    expect(all).toHaveLength(27);
    expect(Object.entries(data).filter(([, value]) => value !== null)).toEqual([
      ['date', '2026-05-01'],
      ['campaign_id', '1700000000000000123'],
    ]);
  });

  it.each([
    ['spend', '20.000', '20.000'],
    ['spend', '0.00', '0.00'],
    ['spend', '12345678901234567.89', '12345678901234567.89'],
    ['spend', '1e3', '1000'],
    ['spend', '.5', '0.5'],
    ['spend', '-3.10', '-3.10'],
    ['impressions', '3765', '3765'],
    ['impressions', '0', '0'],
    ['impressions', '12.0', '12'],
    ['impressions', '9007199254740993', '9007199254740993'],
    ['impressions', '007', '7'],
    ['cost_per_secondary_goal_result', '3.20', '"3.20"'],
    ['campaign_name', 'Été "soldes" 🎉\nline', JSON.stringify('Été "soldes" 🎉\nline')],
  ])('keeps what TikTok writes for %s: %s', (column, sent, printed) => {
    const { json, changes } = convert({ [column]: sent });
    expect(json).toContain(`"${column}":${printed}`);
    expect(changes).toBeUndefined();
  });

  it.each(['-', null, undefined])('makes a metric null, without a note, when TikTok sends %s', (sent) => {
    const { data, changes } = convert({
      spend: sent,
      impressions: sent,
      secondary_goal_result: sent,
    });
    expect([data.spend, data.impressions, data.secondary_goal_result]).toEqual([null, null, null]);
    expect(changes).toBeUndefined();
  });

  it('keeps the name of a campaign that somebody called "-"', () => {
    expect(convert({ campaign_name: '-' }).data.campaign_name).toBe('-');
    expect(convert({ campaign_name: null }).data.campaign_name).toBeNull();
  });

  it.each(['campaign_name', 'secondary_goal_result', 'secondary_goal_result_rate'])(
    'replaces a NUL in %s, which PostgreSQL cannot hold, and notes it',
    (column) => {
      const { data, changes } = convert({ [column]: 'a\0b' });
      expect(data[column]).toBe('a\ufffdb');
      expect(changes).toEqual([{ field: column, reason: 'replaced' }]);
    },
  );

  it('replaces half a character, which UTF-8 cannot hold, and notes it in that record alone', () => {
    const toRow = campaignDaily.converter({ columns: all, withdrawn: new Set(), advertiser, encoding: 'utf8' });
    const dimensions = { campaign_id: '1', stat_time_day: '2026-05-01 00:00:00' };
    const { json, changes } = toRow({ dimensions, metrics: { campaign_name: 'Sale \ud83d!' } });
    expect(JSON.parse(json)).toMatchObject({ campaign_name: 'Sale \ufffd!' });
    expect(changes).toEqual([{ field: 'campaign_name', reason: 'replaced' }]);
    expect(toRow({ dimensions, metrics: { campaign_name: 'Sale \u{1f389}' } }).changes).toBeUndefined();
  });

  it.each(['utf8', 'latin1'] as const)('replaces both in what is known of the advertiser (%s)', (encoding) => {
    const columns = ['advertiser_id', 'advertiser_name', 'currency', 'timezone'];
    const broken = { id: '1', name: 'M\u00e4r\0ke', currency: '\ud83d', timezone: 'Etc/UTC' };
    const toRow = campaignDaily.converter({ columns, withdrawn: new Set(), advertiser: broken, encoding });
    const { json, changes } = toRow({ dimensions: { campaign_id: '1', stat_time_day: '2026-05-01' }, metrics: {} });
    expect(JSON.parse(Buffer.from(json, encoding).toString())).toMatchObject({
      advertiser_name: 'M\u00e4r\ufffdke',
      currency: '\ufffd',
      timezone: 'Etc/UTC',
    });
    expect(changes?.map(({ field }) => field)).toEqual(['advertiser_name', 'currency']);
  });

  it.each([
    ['spend', 'abc'],
    ['spend', 'NaN'],
    ['spend', '1e999'],
    ['spend', '1,234.50'],
    ['spend', ''],
    ['spend', '0x10'],
    ['impressions', '12.5'],
    ['impressions', '99999999999999999999'],
  ])('makes %s null and notes it when TikTok sends %j', (column, sent) => {
    const { data, changes } = convert({ [column]: sent });
    expect(data[column]).toBeNull();
    expect(changes).toEqual([{ field: column, reason: 'no_number' }]);
  });

  it('leaves out columns that were not chosen, never the key', () => {
    expect(convert({ spend: '1.00' }, { columns: ['spend'] }).json).toBe(
      '{"date":"2026-05-01","campaign_id":"1700000000000000123","spend":1.00}',
    );
  });

  it('adds what is known of the advertiser when asked to', () => {
    const columns = ['advertiser_id', 'advertiser_name', 'currency', 'timezone'];
    expect(convert({}, { columns }).data).toEqual({
      date: '2026-05-01',
      campaign_id: '1700000000000000123',
      advertiser_id: '7000000000000000001',
      advertiser_name: 'Märke "A" 🎉',
      currency: 'NZD',
      timezone: 'Pacific/Auckland',
    });
  });

  it('is null, and says so, in a column that TikTok has withdrawn', () => {
    const { data, changes } = convert({ spend: '1.00', ctr: 'x' }, { withdrawn: ['spend'] });
    expect(data.spend).toBeNull();
    expect(changes).toEqual([
      { field: 'spend', reason: 'withdrawn' },
      { field: 'ctr', reason: 'no_number' },
    ]);
  });

  it('is refused without its day or its campaign', () => {
    expect(() => convert({}, { dimensions: { campaign_id: '1' } })).toThrow(RowError);
    expect(() => convert({}, { dimensions: { stat_time_day: '2026-05-01 00:00:00' } })).toThrow(RowError);
    expect(() => convert({}, { dimensions: { stat_time_day: '2026-05-01', campaign_id: '-' } })).toThrow(RowError);
  });

  it('is one line of JSON whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (name, spend, impressions) => {
        const { json, data } = convert({ campaign_name: name, spend, impressions });
        expect(json).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
        expect(data.campaign_name).toBe(name.replaceAll('\0', '\ufffd'));
        expect(data.spend === null || Number.isFinite(data.spend)).toBe(true);
        expect(data.impressions === null || Number.isInteger(data.impressions)).toBe(true);
      }),
    );
  });

  it('is JSON whatever text stands for the day', () => {
    const { json } = convert({}, { dimensions: { campaign_id: '1', stat_time_day: '2026-03-1"x' } });
    expect(JSON.parse(json)).toMatchObject({ date: '2026-03-1"' });
  });

  it('is UTF-8 whatever bytes TikTok sends', () => {
    const shared = { columns: ['campaign_name'], withdrawn: new Set<string>(), advertiser };
    const toRow = campaignDaily.converter({ ...shared, encoding: 'latin1' });
    const dimensions = { campaign_id: '1', stat_time_day: '2026-05-01 00:00:00' };
    fc.assert(
      fc.property(fc.uint8Array(), (sent) => {
        const bytes = Buffer.from(sent);
        const { json, changes } = toRow({ dimensions, metrics: { campaign_name: `n${bytes.toString('latin1')}` } });
        const written = Buffer.from(json, 'latin1');
        expect(isUtf8(written)).toBe(true);
        expect(JSON.parse(written.toString())).toMatchObject({
          campaign_name: `n${bytes.toString('utf8').replaceAll('\0', '\ufffd')}`,
        });
        expect(changes !== undefined).toBe(!isUtf8(bytes) || bytes.includes(0));
      }),
    );
  });

  it('breaks no line where readers of lines may see one', () => {
    const { json, data } = convert({ campaign_name: 'a\u2028b\u2029c\u0085d' });
    expect(json).toContain('"a\\u2028b\\u2029c\\u0085d"');
    expect(data.campaign_name).toBe('a\u2028b\u2029c\u0085d');
  });

  it('says any decimal to its last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 9 }), (whole, decimals) => {
        const text = decimals === 0 ? `${whole}` : `${whole}.${'7'.repeat(decimals)}`;
        expect(convert({ spend: text }).json).toContain(`"spend":${text},`);
      }),
    );
  });
});

describe('the request of the report', () => {
  it('asks for the metrics of the schema, each once', () => {
    const metrics = campaignDaily.metrics(all);
    expect([...metrics, 'campaign_id', 'date'].sort()).toEqual([...all].sort());
  });

  it('asks only for the metrics of chosen columns, and never for none', () => {
    expect(campaignDaily.metrics(['date', 'clicks', 'currency'])).toEqual(['clicks']);
    expect(campaignDaily.metrics(['date', 'campaign_id'])).toEqual(['spend']);
  });
});
