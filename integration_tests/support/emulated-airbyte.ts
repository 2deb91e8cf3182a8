import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that reached it. */
export interface AirbyteCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

type Entry = Record<string, unknown>;
type Kind = 'workspace' | 'destination' | 'definition' | 'source' | 'connection';

/**
 * The part of Airbyte's API (API reference, version 1) that setup asks: one workspace, what is made in it, and the syncs
 * of its connections. Airbyte's own client reads its answers in the tests of the page.
 */
export interface EmulatedAirbyte {
  readonly apiUrl: string;
  readonly calls: readonly AirbyteCall[];
  /** What it answered well, with the model of the reference that says its shape. */
  readonly answers: readonly { readonly model: string; readonly body: Entry }[];
  /** From now on, answer a path with this status. */
  refuse(path: string, status: number, text: string): void;
  /** No more refusals. */
  recover(): void;
  /** What the workspace has of a kind. */
  listed(kind: Kind): readonly Entry[];
  /** The syncs, oldest first. */
  readonly jobs: readonly Entry[];
  /** Changes the sync that was begun last. */
  job(change: { readonly status?: string; readonly rowsSynced?: number }): void;
  close(): Promise<void>;
}

const NUMBER_OF_KIND = { workspace: 1, destination: 2, definition: 3, source: 4, connection: 5 } as const;

