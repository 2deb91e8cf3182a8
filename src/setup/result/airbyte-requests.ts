import type { AirbyteTarget, Collection } from '../collection.ts';
import { quartzExpression } from '../daily-time.ts';
import type { ConfigObject } from './config-file.ts';

/** One request to the Airbyte API, as it is shown to the user and then sent. */
export interface AirbyteRequest {
  readonly method: 'GET' | 'POST';
  /** Below the API's base URL. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly says: string;
}

/** Ids that only the answers before bring; in a shown request they stand as these words. */
export interface KnownIds {
  readonly definitionId?: string;
  readonly sourceId?: string;
}

/** The connectors that the workspace has; paths and bodies as the models of the Airbyte API have them. */
export function listDefinitions({ workspaceId }: AirbyteTarget): AirbyteRequest {
  return {
    method: 'GET',
    path: `/workspaces/${encodeURIComponent(workspaceId)}/definitions/sources`,
    says: 'Look whether the workspace knows this connector.',
  };
}

export function createDefinition({ workspaceId, image }: AirbyteTarget): AirbyteRequest {
  const { repository, tag } = splitImage(image);
  return {
    method: 'POST',
    path: `/workspaces/${encodeURIComponent(workspaceId)}/definitions/sources`,
    body: { name: 'TikTok Ads (campaign_daily)', dockerRepository: repository, dockerImageTag: tag },
    says: 'Add it as a custom connector, if the workspace does not know it.',
  };
}

export function createSource(
  { workspaceId }: AirbyteTarget,
  {
    collection,
    config,
    ids,
  }: { readonly collection: Collection; readonly config: ConfigObject; readonly ids: KnownIds },
): AirbyteRequest {
  return {
    method: 'POST',
    path: '/sources',
    body: {
      name: collection.name,
      workspaceId,
      definitionId: ids.definitionId ?? '(id of the connector)',
      configuration: config,
    },
    says: 'Make the source.',
  };
}

export function createConnection(
  { destinationId }: AirbyteTarget,
  { collection, ids, now }: { readonly collection: Collection; readonly ids: KnownIds; readonly now: Date },
): AirbyteRequest {
  return {
    method: 'POST',
    path: '/connections',
    body: {
      name: collection.name,
      sourceId: ids.sourceId ?? '(id of the source)',
      destinationId,
      configurations: {
        streams: [
          {
            name: 'campaign_daily',
            syncMode: 'incremental_deduped_history',
            cursorField: ['date'],
            primaryKey: [['date'], ['campaign_id']],
          },
        ],
      },
      // Airbyte's API reads the expression in UTC.
      schedule: collection.schedule
        ? { scheduleType: 'cron', cronExpression: quartzExpression(collection.schedule, now) }
        : { scheduleType: 'manual' },
      nonBreakingSchemaUpdatesBehavior: 'propagate_columns',
      status: 'active',
    },
    says: collection.schedule ? 'Connect it to the destination, with its schedule.' : 'Connect it to the destination.',
  };
}

/** `host:5000/team/source:1.0` → repository and tag; without a tag it is `latest`. */
function splitImage(image: string): { readonly repository: string; readonly tag: string } {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/')
    ? { repository: image.slice(0, colon), tag: image.slice(colon + 1) }
    : { repository: image, tag: 'latest' };
}
