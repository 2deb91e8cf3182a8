import { visible } from '../wire/visible.ts';
import { shorten } from './draw-table.ts';

/** What a live line needs of a terminal. */
export type LiveStream = Pick<NodeJS.WriteStream, 'write' | 'columns'>;

const ERASE_LINE = '\r\u001b[K';

/** The last line of a terminal, written again and again, and lines that stay above it. */
export class LiveLine {
  readonly #stream: LiveStream;
  #shown = '';

  constructor(stream: LiveStream) {
    this.#stream = stream;
  }

  /** @param text one line without colours; what is wider than the terminal is cut, for a second line would stay */
  show(text: string): void {
    const line = shorten(visible(text), (this.#stream.columns || 80) - 1);
    if (line === this.#shown) return;
    this.#stream.write(`${ERASE_LINE}${line}`);
    this.#shown = line;
  }

  /** Writes lines that stay. */
  print(lines: string): void {
    const below = this.#shown;
    this.clear();
    this.#stream.write(`${lines}\n`);
    if (below) this.show(below);
  }

  clear(): void {
    if (this.#shown) this.#stream.write(ERASE_LINE);
    this.#shown = '';
  }
}
