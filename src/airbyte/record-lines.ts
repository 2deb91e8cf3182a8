import type { StreamRecord } from '../sync/events.ts';
import type { StreamDescriptor } from './messages.ts';

/**
 * Makes the RECORD lines of a stream.
 *
 * A record's own text is neither parsed nor copied before it is written: this runs once for every row of a table.
 *
 * @returns the line of a record, its break included; `emittedAt` is milliseconds since 1970
 */
export function recordLines({
  name,
  namespace,
}: StreamDescriptor): (record: StreamRecord, emittedAt: number) => string {
  const inNamespace = namespace === undefined ? '' : `"namespace":${JSON.stringify(namespace)},`;
  const head = `{"type":"RECORD","record":{${inNamespace}"stream":${JSON.stringify(name)},"data":`;
  return ({ json, changes }, emittedAt) =>
    changes && changes.length > 0
      ? `${head}${json},"emitted_at":${emittedAt},"meta":{"changes":${JSON.stringify(changes)}}}}\n`
      : `${head}${json},"emitted_at":${emittedAt}}}\n`;
}

/**
 * The STATE line of a stream, its break included.
 *
 * @param stateJson JSON text of the state, as it is: a state that was changed on its way is of no use
 * @param recordCount records of this stream since the state before
 */
export function stateLine(descriptor: StreamDescriptor, stateJson: string, recordCount: number): string {
  const stream = `{"stream_descriptor":${JSON.stringify(descriptor)},"stream_state":${stateJson}}`;
  return `{"type":"STATE","state":{"type":"STREAM","stream":${stream},"sourceStats":{"recordCount":${recordCount}}}}\n`;
}
