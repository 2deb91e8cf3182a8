import type { DescribedStream } from './catalog.ts';
import type { SelectedStream } from './selection.ts';

/** The SCHEMA line of a stream; comes before its records (Singer specification, "Schemas"). Without line break. */
export function schemaLine({ stream, columns }: SelectedStream): string {
  return JSON.stringify({
    type: 'SCHEMA',
    stream: stream.name,
    schema: { type: 'object', properties: columns },
    key_properties: stream.primaryKey,
    bookmark_properties: [stream.cursor],
  });
}

/**
 * RECORD lines of a stream, put together from texts: a record is never parsed or written again on its way out.
 *
 * @returns takes the JSON text of a record and the RFC 3339 text of the moment at which it was read
 */
export function recordLines(stream: DescribedStream): (json: string, extractedAt: string) => string {
  const head = `{"type":"RECORD","stream":${JSON.stringify(stream.name)},"record":`;
  return (json, extractedAt) => `${head}${json},"time_extracted":"${extractedAt}"}`;
}

/** @param state JSON text of the whole state */
export function stateLine(state: string): string {
  return `{"type":"STATE","value":${state}}`;
}
