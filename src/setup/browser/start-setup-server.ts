import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PAGE_FILES } from './page-files.ts';
import { cookieName, refuse } from './request-guard.ts';

/** What a call of the page answers: JSON. */
export type Call = (body: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface SetupServerOptions {
  /** On loopback; 0 takes any free one. */
  readonly port: number;
  /** What `POST /api/<name>` does. */
  readonly callNamed: (name: string) => Call | undefined;
  /** TikTok sent the browser back with these parameters; what is returned is shown, else the page. */
  readonly onCallback: (parameters: URLSearchParams) => Promise<string | undefined>;
  /** Tells a page how the first load goes; the returned function ends it. */
  readonly watchLoad?: (tell: (news: unknown) => void) => () => void;
  /** The answer to a call that failed. */
  readonly describe: (error: unknown) => { readonly status: number; readonly body: unknown };
  /** Called with every request that was let in. */
  readonly onUse: () => void;
  /** A browser was let in: the start address is spent. */
  readonly onStart: () => void;
}

export interface SetupServer {
  readonly port: number;
  /** Lets one browser in, once: sets its cookie and shows the page. */
  readonly startUrl: string;
  readonly redirectUri: string;
  close(): Promise<void>;
}

/** The port is taken. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** The page loads from this server and talks to this server only. No other page may frame it. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const BODY_BYTES_MAX = 1_000_000;

/** Where TikTok sends the browser back to when setup listens on this port: what has to be registered with the app. */
export function redirectUriFor(port: number): string {
  return `http://localhost:${port}/callback`;
}

/**
 * Serves the page on loopback, IPv4 and, where the machine has it, IPv6: `localhost` is either.
 *
 * @throws PortInUse
 */
export async function startSetupServer(options: SetupServerOptions): Promise<SetupServer> {
  // Two secrets: other users of the machine may see the address that the browser is started with, but not the cookie.
  const keys: Keys = { key: randomKey(), startKey: randomKey() };
  const startPath = `/start/${keys.startKey}`;
  let port = options.port;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response, { ...options, port, keys }).catch((error: unknown) => {
      const { status, body } = options.describe(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, status, body);
    });
  };
  const servers = [await listen(answer, '127.0.0.1', port)];
  port = portOf(servers[0]);
  const v6 = await listen(answer, '::1', port).catch((error: unknown) => {
    if (error instanceof PortInUse) throw error;
    return undefined; // No IPv6 here.
  });
  if (v6) servers.push(v6);
  return {
    port,
    startUrl: `http://localhost:${port}${startPath}`,
    redirectUri: redirectUriFor(port),
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((done) => {
              server.close(() => done());
              server.closeIdleConnections();
              // Another tab that keeps asking would keep its connection.
              setTimeout(() => server.closeAllConnections(), 500).unref();
            }),
        ),
      );
    },
  };
}

interface Keys {
  readonly key: string;
  /** Gone once it was used. */
  startKey: string | undefined;
}

type Context = SetupServerOptions & { readonly keys: Keys };

async function handle(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = request;
  const refusal = refuse(
    {
      method,
      path: url.pathname,
      host: headers.host,
      origin: headers.origin,
      contentType: headers['content-type'],
      fetchSite: headers['sec-fetch-site'] as string | undefined,
      cookie: headers.cookie,
    },
    { port: context.port, ...context.keys },
  );
  if (refusal) return send(response, refusal.status, 'text/plain; charset=utf-8', `${refusal.says}\n`);
  context.onUse();
  if (method === 'POST') {
    const call = url.pathname.startsWith('/api/') ? context.callNamed(url.pathname.slice('/api/'.length)) : undefined;
    if (!call) return notFound(response);
    return sendJson(response, 200, await call(await bodyOf(request)));
  }
  const { keys } = context;
  if (url.pathname.startsWith('/start/')) {
    // A browser that was let in may come again.
    if (url.pathname !== `/start/${keys.startKey}`) return redirect(response, '/');
    keys.startKey = undefined;
    context.onStart();
    // Lax, not Strict: the browser comes back here from TikTok's site.
    const cookie = `${cookieName(context.port)}=${keys.key}; HttpOnly; SameSite=Lax; Path=/`;
    return redirect(response, '/', { 'Set-Cookie': cookie });
  }
  if (url.pathname === '/callback') {
    const says = await context.onCallback(url.searchParams);
    if (says !== undefined) return send(response, 200, 'text/plain; charset=utf-8', `${says}\n`);
    // The next address does not hold the code.
    return redirect(response, '/');
  }
  if (url.pathname === '/events/load' && context.watchLoad) {
    // Server-sent events: the browser comes again by itself when the connection is lost.
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
    response.once(
      'close',
      context.watchLoad((news) => response.write(`data: ${JSON.stringify(news)}\n\n`)),
    );
    return;
  }
  const file = Object.hasOwn(PAGE_FILES, url.pathname) ? PAGE_FILES[url.pathname] : undefined;
  return file ? send(response, 200, file.type, file.body) : notFound(response);
}

function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  port: number,
): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer(answer);
    server.once('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'EADDRINUSE' ? new PortInUse(`Port ${port} is in use.`, { cause: error }) : error);
    });
    server.listen({ host, port, exclusive: true }, () => done(server));
  });
}

function randomKey(): string {
  return randomBytes(24).toString('base64url');
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no address.');
  return address.port;
}

/** @returns an empty object for an empty body */
async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error('Expected a JSON object.');
  return parsed as Record<string, unknown>;
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  more: Record<string, string> = {},
): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': type, ...more });
  response.end(body);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

function redirect(response: ServerResponse, location: string, more: Record<string, string> = {}): void {
  send(response, 303, 'text/plain; charset=utf-8', '', { Location: location, ...more });
}

function notFound(response: ServerResponse): void {
  send(response, 404, 'text/plain; charset=utf-8', 'There is nothing here.\n');
}
