import schema from '../../schemas/campaign_daily.json' with { type: 'json' };
import { REPORT_FILTER_IDS_MAX } from '../tiktok/endpoints/report.ts';
import { dailyReport } from './daily-report.ts';

/** What every campaign of an advertiser did on every day: one record a campaign a day with data. */
export const campaignDaily = dailyReport({
  name: 'campaign_daily',
  isDefault: true,
  schema,
  report: {
    reportType: 'BASIC',
    serviceType: 'AUCTION',
    dataLevel: 'AUCTION_CAMPAIGN',
    statusField: 'campaign_status',
  },
  dimensions: ['campaign_id'],
  additiveMetrics: ['spend', 'impressions', 'clicks', 'conversion'],
  slicing: { campaignsMax: REPORT_FILTER_IDS_MAX },
});
