import schema from '../../schemas/adgroup_daily.json' with { type: 'json' };
import { REPORT_FILTER_IDS_MAX } from '../tiktok/endpoints/report.ts';
import { dailyReport } from './daily-report.ts';

/** What every ad group of an advertiser did on every day: one record an ad group a day with data. */
export const adgroupDaily = dailyReport({
  name: 'adgroup_daily',
  schema,
  report: {
    reportType: 'BASIC',
    serviceType: 'AUCTION',
    dataLevel: 'AUCTION_ADGROUP',
    statusField: 'adgroup_status',
  },
  dimensions: ['adgroup_id'],
  additiveMetrics: ['spend', 'impressions', 'clicks', 'conversion'],
  slicing: { campaignsMax: REPORT_FILTER_IDS_MAX, adgroupsMax: REPORT_FILTER_IDS_MAX },
});
