import type { ReportStream } from '../../streams/stream.ts';
import type { AirbyteTarget, Collection } from '../session/collection.ts';
import { quartzExpression } from '../session/daily-time.ts';
import type { ConfigObject } from './config-file.ts';

/** One request to the Airbyte API, as it is shown to the user and then sent. */
export interface AirbyteRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's base URL. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly says: string;
  /** Airbyte runs the connector before it answers. */
  readonly startsConnector?: true;
}

/** Ids that only the answers before bring; in a shown request they stand as these words. */
export interface KnownIds {
  readonly definitionId?: string;
  readonly sourceId?: string;
  readonly connectionId?: string;
}

/** Sources and connections a page of a list; Airbyte's default is 20. */
export const AIRBYTE_PAGE_SIZE = 100;

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
    body: { name: 'TikTok Ads (source-tiktok-ads)', dockerRepository: repository, dockerImageTag: tag },
    says: 'Add it as a custom connector, if the workspace does not know it.',
    startsConnector: true,
  };
}

/** @param offset how many have been listed before */
export function listWorkspaces(offset = 0): AirbyteRequest {
  return { method: 'GET', path: `/workspaces?${rangeOf(offset)}`, says: 'Look which workspaces there are.' };
}

/** @param offset how many have been listed before */
export function listDestinations(workspaceId: string, offset = 0): AirbyteRequest {
  return {
    method: 'GET',
    path: `/destinations?${pageOf(workspaceId, offset)}`,
    says: 'Look which destinations there are.',
  };
}

/** @param offset how many have been listed before */
export function listSources({ workspaceId }: AirbyteTarget, offset = 0): AirbyteRequest {
  return {
    method: 'GET',
    path: `/sources?${pageOf(workspaceId, offset)}`,
    says: 'Look whether there is a source of this name already, to change it instead of making a second one.',
  };
}

/** Replaces the whole configuration: a change of single keys would leave an end date behind that no longer holds. */
export function updateSource({
  collection,
  config,
  ids,
}: {
  readonly collection: Collection;
  readonly config: ConfigObject;
  readonly ids: KnownIds;
}): AirbyteRequest {
  return {
    method: 'PUT',
    path: `/sources/${ids.sourceId ? encodeURIComponent(ids.sourceId) : '(id of the source)'}`,
    body: { name: collection.name, configuration: config },
    says: 'If there is one, give it this configuration.',
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
    says: 'If there is none, make the source.',
  };
}

/** @param offset how many have been listed before */
export function listConnections({ workspaceId }: AirbyteTarget, offset = 0): AirbyteRequest {
  return {
    method: 'GET',
    path: `/connections?${pageOf(workspaceId, offset)}`,
    says: 'If the source was there, look whether it is connected to the destination already.',
  };
}

/**
 * Leaves everything else of the connection as the user has set it in Airbyte: prefix, namespace, columns.
 *
 * @param connection as Airbyte answered it; absent while it is not known
 */
export function updateConnection({
  collection,
  ids,
  now,
  connection,
}: {
  readonly collection: Collection;
  readonly ids: KnownIds;
  readonly now: Date;
  readonly connection?: Readonly<Record<string, unknown>>;
}): AirbyteRequest {
  const there = (connection?.configurations as { streams?: readonly AnsweredStream[] } | undefined)?.streams ?? [];
  const missing = connection ? collection.streams.filter(({ name }) => !there.some((one) => one.name === name)) : [];
  return {
    method: 'PATCH',
    path: `/connections/${ids.connectionId ? encodeURIComponent(ids.connectionId) : '(id of the connection)'}`,
    body: {
      // A list of streams replaces the one that is there.
      ...(missing.length > 0
        ? { configurations: { streams: [...there.map(asAskedFor), ...missing.map(newStream)] } }
        : {}),
      schedule: scheduleOf(collection, now),
      status: 'active',
    },
    says: 'If it is, set the schedule of that connection, and add the tables that it does not read yet.',
    ...(missing.length > 0 ? { startsConnector: true } : {}),
  };
}

interface AnsweredStream {
  readonly name: string;
  readonly selectedFields?: readonly unknown[];
}

/** Of a stream that is read with all its columns, Airbyte answers an empty selection, which it would refuse. */
function asAskedFor({ selectedFields, ...stream }: AnsweredStream): object {
  return selectedFields?.length ? { ...stream, selectedFields } : stream;
}

/** Key and cursor are the source's: Airbyte takes them from it, and refuses any others. */
function newStream({ name }: ReportStream): object {
  return { name, syncMode: 'incremental_deduped_history' };
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
      configurations: { streams: collection.streams.map(newStream) },
      schedule: scheduleOf(collection, now),
      nonBreakingSchemaUpdatesBehavior: 'propagate_columns',
      status: 'active',
    },
    says: `If it is not, connect it to the destination${collection.schedule ? ', with its schedule' : ''}.`,
    startsConnector: true,
  };
}

/** Runs a connection now, out of its schedule. */
export function startSync(connectionId: string): AirbyteRequest {
  return {
    method: 'POST',
    path: '/jobs',
    body: { connectionId, jobType: 'sync' },
    says: 'Start the first sync.',
  };
}

/** The sync of a connection that was begun last. */
export function lastSync(connectionId: string): AirbyteRequest {
  const query = new URLSearchParams({ connectionId, jobType: 'sync', orderBy: 'createdAt|DESC', limit: '1' });
  return { method: 'GET', path: `/jobs?${query}`, says: 'Look whether a sync is running.' };
}

export function getJob(jobId: number): AirbyteRequest {
  return { method: 'GET', path: `/jobs/${jobId}`, says: 'Look how far the sync is.' };
}

export function cancelJob(jobId: number): AirbyteRequest {
  return { method: 'DELETE', path: `/jobs/${jobId}`, says: 'Stop the sync.' };
}

function pageOf(workspaceId: string, offset: number): URLSearchParams {
  return new URLSearchParams([['workspaceIds', workspaceId], ...rangeOf(offset)]);
}

function rangeOf(offset: number): URLSearchParams {
  return new URLSearchParams({
    limit: String(AIRBYTE_PAGE_SIZE),
    ...(offset > 0 ? { offset: String(offset) } : {}),
  });
}

/** Airbyte's API reads the expression in UTC. */
function scheduleOf({ schedule }: Collection, now: Date): Readonly<Record<string, string>> {
  return schedule
    ? { scheduleType: 'cron', cronExpression: quartzExpression(schedule, now) }
    : { scheduleType: 'manual' };
}

/** `host:5000/team/source:1.0` → repository and tag; without a tag it is `latest`. */
function splitImage(image: string): { readonly repository: string; readonly tag: string } {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/')
    ? { repository: image.slice(0, colon), tag: image.slice(colon + 1) }
    : { repository: image, tag: 'latest' };
}
