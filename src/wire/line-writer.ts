/** The reader of our output has gone (EPIPE), or the output can take no more (a full disk): nothing further can be said. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
  /** True when the reader closed the pipe: its right, and no fault. */
  readonly byReader: boolean;

  constructor(cause: unknown) {
    super(`Standard output takes no more: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    this.byReader = code === 'EPIPE' || code === 'ECONNRESET';
  }
}

/**
 * How a writer hands a chunk on: calls back when the chunk has left the process, or with what prevented it. The chunk's
 * memory is written again afterwards.
 */
export type WriteChunk = (chunk: Buffer, done: (error?: Error | null) => void) => unknown;

/** Bytes from `start` to before `end`. */
export interface ByteRange {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** What a Linux pipe holds, bytes. One write of this size costs a tenth of writing line by line. */
const CHUNK_SIZE = 64 * 1024;

/** A chunk of this size is handed over: the line that made it so large still went into the pipe with it. */
const FULL_SIZE = CHUNK_SIZE - 2 * 1024;

/** The longest time that a line waits for its chunk to fill, milliseconds: people watch, and platforms count silence. */
const LINGER_MS = 500;

/**
 * Lines on their way to a reader, UTF-8, in order, in as few writes as possible.
 *
 * The caller awaits `handOver` whenever `isFull`; then at most two chunks are in memory, even with a slow reader.
 * After the first failed write every call throws `OutputClosedError`.
 */
export class LineWriter {
  readonly #writeChunk: WriteChunk;
  readonly #onClosed: (error: OutputClosedError) => void;
  /** What was added, up to `#size`. */
  #chunk = Buffer.allocUnsafeSlow(CHUNK_SIZE);
  #size = 0;
  /** The memory of the chunk before, which is being read or has been. */
  #other = Buffer.allocUnsafeSlow(CHUNK_SIZE);
  #inFlight: Promise<void> | undefined;
  #closed: OutputClosedError | undefined;
  #linger: NodeJS.Timeout | undefined;

  /** @param onClosed called once, when a write has failed */
  constructor(writeChunk: WriteChunk, onClosed: (error: OutputClosedError) => void = () => {}) {
    this.#writeChunk = writeChunk;
    this.#onClosed = onClosed;
  }

  /** Adds text that consists of whole lines, each with its line break. */
  add(lines: string): void {
    this.#makeRoom(Buffer.byteLength(lines));
    this.#size += this.#chunk.write(lines, this.#size);
  }

  /** Adds one line: `text` between `head` and `tail`, which has the line break. */
  addFramed(head: Buffer, { bytes, start, end }: ByteRange, tail: Buffer): void {
    // Copying would not say so.
    if (end > bytes.length) throw new RangeError('a text was freed before it was written');
    this.#makeRoom(head.length + end - start + tail.length);
    this.#size += head.copy(this.#chunk, this.#size);
    this.#size += bytes.copy(this.#chunk, this.#size, start, end);
    this.#size += tail.copy(this.#chunk, this.#size);
  }

  /** True when a chunk has come together: `handOver` is due. */
  get isFull(): boolean {
    return this.#size >= FULL_SIZE;
  }

  /**
   * Gives what was added to the operating system as soon as the chunk before it has been taken.
   *
   * Resolves when that has begun, so the next chunk can be made while the reader reads this one.
   *
   * @throws OutputClosedError
   */
  async handOver(): Promise<void> {
    while (this.#inFlight) await this.#inFlight;
    if (this.#closed) throw this.#closed;
    clearTimeout(this.#linger);
    this.#linger = undefined;
    if (this.#size === 0) return;
    const chunk = this.#chunk.subarray(0, this.#size);
    // Memory that grew for a state of thousands of advertisers is not kept.
    const isGrown = this.#other.length > CHUNK_SIZE;
    [this.#chunk, this.#other] = [isGrown ? Buffer.allocUnsafeSlow(CHUNK_SIZE) : this.#other, this.#chunk];
    this.#size = 0;
    const written = this.#write(chunk).then(() => {
      this.#inFlight = undefined;
    });
    this.#inFlight = written;
  }

  /**
   * Resolves when everything that was added has left the process.
   *
   * @throws OutputClosedError
   */
  async drain(): Promise<void> {
    await this.handOver();
    while (this.#inFlight) await this.#inFlight;
    if (this.#closed) throw this.#closed;
  }

  #makeRoom(size: number): void {
    if (this.#size === 0 && this.#linger === undefined) {
      // The timer must not keep the process alive: the program drains before it ends.
      this.#linger = setTimeout(() => this.handOver().catch(() => {}), LINGER_MS).unref();
    }
    if (this.#size + size <= this.#chunk.length) return;
    const larger = Buffer.allocUnsafeSlow(this.#size + size + CHUNK_SIZE);
    this.#chunk.copy(larger, 0, 0, this.#size);
    this.#chunk = larger;
  }

  /** Resolves when the chunk has left the process, or cannot. */
  #write(chunk: Buffer): Promise<void> {
    return new Promise((resolve) => {
      const done = (error?: Error | null) => {
        if (error) this.#close(error);
        resolve();
      };
      try {
        this.#writeChunk(chunk, done);
      } catch (error) {
        // Writing to a file is synchronous, and Node 20 throws what went wrong.
        done(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #close(error: Error): void {
    this.#size = 0;
    if (this.#closed) return;
    this.#closed = new OutputClosedError(error);
    this.#onClosed(this.#closed);
  }
}
