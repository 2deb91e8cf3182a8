const MARK = Buffer.from('{"type":"RECORD"');
/** As some print it. */
const MARK_SPACED = Buffer.from('{"type": "RECORD"');

/** Counts the records of what a program prints, chunk by chunk, without taking it apart into lines. */
export class RecordCounter {
  count = 0;
  bytes = 0;
  #tail = Buffer.alloc(0);
  #mark: Buffer | undefined;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    // A mark that two chunks share is seen in the end of the one before, which is too short to hold a whole one.
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, MARK_SPACED.length - 1)]);
    this.#mark ??= [MARK, MARK_SPACED].find((mark) => chunk.includes(mark) || seam.includes(mark));
    if (this.#mark) {
      this.count += this.#occurrences(seam, this.#tail.length) + this.#occurrences(chunk, chunk.length);
    }
    this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-((this.#mark ?? MARK_SPACED).length - 1));
  }

  /** How many marks begin before `end`. */
  #occurrences(bytes: Buffer, end: number): number {
    const mark = this.#mark ?? MARK;
    let found = 0;
    for (let at = bytes.indexOf(mark); at >= 0 && at < end; at = bytes.indexOf(mark, at + mark.length)) found++;
    return found;
  }
}
