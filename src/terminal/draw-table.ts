import stringWidth from 'string-width';
import { visible } from '../wire/visible.ts';

/** One column of a table of texts. */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** The widest that the column may be, in terminal cells; longer texts end in an ellipsis. */
  readonly widthMax?: number;
}

/**
 * A table as lines of aligned text, two spaces between columns: a line of titles, then one a row. Widths are those of a
 * terminal, where letters of East Asian scripts and emoji take two cells.
 */
export function drawTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map(({ widthMax = Number.POSITIVE_INFINITY }, index) => shorten(visible(row[index] ?? ''), widthMax)),
  );
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => stringWidth(row[index] ?? ''))));
  return cells.map((row) =>
    row
      .map((text, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - stringWidth(text));
        return columns[index]?.align === 'right' ? padding + text : text + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}

function shorten(text: string, widthMax: number): string {
  if (stringWidth(text) <= widthMax) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > widthMax - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
