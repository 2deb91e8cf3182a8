import type http from 'node:http';
import type { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { freeMemory } from '../../wire/free-memory.ts';
import { CODELESS } from '../error-codes.ts';
import { codelessError, TikTokError } from '../errors.ts';
import { clientFor, isSecure, nodeAdapter } from './node-adapter.ts';
import { nameOfProxy, proxyAgent, proxyFor } from './proxy.ts';

/** One HTTP exchange that came to its end, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  /** In memory that the next answer uses. */
  readonly body: Buffer;
  /** Header `Date`, milliseconds since 1970; absent when there is none that can be read. */
  readonly dateMs?: number;
  /** Header `X-Tt-Ads-Throttle`: rows are missing. */
  readonly adsThrottle?: string;
  /** Header `X-Tt-Logid`. */
  readonly logId?: string;
  /** Header `Retry-After`, milliseconds from now; absent when there is none that can be read. */
  readonly retryAfterMs?: number;
}

export interface RawRequest<Result> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, connection included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Makes of the answer what the caller wants; the body is only there meanwhile. What it throws is thrown. */
  readonly open: (answer: RawAnswer) => Result;
  /** Called when the connection is there and the request can go out; `send` puts it on the wire. */
  readonly dispatch?: (send: () => void) => Promise<void>;
}

/**
 * HTTP with connections that are kept open, through the proxy that the environment names; see {@link proxyFor}.
 * The only place that knows axios: its errors hold the token and the URL, so none of them leaves here.
 */
export class Transport {
  readonly #redact: (text: string) => string;
  /** By the origin asked for. */
  readonly #agents = new Map<string, Promise<http.Agent>>();

  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /**
   * @throws TikTokError of kind `timeout`, `transient` or `configuration`; the signal's reason when the caller aborted
   */
  async exchange<Result>(request: RawRequest<Result>): Promise<Result> {
    const { method, url, headers, body, timeoutMs, signal, open, dispatch } = request;
    signal.throwIfAborted();
    const target = new URL(url);
    const proxy = proxyFor(target);
    const attempt = new AbortController();
    let timedOut = false;
    let refusal: unknown;
    const timer = setTimeout(() => {
      timedOut = true;
      attempt.abort();
    }, timeoutMs);
    const stop = () => attempt.abort();
    signal.addEventListener('abort', stop, { once: true });
    let answer: RawAnswer;
    try {
      const agent = await this.#agentFor(target, proxy);
      const response = await axios.request<Readable>({
        method,
        url,
        headers: { ...headers },
        data: body,
        signal: attempt.signal,
        adapter: nodeAdapter({
          agent,
          attempt: attempt.signal,
          dispatch,
          onRefused(reason) {
            refusal = reason;
            attempt.abort();
          },
        }),
        transformRequest: (data) => data,
        transformResponse: (data) => data,
      });
      answer = rawAnswer(response, joined(await piecesOf(response.data, target.pathname)));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (refusal !== undefined) throw refusal;
      if (error instanceof TikTokError) throw error;
      if (timedOut) throw codelessError(CODELESS.timeout, `The wait ended after ${timeoutMs / 1000} s.`);
      throw this.#connectionError(error, target, proxy);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
    return open(answer);
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.then((made) => made.destroy());
  }

  #agentFor(target: URL, proxy: URL | undefined): Promise<http.Agent> {
    const known = this.#agents.get(target.origin);
    if (known) return known;
    const agent = proxy
      ? proxyAgent(proxy, isSecure(target))
      : Promise.resolve(new (clientFor(target).Agent)({ keepAlive: true }));
    this.#agents.set(target.origin, agent);
    return agent;
  }

  #connectionError(error: unknown, target: URL, proxy: URL | undefined): TikTokError {
    const { message, code } = error as { message?: unknown; code?: unknown };
    const what = this.#redact(String(message || code || 'unknown reason').trim());
    const where = this.#redact(target.host) + (proxy ? ` through the proxy ${this.#redact(nameOfProxy(proxy))}` : '');
    // OpenSSL's words for a server that answers in plain text.
    const isPlain = /wrong version number/i.test(what);
    const named = isPlain
      ? proxy?.protocol === 'https:'
        ? 'the proxy does not speak https; the address of the proxy may have to begin with http://'
        : 'the server does not speak https; api_url may have to begin with http:// here'
      : typeof code === 'string' && !what.includes(code)
        ? `${code}: ${what}`
        : what;
    const entry = isCertificateError(error)
      ? CODELESS.certificate
      : code === 'HTTP 407'
        ? CODELESS.proxyRefused
        : CODELESS.network;
    return codelessError(entry, `The connection to ${where} failed (${named}).`, new Error(named));
  }
}

/** Node's and OpenSSL's codes for a certificate that is not accepted (Node's docs, "X509 certificate error codes"). */
const CERTIFICATE_CODES =
  /^(CERT_|CRL_|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)/;

/** Whether a connection failed because the certificate of the other side is not accepted. */
export function isCertificateError(error: unknown): boolean {
  return CERTIFICATE_CODES.test(String((error as { code?: unknown } | undefined)?.code));
}

/**
 * The largest body that is taken, unpacked. A page of 1,000 rows is a megabyte and at most five, with names of 512
 * characters that are all escaped; a list of 100,000 advertisers is ten.
 */
const BODY_MAX_BYTES = 16 * 1024 * 1024;

async function piecesOf(stream: Readable, path: string): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += (chunk as Buffer).length;
    if (length > BODY_MAX_BYTES) {
      const message = `The answer to ${path} is larger than ${BODY_MAX_BYTES / 2 ** 20} MB.`;
      throw codelessError(CODELESS.broken, message);
    }
    pieces.push(chunk as Buffer);
  }
  return pieces;
}

/** Where one body at a time is put together: a megabyte more for each would be what is thrown away most. */
let workspace = Buffer.alloc(0);

/** Puts a body together; its pieces are gone afterwards. */
function joined(pieces: readonly Buffer[]): Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length > workspace.length) workspace = Buffer.allocUnsafeSlow(Math.ceil(1.2 * length));
  let at = 0;
  for (const piece of pieces) {
    at += piece.copy(workspace, at);
    freeMemory(piece);
  }
  return workspace.subarray(0, length);
}

function rawAnswer({ status, headers }: AxiosResponse, body: Buffer): RawAnswer {
  const text = (name: string): string | undefined => {
    const value: unknown = headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const dateMs = Date.parse(text('date') ?? '');
  const adsThrottle = text('x-tt-ads-throttle');
  const logId = text('x-tt-logid');
  const retryAfterMs = millisecondsOf(text('retry-after'), dateMs);
  return {
    status,
    body,
    ...(Number.isNaN(dateMs) ? {} : { dateMs }),
    ...(adsThrottle === undefined ? {} : { adsThrottle }),
    ...(logId === undefined ? {} : { logId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** `Retry-After` holds seconds or a date (RFC 9110, 10.2.3); the date is the server's, like its `Date`. */
function millisecondsOf(retryAfter: string | undefined, dateMs: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const ms = Date.parse(retryAfter) - (Number.isNaN(dateMs) ? Date.now() : dateMs);
  return ms >= 0 ? ms : undefined;
}
