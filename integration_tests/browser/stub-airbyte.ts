import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that reached it. */
export interface AirbyteCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** An Airbyte API that answers what setup asks of it and remembers what it was asked. */
export interface StubAirbyte {
  readonly apiUrl: string;
  readonly calls: readonly AirbyteCall[];
  /** From now on, answer a path with this status. */
  refuse(path: string, status: number, text: string): void;
  close(): Promise<void>;
}

/** @param definitions what the workspace knows at the start */
export async function startStubAirbyte(definitions: readonly Record<string, string>[] = []): Promise<StubAirbyte> {
  const calls: AirbyteCall[] = [];
  const refusals = new Map<string, { status: number; text: string }>();
  const answers: Readonly<Record<string, unknown>> = {
    'GET /v1/workspaces/ws-1/definitions/sources': { data: definitions },
    'POST /v1/workspaces/ws-1/definitions/sources': { id: 'definition-1' },
    'POST /v1/sources': { sourceId: 'source-1' },
    'POST /v1/connections': { connectionId: 'connection-1' },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method = '', url = '', headers } = request;
    calls.push({
      method,
      path: url,
      authorization: headers.authorization,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : undefined,
    });
    const refusal = refusals.get(url);
    const answer = answers[`${method} ${url}`];
    const status = refusal?.status ?? (answer ? 200 : 404);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(refusal?.text ?? JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    refuse: (path, status, text) => refusals.set(path, { status, text }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
