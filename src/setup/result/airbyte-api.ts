import { TikTokError } from '../../tiktok/errors.ts';
import { type RawRequest, Transport } from '../../tiktok/http/transport.ts';
import type { AirbyteTarget } from '../session/collection.ts';
import type { AirbyteRequest } from './airbyte-requests.ts';

/** Airbyte refused or did not answer; the message says at which step and what had been made by then. No secrets. */
export class AirbyteApiError extends Error {
  override readonly name = 'AirbyteApiError';
}

export type AirbyteAccess = Pick<AirbyteTarget, 'apiUrl' | 'token' | 'clientId' | 'clientSecret'>;

/** A token of an application lives for minutes (Airbyte API, "Get an access token"). */
const TOKEN_MS = 60_000;

const TIMEOUT_MS = 60_000;

/** Airbyte's API, asked through the proxy that the environment names, with a token or with those of an application. */
export class AirbyteApi {
  readonly #access: AirbyteAccess;
  readonly #signal: AbortSignal;
  readonly #transport: Transport;
  #token: { readonly text: string; readonly until: number } | undefined;

  /** @param redact keeps secrets out of what is said of the connection */
  constructor(access: AirbyteAccess, { signal, redact }: { signal: AbortSignal; redact: (text: string) => string }) {
    this.#access = access;
    this.#signal = signal;
    this.#transport = new Transport(redact);
  }

  /** @throws Error in words for the user */
  async ask(request: Pick<AirbyteRequest, 'method' | 'path' | 'body'>): Promise<Record<string, unknown>> {
    return this.#send(request, await this.#currentToken());
  }

  close(): void {
    this.#transport.close();
  }

  async #currentToken(): Promise<string> {
    const { token, clientId, clientSecret } = this.#access;
    if (token !== '') return token;
    if (this.#token && performance.now() < this.#token.until) return this.#token.text;
    const body = { client_id: clientId, client_secret: clientSecret, 'grant-type': 'client_credentials' };
    const { access_token: made } = await this.#send({ method: 'POST', path: '/applications/token', body }, '');
    if (typeof made !== 'string') throw new Error('Airbyte gave no token for this client id and secret.');
    this.#token = { text: made, until: performance.now() + TOKEN_MS };
    return made;
  }

  async #send({ method, path, body }: Parameters<AirbyteApi['ask']>[0], token: string) {
    const { apiUrl } = this.#access;
    const { status, text } = await this.#exchange(
      {
        method,
        url: apiUrl + path,
        headers: {
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          accept: 'application/json',
          'content-type': 'application/json',
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      },
      apiUrl,
    );
    if (status < 200 || status > 299) {
      const isRefused = status === 401 || status === 403;
      const hint = isRefused ? ' The token, or the client id and secret, are not accepted: make new ones.' : '';
      throw new Error(`Airbyte answered HTTP ${status}: ${text.slice(0, 500)}${hint}`);
    }
    const parsed: unknown = parse(text);
    if (typeof parsed !== 'object' || parsed === null) {
      throw new Error(`Airbyte answered no JSON object. Is ${apiUrl} its API? It usually ends in /api/public/v1.`);
    }
    return parsed as Record<string, unknown>;
  }

  async #exchange(
    request: Pick<RawRequest<unknown>, 'method' | 'url' | 'headers' | 'body'>,
    apiUrl: string,
  ): Promise<{ readonly status: number; readonly text: string }> {
    try {
      return await this.#transport.exchange({
        ...request,
        timeoutMs: TIMEOUT_MS,
        signal: this.#signal,
        open: ({ status, body }) => ({ status, text: body.toString() }),
      });
    } catch (error) {
      if (!(error instanceof TikTokError)) throw error;
      throw new Error(`Airbyte does not answer at ${apiUrl}. ${error.message} Is the address that of its API?`, {
        cause: error,
      });
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
