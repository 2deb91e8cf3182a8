import { isLoopback } from '../tiktok/http/loopback.ts';

/** Where TikTok's API for Business answers for real accounts. */
export const PRODUCTION_API_URL = 'https://business-api.tiktok.com/open_api/v1.3/';

/** Where it answers for sandbox accounts: the host alone tells the two apart. */
export const SANDBOX_API_URL = 'https://sandbox-ads.tiktok.com/open_api/v1.3/';

/**
 * A base URL of the configuration, made to end in a slash; or what is wrong with it.
 *
 * @returns `mistake` and `warning` are sentences that name the key; neither quotes a URL that holds a password
 */
export function parseApiUrl(text: string): { url: string; warning?: string } | { mistake: string } {
  const expected = `expected a base URL such as ${PRODUCTION_API_URL}`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { mistake: `api_url is no URL; ${expected}.` };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { mistake: `api_url begins with ${url.protocol}; ${expected}.` };
  }
  if (url.username || url.password) {
    return { mistake: `api_url holds a user name or password, which this source does not send; ${expected}.` };
  }
  if (url.search || url.hash) return { mistake: `api_url holds a query or a fragment; ${expected}.` };
  const based = url.href.endsWith('/') ? url.href : `${url.href}/`;
  if (url.protocol === 'http:' && !isLoopback(url)) {
    return {
      url: based,
      warning: `api_url is plain http: the access token travels to ${url.host} in clear. Use https wherever you can.`,
    };
  }
  return { url: based };
}
