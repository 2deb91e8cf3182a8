import schema from '../../schemas/advertiser_daily.json' with { type: 'json' };
import { dailyReport } from './daily-report.ts';

/**
 * What an advertiser did on every day: one record a day with data. TikTok's level has all ads, deleted ones and
 * reservation ads too, and knows no filter; in parts by campaign its rows would be parts as well.
 */
export const advertiserDaily = dailyReport({
  name: 'advertiser_daily',
  schema,
  report: { reportType: 'BASIC', serviceType: 'AUCTION', dataLevel: 'AUCTION_ADVERTISER' },
  dimensions: ['advertiser_id'],
  additiveMetrics: ['spend', 'impressions', 'clicks', 'conversion'],
});
