import type { AirbyteTarget, Collection } from '../collection.ts';
import {
  type AirbyteRequest,
  createConnection,
  createDefinition,
  createSource,
  listDefinitions,
} from './airbyte-requests.ts';
import type { ConfigObject } from './config-file.ts';

/** What was made in Airbyte. */
export interface AirbyteResult {
  readonly definitionId: string;
  readonly sourceId: string;
  readonly connectionId: string;
}

/** Airbyte refused or did not answer; the message says at which step and what had been made by then. No secrets. */
export class AirbyteApiError extends Error {
  override readonly name = 'AirbyteApiError';
}

interface Input {
  readonly target: AirbyteTarget;
  readonly collection: Collection;
  readonly config: ConfigObject;
  readonly now: Date;
}

/** Every request that {@link sendToAirbyte} may send, in order, with words where ids are not known yet. */
export function airbyteRequests({ target, collection, config, now }: Input): readonly AirbyteRequest[] {
  return [
    listDefinitions(target),
    createDefinition(target),
    createSource(target, { collection, config, ids: {} }),
    createConnection(target, { collection, ids: {}, now }),
  ];
}

/**
 * Makes the source and its connection.
 *
 * @throws AirbyteApiError at the first refusal; what was made before it stays and is named
 */
export async function sendToAirbyte(
  { target, collection, config, now }: Input,
  { signal, redact }: { readonly signal: AbortSignal; readonly redact: (text: string) => string },
): Promise<AirbyteResult> {
  const made: string[] = [];
  const ask = async (request: AirbyteRequest): Promise<Record<string, unknown>> => {
    try {
      return await send(target, request, signal);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const before = made.length > 0 ? ` Made before that: ${made.join(', ')}.` : ' Nothing was made.';
      throw new AirbyteApiError(redact(`${request.method} ${request.path}: ${said}${before}`));
    }
  };
  const known = definitionOf(await ask(listDefinitions(target)), createDefinition(target).body ?? {});
  const definitionId = known ?? idIn(await ask(createDefinition(target)), 'id');
  if (!known) made.push(`connector ${definitionId}`);
  const sourceId = idIn(await ask(createSource(target, { collection, config, ids: { definitionId } })), 'sourceId');
  made.push(`source ${sourceId}`);
  const ids = { definitionId, sourceId };
  const connectionId = idIn(await ask(createConnection(target, { collection, ids, now })), 'connectionId');
  return { definitionId, sourceId, connectionId };
}

async function send(
  { apiUrl, token }: AirbyteTarget,
  { method, path, body }: AirbyteRequest,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  let answer: Response;
  try {
    answer = await fetch(apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
      // A redirect could take the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Error(`Airbyte does not answer at ${apiUrl} (${cause}). Is the address that of its API?`, {
      cause: error,
    });
  }
  const text = await answer.text();
  if (!answer.ok) {
    const hint = answer.status === 401 || answer.status === 403 ? ' The token is not accepted: make a new one.' : '';
    throw new Error(`Airbyte answered HTTP ${answer.status}: ${text.slice(0, 500)}${hint}`);
  }
  const parsed: unknown = parse(text);
  if (typeof parsed !== 'object' || parsed === null) {
    throw new Error(`Airbyte answered no JSON object. Is ${apiUrl} its API? It usually ends in /api/public/v1.`);
  }
  return parsed as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id of the definition with the same image, if the workspace has it. */
function definitionOf(list: Record<string, unknown>, wanted: Readonly<Record<string, unknown>>): string | undefined {
  const all = Array.isArray(list.data) ? (list.data as readonly Record<string, unknown>[]) : [];
  const same = all.find(
    (one) => one.dockerRepository === wanted.dockerRepository && one.dockerImageTag === wanted.dockerImageTag,
  );
  return typeof same?.id === 'string' ? same.id : undefined;
}

function idIn(answer: Record<string, unknown>, key: string): string {
  const id = answer[key];
  if (typeof id !== 'string') throw new AirbyteApiError(`Airbyte answered without ${key}; what it made is not known.`);
  return id;
}
