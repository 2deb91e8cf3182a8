import http from 'node:http';
import type https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import type { AxiosAdapter, AxiosResponse } from 'axios';
import type { AttemptOption } from './proxy-agents.ts';

export interface NodeAdapterOptions {
  readonly agent: http.Agent;
  /** Ends when the attempt does. */
  readonly attempt: AbortSignal;
  /** Called when the connection is there and the request can go out; `send` puts it on the wire. */
  readonly dispatch?: ((send: () => void) => Promise<void>) | undefined;
  /** What `dispatch` was rejected with. */
  readonly onRefused: (reason: unknown) => void;
}

/**
 * An adapter for axios that asks by `node:http` or `node:https`, follows no redirect, and gives the body as a stream. It
 * rejects with Node's own errors, and resolves with every status.
 */
export function nodeAdapter({ agent, attempt, dispatch, onRefused }: NodeAdapterOptions): AxiosAdapter {
  return async (config) => {
    const target = new URL(config.url ?? '');
    const options: http.RequestOptions & AttemptOption = {
      method: config.method?.toUpperCase(),
      headers: { ...config.headers.toJSON(), 'Accept-Encoding': 'gzip' },
      agent,
      signal: attempt,
      attempt,
    };
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const outgoing = clientFor(target).request(target, options, resolve).on('error', reject);
      if (dispatch) holdBack(outgoing, dispatch, onRefused);
      outgoing.end(config.data);
    });
    const { statusCode: status = 0, statusMessage: statusText = '' } = response;
    const headers = response.headers as AxiosResponse['headers'];
    return { data: unpacked(response), status, statusText, headers, config };
  };
}

export const isSecure = ({ protocol }: URL): boolean => protocol === 'https:';

/** Node's module for a URL. That for https, which loads all of TLS, is not loaded where it is not needed. */
export function clientFor(url: URL): typeof http | typeof https {
  return isSecure(url) ? process.getBuiltinModule('node:https') : http;
}

/** Holds a request back until the connection is there and it may leave. */
function holdBack(
  outgoing: http.ClientRequest,
  dispatch: NonNullable<NodeAdapterOptions['dispatch']>,
  onRefused: (reason: unknown) => void,
): void {
  const withTls = outgoing.protocol === 'https:';
  outgoing.once('socket', (socket) => {
    const depart = () => void dispatch(() => socket.uncork()).catch(onRefused);
    socket.cork();
    const isReady = withTls ? !(socket as Partial<{ secureConnecting: boolean }>).secureConnecting : !socket.connecting;
    if (isReady)
      process.nextTick(depart); // Node writes the request behind this event.
    else socket.once(withTls ? 'secureConnect' : 'connect', depart);
  });
}

/** The body of an answer, as far as it came. zlib is loaded by the first that is packed. */
function unpacked(response: http.IncomingMessage): Readable {
  if (response.headers['content-encoding']?.toLowerCase() !== 'gzip') return response;
  const { constants, createGunzip } = process.getBuiltinModule('node:zlib');
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }); // Refusals come with an empty body, too.
  return pipeline(response, gunzip, () => {}); // Whoever reads it hears of the error.
}
