import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from './exchange.ts';

/** Far more than the largest request, a report task that names 20,000 ids of 19 digits. */
const BODY_BYTES_MAX = 1024 * 1024;

/** `/client/worker-1/open_api/…` is `/open_api/…`, called by worker-1. */
const NAMED_CLIENT = /^\/client\/([\w.-]{1,100})(\/.*)$/;

/** An emulator could not start to listen. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/**
 * Listens for HTTP.
 *
 * @throws ListenError naming address and port when they are taken or not allowed
 */
export async function listen(
  host: string,
  port: number,
  handle: (exchange: Exchange) => Promise<void> | void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    void answer(request, response, handle);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(describe(error, host, port), { cause: error });
  }
  return { server, port: (server.address() as AddressInfo).port };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (exchange: Exchange) => Promise<void> | void,
): Promise<void> {
  // The Date header has the emulator's time, not the machine's.
  response.sendDate = false;
  const arrivedMs = performance.timeOrigin + performance.now();
  try {
    const body = request.method === 'POST' || request.method === 'PUT' ? await readBody(request) : '';
    if (body === undefined) {
      response.writeHead(413, { 'Content-Type': 'text/plain', Connection: 'close' }).end('413 request body too large');
      return;
    }
    const [, client = 'unnamed', target = request.url ?? '/'] = NAMED_CLIENT.exec(request.url ?? '/') ?? [];
    const mark = target.indexOf('?');
    await handle({
      request,
      response,
      method: request.method ?? 'GET',
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      body,
      client,
      arrivedMs,
    });
  } catch {
    // The client is gone, or its request is no HTTP. Api answers for defects of the emulator.
    request.socket.destroy();
  }
}

/** The text of a body; undefined when it is too large. Nothing of such a body is kept. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) return void chunks.push(chunk);
      chunks = [];
      resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client is gone.')));
  });
}

function describe(error: unknown, host: string, port: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use by another program; choose another port, or 0 for any free one.`;
  if (code === 'EACCES') return `Port ${port} on ${host} may not be opened by this user; choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine; choose 127.0.0.1 or 0.0.0.0.`;
  return `The emulator cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`;
}
