import stringWidth from 'string-width';
import { visible } from '../wire/visible.ts';

/** One column of a table of texts. */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** The widest that the column may be, in terminal cells; longer texts end in an ellipsis. */
  readonly widthMax?: number;
  /** The narrowest that the column may become so that the table fits; without it the column is never cut. */
  readonly widthMin?: number;
  /** The column may be left out when cutting is not enough; the last of these columns goes first. */
  readonly isDispensable?: boolean;
}

const GAP = '  ';

/**
 * A table as lines of aligned text, two spaces between columns: a line of titles, then one line for each row. Widths are
 * in terminal cells: letters of East Asian scripts and emoji take two.
 *
 * @param width in cells; columns are cut or left out until the lines fit, as far as the columns allow it. Without it, or
 *   where it is 0, they are as wide as their texts
 */
export function drawTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[], width = 0): string[] {
  const texts = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map((_, index) => visible(row[index] ?? '')),
  );
  const wanted = columns.map((column, index) => ({
    column,
    index,
    width: Math.min(
      column.widthMax ?? Number.POSITIVE_INFINITY,
      Math.max(...texts.map((row) => stringWidth(row[index] ?? ''))),
    ),
  }));
  const shown = fitted(wanted, width || Number.POSITIVE_INFINITY);
  return texts.map((row) =>
    shown
      .map(({ column, index, width: cells }) => {
        const text = shorten(row[index] ?? '', cells);
        const padding = ' '.repeat(cells - stringWidth(text));
        return column.align === 'right' ? padding + text : text + padding;
      })
      .join(GAP)
      .trimEnd(),
  );
}

interface FittedColumn {
  readonly column: TableColumn;
  readonly index: number;
  readonly width: number;
}

/** Leaves columns out until the rest can be cut to the width, then cuts the widest ones, cell by cell. */
function fitted(columns: readonly FittedColumn[], width: number): FittedColumn[] {
  const least = ({ column, width: own }: FittedColumn) => Math.min(own, column.widthMin ?? own);
  const total = (list: readonly FittedColumn[], of: (column: FittedColumn) => number) =>
    list.reduce((sum, column) => sum + of(column), GAP.length * (list.length - 1));
  const leftOut = new Set<FittedColumn>();
  const fits = () => {
    const rest = columns.filter((column) => !leftOut.has(column));
    return total(rest, least) <= width;
  };
  const dispensable = columns.filter(({ column }) => column.isDispensable).reverse();
  for (const column of dispensable) if (!fits()) leftOut.add(column);
  // Without a wide column there may be room again for a narrow one.
  for (const column of [...leftOut]) {
    leftOut.delete(column);
    if (!fits()) leftOut.add(column);
  }
  let kept = columns.filter((column) => !leftOut.has(column));
  for (let over = total(kept, (column) => column.width) - width; over > 0; over -= 1) {
    const [widest] = kept.filter((column) => column.width > least(column)).sort((a, b) => b.width - a.width);
    if (!widest) break;
    kept = kept.map((column) => (column === widest ? { ...column, width: column.width - 1 } : column));
  }
  return kept;
}

/** The text, cut between letters and ended by an ellipsis if it is wider than that many cells. */
export function shorten(text: string, widthMax: number): string {
  if (stringWidth(text) <= widthMax) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > widthMax - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
