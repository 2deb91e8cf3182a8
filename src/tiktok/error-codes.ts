/**
 * What to do about a failed request; each kind has exactly one way of being handled.
 *
 * - `throttle`: asked too often; the client waits by itself, so callers meet it only when that went on past all patience
 * - `transient`: a fault at TikTok or on the way; already tried again until the patience ended
 * - `timeout`: no answer in time; the same request is likely to meet the same end, ask for less
 * - `too_large`: TikTok asks for a smaller query
 * - `advertiser_unavailable`: this advertiser cannot be read with this token; the others can
 * - `credentials`: nothing can be read until the operator mends token, app or permission
 * - `configuration`: nothing can be read until the operator mends the way to TikTok: proxy or certificates
 * - `metric_withdrawn`: TikTok no longer knows some of the metrics; ask again without them
 * - `quota_exhausted`: the day's requests are spent
 * - `unreachable`: no request has had an answer for too long; the run should end
 * - `clock`: the answers say that the moment has not come at which the run began; the run should end, and what it read
 *   does not count
 * - `our_fault`: TikTok calls the request wrong
 */
export type ErrorKind =
  | 'throttle'
  | 'transient'
  | 'timeout'
  | 'too_large'
  | 'advertiser_unavailable'
  | 'credentials'
  | 'configuration'
  | 'metric_withdrawn'
  | 'quota_exhausted'
  | 'unreachable'
  | 'clock'
  | 'our_fault';

/** One line of the table: what TikTok says, what it means, what an operator does. Complete sentences. */
export interface ErrorCodeEntry {
  readonly kind: ErrorKind;
  readonly meaning: string;
  readonly advice: string;
  /** A throttle that concerns one advertiser only; the others go on. */
  readonly advertiserOnly?: true;
  /** TikTok ran out of time itself: one more try, then it counts as a timeout. */
  readonly timedOut?: true;
}

const WAITS =
  'The connector waits and tries again by itself. If it is frequent, lower requests_per_second or ask TikTok for a higher tier.';
const RETRIES =
  'Run again later. If it lasts, look at the network where the connection failed, and ask TikTok with the request id where there is one.';
const REPORT_BUG =
  'This is most likely a defect of the connector or a change of the API. Report it with the code, message and request id.';
const AUTHORIZE = 'Authorize the app again and put the new access_token into the configuration.';
const WEB_PAGE =
  'A web page came instead of an answer of TikTok: a proxy, a firewall or the sign-in page of a network is on the way, or api_url names another server.';
const EXCLUDE =
  'Ask for access to the advertiser, or name it in exclude_advertiser_ids, or set unavailable_advertisers to warn.';

const entry = (kind: ErrorKind, meaning: string, advice: string): ErrorCodeEntry => ({ kind, meaning, advice });
const throttle = (meaning: string): ErrorCodeEntry => entry('throttle', meaning, WAITS);
const transient = (meaning: string): ErrorCodeEntry => entry('transient', meaning, RETRIES);
const timedOut = (meaning: string): ErrorCodeEntry => ({ ...transient(meaning), timedOut: true });
const unavailable = (meaning: string): ErrorCodeEntry => entry('advertiser_unavailable', meaning, EXCLUDE);
const fault = (meaning: string, advice = REPORT_BUG): ErrorCodeEntry => entry('our_fault', meaning, advice);

/**
 * Every return code that is known, with its handling. Codes that are not listed follow {@link entryOfCode}.
 * Source: TikTok API for Business, "Return codes" (docs 1737172488964097) and the official SDK.
 */
