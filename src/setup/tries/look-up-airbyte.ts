import { type AirbyteAccess, AirbyteApi } from '../result/airbyte-api.ts';
import { listDestinations, listWorkspaces } from '../result/airbyte-requests.ts';
import { listAll } from '../result/send-to-airbyte.ts';
import type { AirbyteChoices, Named } from '../session/setup-view.ts';

/** @throws Error in words for the user */
export async function lookUpAirbyte(
  access: AirbyteAccess,
  workspaceId: string,
  options: { readonly signal: AbortSignal; readonly redact: (text: string) => string },
): Promise<AirbyteChoices> {
  const api = new AirbyteApi(access, options);
  try {
    const ask: AirbyteApi['ask'] = (request) => api.ask(request);
    const workspaces = namesIn(await listAll(ask, (offset) => listWorkspaces(offset)), 'workspaceId');
    const of = workspaceId || (workspaces.length === 1 ? (workspaces[0]?.id ?? '') : '');
    const destinations = of === '' ? [] : await listAll(ask, (offset) => listDestinations(of, offset));
    return { workspaces, destinations: namesIn(destinations, 'destinationId') };
  } finally {
    api.close();
  }
}

function namesIn(entries: readonly Readonly<Record<string, unknown>>[], key: string): readonly Named[] {
  return entries.map((entry) => ({ id: String(entry[key]), name: String(entry.name ?? entry[key]) }));
}
