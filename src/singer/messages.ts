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

/** What comes before a record's own text in its RECORD line. The text is never parsed or changed on its way out. */
export function recordHead(stream: DescribedStream): Buffer {
  return Buffer.from(`{"type":"RECORD","stream":${JSON.stringify(stream.name)},"record":`);
}

/** What comes after it, line break included. `extractedAt`: when it was read, RFC 3339. */
export function recordTail(extractedAt: string): Buffer {
  return Buffer.from(`,"time_extracted":"${extractedAt}"}\n`);
}

/** @param state JSON text of the whole state */
export function stateLine(state: string): string {
  return `{"type":"STATE","value":${state}}`;
}
