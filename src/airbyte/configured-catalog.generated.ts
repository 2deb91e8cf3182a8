// Generated from schemas/configured_catalog.json by `npm run generate`; do not edit.

/**
 * What of a configured catalog (Airbyte protocol v0) this source reads. Harnesses write null for every optional key, and platforms add keys: both are taken.
 */
export interface ConfiguredCatalog {
  streams: {
    stream: {
      name: string;
      namespace?: string | null;
      json_schema?: {
        properties?: {
          [k: string]: unknown;
        } | null;
        [k: string]: unknown;
      } | null;
      [k: string]: unknown;
    };
    sync_mode: 'full_refresh' | 'incremental';
    /**
     * Counts the refreshes of a stream.
     */
    generation_id?: {
      [k: string]: unknown;
    };
    /**
     * The same for all attempts at one sync.
     */
    sync_id?: {
      [k: string]: unknown;
    };
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
