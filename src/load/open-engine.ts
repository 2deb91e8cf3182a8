import { join } from 'node:path';
import type { Shard } from '../config/shard.ts';
import type { Engine } from './engine.ts';
import type { Target } from './target.ts';

/** The file in a folder of CSV files that holds the rows and the states. */
const FILE_OF_CSV = 'tiktok-ads.duckdb';

/**
 * Connects to a database. The library of each kind is loaded only when it is needed.
 *
 * @param options `readOnly`: the database has to exist, and a run that is loading is not disturbed. `shard`: the run loads
 *   only this shard, so other runs may load other shards
 * @throws LoadError when it cannot be opened
 */
export async function openEngine(
  target: Target,
  { readOnly = false, shard }: { readonly readOnly?: boolean; readonly shard?: Shard | undefined } = {},
): Promise<Engine> {
  if (target.kind === 'postgresql') {
    const { PostgresEngine } = await import('./postgres/postgres-engine.ts');
    return await PostgresEngine.open(target.url, { readOnly, shard });
  }
  const { DuckDbEngine } = await import('./duckdb/duckdb-engine.ts');
  const path = target.kind === 'csv' ? join(target.folder, FILE_OF_CSV) : target.path;
  return await DuckDbEngine.open(path, { readOnly });
}
