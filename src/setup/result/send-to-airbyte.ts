import type { AirbyteTarget, Collection } from '../session/collection.ts';
import { AirbyteApi, AirbyteApiError } from './airbyte-api.ts';
import {
  AIRBYTE_PAGE_SIZE,
  type AirbyteRequest,
  createConnection,
  createDefinition,
  createSource,
  listConnections,
  listDefinitions,
  listSources,
  updateConnection,
  updateSource,
} from './airbyte-requests.ts';
import type { ConfigObject } from './config-file.ts';

/** What was made in Airbyte, or was there and has been changed. */
export interface AirbyteResult {
  readonly sourceId: string;
  readonly connectionId: string;
}

interface Input {
  readonly target: AirbyteTarget;
  readonly collection: Collection;
  readonly config: ConfigObject;
  readonly now: Date;
}

/** Every request that {@link sendToAirbyte} may send, in order, with words where ids are not known yet. */
export function airbyteRequests({ target, collection, config, now }: Input): readonly AirbyteRequest[] {
  const ids = {};
  return [
    listDefinitions(target),
    listSources(target),
    updateSource({ collection, config, ids }),
    createDefinition(target),
    createSource(target, { collection, config, ids }),
    listConnections(target),
    updateConnection({ collection, ids, now }),
    createConnection(target, { collection, ids, now }),
  ];
}

/**
 * Makes the source and its connection; a source of this connector with the collection's name, and its connection to the
 * destination, are changed instead, so that a second try does not make a second pair.
 *
 * @throws AirbyteApiError at the first refusal; what was made before it stays and is named
 */
export async function sendToAirbyte(
  { target, collection, config, now }: Input,
  { signal, redact }: { readonly signal: AbortSignal; readonly redact: (text: string) => string },
): Promise<AirbyteResult> {
  const api = new AirbyteApi(target, { signal, redact });
  try {
    return await make({ target, collection, config, now }, api, redact);
  } finally {
    api.close();
  }
}

async function make(
  { target, collection, config, now }: Input,
  api: AirbyteApi,
  redact: (text: string) => string,
): Promise<AirbyteResult> {
  const made: string[] = [];
  const ask: Ask = async (request) => {
    try {
      return await api.ask(request);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const before = made.length > 0 ? ` Done before that: ${made.join(', ')}.` : ' Nothing was made.';
      throw new AirbyteApiError(redact(`${request.method} ${request.path}: ${said}${before}`));
    }
  };
  const definitions = definitionsOf(await ask(listDefinitions(target)), createDefinition(target).body ?? {});
  const sources = await listAll(ask, (offset) => listSources(target, offset));
  const there = sources.find(
    ({ name, definitionId }) => name === collection.name && definitions.anyVersion.has(definitionId),
  );
  let sourceId: string;
  let connection: Readonly<Record<string, unknown>> | undefined;
  if (there) {
    sourceId = idIn(there, 'sourceId');
    await ask(updateSource({ collection, config, ids: { sourceId } }));
    made.push(`source ${sourceId} changed`);
    const connections = await listAll(ask, (offset) => listConnections(target, offset));
    connection = connections.find((one) => one.sourceId === sourceId && one.destinationId === target.destinationId);
  } else {
    let definitionId = definitions.sameVersion;
    if (definitionId === undefined) {
      definitionId = idIn(await ask(createDefinition(target)), 'id');
      made.push(`connector ${definitionId} made`);
    }
    sourceId = idIn(await ask(createSource(target, { collection, config, ids: { definitionId } })), 'sourceId');
    made.push(`source ${sourceId} made`);
  }
  if (connection) {
    const connectionId = idIn(connection, 'connectionId');
    await ask(updateConnection({ collection, ids: { connectionId }, now, connection }));
    return { sourceId, connectionId };
  }
  const created = await ask(createConnection(target, { collection, ids: { sourceId }, now }));
  return { sourceId, connectionId: idIn(created, 'connectionId') };
}

export type Ask = (request: AirbyteRequest) => Promise<Readonly<Record<string, unknown>>>;

/** All pages of a list. */
export async function listAll(
  ask: Ask,
  request: (offset: number) => AirbyteRequest,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const all: Readonly<Record<string, unknown>>[] = [];
  for (;;) {
    const page = entriesOf(await ask(request(all.length)));
    all.push(...page);
    if (page.length < AIRBYTE_PAGE_SIZE) return all;
  }
}

/**
 * The definitions of the wanted image. One with another tag is not changed to the wanted one: other sources may run it.
 */
function definitionsOf(
  list: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): { readonly sameVersion: string | undefined; readonly anyVersion: ReadonlySet<unknown> } {
  const ours = entriesOf(list).filter(({ dockerRepository }) => dockerRepository === wanted.dockerRepository);
  const same = ours.find(({ dockerImageTag }) => dockerImageTag === wanted.dockerImageTag)?.id;
  return {
    sameVersion: typeof same === 'string' ? same : undefined,
    anyVersion: new Set(ours.map(({ id }) => id)),
  };
}

function entriesOf({ data }: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(data) ? data : [];
}

function idIn(answer: Readonly<Record<string, unknown>>, key: string): string {
  const id = answer[key];
  if (typeof id !== 'string') throw new AirbyteApiError(`Airbyte answered without ${key}; what it made is not known.`);
  return id;
}
