import type { StreamRecord } from '../sync/events.ts';
import type { LineWriter } from '../wire/line-writer.ts';
import type { StreamDescriptor } from './messages.ts';

/**
 * The RECORD lines of a stream.
 *
 * A record's own text is neither parsed nor changed before it is written: this runs once for every row of a table.
 */
export class RecordLines {
  readonly #head: Buffer;
  #emittedAt = Number.NaN;
  #tail = Buffer.alloc(0);

  constructor({ name, namespace }: StreamDescriptor) {
    const inNamespace = namespace === undefined ? '' : `"namespace":${JSON.stringify(namespace)},`;
    this.#head = Buffer.from(`{"type":"RECORD","record":{${inNamespace}"stream":${JSON.stringify(name)},"data":`);
  }

  /** @param emittedAt milliseconds since 1970 */
  add(record: StreamRecord, emittedAt: number, out: LineWriter): void {
    if (emittedAt !== this.#emittedAt) {
      this.#emittedAt = emittedAt;
      this.#tail = Buffer.from(`,"emitted_at":${emittedAt}}}\n`);
    }
    const { changes } = record;
    const tail = changes
      ? Buffer.from(`,"emitted_at":${emittedAt},"meta":{"changes":${JSON.stringify(changes)}}}}\n`)
      : this.#tail;
    out.addFramed(this.#head, record, tail);
  }
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
