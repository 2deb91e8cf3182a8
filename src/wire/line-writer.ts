/** The reader of our output has gone (EPIPE), or the output can take no more (a full disk): nothing further can be said. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError';
  /** True when the reader closed the pipe: its right, and no reason for noise. */
  readonly byReader: boolean;

  constructor(cause: unknown) {
    super(`Standard output takes no more: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    this.byReader = code === 'EPIPE' || code === 'ECONNRESET';
  }
}

/** How a writer hands a chunk on: calls back when the chunk has left the process, or with what prevented it. */
export type WriteChunk = (chunk: string, done: (error?: Error | null) => void) => unknown;

/** Characters a chunk: what a Linux pipe holds. One write of this size costs a tenth of writing line by line. */
const CHUNK_LENGTH = 64 * 1024;

/** A line waits no longer than this for its chunk to fill, milliseconds; people watch, and platforms count silence. */
const LINGER_MS = 500;

/**
 * Lines on their way to a reader, in order, as few writes as possible.
 *
 * Whoever adds lines awaits `handOver` whenever `isFull`; then at most two chunks are held, however slow the reader is.
 * After the first failed write every call throws `OutputClosedError`.
 */
export class LineWriter {
  readonly #writeChunk: WriteChunk;
  readonly #onClosed: (error: OutputClosedError) => void;
  #pending = '';
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
    if (this.#pending === '' && this.#linger === undefined) {
      // Not a reason for the process to live: whoever ends it drains first.
      this.#linger = setTimeout(() => this.handOver().catch(() => {}), LINGER_MS).unref();
    }
    // A rope: copied once, when the chunk is encoded.
    this.#pending += lines;
  }

  /** True when a chunk has come together: `handOver` is due. */
  get isFull(): boolean {
    return this.#pending.length >= CHUNK_LENGTH;
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
    if (this.#pending === '') return;
    const chunk = this.#pending;
    this.#pending = '';
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

  /** Resolves when the chunk has left the process, or cannot. */
  #write(chunk: string): Promise<void> {
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
    this.#pending = '';
    if (this.#closed) return;
    this.#closed = new OutputClosedError(error);
    this.#onClosed(this.#closed);
  }
}
