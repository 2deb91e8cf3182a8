import { type JsonObject as Fields, isObject } from '../json/json.ts';
import { PRODUCTION_API_URL, parseApiUrl, SANDBOX_API_URL } from './api-url.ts';
import { cleanConfig, settingOf } from './clean-config.ts';
import type { Config, Credentials } from './config.ts';
import { ConfigError } from './config-error.ts';
import { describeMistake, withoutEchoes } from './describe-mistake.ts';
import { quotaLimits, sharedQuota } from './quota-limits.ts';
import { parseShard } from './shard.ts';
import type { RawConfig } from './spec.generated.ts';
import validate from './validate-spec.generated.js';

/**
 * The configuration as the program uses it: checked against `spec.json` and against what a schema cannot say, every
 * default filled in, lists without duplicates.
 *
 * A null counts as an absent value, and so does an empty text where a text is expected: orchestrators write them for fields
 * that were left empty. Unknown keys are accepted with a warning, because platforms add their own.
 *
 * @param raw the parsed JSON of the config file
 * @param options what the command line says instead
 * @throws ConfigError with every mistake at once
 */
export function parseConfig(raw: unknown, options: { readonly shard?: string | undefined } = {}): Config {
  const isOverridden = options.shard !== undefined && isObject(raw);
  const { value: cleaned, warnings: unknownKeys } = cleanConfig(isOverridden ? { ...raw, shard: options.shard } : raw);
  const secrets = secretsOf(cleaned);
  const mistakes: string[] = [];
  if (!validate(cleaned))
    mistakes.push(...new Set(withoutEchoes(validate.errors ?? []).map((error) => describeMistake(error, secrets))));
  // Checked field by field, so that these mistakes come together with those above.
  const warnings: string[] = [...unknownKeys];
  const fields: Fields = isObject(cleaned) ? cleaned : {};
  mistakes.push(
    ...dateMistakes(fields),
    ...advertiserMistakes(fields),
    ...secretMistakes(fields),
    ...storeMistakes(fields),
  );
  const shard = typeof fields.shard === 'string' && fields.shard !== '' ? parseShard(fields.shard) : undefined;
  if (shard && 'mistake' in shard && !mistakes.some((mistake) => mistake.startsWith('shard ')))
    mistakes.push(shard.mistake);
  const api = typeof fields.api_url === 'string' ? parseApiUrl(fields.api_url) : undefined;
  if (api && 'mistake' in api && !mistakes.some((mistake) => mistake.startsWith('api_url'))) mistakes.push(api.mistake);
  if (api && 'warning' in api && api.warning) warnings.push(api.warning);
  if (api && 'url' in api) mistakes.push(...hostMistakes(api.url, fields));
  if (mistakes.length > 0) throw new ConfigError(mistakes);

  const config = cleaned as RawConfig;
  const credentials = credentialsOf(config.credentials);
  const isSandbox = credentials.type === 'sandbox_access_token';
  const quota = quotaLimits(config);
  const advertiserIds = isSandbox ? [credentials.advertiserId] : unique(config.advertiser_ids);
  if (isSandbox && unique(config.advertiser_ids).some((id) => id !== credentials.advertiserId)) {
    warnings.push('advertiser_ids is ignored: the sandbox has one advertiser, credentials.advertiser_id.');
  }
  if (config.requests_per_second !== undefined && config.requests_per_second > quota.perSecond) {
    warnings.push(
      `requests_per_second is ${config.requests_per_second}, more than the quota allows; ${quota.perSecond} is used.`,
    );
  }
  const shared = sharedQuota(config);
  if (isSandbox && config.shared_quota?.url) {
    warnings.push('shared_quota is ignored: the sandbox has a quota of its own, which few programs use.');
  }
  return {
    credentials,
    advertiserIds,
    excludeAdvertiserIds: unique(config.exclude_advertiser_ids),
    startDate: config.start_date,
    ...(config.end_date === undefined ? {} : { endDate: config.end_date }),
    lookbackDays: settingOf(config, 'lookback_days'),
    includeDeleted: settingOf(config, 'include_deleted'),
    advertiserColumns: settingOf(config, 'advertiser_columns'),
    additionalMetrics: unique(config.additional_metrics),
    unavailableAdvertisers: settingOf(config, 'unavailable_advertisers'),
    reconcile: settingOf(config, 'reconcile'),
    inconsistentReports: settingOf(config, 'inconsistent_reports'),
    quota,
    ...(shared && { sharedQuota: shared }),
    ...(shard && !('mistake' in shard) && { shard }),
    requestTimeoutMs: Math.round(settingOf(config, 'request_timeout_seconds') * 1000),
    patienceMs: Math.round(settingOf(config, 'patience_seconds') * 1000),
    apiUrl: api && 'url' in api ? api.url : isSandbox ? SANDBOX_API_URL : PRODUCTION_API_URL,
    warnings,
    secrets,
  };
}