/** The id of the n-th entry of a kind, as Airbyte's look. */
export function airbyteId(kind: Kind, number: number): string {
  return `${NUMBER_OF_KIND[kind]}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const WORKSPACE = airbyteId('workspace', 1);
export const DESTINATION = airbyteId('destination', 1);

/** The client id's secret, and the token that works as well. */
export const CLIENT_SECRET = 'client-secret';
export const TOKEN = 'airbyte-secret-token';

const SHORT_LIVED = 'short-lived';
const CREATED_AT = 1_773_600_000;

/** What every entry of a kind has; what is made or seeded goes over it. */
const USUAL: Readonly<Record<Kind, Entry>> = {
  workspace: { name: 'Marketing', dataResidency: 'auto', notifications: {} },
  destination: {
    ...{ name: 'Warehouse', destinationType: 'postgres', definitionId: airbyteId('definition', 900) },
    ...{ workspaceId: WORKSPACE, createdAt: CREATED_AT, configuration: {} },
  },
  definition: {},
  source: { workspaceId: WORKSPACE, createdAt: CREATED_AT, sourceType: 'custom', configuration: {} },
  connection: {
    ...{ workspaceId: WORKSPACE, createdAt: CREATED_AT, tags: [], configurations: { streams: [] } },
    ...{ name: 'Connection', status: 'active', schedule: { scheduleType: 'manual' } },
  },
};

const PATHS: readonly { readonly kind: Kind; readonly path: string; readonly key: string; readonly model: string }[] = [
  { kind: 'workspace', path: '/v1/workspaces', key: 'workspaceId', model: 'Workspace' },
  { kind: 'destination', path: '/v1/destinations', key: 'destinationId', model: 'Destination' },
  { kind: 'definition', path: `/v1/workspaces/${WORKSPACE}/definitions/sources`, key: 'id', model: 'Definition' },
  { kind: 'source', path: '/v1/sources', key: 'sourceId', model: 'Source' },
  { kind: 'connection', path: '/v1/connections', key: 'connectionId', model: 'Connection' },
];

const ENDED = ['succeeded', 'failed', 'cancelled'];

interface Answer {
  readonly status: number;
  readonly body: Entry;
  /** Absent for a refusal. */
  readonly model?: string;
}

const refused = (status: number, detail: string): Answer => ({ status, body: { status, title: 'error', detail } });

/** @param there what the workspace has at the start */
export async function startEmulatedAirbyte(
  there: Partial<Record<Kind, readonly Entry[]>> = {},
): Promise<EmulatedAirbyte> {
  const calls: AirbyteCall[] = [];
  const answers: { model: string; body: Entry }[] = [];
  const refusals = new Map<string, { status: number; text: string }>();
  const jobs: Entry[] = [];
  const seeds = { workspace: [{ workspaceId: WORKSPACE }], destination: [{ destinationId: DESTINATION }], ...there };
  const entries = new Map<Kind, Entry[]>(
    PATHS.map(({ kind }) => [kind, (seeds[kind] ?? []).map((seed: Entry) => ({ ...USUAL[kind], ...seed }))]),
  );
  const has = (kind: Kind, id: unknown): boolean => {
    const key = PATHS.find((one) => one.kind === kind)?.key ?? '';
    return (entries.get(kind) ?? []).some((entry) => entry[key] === id);
  };

  const answerJobs = (method: string, url: URL, body: Entry): Answer => {
    if (url.pathname === '/v1/jobs' && method === 'POST') {
      const { connectionId, jobType } = body;
      if (!has('connection', connectionId)) return refused(404, 'no such connection');
      const last = jobs.findLast((job) => job.connectionId === connectionId);
      if (last && !ENDED.includes(String(last.status))) return refused(409, 'A sync is already running');
      const job = {
        jobId: jobs.length + 1,
        status: 'pending',
        jobType,
        connectionId,
        startTime: '2026-03-16T10:00:00Z',
      };
      jobs.push(job);
      return { status: 200, body: job, model: 'JobResponse' };
    }
    if (url.pathname === '/v1/jobs') {
      const of = jobs.filter(({ connectionId }) => connectionId === url.searchParams.get('connectionId'));
      if (url.searchParams.get('orderBy') === 'createdAt|DESC') of.reverse();
      return { status: 200, body: { data: of.slice(0, limitOf(url)) }, model: 'JobsResponse' };
    }
    const job = jobs.find(({ jobId }) => url.pathname === `/v1/jobs/${jobId}`);
    if (!job) return refused(404, 'no such job');
    if (method === 'DELETE') job.status = 'cancelled';
    return { status: 200, body: job, model: 'JobResponse' };
  };

  const answer = (method: string, url: URL, body: Entry): Answer => {
    if (url.pathname === '/v1/applications/token') {
      return body.client_secret === CLIENT_SECRET
        ? { status: 200, body: { access_token: SHORT_LIVED, token_type: 'Bearer', expires_in: 180 } }
        : refused(401, 'invalid client');
    }
    if (url.pathname.startsWith('/v1/jobs')) return answerJobs(method, url, body);
    const found = PATHS.findLast(({ path }) => url.pathname === path || url.pathname.startsWith(`${path}/`));
    const list = found && entries.get(found.kind);
    if (!found || !list) return refused(404, 'no such path');
    const { kind, path, key, model } = found;
    if (url.pathname === path && method === 'GET') {
      const of = url.searchParams.get('workspaceIds');
      if (of !== null && of !== WORKSPACE) return refused(403, 'no such workspace');
      const offset = Number(url.searchParams.get('offset') ?? 0);
      return { status: 200, body: { data: list.slice(offset, offset + limitOf(url)) }, model: `${model}sResponse` };
    }
    if (url.pathname === path) {
      if (kind === 'source' && !has('definition', body.definitionId)) return refused(404, 'no such definition');
      if (kind === 'connection' && !(has('source', body.sourceId) && has('destination', body.destinationId))) {
        return refused(404, 'no such source or destination');
      }
      const made = { ...USUAL[kind], ...body, [key]: airbyteId(kind, list.length + 1) };
      list.push(made);
      return { status: 200, body: made, model: `${model}Response` };
    }
    const changed = list.find((entry) => url.pathname === `${path}/${entry[key]}`);
    if (!changed || !(method === 'PUT' || method === 'PATCH')) return refused(404, 'no such entry');
    return { status: 200, body: Object.assign(changed, body), model: `${model}Response` };
  };

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method = '', url = '', headers } = request;
    const body = text ? (JSON.parse(text) as Entry) : undefined;
    calls.push({ method, path: url, authorization: headers.authorization, body });
    const isKnown = [`Bearer ${TOKEN}`, `Bearer ${SHORT_LIVED}`].includes(headers.authorization ?? '');
    const refusal = refusals.get(url);
    const said = refusal
      ? undefined
      : isKnown || url === '/v1/applications/token'
        ? answer(method, new URL(url, 'http://airbyte'), body ?? {})
        : refused(401, 'not authorized');
    if (said?.model) answers.push({ model: said.model, body: structuredClone(said.body) });
    response.writeHead(refusal?.status ?? said?.status ?? 500, { 'content-type': 'application/json' });
    response.end(refusal?.text ?? JSON.stringify(said?.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    answers,
    refuse: (path, status, text) => refusals.set(path, { status, text }),
    recover: () => refusals.clear(),
    listed: (kind) => entries.get(kind) ?? [],
    jobs,
    job: (change) => Object.assign(jobs.at(-1) ?? {}, change),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Entries a page; Airbyte's default is 20. */
const limitOf = (url: URL): number => Number(url.searchParams.get('limit') ?? 20);
