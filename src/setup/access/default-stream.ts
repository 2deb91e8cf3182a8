import type { ReportStream } from '../../streams/stream.ts';

/** The stream that proves a permission, counts rows ahead and is previewed: the one read unless others are chosen. */
export function defaultStream(streams: readonly ReportStream[]): ReportStream {
  const found = streams.find(({ isDefault }) => isDefault);
  if (!found) throw new Error('No stream is read by default.');
  return found;
}
