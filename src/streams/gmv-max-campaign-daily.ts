import schema from '../../schemas/gmv_max_campaign_daily.json' with { type: 'json' };
import { dailyReport } from './daily-report.ts';

/**
 * What every GMV Max campaign cost on every day, by country: TikTok documents no grouping without it. The report
 * takes no filter.
 */
export const gmvMaxCampaignDaily = dailyReport({
  name: 'gmv_max_campaign_daily',
  schema,
  report: { reportType: 'TT_SHOP', serviceType: 'AUCTION', dataLevel: 'AUCTION_CAMPAIGN' },
  dimensions: ['campaign_id', 'country_code'],
  additiveMetrics: ['spend', 'billed_cost'],
});
