/** What Airbyte's platform makes of the answer to `discover`: every stream, incremental. */
export function configuredCatalog(discoverOutput: string): { readonly streams: readonly unknown[] } {
  const message = discoverOutput
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { type: string; catalog?: { streams: readonly unknown[] } })
    .find(({ type }) => type === 'CATALOG');
  if (!message?.catalog) throw new Error(`discover printed no catalog: ${discoverOutput}`);
  return {
    streams: message.catalog.streams.map((stream) => ({
      stream,
      sync_mode: 'incremental',
      destination_sync_mode: 'append_dedup',
    })),
  };
}
