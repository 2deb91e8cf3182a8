import schema from '../../schemas/campaign_daily.json' with { type: 'json' };
import type { ExpectedStream } from '../../src/emulator/report/expected-rows.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { streams } from '../../src/streams/all-streams.ts';
import { type Columns, columnsOf, comparableRows, type TextRow } from './exact-values.ts';

/** The columns of the table, in their order. */
export const COLUMNS = columnsOf(schema.properties);

/** The first day that the tests read: three months before the emulator's usual now. */
export const START_DATE = '2025-12-15';

/** What the table must hold once everything since `START_DATE` has been read, at the emulator's present moment. */
export function expectedTable(emulator: Emulator): TextRow[] {
  const rows = emulator.expectedRows({ from: START_DATE, to: '2100-01-01' });
  return comparableRows([...rows].map(valuesOf), COLUMNS);
}

/** Each stream with its columns and what its table must hold, by the same measure. */
export function expectedTables(emulator: Emulator): { name: string; columns: Columns; rows: TextRow[] }[] {
  return streams.map((stream) => {
    const { properties } = stream.schema({ advertiserColumns: false, additionalMetrics: [] });
    const columns = columnsOf(properties);
    const range = { from: START_DATE, to: '2100-01-01', stream: stream.name as ExpectedStream };
    return {
      name: stream.name,
      columns,
      rows: comparableRows([...emulator.expectedRows(range)].map(valuesOf), columns),
    };
  });
}

/** How many rows the tables of all streams must hold together. */
export const expectedRowCount = (emulator: Emulator): number =>
  expectedTables(emulator).reduce((sum, { rows }) => sum + rows.length, 0);

const valuesOf = ({ values }: { readonly values: Readonly<Record<string, unknown>> }) => values;

/** The types that each column must have in a database, by what the schema says of it. */
export function expectedTypes(
  names: Readonly<Record<'string' | 'number' | 'integer', string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(COLUMNS).map(([name, kind]) => [name, names[kind]]));
}
