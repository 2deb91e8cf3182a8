import type { TextEncoding } from '../tiktok/http/envelope.ts';

/** The JSON text of a record, an object without a line break, in UTF-8: `bytes` from `start` to before `end`. */
export interface RecordText {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The JSON text of a record as a string. */
export function recordJson({ bytes, start, end }: RecordText): string {
  return bytes.toString('utf8', start, end);
}

/** Records to come may be longer than the one at hand: spare characters for each of them. */
const MARGIN_CHARACTERS = 40;

/**
 * The bytes of one page's records, one after the other, as they will be written. Thousands of rows wait until their window
 * is whole: strings would be copied by V8 at each garbage collection, and encoded again at the end.
 */
export class RecordTexts {
  #left: number;
  #bytes = Buffer.alloc(0);
  #end = 0;

  /** @param records that are expected; there may be more */
  constructor(records: number) {
    this.#left = records;
  }

  /** @param encoding in which `json` is to be written to become UTF-8 */
  add(json: string, encoding: TextEncoding): RecordText {
    const length = encoding === 'latin1' ? json.length : Buffer.byteLength(json);
    if (this.#end + length > this.#bytes.length) {
      // Not from Node's pool: a slice would keep the whole pool alive.
      this.#bytes = Buffer.allocUnsafeSlow((length + MARGIN_CHARACTERS) * Math.max(1, this.#left));
      this.#end = 0;
    }
    this.#left -= 1;
    const start = this.#end;
    this.#end += this.#bytes.write(json, start, encoding);
    return { bytes: this.#bytes, start, end: this.#end };
  }
}
