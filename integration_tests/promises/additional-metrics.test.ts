import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import campaignSchema from '../../schemas/campaign_daily.json' with { type: 'json' };
import catalogue from '../../schemas/metrics.json' with { type: 'json' };
import spec from '../../spec.json' with { type: 'json' };
import { catalogOf } from '../../src/airbyte/catalog.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { streams } from '../../src/streams/all-streams.ts';
import { dailyReport } from '../../src/streams/daily-report.ts';
import type { ReportStream } from '../../src/streams/stream.ts';
import { readStreams } from '../support/read-streams.ts';
import { check, logsOf, read } from '../support/run-source.ts';

// Columns by choice. Today is 2026-03-15.

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const RANGE = { from: '2026-03-01', to: '2026-03-05' };
const offered = spec.connectionSpecification.properties.additional_metrics.items.enum;
const basic = streams.filter(({ report }) => report.reportType === 'BASIC');

/** Of these metrics those that a basic stream has by choice alone. */
const byChoice = ({ report, schema }: ReportStream, names: readonly string[]) => {
  const level = report.dataLevel.replace('AUCTION_', '').toLowerCase();
  const own = schema({ advertiserColumns: true, additionalMetrics: [] }).properties;
  const levelsOf = (name: string) => catalogue.metrics.find((metric) => metric.name === name)?.levels;
  return names.filter((name) => !(name in own) && levelsOf(name)?.includes(level));
};

/** Of every type, unit and set of levels some. */
const SOME = [
  'video_play_actions',
  'conversion_rate_v2',
  'total_purchase_value',
  'average_video_play',
  'objective_type',
  'billing_event',
  'tt_app_name',
  'cash_spend',
];

const columnsOf = (additionalMetrics: readonly string[], advertiserColumns = false) =>
  new Map(
    catalogOf(streams, { additionalMetrics, advertiserColumns }).streams.map((stream) => [
      stream.name,
      Object.keys(stream.json_schema.properties as object),
    ]),
  );

