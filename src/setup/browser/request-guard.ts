/** What the guard looks at. */
export interface GuardedRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  /** `Sec-Fetch-Site`; browsers of these years send it, scripts do not. */
  readonly fetchSite: string | undefined;
  readonly cookie: string | undefined;
}

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 403 | 405 | 415 | 421;
  readonly says: string;
}

/**
 * Whether a request may come from the page that this process opened.
 *
 * - A foreign Host is a name of another site that points at this machine (DNS rebinding).
 * - A foreign Origin, or a form's content type, is another page posting here (CSRF).
 * - Without the cookie it is another user of this machine: loopback is open to all of them.
 *
 * The way back from TikTok needs no cookie: its one-time `state` proves more.
 *
 * @param port of this server
 * @param key  value of the cookie
 * @param startKey lets one browser in; absent once it has
 */
export function refuse(
  request: GuardedRequest,
  { port, key, startKey }: { readonly port: number; readonly key: string; readonly startKey?: string | undefined },
): Refusal | undefined {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  const host = request.host?.toLowerCase() ?? '';
  if (!hosts.includes(host)) {
    return { status: 421, says: `This server answers to localhost:${port} only.` };
  }
  if (request.method !== 'GET' && request.method !== 'POST') return { status: 405, says: 'Only GET and POST.' };
  if (request.method === 'POST') {
    if (request.origin !== `http://${host}`) return { status: 403, says: 'This did not come from the setup page.' };
    if (request.fetchSite !== undefined && request.fetchSite !== 'same-origin') {
      return { status: 403, says: 'This did not come from the setup page.' };
    }
    if (!/^application\/json\b/i.test(request.contentType ?? '')) return { status: 415, says: 'Only JSON.' };
  }
  const isOpen = request.path === '/callback' || (startKey !== undefined && request.path === `/start/${startKey}`);
  if (!isOpen && !hasKey(request.cookie, port, key)) {
    return {
      status: 403,
      says: request.path.startsWith('/start/')
        ? 'This address has let a browser in already. Start setup again to use another.'
        : 'Open the address that setup printed in the terminal; it lets one browser in.',
    };
  }
  return undefined;
}

/** Cookies do not know ports: the name keeps two setups on one machine apart. */
export function cookieName(port: number): string {
  return `tiktok_ads_setup_${port}`;
}

function hasKey(cookie: string | undefined, port: number, key: string): boolean {
  return (cookie ?? '').split(/;\s*/).includes(`${cookieName(port)}=${key}`);
}
