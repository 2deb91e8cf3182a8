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

const TOKEN_PATH = '/applications/token';

const TIMEOUT_MS = 60_000;

/** For what lets Airbyte pull and run the connector before it answers; the browser waits five minutes for setup. */
const CONNECTOR_TIMEOUT_MS = 240_000;

type Asked = Omit<AirbyteRequest, 'says'>;

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
  async ask(request: Asked): Promise<Record<string, unknown>> {
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
    const { access_token: made } = await this.#send({ method: 'POST', path: TOKEN_PATH, body }, '');
    if (typeof made !== 'string') throw new Error('Airbyte gave no token for this client id and secret.');
    this.#token = { text: made, until: performance.now() + TOKEN_MS };
    return made;
  }

  async #send({ method, path, body, startsConnector }: Asked, token: string) {
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
        timeoutMs: startsConnector ? CONNECTOR_TIMEOUT_MS : TIMEOUT_MS,
      },
      apiUrl,
    );
    if (status < 200 || status > 299) {
      throw new Error(`Airbyte answered HTTP ${status}: ${reasonIn(text)}${adviceFor(status, path, text)}`);
    }
    const parsed: unknown = parse(text);
    if (typeof parsed !== 'object' || parsed === null) {
      throw new Error(`Airbyte answered no JSON object. Is ${apiUrl} its API? It usually ends in /api/public/v1.`);
    }
    return parsed as Record<string, unknown>;
  }

  async #exchange(
    request: Pick<RawRequest<unknown>, 'method' | 'url' | 'headers' | 'body' | 'timeoutMs'>,
    apiUrl: string,
  ): Promise<{ readonly status: number; readonly text: string }> {
    try {
      return await this.#transport.exchange({
        ...request,
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

/** The body of a refusal: a problem of Airbyte's API (api-problems.yaml), or an error of the server that it runs in. */
interface Refusal {
  readonly detail?: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly message?: string;
  readonly _embedded?: { readonly errors?: readonly { readonly message?: string }[] };
}

/** What a refusal says, without what only programs read; at most 500 characters. */
function reasonIn(text: string): string {
  const { detail, data, message, _embedded } = (parse(text) ?? {}) as Refusal;
  const errors = (_embedded?.errors ?? []).map((error) => error.message);
  const parts = [detail ?? message, data?.message ?? (data && JSON.stringify(data)), ...errors].filter(Boolean);
  const said = [...new Set(parts.map((part) => String(part).replace(/\.$/, '')))].join(': ');
  // What stands before Airbyte answers with a page.
  const reason = said || /<title>([^<]+)/i.exec(text)?.[1];
  return reason ? `${reason.slice(0, 500)}.` : text.slice(0, 500);
}

/** What to do after a refusal, with a space before it; empty when that is for the refusal itself to say. */
function adviceFor(status: number, path: string, text: string): string {
  // Airbyte's own login answers 400 to a wrong secret, single sign-on 401.
  if (path === TOKEN_PATH && [400, 401, 403].includes(status)) {
    return ' The client id and secret are not accepted: Airbyte shows them under Settings, Applications.';
  }
  if (status === 401) return ' The access token is not accepted, or no longer: make a new one.';
  if (status === 403) return ' Is this the right workspace, and may this user of Airbyte edit it?';
  // What the API itself does not find, it names by its id.
  if ((status === 404 && !text.includes('"resourceId"')) || status === 405) {
    return ' The address usually ends in /api/public/v1, and Airbyte has to be 1.6 or later.';
  }
  if (status >= 502 && status <= 504) {
    return ' Airbyte may still end what it began: try again in a minute, and that is found.';
  }
  return '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
