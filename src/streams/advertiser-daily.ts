import schema from '../../schemas/advertiser_daily.json' with { type: 'json' };
import { dailyReport } from './daily-report.ts';

/**
 * What an advertiser did on every day: one record a day with data. At this level TikTok counts all ads, deleted ones and
 * reservation ads too, and takes no filter. It cannot be sliced by campaign: each row would be a part of the figures.
 */
export const advertiserDaily = dailyReport({
  name: 'advertiser_daily',
  schema,
  report: { reportType: 'BASIC', serviceType: 'AUCTION', dataLevel: 'AUCTION_ADVERTISER' },
  dimensions: ['advertiser_id'],
  additiveMetrics: ['spend', 'impressions', 'clicks', 'conversion'],
});
