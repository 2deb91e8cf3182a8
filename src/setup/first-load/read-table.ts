import { type Engine, quoted } from '../../load/engine.ts';
import { openEngine } from '../../load/open-engine.ts';
import type { Target } from '../../load/target.ts';
import type { ReportStream } from '../../streams/stream.ts';
import { FIRST_ROWS, LOOKED_AT, type TableView } from './table-view.ts';

/** A table of a database, or undefined where there is none of that name. @throws LoadError */
export async function readTable(target: Target, stream: ReportStream): Promise<TableView | undefined> {
  const engine = await openEngine(target, { readOnly: true });
  try {
    return await lookAt(engine, stream);
  } finally {
    await engine.close();
  }
}

async function lookAt(engine: Engine, { name, cursor }: ReportStream): Promise<TableView | undefined> {
  const found = await engine.columnsOf(name);
  if (!found) return undefined;
  const has = (column: string) => found.some((one) => one.name === column);
  const columns = LOOKED_AT.filter(has);
  const text = (sql: string, as: string) => `CAST(${sql} AS VARCHAR) AS ${quoted(as)}`;
  const spend = has('spend') ? 'spend' : '0';
  const rows = await engine.query(
    // Columns of the table, not the texts that are selected.
    `SELECT ${columns.map((column) => text(`t.${quoted(column)}`, column)).join(', ')} FROM ${engine.named(name)} t ` +
      `ORDER BY t.${quoted(cursor)} DESC${has('spend') ? ', t.spend DESC' : ''} LIMIT ${FIRST_ROWS}`,
  );
  const by = ['advertiser_id', 'advertiser_name', 'currency'].filter(has);
  const totals = await engine.query(
    `SELECT ${[...by.map((column) => text(column === 'advertiser_id' ? column : `max(${column})`, column)), text('count(*)', 'rows'), text(`coalesce(sum(${spend}), 0)`, 'spend')].join(', ')} ` +
      `FROM ${engine.named(name)} ${has('advertiser_id') ? 'GROUP BY advertiser_id' : ''} ORDER BY coalesce(sum(${spend}), 0) DESC`,
  );
  return {
    name,
    place: engine.place,
    rows: totals.reduce((sum, total) => sum + Number(total.rows), 0),
    columns,
    first: rows.map((row) => columns.map((column) => (row[column] ?? null) as string | null)),
    totals: totals.map((total) => ({
      ...(total.advertiser_id ? { advertiserId: String(total.advertiser_id) } : {}),
      ...(total.advertiser_name ? { advertiser: String(total.advertiser_name) } : {}),
      ...(total.currency ? { currency: String(total.currency) } : {}),
      rows: Number(total.rows),
      spend: Number(total.spend),
    })),
  };
}
