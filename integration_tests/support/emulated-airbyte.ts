import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Entry = Record<string, unknown>;

/** A request that reached it, and what it answered. */
export interface AirbyteCall {
  readonly method: string;
  /** Below the API's base URL. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Entry> | undefined;
  readonly status: number;
  readonly answer: Readonly<Entry>;
}

type Kind = 'workspace' | 'destination' | 'definition' | 'source' | 'connection';

/**
 * The part of the API of a self-managed Airbyte 2 that setup asks: one workspace, what is made in it, and the syncs of its
 * connections. Written from airbyte-platform: api.yaml (paths, bodies, answers), api-problems.yaml (refusals), and the
 * controllers of `io.airbyte.server.apis.publicapi` (what is refused). Airbyte's own client agrees with it in the
 * orchestrators' tests.
 */
export interface EmulatedAirbyte {
  readonly apiUrl: string;
  readonly calls: readonly AirbyteCall[];
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

const BASE = '/api/public/v1';

const NUMBER_OF_KIND = { workspace: 1, destination: 2, definition: 3, source: 4, connection: 5 } as const;

/** The id of the n-th entry of a kind, as Airbyte's look. */
export function airbyteId(kind: Kind, number: number): string {
  return `${NUMBER_OF_KIND[kind]}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const WORKSPACE = airbyteId('workspace', 1);
export const DESTINATION = airbyteId('destination', 1);

/** The application of the client id and secret, and the token that works as well. */
export const CLIENT_ID = 'client-1';
export const CLIENT_SECRET = 'client-secret';
export const TOKEN = 'airbyte-secret-token';

const SHORT_LIVED = 'short-lived';
const CREATED_AT = 1_773_600_000;

/** What every entry of a kind has; what is made or seeded goes over it. */
const USUAL: Readonly<Record<Kind, Entry>> = {
  workspace: { name: 'Marketing', dataResidency: 'auto', notifications: {} },
  destination: {
    ...{ name: 'Warehouse', destinationType: 'dev-null', definitionId: airbyteId('definition', 900) },
    ...{ workspaceId: WORKSPACE, createdAt: CREATED_AT },
    configuration: { destinationType: 'dev-null', test_destination: { test_destination_type: 'SILENT' } },
  },
  definition: { documentationUrl: '' },
  // The type is empty for a custom connector.
  source: { workspaceId: WORKSPACE, createdAt: CREATED_AT, sourceType: '' },
  connection: {
    ...{ workspaceId: WORKSPACE, createdAt: CREATED_AT, tags: [], configurations: { streams: [] }, prefix: '' },
    ...{ name: 'Connection', status: 'active', schedule: { scheduleType: 'manual' } },
    ...{ namespaceDefinition: 'destination', nonBreakingSchemaUpdatesBehavior: 'ignore' },
  },
};

interface Collection {
  readonly kind: Kind;
  readonly path: string;
  readonly key: string;
  /** What a body has to have. */
  readonly required: readonly string[];
}

const COLLECTIONS: readonly Collection[] = [
  { kind: 'workspace', path: '/workspaces', key: 'workspaceId', required: [] },
  { kind: 'destination', path: '/destinations', key: 'destinationId', required: [] },
  {
    kind: 'definition',
    path: `/workspaces/${WORKSPACE}/definitions/sources`,
    key: 'id',
    required: ['name', 'dockerRepository', 'dockerImageTag'],
  },
  {
    kind: 'source',
    path: '/sources',
    key: 'sourceId',
    required: ['name', 'workspaceId', 'definitionId', 'configuration'],
  },
  { kind: 'connection', path: '/connections', key: 'connectionId', required: ['sourceId', 'destinationId'] },
];

const ENDED = ['succeeded', 'failed', 'cancelled'];

interface Answer {
  readonly status: number;
  readonly body: Entry;
}

const found = (body: Entry): Answer => ({ status: 200, body });

/** A refusal of the API; `type` is left out of its address. */
function problem(status: number, title: string, detail: string, data: Entry): Answer {
  const type = `https://reference.airbyte.com/reference/errors#${title}`;
  return { status, body: { status, type, title, detail, documentationUrl: null, data } };
}

const notThere = (resourceType: string, resourceId: unknown): Answer =>
  problem(404, 'resource-not-found', 'The requested resource could not be found.', { resourceType, resourceId });
const badRequest = (message: string): Answer =>
  problem(400, 'bad-request', 'The request could not be understood by the server due to malformed syntax.', {
    message,
  });
const conflict = (message: string): Answer => problem(409, 'state-conflict', 'State conflict', { message });

/** A refusal of the server that the API runs in. */
function serverError(status: number, message: string, path: string, reason = message): Answer {
  const links = { self: { href: BASE + path, templated: false } };
  return { status, body: { message, _links: links, _embedded: { errors: [{ message: reason, _links: {} }] } } };
}

/** Why the API does not take a schedule, or undefined (AirbyteCatalogHelper.validateCronConfiguration). */
function wrongSchedule(schedule: unknown): string | undefined {
  const { scheduleType, cronExpression } = (schedule ?? {}) as Entry;
  if (scheduleType !== 'cron') return undefined;
  if (typeof cronExpression !== 'string') return 'Missing cron expression in the schedule.';
  const parts = cronExpression.split(' ');
  const isHourlyAtMost = parts.length === 6 && /^\d+$/.test(parts[0] ?? '') && /^\d+$/.test(parts[1] ?? '');
  return isHourlyAtMost ? undefined : `The cron expression ${cronExpression} is not valid.`;
}

/** Streams of which no column is read; the API has nothing to say against the others. */
function streamsWithoutColumns({ configurations }: Entry): readonly Entry[] {
  const { streams = [] } = (configurations ?? {}) as { streams?: Entry[] };
  return streams.filter(({ selectedFields }) => Array.isArray(selectedFields) && selectedFields.length === 0);
}

/** What is answered of a body: the zone, always UTC, behind the expression; no selection of columns is an empty one. */
function answered({ schedule, configurations, ...body }: Entry): Entry {
  const { scheduleType, cronExpression } = (schedule ?? {}) as Entry;
  const { streams } = (configurations ?? {}) as { streams?: Entry[] };
  const cron = { scheduleType, cronExpression: `${cronExpression} UTC` };
  return {
    ...body,
    ...(schedule ? { schedule: scheduleType === 'cron' ? cron : schedule } : {}),
    ...(streams ? { configurations: { streams: streams.map((one) => ({ selectedFields: [], ...one })) } } : {}),
  };
}

/** @param there what the workspace has at the start */
export async function startEmulatedAirbyte(
  there: Partial<Record<Kind, readonly Entry[]>> = {},
): Promise<EmulatedAirbyte> {
  const calls: AirbyteCall[] = [];
  const refusals = new Map<string, { status: number; text: string }>();
  const jobs: Entry[] = [];
  const seeds = { workspace: [{ workspaceId: WORKSPACE }], destination: [{ destinationId: DESTINATION }], ...there };
  const entries = new Map<Kind, Entry[]>(
    COLLECTIONS.map(({ kind }) => [kind, (seeds[kind] ?? []).map((seed: Entry) => ({ ...USUAL[kind], ...seed }))]),
  );
  const has = (kind: Kind, id: unknown): boolean => {
    const key = COLLECTIONS.find((one) => one.kind === kind)?.key ?? '';
    return (entries.get(kind) ?? []).some((entry) => entry[key] === id);
  };

  const answerJobs = (method: string, { pathname, searchParams }: URL, body: Entry): Answer => {
    if (pathname === '/jobs' && method === 'POST') {
      const { connectionId, jobType } = body;
      if (!has('connection', connectionId)) return notThere('STANDARD_SYNC', connectionId);
      const last = jobs.findLast((job) => job.connectionId === connectionId);
      if (last && !ENDED.includes(String(last.status))) {
        const message = 'A sync is already running for: {}';
        return problem(409, 'try-again-later', 'Please try again later.', { message });
      }
      jobs.push({
        ...{ jobId: jobs.length + 1, status: 'pending', jobType, connectionId },
        startTime: '2026-03-16T10:00Z',
      });
      return found(jobs.at(-1) ?? {});
    }
    if (pathname === '/jobs') {
      const of = jobs.filter(({ connectionId }) => connectionId === searchParams.get('connectionId'));
      if (searchParams.get('orderBy') === 'createdAt|DESC') of.reverse();
      return found(pageOf(of, searchParams, pathname));
    }
    const job = jobs.find(({ jobId }) => pathname === `/jobs/${jobId}`);
    if (!job) return notThere('JOB', pathname.split('/').at(-1));
    if (method === 'DELETE') {
      if (ENDED.includes(String(job.status))) return conflict('Job is not currently running');
      job.status = 'cancelled';
    }
    return found(job);
  };

  /** Why something cannot be made or changed so, or undefined. */
  const refusalOf = (kind: Kind, body: Entry): Answer | undefined => {
    const { definitionId, sourceId, destinationId } = body;
    if (definitionId !== undefined && !has('definition', definitionId)) {
      return notThere('STANDARD_SOURCE_DEFINITION', definitionId);
    }
    if (sourceId !== undefined && !has('source', sourceId)) return notThere('SOURCE_CONNECTION', sourceId);
    if (destinationId !== undefined && !has('destination', destinationId)) {
      return notThere('DESTINATION_CONNECTION', destinationId);
    }
    const schedule = kind === 'connection' ? wrongSchedule(body.schedule) : undefined;
    if (schedule !== undefined) return badRequest(schedule);
    const [stream] = streamsWithoutColumns(body);
    return stream && badRequest(`No fields selected for stream ${stream.name}.`);
  };

  const answer = (method: string, url: URL, body: Entry): Answer => {
    const { pathname, searchParams } = url;
    if (pathname.startsWith('/jobs')) return answerJobs(method, url, body);
    const which = COLLECTIONS.findLast(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
    const list = which && entries.get(which.kind);
    if (!which || !list) return serverError(404, 'Not Found', pathname, 'Page Not Found');
    const { kind, path, key, required } = which;
    if (pathname === path && method === 'GET') {
      const of = searchParams.get('workspaceIds');
      if (of !== null && of !== WORKSPACE) {
        const message = 'Caller does not have the required WORKSPACE_READER permissions to access the resource(s).';
        return problem(403, 'forbidden', 'The request is forbidden.', { message });
      }
      // The definitions come all at once.
      return found(kind === 'definition' ? { data: list } : pageOf(list, searchParams, path));
    }
    if (pathname === path) {
      const missing = required.filter((one) => body[one] === undefined);
      if (missing.length > 0) return badRequest(`Missing: ${missing.join(', ')}`);
      const refusal = refusalOf(kind, body);
      if (refusal) return refusal;
      const made = { ...USUAL[kind], ...answered(body), [key]: airbyteId(kind, list.length + 1) };
      list.push(made);
      return found(made);
    }
    const changed = list.find((entry) => pathname === `${path}/${entry[key]}`);
    if (!changed) return notThere(kind, pathname.split('/').at(-1));
    if (!(method === 'PUT' || method === 'PATCH')) return serverError(405, 'Method Not Allowed', pathname);
    return refusalOf(kind, body) ?? found(Object.assign(changed, answered(body)));
  };

  /** Airbyte's own login (ApplicationServiceMicronautImpl); the token lives for 15 minutes. */
  const tokenFor = ({ client_id, client_secret }: Entry, path: string): Answer =>
    client_id === CLIENT_ID && client_secret === CLIENT_SECRET
      ? found({ access_token: SHORT_LIVED, token_type: 'Bearer', expires_in: 900 })
      : serverError(400, 'Bad Request', path, 'Invalid client id or token');

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method = '', headers } = request;
    const { authorization } = headers;
    const path = (request.url ?? '').startsWith(`${BASE}/`) ? (request.url ?? '').slice(BASE.length) : '/';
    const body = text ? (JSON.parse(text) as Entry) : undefined;
    const isKnown = [`Bearer ${TOKEN}`, `Bearer ${SHORT_LIVED}`].includes(authorization ?? '');
    const isJson = headers['content-type']?.startsWith('application/json');
    const refusal = refusals.get(path);
    const said = refusal
      ? { status: refusal.status, body: {} }
      : body && !isJson
        ? serverError(415, 'Unsupported Media Type', path)
        : path === '/applications/token'
          ? tokenFor(body ?? {}, path)
          : isKnown
            ? answer(method, new URL(path, 'http://airbyte'), body ?? {})
            : serverError(401, 'Unauthorized', path);
    calls.push({ method, path, authorization, body, status: said.status, answer: structuredClone(said.body) });
    response.writeHead(said.status, { 'content-type': 'application/json' });
    response.end(refusal?.text ?? JSON.stringify(said.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`,
    calls,
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

/** A page: 20 entries when it is not said; `next` is there after the last page, too, unless that is empty. */
function pageOf(all: readonly Entry[], query: URLSearchParams, path: string): Entry {
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  const data = all.slice(offset, offset + limit);
  const next = data.length > 0 ? `${path}?limit=${limit}&offset=${offset + limit}` : '';
  return { data, next, previous: offset > 0 ? `${path}?limit=${limit}&offset=${Math.max(offset - limit, 0)}` : '' };
}
