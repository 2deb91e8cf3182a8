/**
 * Reading tables from PostgreSQL and DuckDB and from the emulator so that they can be compared value by value: every
 * value becomes the shortest text of what it is worth, `20.000000000` and 20 both `20`.
 */

/** A row with every value as text. */
export type TextRow = Readonly<Record<string, string | null>>;

type ColumnKind = 'string' | 'number' | 'integer';

/** The columns of a table and what each holds. */
export type Columns = Readonly<Record<string, ColumnKind>>;

/** The columns that a schema like `schemas/campaign_daily.json` describes, in its order. */
export function columnsOf(properties: Readonly<Record<string, { readonly type: readonly string[] }>>): Columns {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type }]) => [
      name,
      type.includes('integer') ? 'integer' : type.includes('number') ? 'number' : 'string',
    ]),
  );
}

/** Rows by value, sorted by their columns, the day first: two tables with the same content give equal lists. */
export function comparableRows(rows: Iterable<Readonly<Record<string, unknown>>>, columns: Columns): TextRow[] {
  return [...rows].map((row) => comparableRow(row, columns)).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function comparableRow(row: Readonly<Record<string, unknown>>, columns: Columns): TextRow {
  return Object.fromEntries(
    Object.entries(columns).map(([name, kind]) => {
      const value = row[name];
      if (value === null || value === undefined) return [name, null];
      return [name, kind === 'string' ? String(value) : shortestDecimal(String(value))];
    }),
  );
}

function sortKey(row: TextRow): string {
  return Object.values(row).join('/');
}

/** `-012.500` → `-12.5`; what is no plain decimal stays as it is, and so differs from every number. */
export function shortestDecimal(text: string): string {
  const match = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  return digits === '0' ? '0' : sign + digits;
}

const DECIMALS = 12;

/** The exact sum of a number column; nulls count as nothing. */
export function exactSum(rows: readonly TextRow[], column: string): string {
  const total = rows.reduce((sum, row) => sum + scaled(row[column] ?? '0'), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(DECIMALS + 1, '0');
  const text = `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
  return shortestDecimal(total < 0n ? `-${text}` : text);
}

function scaled(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) throw new Error(`${text} is no decimal with at most ${DECIMALS} digits after the point`);
  const [, sign = '', whole = '', fraction = ''] = match;
  return BigInt(sign + whole + fraction.padEnd(DECIMALS, '0'));
}