export const ERROR_CODES: Readonly<Record<number, ErrorCodeEntry>> = {
  20001: fault('TikTok carried the request out only in part.'),
  40000: fault('TikTok calls the parameters invalid.'),
  40001: unavailable('The token has no permission for this advertiser, or the advertiser does not exist any more.'),
  40002: fault('TikTok calls a parameter wrong; the message says which.'),
  40003: unavailable('TikTok forbids this operation for the advertiser.'),
  40006: fault('The parameters do not fit the version of the API.'),
  40007: fault('The object or the operation does not exist.'),
  40008: fault('TikTok has not implemented this endpoint here.', 'If this is the sandbox, use a production token.'),
  40009: fault('The sandbox does not offer this.', 'Use a production token, or only what the sandbox supports.'),
  40010: fault('The request went to the wrong host.', 'Correct api_url in the configuration.'),
  40011: fault('The request names too many ids.'),
  40013: fault('The app has no sandbox account.', 'Create a sandbox advertiser in the developer portal.'),
  40014: fault('The sandbox does not offer this.', 'Use a production token, or only what the sandbox supports.'),
  40016: throttle('The app asks this endpoint too often.'),
  40050: fault('TikTok has seen the same request already.'),
  40051: fault('TikTok does not know this version of the API.', 'Correct api_url in the configuration.'),
  40067: entry(
    'too_large',
    'TikTok finds the query too large.',
    'Nothing to do: the connector asks for fewer days at once. If a single day is too large, ask TikTok with the request id.',
  ),
  40100: throttle('The app has reached its limit of requests.'),
  40101: entry(
    'credentials',
    'TikTok does not accept the app id, the secret or the auth code together.',
    'Check app_id and secret against the developer portal, then authorize again: an auth code is good once, for one hour.',
  ),
  40102: entry('credentials', 'The access token has expired.', AUTHORIZE),
  40104: entry('credentials', 'No access token reached TikTok.', 'Put the access_token into the configuration.'),
  40105: entry('credentials', 'The access token is wrong or has been revoked.', AUTHORIZE),
  40106: unavailable('The user behind the token is not valid for this advertiser.'),
  40110: entry(
    'credentials',
    'The auth code was used before, cancelled, or is older than an hour.',
    'Authorize again to get a new auth code.',
  ),
  40113: entry(
    'credentials',
    'The app does not exist, is blocked, or is not the one that the access token was made for.',
    'Check app_id and secret against the developer portal; all of them and the access_token must belong to one app.',
  ),
  40114: unavailable('The advertiser is logged out.'),
  40118: entry(
    'advertiser_unavailable',
    'The app or the advertiser is not on the allow-list of what was asked for.',
    'Ask TikTok for access to this report, or do not read its stream; other streams may be open all the same.',
  ),
  40119: unavailable('The advertiser belongs to another company than the user behind the token.'),
  40124: entry(
    'credentials',
    'The developer profile behind the app is not approved.',
    'Complete the developer profile in the developer portal and wait for its approval.',
  ),
  40125: entry(
    'credentials',
    'The developer or the app lacks a permission.',
    'Add "Reporting" and "Ad Account Management" to the app in the developer portal, then authorize again.',
  ),
  40130: entry(
    'credentials',
    'The token was not granted the permission that this request needs.',
    'Authorize again and leave "Reporting" and "Ad Account Management" ticked.',
  ),
  40131: entry(
    'credentials',
    'The token was not granted the permission that this request needs.',
    'Authorize again and leave "Reporting" and "Ad Account Management" ticked.',
  ),
  40132: throttle('One value is asked for too often.'),
  40133: { ...throttle('This advertiser is asked too often.'), advertiserOnly: true },
  40201: transient('A task at TikTok is not ready.'),
  40300: unavailable('The advertiser does not exist or has been deleted.'),
  40301: unavailable('TikTok cannot match the advertiser.'),
  40302: unavailable('The advertiser is logged out.'),
  40309: entry('credentials', 'TikTok wants a login.', AUTHORIZE),
  41000: entry(
    'credentials',
    'TikTok bans the country from which this machine asks.',
    'Run the connector on a machine, or behind a proxy, in a country that TikTok serves.',
  ),
  41001: fault('TikTok has taken this endpoint offline.'),
  41002: fault('TikTok no longer uses these fields.'),
  50000: transient('TikTok reports a system error.'),
  50002: timedOut('TikTok ran out of time while processing the request.'),
  51001: transient('The statistics service of TikTok failed.'),
  51008: transient('The advertiser service of TikTok failed.'),
  51010: timedOut('A service inside TikTok ran out of time.'),
  51021: throttle('TikTok reports too many requests.'),
  51035: transient('A service inside TikTok failed.'),
  51039: transient('The authorization service of TikTok failed.'),
  51305: transient('A service inside TikTok failed.'),
  52103: timedOut('A database of TikTok ran out of time.'),
  60001: transient('TikTok is under maintenance.'),
  61000: throttle('TikTok reports too many requests.'),
};

