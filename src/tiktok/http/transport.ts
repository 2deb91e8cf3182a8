import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { CODELESS, type ErrorCodeEntry } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';

/** Options of Node's agents that a caller may set, a CA of a company's proxy for one. */
export type AgentOptions = https.AgentOptions;

/** One HTTP exchange that came to its end, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  /** Each character is one byte. */
  readonly body: string;
  /** Header `Date`, milliseconds since 1970; absent when there is none that can be read. */
  readonly dateMs?: number;
  /** Header `X-Tt-Ads-Throttle`: rows are missing. */
  readonly adsThrottle?: string;
  /** Header `X-Tt-Logid`. */
  readonly logId?: string;
}

export interface RawRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, connection included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called when the connection is there and the request goes out. */
  readonly onLeft?: () => void;
}

/**
 * HTTP with connections that are kept open, through the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY,
 * NO_PROXY). The only place that knows axios: its errors hold the token and the URL, so none of them leaves here.
 */
export class Transport {
  readonly #httpAgent: http.Agent;
  readonly #httpsAgent: https.Agent;
  readonly #redact: (text: string) => string;

  constructor(redact: (text: string) => string, agentOptions: AgentOptions = {}) {
    this.#redact = redact;
    this.#httpAgent = new http.Agent({ keepAlive: true, ...agentOptions });
    this.#httpsAgent = new https.Agent({ keepAlive: true, ...agentOptions });
  }

  /**
   * @throws TikTokError of kind `timeout` or `transient`; the signal's reason when the caller aborted
   */
  async exchange({ method, url, headers, body, timeoutMs, signal, onLeft }: RawRequest): Promise<RawAnswer> {
    signal.throwIfAborted();
    // axios's own timeout watches for silence only: a server that drips a byte a minute would never meet it.
    const attempt = new AbortController();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      attempt.abort();
    }, timeoutMs);
    const stop = () => attempt.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const response = await axios.request<Readable>({
        method,
        url,
        headers: { ...headers },
        data: body,
        signal: attempt.signal,
        transport: onLeft && observed(onLeft),
        httpAgent: this.#httpAgent,
        httpsAgent: this.#httpsAgent,
        responseType: 'stream',
        transformRequest: (data) => data,
        validateStatus: () => true,
        // A redirect would carry the token, which is in a header of TikTok's own, to whatever host it names.
        maxRedirects: 0,
      });
      return rawAnswer(response, await bytesOf(response.data));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (timedOut) throw codelessError(CODELESS.timeout, `No complete answer within ${timeoutMs / 1000} s.`);
      throw this.#connectionError(error, url);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#httpAgent.destroy();
    this.#httpsAgent.destroy();
  }

  #connectionError(error: unknown, url: string): TikTokError {
    const { message, code } = error as { message?: unknown; code?: unknown };
    const what = this.#redact(String(message || code || 'unknown reason').trim());
    const where = this.#redact(new URL(url).host);
    // OpenSSL's words for a server that answers in plain text.
    const isPlain = /wrong version number/i.test(what);
    const named = isPlain
      ? 'the server does not speak https; api_url may have to begin with http:// here'
      : typeof code === 'string' && !what.includes(code)
        ? `${code}: ${what}`
        : what;
    return codelessError(CODELESS.network, `The connection to ${where} failed (${named}).`, new Error(named));
  }
}

/** Node's way of asking, which tells when a connection is there. */
function observed(onLeft: () => void): { request: (options: https.RequestOptions) => http.ClientRequest } {
  const request = (options: https.RequestOptions, ...rest: never[]) => {
    // Not by the URL asked for: the way may lead through a proxy that is spoken to in the other way.
    const isSecure = options.protocol === 'https:';
    const outgoing = (isSecure ? https : http).request(options, ...rest);
    outgoing.once('socket', (socket) => {
      if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', onLeft);
      else onLeft();
    });
    return outgoing;
  };
  return { request };
}

/** An error for a failure that has no return code. */
export function codelessError(
  entry: ErrorCodeEntry,
  message: string,
  cause?: unknown,
  httpStatus?: number,
): TikTokError {
  return new TikTokError({ kind: entry.kind, advice: entry.advice, message, cause, httpStatus });
}

/** Piece by piece: a buffer of the whole body would be a megabyte more of what is thrown away with each page. */
async function bytesOf(stream: Readable): Promise<string> {
  const pieces: string[] = [];
  for await (const chunk of stream) pieces.push((chunk as Buffer).toString('latin1'));
  return pieces.join('');
}

function rawAnswer({ status, headers }: AxiosResponse, body: string): RawAnswer {
  const text = (name: string): string | undefined => {
    const value: unknown = headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const dateMs = Date.parse(text('date') ?? '');
  const adsThrottle = text('x-tt-ads-throttle');
  const logId = text('x-tt-logid');
  return {
    status,
    body,
    ...(Number.isNaN(dateMs) ? {} : { dateMs }),
    ...(adsThrottle === undefined ? {} : { adsThrottle }),
    ...(logId === undefined ? {} : { logId }),
  };
}
