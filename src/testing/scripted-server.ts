import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as the server of a test got it. */
export interface SeenRequest {
  readonly method: string;
  /** Path below `/open_api/v1.3/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The client's end of the connection: the same number, the same connection. */
  readonly port: number;
}

/** Key and certificate of a server, PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** What a test wants to happen to a request. */
export type Scripted =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string | Buffer }
  /** No answer, ever. */
  | 'hang'
  /** A byte now and then, never the end. */
  | 'drip'
  /** The connection is reset. */
  | 'reset'
  /** The connection ends in the middle of the body. */
  | 'cut';

/** For tests: an HTTP server on loopback that answers by script. Not the emulator: it can answer nonsense, too. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  readonly #server: http.Server;
  readonly #scheme: 'http' | 'https';
  readonly #drips = new Set<NodeJS.Timeout>();

  private constructor(script: (request: SeenRequest, count: number) => Scripted, tls?: Identity) {
    const handle: http.RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://localhost');
        const seen = {
          method: request.method ?? '',
          path: url.pathname.replace('/open_api/v1.3/', ''),
          query: url.searchParams,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
          port: request.socket.remotePort ?? 0,
        };
        this.seen.push(seen);
        this.#answer(script(seen, this.seen.length), response);
      });
    };
    this.#server = tls ? https.createServer(tls, handle) : http.createServer(handle);
    this.#scheme = tls ? 'https' : 'http';
  }

  /** @param tls makes it speak https */
  static async start(
    script: (request: SeenRequest, count: number) => Scripted,
    tls?: Identity,
  ): Promise<ScriptedServer> {
    const server = new ScriptedServer(script, tls);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}/open_api/v1.3/`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const drip of this.#drips) clearInterval(drip);
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(scripted: Scripted, response: http.ServerResponse): void {
    if (scripted === 'hang') return;
    if (scripted === 'reset') {
      response.socket?.resetAndDestroy();
    } else if (scripted === 'cut') {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('{"code":0,"data":{"list":[', () => response.socket?.destroy());
    } else if (scripted === 'drip') {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      this.#drips.add(setInterval(() => response.write(' '), 20));
    } else {
      response.writeHead(scripted.status ?? 200, { 'Content-Type': 'application/json', ...scripted.headers });
      response.end(scripted.body);
    }
  }
}

/** An answer in TikTok's envelope. */
export function envelope(code: number, message = 'OK', data: unknown = {}): { readonly body: string } {
  return { body: JSON.stringify({ code, message, request_id: `req-${code}`, data }) };
}

/** An answer with code 0. */
export function ok(data: unknown): { readonly body: string } {
  return envelope(0, 'OK', data);
}
