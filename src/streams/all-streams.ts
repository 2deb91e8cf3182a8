import { campaignDaily } from './campaign-daily.ts';
import type { ReportStream } from './stream.ts';

/** Every stream of this source, in the order in which they are discovered and read. */
export const streams: readonly ReportStream[] = [campaignDaily];
