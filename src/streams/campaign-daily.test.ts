import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/campaign_daily.json' with { type: 'json' };
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import { type CutRows, cutReport, type ReportRow, ReportRows } from '../tiktok/endpoints/report-rows.ts';
import { jsonOf } from '../tiktok/http/envelope.ts';
import { campaignDaily } from './campaign-daily.ts';
import { recordJson } from './record-text.ts';

const advertiser = { id: '7000000000000000001', name: 'Märke "A" 🎉', currency: 'NZD', timezone: 'Pacific/Auckland' };
const all = Object.keys(schema.properties);

const dimensions = { campaign_id: '1700000000000000123', stat_time_day: '2026-05-01 00:00:00' };

/** The records of a page, by way of its bytes where they can be cut, and by way of `JSON.parse`. */
const convertBody = (
  body: Buffer,
  options: { columns?: readonly string[]; withdrawn?: readonly string[]; advertiser?: Advertiser } = {},
) => {
  const { columns = all, withdrawn = [], advertiser: whose = advertiser } = options;
  const toRecords = campaignDaily.converter({ columns, withdrawn: new Set(withdrawn), advertiser: whose });
  const read = (rows: ReportRows) => {
    const { records, days, misplaced } = toRecords(rows);
    return {
      records: records.map(({ key, changes, ...text }) => ({ key, changes, json: recordJson(text), text })),
      days: [...days],
      misplaced,
    };
  };
  type Envelope<List> = { data: { list: List } };
  const cut = cutReport(body, campaignDaily.report.dimensions, read) as Envelope<[CutRows<ReturnType<typeof read>>]>;
  const { list } = (JSON.parse(jsonOf(body)) as Envelope<ReportRow[]>).data;
  const parsed = read(ReportRows.of(list));
  for (const { text } of parsed.records) expect(isUtf8(text.bytes)).toBe(true);
  return { cut: cut?.data.list[0].converted, parsed };
};

const said = ({ records, ...rest }: ReturnType<typeof convertBody>['parsed']) => ({
  ...rest,
  records: records.map(({ text, ...record }) => record),
});

/** One record, which is the same both ways. */
const convert = (
  metrics: Record<string, unknown>,
  options: Parameters<typeof convertBody>[1] & { dimensions?: Record<string, string> } = {},
) => {
  const row = { dimensions: options.dimensions ?? dimensions, metrics };
  const body = Buffer.from(JSON.stringify({ code: 0, data: { list: [row], page_info: { total_number: 1 } } }));
  const { cut, parsed } = convertBody(body, options);
  if (cut) expect(said(cut)).toEqual(said(parsed));
  const [{ key, json, changes } = { key: '', json: '{}', changes: undefined }] = parsed.records;
  const data = JSON.parse(json) as Record<string, unknown>;
  return { key, json, changes, data, misplaced: parsed.misplaced, isCut: cut !== undefined };
};

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
    const { data, changes } = convert({ campaign_name: 'Sale \ud83d!' });
    expect(data).toMatchObject({ campaign_name: 'Sale \ufffd!' });
    expect(changes).toEqual([{ field: 'campaign_name', reason: 'replaced' }]);
    expect(convert({ campaign_name: 'Sale \u{1f389}' }).changes).toBeUndefined();
  });

  it('replaces both in what is known of the advertiser', () => {
    const columns = ['advertiser_id', 'advertiser_name', 'currency', 'timezone'];
    const broken = { id: '1', name: 'M\u00e4r\0ke', currency: '\ud83d', timezone: 'Etc/UTC' };
    const { data, changes } = convert({}, { columns, advertiser: broken });
    expect(data).toMatchObject({ advertiser_name: 'M\u00e4r\ufffdke', currency: '\ufffd', timezone: 'Etc/UTC' });
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

  it.each([
    [{ campaign_id: '1' }, 'a row without stat_time_day'],
    [{ campaign_id: '1', stat_time_day: '' }, 'a row without stat_time_day'],
    [{ stat_time_day: '2026-05-01 00:00:00' }, 'a row of 2026-05-01 without campaign_id'],
    [{ campaign_id: '-', stat_time_day: '2026-05-01' }, 'a row of 2026-05-01 without campaign_id'],
  ])('is refused without its day or its campaign: %j', (found, misplaced) => {
    expect(convert({}, { dimensions: found as Record<string, string> })).toMatchObject({ key: '', misplaced });
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
    const { data } = convert({}, { dimensions: { campaign_id: '1', stat_time_day: '2026-03-1"x' } });
    expect(data).toMatchObject({ date: '2026-03-1"' });
  });

  it('is UTF-8 whatever bytes TikTok sends', () => {
    const [before, after] = JSON.stringify({
      code: 0,
      data: { list: [{ dimensions, metrics: { campaign_name: 'n@' } }] },
    }).split('@');
    fc.assert(
      fc.property(fc.uint8Array(), (sent) => {
        const bytes = Buffer.from(sent.filter((byte) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5c));
        const body = Buffer.concat([Buffer.from(before ?? ''), bytes, Buffer.from(after ?? '')]);
        const { cut, parsed } = convertBody(body, { columns: ['campaign_name'] });
        const [record] = (cut ?? parsed).records;
        expect(JSON.parse(record?.json ?? '')).toMatchObject({ campaign_name: `n${bytes.toString('utf8')}` });
        expect(record?.changes !== undefined).toBe(!isUtf8(bytes));
        if (cut) expect(said(cut)).toEqual(said(parsed));
      }),
    );
  });

  it.each(['campaign_name', 'spend'])(
    'notes nothing of a U+FFFD that was sent, where bytes of %s are no UTF-8',
    (column) => {
      const rows = [{ campaign_name: 'Sale \ufffd' }, { campaign_name: 'Sale @\ufffd', [column]: '@' }].map(
        (metrics, index) => ({ dimensions: { ...dimensions, campaign_id: `${index}` }, metrics }),
      );
      const [before = '', after = ''] = JSON.stringify({ code: 0, data: { list: rows } })
        .replace('Sale @', 'Sale ')
        .split('@');
      const body = Buffer.concat([Buffer.from(before), Buffer.of(0xff), Buffer.from(after)]);
      const { parsed } = convertBody(body);
      expect(parsed.records.map(({ changes }) => changes?.map(({ field }) => field))).toEqual([undefined, [column]]);
      expect(JSON.parse(parsed.records[0]?.json ?? '')).toMatchObject({ campaign_name: 'Sale \ufffd' });
    },
  );

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

/** How a value may come, more often than not as TikTok writes it. */
const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(fc.integer(), fc.float({ noNaN: true })).map(String) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '-',
      '0.00',
      '12.0',
      '007',
      '1e3',
      '9223372036854775808',
      '7000000000000000001',
      '',
      '-0',
    ),
  },
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      '"',
      '\\',
      '/',
      '\0',
      '\n',
      '\u0085',
      '\u2028',
      'é',
      '€',
      '夏',
      '🎉',
      '\ufffd',
      '\ud83d',
    ),
  }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<unknown>(null, true, 1e20, {}, [], { a: '}' }),
);

