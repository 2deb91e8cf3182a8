// The types that the SQL of examples/docker-run gives to what a schema declares.
const DUCKDB = { string: 'VARCHAR', integer: 'BIGINT', number: 'DECIMAL(38, 9)' };
const POSTGRES = { string: 'text', integer: 'bigint', number: 'numeric' };

/** The columns of `campaign_daily` as each database declares them, and as texts for DuckDB's `json_transform`. */
export function columnLists(columns) {
  const declared = (types) =>
    Object.entries(columns).map(([name, { type }]) => `  ${name} ${types[type.find((kind) => kind !== 'null')]},`);
  const texts = Object.keys(columns).map((name) => `      "${name}": "VARCHAR"`);
  return [
    ['duckdb-columns', declared(DUCKDB).join('\n')],
    ['duckdb-texts', `    '{\n${texts.join(',\n')}\n    }'`],
    ['postgres-columns', declared(POSTGRES).join('\n')],
  ];
}