function secretsOf(raw: unknown): string[] {
  const { credentials = {}, shared_quota: store = {} } = (isObject(raw) ? raw : {}) as Record<string, Fields>;
  const { url } = isObject(store) ? store : ({} as Fields);
  const { app_id, secret, access_token } = isObject(credentials) ? credentials : ({} as Fields);
  return [app_id, secret, access_token, url, ...passwordsOf(url)].filter((value) => typeof value === 'string');
}

/** As it stands in the URL, and decoded. */
function passwordsOf(url: unknown): string[] {
  const written = /^rediss?:\/\/[^/]*?:(.*)@/s.exec(String(url))?.[1];
  if (written === undefined || written === '') return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}

function storeMistakes({ shared_quota: store, credentials }: Fields): string[] {
  if (!isObject(store) || typeof store.url !== 'string' || store.url === '') return [];
  const mistakes: string[] = [];
  // Not quoted: it may hold a password.
  if (!URL.canParse(store.url) || !/^(\/\d*)?$/.test(new URL(store.url).pathname)) {
    mistakes.push(
      'shared_quota.url is no address of a server; expected redis://host:port or rediss://user:password@host:port, with special characters of the password percent-encoded.',
    );
  }
  if (passwordsOf(store.url).some((password) => password.length < SECRET_LENGTH_MIN)) {
    mistakes.push(
      'shared_quota.url has a password of less than 4 characters, which cannot be hidden in a log; expected a longer one.',
    );
  }
  if (isObject(credentials) && credentials.auth_type === 'access_token' && !store.name) {
    mistakes.push(
      'shared_quota.name is missing; expected a name that all programs of the app give, because an access token alone does not tell which app it is of.',
    );
  }
  return mistakes;
}

function dateMistakes({ start_date: start, end_date: end }: Fields): string[] {
  const mistakes: string[] = [];
  for (const [key, value] of [
    ['start_date', start],
    ['end_date', end],
  ] as const) {
    if (isDateText(value) && !isCalendarDay(value))
      mistakes.push(`${key} is ${value}, which is not a day of the calendar.`);
  }
  if (mistakes.length === 0 && isDateText(start) && isDateText(end) && end < start) {
    mistakes.push(`end_date is ${end}, before start_date, ${start}; expected the same day or a later one.`);
  }
  return mistakes;
}

function isDateText(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function isCalendarDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The host alone tells TikTok's sandbox apart, which knows no totals and has a quota of its own. */
function hostMistakes(apiUrl: string, { credentials }: Fields): string[] {
  if (new URL(apiUrl).host !== new URL(SANDBOX_API_URL).host || !isObject(credentials)) return [];
  return credentials.auth_type === 'sandbox_access_token'
    ? []
    : [
        'api_url is that of the sandbox; expected credentials.auth_type "sandbox_access_token", with the access_token and the advertiser_id of the sandbox, and no api_url.',
      ];
}

function advertiserMistakes({
  credentials,
  advertiser_ids: chosen,
  exclude_advertiser_ids: excluded,
}: Fields): string[] {
  const { auth_type: type, advertiser_id: sandboxId } = isObject(credentials) ? credentials : ({} as Fields);
  const wanted = type === 'sandbox_access_token' ? [sandboxId] : Array.isArray(chosen) ? chosen : [];
  if (type === 'access_token' && wanted.length === 0 && (chosen === undefined || Array.isArray(chosen))) {
    return [
      'advertiser_ids is empty; expected at least one id, because TikTok tells only an app (auth_type "oauth2.0") which advertisers its token may read.',
    ];
  }
  if (wanted.length > 0 && Array.isArray(excluded) && wanted.every((id) => excluded.includes(id))) {
    return ['exclude_advertiser_ids names every advertiser that is chosen; expected at least one to be left to read.'];
  }
  return [];
}

/** Hiding a shorter secret would destroy the text around it; TikTok's secrets have 19 characters and more. */
const SECRET_LENGTH_MIN = 4;

function secretMistakes({ credentials }: Fields): string[] {
  if (!isObject(credentials)) return [];
  const mistakes = ['app_id', 'secret', 'access_token'].flatMap((key) => {
    const value = credentials[key];
    return typeof value === 'string' && value.length < SECRET_LENGTH_MIN
      ? [`credentials.${key} is shorter than any that TikTok hands out; copy it again, the whole of it.`]
      : [];
  });
  // A token goes into a header, which holds no spaces, line breaks or letters beyond ASCII.
  const { access_token: token } = credentials;
  if (typeof token === 'string' && !/^[\x21-\x7e]*$/.test(token)) {
    mistakes.push(
      'credentials.access_token holds a space, a line break or another character that no token has; copy it again.',
    );
  }
  return mistakes;
}

function credentialsOf(raw: RawConfig['credentials']): Credentials {
  switch (raw.auth_type) {
    case 'oauth2.0':
      return { type: 'oauth2.0', appId: raw.app_id, secret: raw.secret, accessToken: raw.access_token };
    case 'access_token':
      return { type: 'access_token', accessToken: raw.access_token };
    case 'sandbox_access_token':
      return { type: 'sandbox_access_token', accessToken: raw.access_token, advertiserId: raw.advertiser_id };
  }
}

function unique(names: readonly string[] = []): string[] {
  return [...new Set(names)];
}