/** Failures that carry no return code of TikTok. */
export const CODELESS = {
  http429: throttle('The server answered HTTP 429: too many requests.'),
  http5xx: transient('The server answered with an HTTP 5xx status.'),
  broken: transient('The answer was not what the API promises: no JSON, cut short, or without its mandatory parts.'),
  network: transient('TikTok could not be reached, or the connection broke.'),
  certificate: entry(
    'configuration',
    'The certificate of the server is not trusted here, has expired, or is for another host.',
    'If a proxy of your company reads the traffic, set NODE_EXTRA_CA_CERTS to a file with its CA certificate (PEM). Otherwise compare api_url and the clock of this machine with what they should be.',
  ),
  proxyUnknown: entry(
    'configuration',
    'The proxy that the variables HTTPS_PROXY, HTTP_PROXY and ALL_PROXY name cannot be used.',
    'Set HTTPS_PROXY to the address of an HTTP proxy, such as http://name:password@proxy.example.com:3128, with special characters percent-encoded. SOCKS proxies are not supported. Name hosts to be reached without it in NO_PROXY.',
  ),
  proxyRefused: entry(
    'configuration',
    'The proxy on the way wants a name and a password (HTTP 407), or does not accept those that it got.',
    'Set HTTPS_PROXY to http://name:password@host:port, with special characters percent-encoded (@ is %40), or name the host of TikTok in NO_PROXY if no proxy is needed.',
  ),
  timeout: entry(
    'timeout',
    'No complete answer came in time.',
    'Nothing to do at first: the connector asks for fewer days at once. If it lasts, run again later.',
  ),
  http4xx: fault(
    'The server refused the request with an HTTP status from 300 to 499, and without an answer of the API.',
    'Check api_url in the configuration, and any proxy on the way.',
  ),
  webPage: transient(WEB_PAGE),
  webPageRefuses: entry(
    'configuration',
    WEB_PAGE,
    'Sign in to the network if it asks for that, or let this machine reach TikTok without the proxy or firewall, and check api_url. Then run again.',
  ),
  quotaExhausted: entry(
    'quota_exhausted',
    'The requests that this app may make in a day are spent.',
    'Run again after the time named; the state is kept. Ask TikTok for a higher tier if this is frequent.',
  ),
  throttledForever: entry(
    'unreachable',
    'TikTok keeps throttling the app after pause upon pause.',
    'Look for other programs that use the same app, or lower requests_per_second; run again later, the state is kept.',
  ),
  quotaStore: entry(
    'unreachable',
    'The store of the shared quota does not answer, and without it nothing is sent.',
    'See that the server in shared_quota.url runs and can be reached from here, then run again; the state is kept. Other programs with the same shared_quota are held up as well.',
  ),
  quotaStoreRefuses: entry(
    'configuration',
    'The store of the shared quota refuses the commands of the connector.',
    'Correct the user and the password in shared_quota.url, and see that this user may run scripts on keys that begin with tiktok-quota:. A single server is needed, not a cluster.',
  ),
  quotaStoreCertificate: entry(
    'configuration',
    'The certificate of the store of the shared quota is not trusted here, has expired, or is for another host.',
    'Set NODE_EXTRA_CA_CERTS to a file with the CA certificate of the server in shared_quota.url (PEM), and see that the certificate names its host.',
  ),
  clock: entry(
    'clock',
    "The dates of TikTok's answers contradict each other, so that today is not known. What this run read does not count.",
    'Run again; the state is that of before this run. Compare the clock of this machine with the right time if it lasts.',
  ),
  unreachable: entry(
    'unreachable',
    'No request has got through for too long.',
    'Check the network, api_url and any proxy on the way, and the status page of TikTok. Then run again; the state is kept.',
  ),
} as const satisfies Record<string, ErrorCodeEntry>;

