import type { FieldChange } from '../streams/stream.ts';
import type { StreamRecord } from '../sync/events.ts';
import type { LineWriter } from '../wire/line-writer.ts';
import type { RecordChange, StreamDescriptor } from './messages.ts';

const CHANGE: Readonly<Record<FieldChange['reason'], Omit<RecordChange, 'field'>>> = {
  no_number: { change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' },
  withdrawn: { change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' },
  // The protocol's only other word.
  replaced: { change: 'TRUNCATED', reason: 'SOURCE_SERIALIZATION_ERROR' },
};

/**
 * The RECORD lines of a stream.
 *
 * A record's own text is neither parsed nor changed before it is written: this runs once for every row of a table.
 */
export class RecordLines {
  readonly #head: Buffer;
  #emittedAt = Number.NaN;
  #tail = Buffer.alloc(0);
  /** The JSON of the last changes, which for a withdrawn metric are the same in every record. */
  readonly #noted: { changes?: readonly FieldChange[]; json: string } = { json: '' };

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
      ? Buffer.from(`,"emitted_at":${emittedAt},"meta":{"changes":${this.#jsonOf(changes)}}}}\n`)
      : this.#tail;
    out.addFramed(this.#head, record, tail);
  }

  #jsonOf(changes: readonly FieldChange[]): string {
    if (this.#noted.changes !== changes) {
      this.#noted.changes = changes;
      this.#noted.json = JSON.stringify(changes.map(changeOf));
    }
    return this.#noted.json;
  }
}

function changeOf({ field, reason }: FieldChange): RecordChange {
  return { field, ...CHANGE[reason] };
}

/**
 * The STATE line of a stream, with its line break.
 *
 * @param stateJson JSON text of the state, unchanged
 * @param recordCount records of this stream since the state before
 */
export function stateLine(descriptor: StreamDescriptor, stateJson: string, recordCount: number): string {
  const stream = `{"stream_descriptor":${JSON.stringify(descriptor)},"stream_state":${stateJson}}`;
  return `{"type":"STATE","state":{"type":"STREAM","stream":${stream},"sourceStats":{"recordCount":${recordCount}}}}\n`;
}
