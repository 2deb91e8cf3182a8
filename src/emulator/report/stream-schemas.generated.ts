// Generated from schemas/ by `npm run generate`; do not edit.
import adDaily from '../../../schemas/ad_daily.json' with { type: 'json' };
import adgroupDaily from '../../../schemas/adgroup_daily.json' with { type: 'json' };
import advertiserDaily from '../../../schemas/advertiser_daily.json' with { type: 'json' };
import campaignDaily from '../../../schemas/campaign_daily.json' with { type: 'json' };
import gmvMaxCampaignDaily from '../../../schemas/gmv_max_campaign_daily.json' with { type: 'json' };

export const STREAM_SCHEMAS = {
  ad_daily: adDaily,
  adgroup_daily: adgroupDaily,
  advertiser_daily: advertiserDaily,
  campaign_daily: campaignDaily,
  gmv_max_campaign_daily: gmvMaxCampaignDaily,
};
