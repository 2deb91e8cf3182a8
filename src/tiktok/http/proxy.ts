import type http from 'node:http';
import { getProxyForUrl } from 'proxy-from-env';
import { CODELESS } from '../error-codes.ts';
import { TikTokError } from '../errors.ts';
import { isLoopback } from './loopback.ts';

const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/**
 * The proxy on the way to a URL, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name it; undefined for none.
 * Nothing on this machine is asked for through a proxy.
 *
 * @throws TikTokError of kind `configuration` for a proxy that cannot be used
 */
export function proxyFor(url: URL): URL | undefined {
  if (isLoopback(url)) return undefined;
  const named = getProxyForUrl(url.href);
  if (named === '') return undefined;
  // Without a scheme the library puts the URL's own before it, and would speak TLS with nearly every proxy.
  const bare = named.slice(`${url.protocol}//`.length);
  const proxy = parsed(VARIABLES.some((name) => process.env[name] === bare) ? `http://${bare}` : named);
  if (proxy) return proxy;
  const scheme = /^[a-z][a-z0-9+.-]*(?=:\/\/)/i.exec(named)?.[0];
  const what = scheme && !/^https?$/i.test(scheme) ? `a proxy of kind ${scheme}` : 'no address of a proxy';
  throw new TikTokError({ ...CODELESS.proxyUnknown, message: `They name ${what}.` });
}

/** The address without name and password, for messages. */
export function nameOfProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/** An agent that goes through a proxy and keeps its connections. Loaded here, so that only those who have a proxy pay. */
export async function proxyAgent(proxy: URL, isSecure: boolean): Promise<http.Agent> {
  const { HttpAgentOfProxy, HttpsAgentOfProxy } = await import('./proxy-agents.ts');
  const options = { keepAlive: true };
  return isSecure ? new HttpsAgentOfProxy(proxy, options) : new HttpAgentOfProxy(proxy, options);
}

function parsed(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    return undefined;
  }
  return url;
}
