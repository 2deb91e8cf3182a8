import { isObject } from '../../json/json.ts';
import type { TikTokClient } from '../client.ts';

const EXCHANGE_PATIENCE_MS = 10_000;

/** TikTok's page where an advertiser grants an app access. */
export const PORTAL_URL = 'https://business-api.tiktok.com/portal/auth';

export interface AuthorizationRequest {
  /** {@link PORTAL_URL}, or an emulator's. */
  readonly portalUrl: string;
  readonly appId: string;
  /** One of those registered with the app, letter by letter. */
  readonly redirectUri: string;
  /** Comes back unchanged: proves that the answer belongs to this request. */
  readonly state: string;
}

/** Where to send the advertiser's browser. TikTok sends it back to `redirectUri` with `auth_code`, `code` and `state`. */
export function authorizationUrl({ portalUrl, appId, redirectUri, state }: AuthorizationRequest): string {
  const url = new URL(portalUrl);
  url.searchParams.set('app_id', appId);
  url.searchParams.set('state', state);
  url.searchParams.set('redirect_uri', redirectUri);
  return url.href;
}

export interface App {
  readonly appId: string;
  readonly secret: string;
}

/** What an advertiser granted. The token has no end but revocation. */
export interface Grant {
  readonly accessToken: string;
  readonly advertiserIds: readonly string[];
  /** Numbers of the permissions granted; 4 is Reporting. */
  readonly scope: readonly number[];
}

/**
 * A token for an auth code, which is good once, for one hour (`POST /oauth2/access_token/`).
 *
 * Tried again for a short while only, since a person waits at the page. Where the first try did use the code up, the
 * answer says so (40110), and its advice to authorize again is right then, too.
 *
 * @throws TikTokError; kind `credentials` when the code, the app id or the secret is wrong
 */
export async function exchangeAuthCode(
  client: TikTokClient,
  { appId, secret, authCode }: App & { readonly authCode: string },
  signal: AbortSignal,
): Promise<Grant> {
  const { data } = await client.request({
    path: 'oauth2/access_token/',
    body: { app_id: appId, secret, auth_code: authCode },
    signal,
    anonymous: true,
    patienceMs: EXCHANGE_PATIENCE_MS,
    retryTimeout: false,
    validate: (found) => {
      if (!isObject(found) || typeof found.access_token !== 'string' || found.access_token === '')
        return 'has no access_token';
      const ids: unknown = found.advertiser_ids ?? [];
      const areTexts = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
      return areTexts ? undefined : 'has advertiser_ids that are not a list of texts';
    },
  });
  const grant = data as { access_token: string; advertiser_ids?: readonly string[] | null; scope?: unknown };
  return {
    accessToken: grant.access_token,
    advertiserIds: grant.advertiser_ids ?? [],
    scope: Array.isArray(grant.scope) ? grant.scope.map(Number) : [],
  };
}
