/** One bar: its label, its value, and the figure shown beside it. */
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
  const lengths = barsOf(
    bars.map(({ value }) => value),
    width,
  );
  const labelWidth = Math.max(...bars.map(({ label }) => label.length));
  const textWidth = Math.max(...bars.map(({ text }) => text.length));
  return bars.map(({ label, text }, index) =>
    `${label.padEnd(labelWidth)}  ${text.padStart(textWidth)}  ${lengths[index] ?? ''}`.trimEnd(),
  );
}

/**
 * The bars alone, for a column of a table. Their lengths are exact to an eighth of a cell.
 *
 * @param values 0 or more
 * @param width  of the longest bar, in cells
 */
export function barsOf(values: readonly number[], width: number): string[] {
  const longest = Math.max(...values, Number.MIN_VALUE);
  return values.map((value) => {
    const eighths = Math.round((value / longest) * width * 8);
    return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  });
}

/**
 * A progress bar with its percentage.
 *
 * @param share from 0 to 1
 * @param width of bar and percentage, in cells; without room for a bar, only the percentage is shown
 */
export function drawProgress(share: number, width: number): string {
  const done = Math.min(1, Math.max(0, share));
  const percent = `${Math.floor(done * 100)}%`.padStart(4);
  const cells = Math.min(40, width - percent.length - 1);
  if (cells < 4) return percent;
  return `${'█'.repeat(Math.round(done * cells)).padEnd(cells, '░')} ${percent}`;
}
