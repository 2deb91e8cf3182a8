import { LoadError } from '../load-error.ts';

export type DuckDb = typeof import('@duckdb/node-api');

/** DuckDB's library, an optional dependency, loaded when it is needed. @throws LoadError when it is not installed */
export async function loadDuckDb(): Promise<DuckDb> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    throw new LoadError(
      {
        meaning: 'DuckDB is not installed beside this program.',
        advice:
          'Install it (`npm install @duckdb/node-api`), use the image that has it (`docker build --target with-duckdb`), or ' +
          'load into PostgreSQL with --to postgresql://….',
      },
      { cause: error },
    );
  }
}
