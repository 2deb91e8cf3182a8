export const ROOMS: Readonly<
  Record<string, { readonly imports: readonly string[]; readonly knows: string; readonly never: string }>
>;
export const STREAM_LIST_READERS: readonly string[];
export function importRules(): string;
export function roomTables(): [name: string, table: string][];
