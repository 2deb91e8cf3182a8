import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReportStream } from '../../streams/stream.ts';
import { FIRST_ROWS, LOOKED_AT, type TableView, type Total } from './table-view.ts';

type Row = Readonly<Record<string, string | number | null | undefined>>;

/**
 * The table that files of JSON lines make: of rows with the same key the last counts. A line is a row, or an Airbyte
 * message around it.
 *
 * @param folder that holds them, in the order of their names
 */
export async function readFiles(folder: string, stream: ReportStream): Promise<TableView | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort();
  const rows = new Map<string, Row>();
  for (const name of names) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      const row = rowIn(line, stream.name, name);
      if (row) rows.set(stream.primaryKey.map((column) => row[column]).join(' '), row);
    }
  }
  const [any] = rows.values();
  if (!any) return undefined;
  const columns = LOOKED_AT.filter((column) => column in any);
  const ordered = [...rows.values()].sort(
    (a, b) =>
      String(b[stream.cursor]).localeCompare(String(a[stream.cursor])) || Number(b.spend ?? 0) - Number(a.spend ?? 0),
  );
  return {
    name: stream.name,
    place: `the files in ${folder}`,
    rows: rows.size,
    columns,
    first: ordered.slice(0, FIRST_ROWS).map((row) => columns.map((column) => textOf(row[column]))),
    totals: totalsOf(ordered),
  };
}

function rowIn(line: string, stream: string, file: string): Row | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined; // The last line of a run that was stopped.
  }
  const { type, record } = parsed as { type?: string; record?: { stream: string; data: Row } };
  if (type !== undefined) return type === 'RECORD' && record?.stream === stream ? record.data : undefined;
  return file === `${stream}.jsonl` ? (parsed as Row) : undefined;
}

function totalsOf(rows: readonly Row[]): readonly Total[] {
  const totals = new Map<unknown, { row: Row; rows: number; spend: number }>();
  for (const row of rows) {
    const total = totals.get(row.advertiser_id) ?? { row, rows: 0, spend: 0 };
    totals.set(row.advertiser_id, { row, rows: total.rows + 1, spend: total.spend + Number(row.spend ?? 0) });
  }
  return [...totals.values()]
    .sort((a, b) => b.spend - a.spend)
    .map(({ row, rows: count, spend }) => ({
      ...(row.advertiser_id ? { advertiserId: String(row.advertiser_id) } : {}),
      ...(row.advertiser_name ? { advertiser: String(row.advertiser_name) } : {}),
      ...(row.currency ? { currency: String(row.currency) } : {}),
      rows: count,
      spend,
    }));
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
