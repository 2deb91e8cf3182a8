import schema from '../../schemas/ad_daily.json' with { type: 'json' };
import { REPORT_FILTER_IDS_MAX } from '../tiktok/endpoints/report.ts';
import { dailyReport } from './daily-report.ts';

/** What every ad of an advertiser did on every day: one record an ad a day with data. */
export const adDaily = dailyReport({
  name: 'ad_daily',
  schema,
  report: { reportType: 'BASIC', serviceType: 'AUCTION', dataLevel: 'AUCTION_AD', statusField: 'ad_status' },
  dimensions: ['ad_id'],
  additiveMetrics: ['spend', 'impressions', 'clicks', 'conversion'],
  // At this level TikTok advises 30 campaigns at most ("Best practices").
  slicing: { campaignsMax: 30, adgroupsMax: REPORT_FILTER_IDS_MAX },
});
