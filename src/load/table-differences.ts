import type { Engine, FoundColumn } from './engine.ts';
import type { TableShape } from './table.ts';

/** Why an existing table cannot take the rows of `table`: each difference as a clause of a message. */
export function differences(
  { columns, key }: TableShape,
  found: readonly FoundColumn[],
  holds: Engine['holds'],
): string[] {
  const present = new Map(found.map((column) => [column.name, column]));
  const wanted = new Set(columns.map(({ name }) => name));
  return [
    ...key.filter((name) => !present.has(name)).map((name) => `the key column ${name} is missing`),
    ...columns.flatMap(({ name, kind, isKey }) => {
      const column = present.get(name);
      if (!column) return [];
      if (!holds[kind].test(column.type))
        return [`the column ${name} is ${column.type}, which cannot hold ${WHAT[kind]}`];
      return isKey || column.nullable ? [] : [`the column ${name} is NOT NULL, but TikTok leaves it out of some rows`];
    }),
    ...found
      .filter(({ name, nullable, hasDefault }) => !wanted.has(name) && !nullable && !hasDefault)
      .map(({ name }) => `the column ${name} is NOT NULL without a default, and no row has it`),
  ];
}

const WHAT = {
  date: 'dates',
  text: 'texts of any length',
  integer: 'whole numbers of 64 bits',
  number: 'every digit that TikTok sends',
} as const;