describe('additional metrics', () => {
  it.each([
    ['some of every kind', SOME],
    ['as many as may be named', offered.slice(0, 70)],
    ['the others', offered.slice(-70)],
  ])('%s come to the last digit in every stream whose level has them, within 100 a request', async (_says, names) => {
    const config = { start_date: RANGE.from, end_date: RANGE.to, additional_metrics: names };
    const { rows, outcome } = await readStreams(emulator, basic, config);
    expect(outcome.failure).toBeUndefined();
    for (const stream of basic) {
      const { name } = stream;
      const expected = emulator.expectedRows({
        ...RANGE,
        stream: name as 'campaign_daily',
        additionalMetrics: byChoice(stream, names),
      });
      expect((rows[name] ?? []).map((row) => JSON.stringify(row)).sort(), name).toEqual(
        [...expected].map(({ values }) => JSON.stringify(values)).sort(),
      );
    }
    const reports = emulator.requests.filter(({ params }) => params.metrics !== undefined);
    const counts = reports.map(({ params }) => (params.metrics as string[]).length);
    expect(reports.every(({ code }) => code === 0)).toBe(true);
    expect(Math.max(...counts)).toBeLessThanOrEqual(100);
  });

  it('are declared after all other columns, and change no stream whose level has not got them', () => {
    const before = columnsOf([], true);
    const after = columnsOf(SOME, true);
    for (const stream of streams) {
      const more = basic.includes(stream) ? byChoice(stream, SOME) : [];
      expect(after.get(stream.name), stream.name).toEqual([...(before.get(stream.name) ?? []), ...more]);
    }
    expect(after.get('campaign_daily')).not.toContain('cash_spend');
    expect(after.get('advertiser_daily')).toContain('cash_spend');
  });

  it('that TikTok withdraws are null, and the run goes on', async () => {
    emulator.withdrawMetric('conversion_rate_v2');
    const config = { start_date: RANGE.from, end_date: RANGE.to, additional_metrics: ['conversion_rate_v2'] };
    const { rows, outcome } = await readStreams(emulator, streams.slice(0, 1), config);
    expect(outcome.failure).toBeUndefined();
    expect(rows.campaign_daily?.every((row) => row.conversion_rate_v2 === null)).toBe(true);
  });

  it('that the chosen streams do not bring are warned of, with the levels that have them, by check and read', async () => {
    const names = ['video_play_actions', 'cash_spend', 'voucher_spend', 'billing_event'];
    const config = emulator.config({ start_date: RANGE.from, end_date: RANGE.to, additional_metrics: names });
    const told = [
      'additional_metrics names cash_spend, voucher_spend, which campaign_daily does not bring. TikTok reports it by ' +
        'advertiser only: choose advertiser_daily, or shorten additional_metrics.',
      'additional_metrics names billing_event, which campaign_daily does not bring. TikTok reports it by adgroup or ad ' +
        'only: choose adgroup_daily or ad_daily, or shorten additional_metrics.',
    ];
    expect(logsOf(await read({ config }), 'WARN')).toEqual(told);
    const checked = await check(config);
    expect(logsOf(checked, 'WARN')).toEqual(told);
    expect(checked.messages.at(-1)?.connectionStatus?.status).toBe('SUCCEEDED');
    const chosen = (...names: string[]) => streams.filter(({ name }) => names.includes(name));
    const overrides = { start_date: RANGE.from, end_date: RANGE.to, additional_metrics: names };
    const every = await readStreams(emulator, chosen('campaign_daily', 'ad_daily', 'advertiser_daily'), overrides);
    expect(every.warnings).toEqual([]);
    const left = await readStreams(emulator, chosen('campaign_daily', 'advertiser_daily'), overrides);
    expect(left.warnings).toEqual([told[1]?.replace('campaign_daily does', 'campaign_daily, advertiser_daily do')]);
    const unselected = await read({ config, streams: [['advertiser_daily', ['spend', 'cash_spend']]] });
    expect(logsOf(unselected, 'WARN')).toContainEqual(
      'additional_metrics names video_play_actions, voucher_spend, which advertiser_daily does not bring. The catalog does ' +
        'not select it: run discover again and select the column, or shorten additional_metrics.',
    );
  });

  it('that have become columns of a table are that column, without a warning', async () => {
    const schema = {
      ...campaignSchema,
      properties: { ...campaignSchema.properties, likes: { type: ['null', 'integer'] } },
    };
    const stream = dailyReport({
      name: 'campaign_daily',
      schema,
      report: {
        reportType: 'BASIC',
        serviceType: 'AUCTION',
        dataLevel: 'AUCTION_CAMPAIGN',
        statusField: 'campaign_status',
      },
      dimensions: ['campaign_id'],
      additiveMetrics: ['spend', 'likes'],
    });
    const config = { start_date: RANGE.from, end_date: RANGE.to, additional_metrics: ['likes'] };
    const { rows, warnings, outcome } = await readStreams(emulator, [stream], config);
    expect(outcome.failure).toBeUndefined();
    expect(warnings).toEqual([]);
    const expected = emulator.expectedRows({ ...RANGE, additionalMetrics: ['likes'] });
    expect((rows.campaign_daily ?? []).map((row) => JSON.stringify(row)).sort()).toEqual(
      [...expected].map(({ values }) => JSON.stringify(values)).sort(),
    );
  });

  it('that do not exist are a mistake that names the nearest ones', () => {
    const config = { ...emulator.config(), additional_metrics: ['video_play_action', 'spend'] };
    expect(() => parseConfig(config)).toThrow(
      /additional_metrics\[0\] is "video_play_action", which is none of the \d+ known ones; the nearest are video_play_actions, /,
    );
    expect(() => parseConfig(config)).toThrow(/additional_metrics\[1\] is "spend"/);
  });

  it('are at most 70', () => {
    const config = { ...emulator.config(), additional_metrics: offered.slice(0, 71) };
    expect(() => parseConfig(config)).toThrow(/additional_metrics has 71 entries; expected at most 70/);
  });

  it('are offered by the form: the whole catalogue without what the tables always had', () => {
    const columns = new Set([...columnsOf([], true).values()].flat());
    const names = catalogue.metrics.map(({ name }) => name);
    expect(offered).toEqual(names.filter((name) => !columns.has(name) || offered.includes(name)).sort());
    for (const name of ['spend', 'impressions', 'campaign_name', 'currency']) expect(offered).not.toContain(name);
  });
});
