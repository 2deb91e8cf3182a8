import { LoadError } from './load-error.ts';

/** The default target: a file in the working folder. */
export const DEFAULT_TARGET = 'tiktok-ads.duckdb';

/** Where to load. */
export type Target =
  | { readonly kind: 'duckdb'; readonly path: string }
  | { readonly kind: 'postgresql'; readonly url: string }
  | { readonly kind: 'csv'; readonly folder: string };

/**
 * Reads what `--to` or `--from` names: `postgresql://…`, `csv:FOLDER`, `duckdb:FILE`, or a file that ends in `.duckdb`,
 * `.ddb` or `.db`.
 *
 * @throws LoadError for anything else; its message does not repeat the value, which may contain a password
 */
export function parseTarget(text: string): Target {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (scheme === 'postgresql' || scheme === 'postgres') return { kind: 'postgresql', url: text };
  if (scheme === 'csv' && rest !== '') return { kind: 'csv', folder: rest };
  if (scheme === 'duckdb' && rest !== '') return { kind: 'duckdb', path: rest };
  if (/\.(duckdb|ddb|db)$/.test(text) && !text.includes('://')) return { kind: 'duckdb', path: text };
  throw new LoadError({
    meaning: 'The name of the database is not understood.',
    advice:
      'Write postgresql://USER@HOST/DATABASE?schema=SCHEMA, a file that ends in .duckdb, duckdb:FILE, or csv:FOLDER.',
  });
}

/** The password in a PostgreSQL URL, which no output may show. */
export function passwordIn(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { password, searchParams } = new URL(text);
  return decoded(password) || searchParams.get('password') || undefined;
}

/** The text itself where a `%` in it was not encoded: connecting says so. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
