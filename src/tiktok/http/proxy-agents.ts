import type { Socket } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** A request's option that says when its attempt ends, for agents that go through a proxy. */
export interface AttemptOption {
  readonly attempt: AbortSignal;
}

type Arguments<Agent extends { connect(...args: never[]): unknown }> = Parameters<Agent['connect']>;

/** The proxy refused the tunnel. */
class TunnelRefused extends Error {
  override readonly name = 'TunnelRefused';
  readonly code: string;

  constructor(status: number) {
    super(`the proxy answered HTTP ${status}`);
    this.code = `HTTP ${status}`;
  }
}

/** Asks a proxy for a tunnel; see {@link connectWithin}. */
export class HttpsAgentOfProxy extends HttpsProxyAgent<string> {
  /** @throws TunnelRefused where the library would pass off what the proxy says as the answer of the server */
  override async connect(...args: Arguments<HttpsProxyAgent<string>>): Promise<Socket> {
    let status = 0;
    args[0].once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
      status = statusCode;
    });
    const socket = await connectWithin(this, args[1], () => super.connect(...args));
    if (status === 200) return socket;
    socket.destroy();
    throw new TunnelRefused(status);
  }
}

/** Has a proxy fetch a URL; see {@link connectWithin}. */
export class HttpAgentOfProxy extends HttpProxyAgent<string> {
  override connect(...args: Arguments<HttpProxyAgent<string>>): Promise<Socket> {
    return connectWithin(this, args[1], () => super.connect(...args));
  }
}

/**
 * Ends the way to the proxy with the attempt. The libraries would wait for the proxy's answer for ever, and the socket
 * would keep the process alive.
 */
async function connectWithin(
  agent: { readonly connectOpts: object },
  options: object,
  connect: () => Promise<Socket>,
): Promise<Socket> {
  const { attempt } = options as AttemptOption;
  // Not the attempt's own signal: the connection, once it is there, is kept for others.
  const connecting = new AbortController();
  const end = () => connecting.abort();
  attempt.addEventListener('abort', end, { once: true });
  if (attempt.aborted) end();
  Object.assign(agent.connectOpts, { signal: connecting.signal });
  try {
    return await connect();
  } finally {
    attempt.removeEventListener('abort', end);
  }
}
