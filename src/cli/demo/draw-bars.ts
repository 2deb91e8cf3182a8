/** One bar: what it is of, how long, and the figure behind it. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A chart of horizontal bars, one line each; the longest is `width` cells.
 *
 * @param bars values of 0 or more
 */
export function drawBars(bars: readonly Bar[], width: number): string[] {
  const longest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const labelWidth = Math.max(...bars.map(({ label }) => label.length));
  const textWidth = Math.max(...bars.map(({ text }) => text.length));
  return bars.map(({ label, value, text }) => {
    const eighths = Math.round((value / longest) * width * 8);
    const bar = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
    return `${label.padEnd(labelWidth)}  ${text.padStart(textWidth)}  ${bar}`.trimEnd();
  });
}
