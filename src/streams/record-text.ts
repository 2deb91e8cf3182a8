/**
 * The JSON text of a record, an object without a line break, in UTF-8: `bytes` from `start` to before `end`. Rows wait by
 * the thousand until their window is whole: as strings V8 would copy them at each collection, and encode them at the end.
 */
export interface RecordText {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The JSON text of a record as a string. */
export function recordJson({ bytes, start, end }: RecordText): string {
  return bytes.toString('utf8', start, end);
}