/** Decisions that depend on words, because TikTok gives nothing else. The first that matches wins over the code's entry. */
interface MessageRule {
  readonly codes: readonly number[];
  readonly pattern: RegExp;
  /** What such a message looks like, for the operators' page. */
  readonly example: string;
  readonly entry: ErrorCodeEntry;
}

/** See {@link MessageRule}. */
export const MESSAGE_RULES: readonly MessageRule[] = [
  {
    codes: [40001],
    pattern: /does not grant you \S+ permission|\bscopes?\b/i,
    example: 'advertiser does not grant you /report/integrated/get/:GET permission',
    entry: entry(
      'credentials',
      'The token was not granted the permission that this request needs. A token that is older than a permission of its app does not get it.',
      'Authorize again, leave "Reporting" and "Ad Account Management" ticked, and put the new access_token into the configuration.',
    ),
  },
  {
    codes: [40000, 40002, 40007],
    pattern: /doesn't exist or has been deleted|No permission to operate advertiser/i,
    example: "advertiser 7000000000000000000 doesn't exist or has been deleted.",
    entry: unavailable('The token has no permission for this advertiser, or the advertiser does not exist any more.'),
  },
  {
    codes: [40000, 40002],
    pattern: /invalid metric fields:\s*\[/i,
    example: "Invalid metric fields: ['placement']",
    entry: entry(
      'metric_withdrawn',
      'TikTok no longer offers some of the metrics.',
      'Nothing to do: the connector leaves their columns empty and goes on. Look for a newer version of the connector.',
    ),
  },
  {
    codes: [40000, 40002],
    pattern: /\bmaintenance\b|temporarily unavailable/i,
    example: 'Unique-user metrics are temporarily unavailable.',
    entry: transient('TikTok cannot serve some of the metrics for the moment.'),
  },
];

/** How hard a throttle is, as far as its message tells. */
export type ThrottleDepth = 'second' | 'minute' | 'day';

/** `minute` when TikTok says that the app is restricted for some time, `day` when the day's count is spent. */
export function throttleDepth(message: string): ThrottleDepth {
  if (/\bQPD\b|per day|daily/i.test(message)) return 'day';
  if (/temporarily restricted|\bQPM\b|per minute/i.test(message)) return 'minute';
  return 'second';
}

/** The entry of an answer that has no return code, by its HTTP status and by whether its body is HTML. */
export function entryOfStatus(status: number, isHtml = false): ErrorCodeEntry {
  if (status === 429) return CODELESS.http429;
  if (status === 407) return CODELESS.proxyRefused;
  // TikTok's own servers answer with HTML, too, when they fail.
  if (status >= 500) return CODELESS.http5xx;
  if (isHtml) return status >= 300 && status !== 408 ? CODELESS.webPageRefuses : CODELESS.webPage;
  if (status >= 300 && status !== 408) return CODELESS.http4xx;
  return CODELESS.broken;
}

/** What codes mean that are not in the table, by the range that they are in. */
export const UNLISTED = {
  service: transient('A service inside TikTok failed.'),
  caller: fault('TikTok refused the request.'),
} as const satisfies Record<string, ErrorCodeEntry>;

/** The entry of an answer with a code that is not 0. */
export function entryOfCode(code: number, message: string): ErrorCodeEntry {
  const rule = MESSAGE_RULES.find(({ codes, pattern }) => codes.includes(code) && pattern.test(message));
  if (rule) return rule.entry;
  return ERROR_CODES[code] ?? (code >= 50_000 ? UNLISTED.service : UNLISTED.caller);
}

/** The names in `Invalid metric fields: ['voucher_spend', 'cash_spend']`; empty when there are none. */
export function metricsNamedIn(message: string): string[] {
  const list = /invalid metric fields:\s*\[([^\]]*)\]/i.exec(message.replace(/\s+/g, ' '))?.[1] ?? '';
  return [...list.matchAll(/[A-Za-z0-9_]+/g)].map(([name]) => name);
}
