import { DuckDBInstance } from '@duckdb/node-api';
import type { Emulator } from '../../src/emulator/start-emulator.ts';

/** What a table of campaigns adds up to. */
export interface Sums {
  readonly rows: number;
  readonly spend: string;
}

/** Of what TikTok has, from a day on; of all advertisers unless some are named. */
export function expectedSums(
  emulator: Emulator,
  { from = '2026-01-01', advertiserIds }: { readonly from?: string; readonly advertiserIds?: readonly string[] } = {},
): Sums {
  let rows = 0;
  let cents = 0;
  const named = advertiserIds ? { advertiserIds } : {};
  for (const { values } of emulator.expectedRows({ from, to: '2026-12-31', includeDeleted: true, ...named })) {
    rows += 1;
    cents += Math.round(Number(values.spend) * 100);
  }
  return { rows, spend: (cents / 100).toFixed(2) };
}

/** Of the table in a file of DuckDB. */
export async function sumsInFile(path: string): Promise<Sums> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  try {
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(
      'SELECT count(*)::INT AS rows, CAST(CAST(sum(spend) AS DECIMAL(18,2)) AS VARCHAR) AS spend FROM campaign_daily',
    );
    const [sums] = reader.getRowObjectsJson();
    connection.closeSync();
    return sums as unknown as Sums;
  } finally {
    instance.closeSync();
  }
}
