import { adDaily } from './ad-daily.ts';
import { adgroupDaily } from './adgroup-daily.ts';
import { advertiserDaily } from './advertiser-daily.ts';
import { campaignDaily } from './campaign-daily.ts';
import { gmvMaxCampaignDaily } from './gmv-max-campaign-daily.ts';
import type { ReportStream } from './stream.ts';

/** Every stream of this source, in the order in which they are discovered and read. */
export const streams: readonly ReportStream[] = [
  campaignDaily,
  adgroupDaily,
  adDaily,
  advertiserDaily,
  gmvMaxCampaignDaily,
];
