import { visible } from '../wire/visible.ts';
import { shorten } from './draw-table.ts';

/** The parts of a terminal that a live line uses. */
export type LiveStream = Pick<NodeJS.WriteStream, 'write' | 'columns'>;

const ERASE_LINE = '\r\u001b[K';

/** The last line of a terminal, which is rewritten again and again, and the lines that stay above it. */
export class LiveLine {
  readonly #stream: LiveStream;
  #shown = '';

  constructor(stream: LiveStream) {
    this.#stream = stream;
  }

  /** @param text one line without colours; it is cut to the terminal's width, because a second line could not be erased */
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
