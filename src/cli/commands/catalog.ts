import { configuredCatalogOf } from '../../airbyte/catalog.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import { chosenStreams } from './chosen-streams.ts';

/**
 * The verb `catalog`: the configured catalog that `read` takes, as JSON text.
 *
 * @throws ConfigError, InputFileError; CommandError for a stream that does not exist
 */
export function catalogText({
  configPath,
  names,
}: {
  configPath: string;
  names: readonly string[] | undefined;
}): string {
  const config = parseConfig(readJsonFile(configPath, 'config'));
  return JSON.stringify(configuredCatalogOf(chosenStreams(names), config), undefined, 2);
}
