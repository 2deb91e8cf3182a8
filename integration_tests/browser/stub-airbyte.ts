import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that reached it. */
export interface AirbyteCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** An Airbyte API with one workspace, `ws-1`: what is made in it is in its lists, and it remembers what it was asked. */
export interface StubAirbyte {
  readonly apiUrl: string;
  readonly calls: readonly AirbyteCall[];
  /** From now on, answer a path with this status. */
  refuse(path: string, status: number, text: string): void;
  /** What the workspace has of a kind. */
  listed(kind: 'definitions' | 'sources' | 'connections'): readonly Entry[];
  /** No more refusals. */
  recover(): void;
  close(): Promise<void>;
}

type Entry = Record<string, unknown>;

/** What the paths of the API stand for, and how its entries name their ids. */
const KINDS = [
  { kind: 'workspaces', path: '/v1/workspaces', id: 'workspaceId', prefix: 'workspace' },
  { kind: 'destinations', path: '/v1/destinations', id: 'destinationId', prefix: 'destination' },
  { kind: 'definitions', path: '/v1/workspaces/ws-1/definitions/sources', id: 'id', prefix: 'definition' },
  { kind: 'sources', path: '/v1/sources', id: 'sourceId', prefix: 'source' },
  { kind: 'connections', path: '/v1/connections', id: 'connectionId', prefix: 'connection' },
] as const;

const WORKSPACES: readonly Entry[] = [{ workspaceId: 'ws-1', name: 'Marketing' }];
const DESTINATIONS: readonly Entry[] = [{ destinationId: 'destination-1', name: 'Warehouse' }];

/** @param there what the workspace has at the start */
export async function startStubAirbyte(
  there: Partial<Record<(typeof KINDS)[number]['kind'], readonly Entry[]>> = {},
): Promise<StubAirbyte> {
  const calls: AirbyteCall[] = [];
  const refusals = new Map<string, { status: number; text: string }>();
  const known = { workspaces: WORKSPACES, destinations: DESTINATIONS, ...there };
  const entries = new Map<string, Entry[]>(KINDS.map(({ kind }) => [kind, [...(known[kind] ?? [])]]));
  const answer = (method: string, url: URL, body: Entry): Entry | undefined => {
    if (url.pathname === '/v1/applications/token') {
      return body.client_secret === 'client-secret' ? { access_token: 'short-lived' } : undefined;
    }
    const kind = KINDS.findLast(({ path }) => url.pathname === path || url.pathname.startsWith(`${path}/`));
    const list = kind && entries.get(kind.kind);
    if (!kind || !list) return undefined;
    if (url.pathname === kind.path) {
      if (method === 'GET') {
        const offset = Number(url.searchParams.get('offset') ?? 0);
        return { data: list.slice(offset, offset + Number(url.searchParams.get('limit') ?? 20)) };
      }
      const made = { ...body, [kind.id]: `${kind.prefix}-${list.length + 1}` };
      list.push(made);
      return made;
    }
    const changed = list.find((entry) => url.pathname === `${kind.path}/${entry[kind.id]}`);
    return changed && (method === 'PUT' || method === 'PATCH') ? Object.assign(changed, body) : undefined;
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method = '', url = '', headers } = request;
    const body = text ? (JSON.parse(text) as Entry) : undefined;
    calls.push({ method, path: url, authorization: headers.authorization, body });
    const refusal = refusals.get(url);
    const found = refusal ? undefined : answer(method, new URL(url, 'http://airbyte'), body ?? {});
    response.writeHead(refusal?.status ?? (found ? 200 : 404), { 'content-type': 'application/json' });
    response.end(refusal?.text ?? JSON.stringify(found ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    refuse: (path, status, text) => refusals.set(path, { status, text }),
    recover: () => refusals.clear(),
    listed: (kind) => entries.get(kind) ?? [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