const anyPage = fc
  .record({
    names: fc.shuffledSubarray(all.slice(2), { minLength: 1 }),
    extra: fc.constantFrom<string[]>([], ['__proto__'], ['new_metric', '7']),
    dayFirst: fc.boolean(),
    metricsFirst: fc.boolean(),
    isUneven: fc.constantFrom(true, false, false),
    space: fc.constantFrom('', '', ' ', '\n  '),
    escapes: fc.constantFrom<'none' | 'all' | 'slashes'>('none', 'none', 'all', 'slashes'),
    values: fc.array(fc.array(anyValue, { minLength: all.length, maxLength: all.length }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ names, extra, dayFirst, metricsFirst, isUneven, space, escapes, values }) => {
    const list = values.map((ofRow, row) => {
      const keys = [...names, ...extra];
      const metrics = `{${(isUneven && row > 0 ? keys.reverse().slice(1) : keys)
        .map((name, n) => `${JSON.stringify(name)}:${JSON.stringify(ofRow[n])}`)
        .join()}}`;
      const id = `"campaign_id":"17000000000000000${row}"`;
      const day = `"stat_time_day":"2026-05-0${row + 1} 00:00:00"`;
      const groups = [`"dimensions":{${dayFirst ? `${day},${id}` : `${id},${day}`}}`, `"metrics":${metrics}`];
      return `{${(metricsFirst ? groups.reverse() : groups).join()}}`;
    });
    const json = `{"code":0,"data":{"page_info":{"total_number":${list.length}},"list":[${list.join()}]}}`;
    const spaced = json.replace(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) =>
      token.length === 1 ? `${token}${space}` : token,
    );
    const escaped =
      escapes === 'none'
        ? spaced
        : spaced.replace(escapes === 'all' ? /[^ -~\n]/g : /(?<!\\)\//g, (unit) =>
            unit === '/' ? '\\/' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
          );
    return Buffer.from(escaped);
  });

describe('a page of rows', () => {
  it('becomes the same bytes, keys and notes by way of its bytes as by way of JSON.parse', () => {
    let cuts = 0;
    fc.assert(
      fc.property(anyPage, fc.constantFrom<string[]>([], ['spend'], ['campaign_name', 'ctr']), (body, withdrawn) => {
        const { cut, parsed } = convertBody(body, { withdrawn });
        if (cut) expect(said(cut)).toEqual(said(parsed));
        if (cut) cuts += 1;
      }),
      { numRuns: 1000 },
    );
    // Otherwise the law would prove nothing.
    expect(cuts).toBeGreaterThan(200);
  });

  it.each([
    ['rows that are unlike', '[{"dimensions":D,"metrics":{"spend":"1"}},{"dimensions":D,"metrics":{"clicks":"1"}}]'],
    ['a row with more than its two parts', '[{"dimensions":D,"metrics":{"spend":"1"},"x":"1"}]'],
    ['a metric twice', '[{"dimensions":D,"metrics":{"spend":"1","spend":"2"}}]'],
    ['a metric that is an object', '[{"dimensions":D,"metrics":{"spend":{"a":"b"}}}]'],
    ['a metric that no JSON allows', '[{"dimensions":D,"metrics":{"spend":01}}]'],
    ['a line break in a text', '[{"dimensions":D,"metrics":{"spend":"1\n"}}]'],
    ['an escape that is none', '[{"dimensions":D,"metrics":{"spend":"\\x"}}]'],
    ['a row that does not end', '[{"dimensions":D,"metrics":{"spend":"1"}'],
    ['two lists', '[{"dimensions":D,"metrics":{"spend":"1"}}],"list":[]'],
    ['no rows', '[]'],
  ])('is left to JSON.parse with %s', (_, list) => {
    const json = `{"code":0,"data":{"list":${list.replaceAll('D', JSON.stringify(dimensions))}}}`;
    const convertNone = () => expect.fail('must not be converted');
    expect(cutReport(Buffer.from(json), campaignDaily.report.dimensions, convertNone)).toBeUndefined();
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
