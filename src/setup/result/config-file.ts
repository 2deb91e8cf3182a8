import type { ApiTier } from '../../config/quota-limits.ts';
import type { AppCredentials, Collection } from '../session/collection.ts';
import type { ResultFile } from './result-file.ts';

/** A configuration as it stands in a file, every key of the user's kept. */
export type ConfigObject = Readonly<Record<string, unknown>>;

/**
 * The connector's configuration: `existing` with what setup decides put over it. Keys that setup does not ask for,
 * unknown ones too, stay as they are.
 */
export function configObject({
  existing = {},
  collection,
  credentials,
  apiUrl,
  apiTier,
}: {
  readonly existing?: ConfigObject | undefined;
  readonly collection: Collection;
  readonly credentials: AppCredentials;
  /** Another API than TikTok's own. */
  readonly apiUrl?: string | undefined;
  readonly apiTier?: ApiTier | undefined;
}): ConfigObject {
  const config: Record<string, unknown> = {
    ...existing,
    credentials: {
      auth_type: 'oauth2.0',
      app_id: credentials.appId,
      secret: credentials.secret,
      access_token: credentials.accessToken,
    },
    start_date: collection.startDate,
    lookback_days: collection.lookbackDays,
    include_deleted: collection.includeDeleted,
    advertiser_columns: collection.advertiserColumns,
  };
  // Absent means "every advertiser that is granted" and "up to today": an old value must not stay behind.
  delete config.advertiser_ids;
  delete config.end_date;
  if (collection.advertiserIds !== 'all') config.advertiser_ids = [...collection.advertiserIds];
  if (collection.leftOut) {
    delete config.exclude_advertiser_ids;
    if (collection.leftOut.length > 0) config.exclude_advertiser_ids = [...collection.leftOut];
  }
  if (collection.endDate) config.end_date = collection.endDate;
  if (apiUrl) config.api_url = apiUrl;
  if (apiTier) config.api_tier = apiTier;
  return config;
}

export function configFile(config: ConfigObject, path = 'config.json'): ResultFile {
  return {
    path,
    mode: 0o600,
    content: `${JSON.stringify(config, undefined, 2)}\n`,
    says: 'The configuration of the connector, app secret and token in it.',
  };
}
