import schema from '../../schemas/campaign_daily.json' with { type: 'json' };
import type { Column, ReportStream, StreamSchema } from './daily-report.ts';
import { ADVERTISER_COLUMNS, rowConverter } from './row-to-json.ts';

const DIMENSIONS = ['campaign_id', 'stat_time_day'];

/** The columns of the schema file; JSON imports lose the tuple types that it keeps to. */
const COLUMNS = schema.properties as unknown as Readonly<Record<string, Column>>;

/** Columns that are dimensions of the report or come from elsewhere; every other column is a metric of its name. */
const NO_METRIC = new Set(['date', 'campaign_id', ...Object.keys(ADVERTISER_COLUMNS)]);

const streamSchema = ({ advertiserColumns }: { readonly advertiserColumns: boolean }): StreamSchema => ({
  $schema: schema.$schema,
  type: 'object',
  additionalProperties: true,
  properties: advertiserColumns ? { ...COLUMNS, ...ADVERTISER_COLUMNS } : COLUMNS,
});

/**
 * What every campaign of an advertiser did on every account day: a basic report at campaign level by day
 * ("Run a synchronous report", "Basic reports"), one record a campaign a day with data.
 */
export const campaignDaily: ReportStream = {
  name: 'campaign_daily',
  primaryKey: ['date', 'campaign_id'],
  cursor: 'date',
  report: { reportType: 'BASIC', serviceType: 'AUCTION', dataLevel: 'AUCTION_CAMPAIGN', dimensions: DIMENSIONS },
  additiveMetrics: ['spend', 'impressions', 'clicks', 'conversion'],
  schema: streamSchema,
  metrics(columns) {
    const wanted = columns.filter((name) => !NO_METRIC.has(name));
    return wanted.length > 0 ? wanted : ['spend'];
  },
  converter({ columns, withdrawn, advertiser, encoding }) {
    const wanted = new Set([...this.primaryKey, ...columns]);
    const all = Object.entries(streamSchema({ advertiserColumns: true }).properties);
    return rowConverter({
      columns: new Map(all.filter(([name]) => wanted.has(name))),
      idDimension: 'campaign_id',
      withdrawn,
      advertiser,
      encoding,
    });
  },
};
