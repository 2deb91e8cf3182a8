import { campaignDaily } from './campaign-daily/campaign-daily.ts';
import type { ReportStream } from './campaign-daily/report-stream.ts';

/** Every stream of this source, in the order in which they are discovered and read. */
export const streams: readonly ReportStream[] = [campaignDaily];
