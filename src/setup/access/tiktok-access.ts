import { QUOTA_BY_TIER } from '../../config/quota-limits.ts';
import type { ReportStream } from '../../streams/stream.ts';
import { attemptText } from '../../sync/create-client.ts';
import type { Day } from '../../sync/days.ts';
import { TikTokClient } from '../../tiktok/client.ts';
import { type Advertiser, fetchAdvertisers, listGrantedAdvertisers } from '../../tiktok/endpoints/advertisers.ts';
import { authorizationUrl, exchangeAuthCode, PORTAL_URL } from '../../tiktok/endpoints/oauth.ts';
import { fetchReportPage } from '../../tiktok/endpoints/report.ts';
import type { QuotaLimits } from '../../tiktok/quota/quota.ts';
import type { AppCredentials } from '../session/collection.ts';

/** A person waits: a minute of tries is enough. */
const PATIENCE_MS = 60_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** What setup asks of TikTok, with whatever credentials it has by then. Every call may throw a `TikTokError`. */
export class TikTokAccess {
  readonly apiUrl: string;
  readonly #portalUrl: string;
  /** Hears of each request, one sentence for a log. */
  readonly onAttempt: ((message: string) => void) | undefined;
  readonly #quota: QuotaLimits;
  readonly #stream: ReportStream;
  #client: TikTokClient | undefined;
  #clientOf = '';

  /**
   * @param apiUrl    base URL, ends in a slash
   * @param portalUrl TikTok's consent page; absent: the one that belongs to `apiUrl`
   */
  constructor({
    apiUrl,
    portalUrl,
    quota,
    stream,
    onAttempt,
  }: {
    readonly apiUrl: string;
    readonly portalUrl?: string | undefined;
    readonly quota?: QuotaLimits | undefined;
    /** Its report is what an advertiser is asked for. */
    readonly stream: ReportStream;
    readonly onAttempt?: TikTokAccess['onAttempt'];
  }) {
    this.onAttempt = onAttempt;
    this.apiUrl = apiUrl;
    this.#portalUrl = portalUrl ?? new URL(new URL(PORTAL_URL).pathname, apiUrl).href;
    this.#stream = stream;
    this.#quota = quota ?? QUOTA_BY_TIER.basic;
  }

  /** The address of TikTok's login and consent. */
  authorizationUrl(request: { readonly appId: string; readonly state: string; readonly redirectUri: string }): string {
    return authorizationUrl({ portalUrl: this.#portalUrl, ...request });
  }

  /** The token for an auth code, with the ids of the granted permissions. */
  async exchange(
    { appId, secret, authCode }: { readonly appId: string; readonly secret: string; readonly authCode: string },
    signal: AbortSignal,
  ): Promise<{ readonly accessToken: string; readonly scope: readonly number[] }> {
    const client = this.#newClient({ appId, secret, accessToken: '' }, [authCode]);
    try {
      return await exchangeAuthCode(client, { appId, secret, authCode }, signal);
    } finally {
      client.close();
    }
  }

  /** Every advertiser that the token was granted; one that TikTok says nothing more about has its id and name only. */
  async advertisers(credentials: AppCredentials, signal: AbortSignal): Promise<readonly Advertiser[]> {
    const client = this.clientFor(credentials);
    const granted = await listGrantedAdvertisers(client, credentials, signal);
    const { found } = await fetchAdvertisers(
      client,
      granted.map(({ id }) => id),
      signal,
    );
    return granted.map(({ id, name }) => ({ name, ...(found.get(id) ?? { id }) }));
  }

  /** How many rows one day of the report has: proves the report permission at the price of one small request. */
  async rowsOn(
    credentials: AppCredentials,
    { advertiserId, day }: { readonly advertiserId: string; readonly day: Day },
    signal: AbortSignal,
  ): Promise<number> {
    const page = await fetchReportPage(
      this.clientFor(credentials),
      {
        definition: this.#stream.report,
        metrics: ['spend'],
        advertiserId,
        from: day,
        to: day,
        includeDeleted: true,
        page: 1,
        pageSize: 1,
      },
      signal,
      { convert: ({ count }) => count },
    );
    return page.totalNumber;
  }

  /** The client of these credentials: one at a time, so that everything keeps to one quota. */
  clientFor(credentials: AppCredentials): TikTokClient {
    if (!this.#client || this.#clientOf !== credentials.accessToken) {
      this.#client?.close();
      this.#client = this.#newClient(credentials);
      this.#clientOf = credentials.accessToken;
    }
    return this.#client;
  }

  /** The API's clock. */
  now(): Date {
    return this.#client?.now() ?? new Date();
  }

  close(): void {
    this.#client?.close();
  }

  #newClient({ appId, secret, accessToken }: AppCredentials, more: readonly string[] = []): TikTokClient {
    return new TikTokClient({
      apiUrl: this.apiUrl,
      ...(accessToken ? { accessToken } : {}),
      quota: this.#quota,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      patienceMs: PATIENCE_MS,
      onAttempt: (attempt) => this.onAttempt?.(attemptText(attempt)),
      secrets: [appId, secret, ...more],
    });
  }
}
