import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './parse-config.ts';

const TOKEN = 'f00dfeedf00dfeedf00dfeedf00dfeedf00dfeed';
const oauth = { auth_type: 'oauth2.0', app_id: '7100000000000000001', secret: 'very-secret-text', access_token: TOKEN };
const valid = { credentials: oauth, start_date: '2026-01-01' };
const sandbox = { auth_type: 'sandbox_access_token', access_token: TOKEN, advertiser_id: '7000000000000000009' };

function mistakesOf(raw: unknown): readonly string[] {
  try {
    parseConfig(raw);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('a configuration with nothing but what is required', () => {
  it('has the documented defaults', () => {
    expect(parseConfig(valid)).toEqual({
      credentials: { type: 'oauth2.0', appId: oauth.app_id, secret: oauth.secret, accessToken: TOKEN },
      advertiserIds: [],
      excludeAdvertiserIds: [],
      startDate: '2026-01-01',
      lookbackDays: 7,
      includeDeleted: true,
      advertiserColumns: false,
      additionalMetrics: [],
      unavailableAdvertisers: 'fail',
      reconcile: false,
      inconsistentReports: 'fail',
      quota: { perSecond: 10, perMinute: 600, perDay: 864_000, minutePauseSeconds: 300 },
      requestTimeoutMs: 60_000,
      patienceMs: 600_000,
      apiUrl: 'https://business-api.tiktok.com/open_api/v1.3/',
      warnings: [],
      secrets: [oauth.app_id, oauth.secret, TOKEN],
    });
  });
});

describe('what is accepted', () => {
  it('takes nulls and empty texts, as orchestrators write them, for absent values', () => {
    const nothing = {
      end_date: null,
      advertiser_ids: null,
      lookback_days: null,
      quota: { per_day: null },
      api_url: '',
    };
    expect(parseConfig({ ...valid, ...nothing, end_date: '' })).toEqual(parseConfig(valid));
  });

  it('accepts keys that it does not know, at every level', () => {
    const { warnings, ...config } = parseConfig({ ...valid, _limit: 5, credentials: { ...oauth, client_id: 'x' } });
    expect({ ...config, warnings: [] }).toEqual(parseConfig(valid));
    expect(warnings).toEqual([
      expect.stringContaining('the key "credentials.client_id"'),
      expect.stringContaining('the key "_limit", which this connector does not know: ignored.'),
    ]);
  });

  it.each([
    ['lookback', 'lookback_days'],
    ['exclude_ids', 'exclude_advertiser_ids'],
    ['exclude_advertisers', 'exclude_advertiser_ids'],
    ['strat_date', 'start_date'],
    ['qouta', 'quota'],
    ['LookbackDays', 'lookback_days'],
  ])('warns of the key %s and names the nearest one, %s', (key, nearest) => {
    const { warnings } = parseConfig({ ...valid, [key]: 3 });
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`"${key}".* Did you mean ${nearest}\\?$`))]);
  });

  it('names the nearest key of an object, and says nothing of keys that platforms add or that other credentials have', () => {
    const quota = { per_minutes: 5 };
    const { warnings } = parseConfig({ ...valid, quota, __airbyte: 1, credentials: { ...oauth, advertiser_id: '7' } });
    expect(warnings).toEqual([expect.stringMatching(/"quota\.per_minutes".* Did you mean per_minute\?$/)]);
  });

  it.each(['2026-03-10T00:00:00Z', '2026-03-10T23:59:59.999999+00:00', '2026-03-10 00:00:00', '2026-03-10t08:00-0800'])(
    'takes the day of a date with a time, %s',
    (moment) => {
      const { startDate, endDate } = parseConfig({ ...valid, start_date: moment, end_date: ` ${moment} ` });
      expect([startDate, endDate]).toEqual(['2026-03-10', '2026-03-10']);
    },
  );

  it.each(['2026-03-10T', '2026-03-10x', '2026-03-10T00:00:00Zulu', '2026-02-30T00:00:00Z'])('refuses %s', (text) => {
    expect(() => parseConfig({ ...valid, start_date: text })).toThrow('start_date is');
  });

  it('drops space around texts, which comes with copying', () => {
    const padded = { ...valid, credentials: { ...oauth, access_token: ` ${TOKEN}\n` }, start_date: '2026-01-01 ' };
    expect(parseConfig(padded)).toEqual(parseConfig(valid));
  });

  it('names an advertiser once', () => {
    expect(parseConfig({ ...valid, advertiser_ids: ['1', '2', '1'] }).advertiserIds).toEqual(['1', '2']);
  });

  it('ends the base URL in a slash', () => {
    const { apiUrl, warnings } = parseConfig({ ...valid, api_url: 'http://localhost:8080/open_api/v1.3' });
    expect(apiUrl).toBe('http://localhost:8080/open_api/v1.3/');
    expect(warnings).toEqual([]);
  });
});

describe('the quota', () => {
  it.each([
    ['basic', 10, 600, 864_000],
    ['advanced', 20, 1_200, 1_728_000],
    ['premium', 30, 1_800, 2_592_000],
    ['ultimate', 50, 3_000, 4_320_000],
  ])('of tier %s is %i a second, %i a minute, %i a day', (api_tier, perSecond, perMinute, perDay) => {
    expect(parseConfig({ ...valid, api_tier }).quota).toEqual({
      perSecond,
      perMinute,
      perDay,
      minutePauseSeconds: 300,
    });
  });

  it('is lowered by requests_per_second', () => {
    expect(parseConfig({ ...valid, requests_per_second: 0.5 }).quota).toMatchObject({ perSecond: 0.5, perMinute: 600 });
  });

  it('is not raised by requests_per_second, and says so', () => {
    const { quota, warnings } = parseConfig({ ...valid, requests_per_second: 25 });
    expect(quota.perSecond).toBe(10);
    expect(warnings).toEqual([expect.stringContaining('requests_per_second is 25, more than the quota allows')]);
  });

  it('is replaced figure by figure by quota', () => {
    const quota = { per_second: 100, minute_pause_seconds: 1 };
    expect(parseConfig({ ...valid, quota }).quota).toEqual({
      perSecond: 100,
      perMinute: 600,
      perDay: 864_000,
      minutePauseSeconds: 1,
    });
  });
});

describe('the sandbox', () => {
  it('has its own host, quota and single advertiser', () => {
    const config = parseConfig({ ...valid, credentials: sandbox, api_tier: 'ultimate' });
    expect(config.apiUrl).toBe('https://sandbox-ads.tiktok.com/open_api/v1.3/');
    expect(config.quota).toEqual({ perSecond: 1, perMinute: 30, perDay: 1_000, minutePauseSeconds: 300 });
    expect(config.advertiserIds).toEqual(['7000000000000000009']);
  });

  it('gives way to a base URL and a quota of one’s own', () => {
    const own = { api_url: 'http://127.0.0.1:1/open_api/v1.3/', quota: { per_second: 50 } };
    const config = parseConfig({ ...valid, ...own, credentials: sandbox });
    expect(config.apiUrl).toBe(own.api_url);
    expect(config.quota).toMatchObject({ perSecond: 50, perMinute: 30 });
  });

  it('warns that other advertisers are ignored', () => {
    const { warnings } = parseConfig({ ...valid, credentials: sandbox, advertiser_ids: ['1'] });
    expect(warnings).toEqual([expect.stringContaining('advertiser_ids is ignored')]);
  });
});

describe('plain http', () => {
  it.each(['http://proxy.example.com/open_api/v1.3/', 'http://10.0.0.1:8080/'])('is warned of at %s', (api_url) => {
    expect(parseConfig({ ...valid, api_url }).warnings).toEqual([expect.stringContaining('in clear')]);
  });

  it.each(['http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:9/'])(
    'is fine on loopback, at %s',
    (api_url) => {
      expect(parseConfig({ ...valid, api_url }).warnings).toEqual([]);
    },
  );
});

describe('a mistake gets one sentence that names the key, what was found and what is expected', () => {
  it.each<{ raw: unknown; says: string[] }>([
    { raw: [], says: ['The configuration is a list; expected an object.'] },
    { raw: null, says: ['The configuration is null; expected an object.'] },
    {
      raw: {},
      says: [
        'credentials is missing; expected an object with auth_type and what belongs to it.',
        'start_date is missing; expected the first day to read, YYYY-MM-DD.',
      ],
    },
    { raw: { ...valid, start_date: 20260101 }, says: ['start_date is 20260101; expected a text, YYYY-MM-DD.'] },
    { raw: { ...valid, start_date: '01/02/2026' }, says: ['start_date is "01/02/2026"; expected YYYY-MM-DD.'] },
    {
      raw: { ...valid, start_date: '2026-02-30' },
      says: ['start_date is 2026-02-30, which is not a day of the calendar.'],
    },
    {
      raw: { ...valid, end_date: '2025-12-31' },
      says: ['end_date is 2025-12-31, before start_date, 2026-01-01; expected the same day or a later one.'],
    },
    {
      raw: { ...valid, advertiser_ids: [7000000000000000000] },
      says: ['advertiser_ids[0] is a number, which does not keep the digits of an id; write it in quotes, as a text.'],
    },
    {
      raw: { ...valid, advertiser_ids: ['1', 'act_2'] },
      says: ['advertiser_ids[1] is "act_2"; expected digits only.'],
    },
    {
      raw: { ...valid, advertiser_ids: '1,2' },
      says: ['advertiser_ids is "1,2"; expected a list such as ["7000000000000000000"].'],
    },
    { raw: { ...valid, lookback_days: '7' }, says: ['lookback_days is "7"; expected a whole number, without quotes.'] },
    { raw: { ...valid, lookback_days: 91 }, says: ['lookback_days is 91; expected at most 90.'] },
    { raw: { ...valid, lookback_days: -1 }, says: ['lookback_days is -1; expected at least 0.'] },
    { raw: { ...valid, lookback_days: 1.5 }, says: ['lookback_days is 1.5; expected a whole number.'] },
    {
      raw: { ...valid, include_deleted: 'no' },
      says: ['include_deleted is "no"; expected true or false, without quotes.'],
    },
    {
      raw: { ...valid, api_tier: 'gold' },
      says: ['api_tier is "gold"; expected "basic" or "advanced" or "premium" or "ultimate".'],
    },
    { raw: { ...valid, quota: { per_minute: 0 } }, says: ['quota.per_minute is 0; expected at least 1.'] },
    { raw: { ...valid, credentials: TOKEN }, says: ['credentials is a text; expected an object.'] },
    {
      raw: { ...valid, credentials: { ...oauth, auth_type: 'oauth2' } },
      says: ['credentials.auth_type is "oauth2"; expected "oauth2.0", "access_token" or "sandbox_access_token".'],
    },
    {
      raw: { ...valid, credentials: {} },
      says: ['credentials.auth_type is missing; expected "oauth2.0", "access_token" or "sandbox_access_token".'],
    },
    {
      raw: { ...valid, credentials: { auth_type: 'oauth2.0', access_token: TOKEN, app_id: 71, secret: '' } },
      says: [
        'credentials.secret is missing; expected the secret of the developer app.',
        'credentials.app_id is a number, which does not keep the digits of an id; write it in quotes, as a text.',
      ],
    },
    {
      raw: { ...valid, credentials: { ...oauth, access_token: 'not a token' } },
      says: [
        'credentials.access_token holds a space, a line break or another character that no token has; copy it again.',
      ],
    },
    {
      raw: { ...valid, credentials: { ...oauth, app_id: '1', secret: 'abc' } },
      says: ['app_id', 'secret'].map(
        (key) => `credentials.${key} is shorter than any that TikTok hands out; copy it again, the whole of it.`,
      ),
    },
    {
      raw: { ...valid, unavailable_advertisers: true },
      says: ['unavailable_advertisers is true; expected "fail" or "warn".'],
    },
    {
      raw: { ...valid, credentials: { auth_type: 'access_token', access_token: TOKEN } },
      says: [
        'advertiser_ids is empty; expected at least one id, because TikTok tells only an app (auth_type "oauth2.0") which advertisers its token may read.',
      ],
    },
    {
      raw: { ...valid, advertiser_ids: ['1', '2'], exclude_advertiser_ids: ['2', '1', '3'] },
      says: ['exclude_advertiser_ids names every advertiser that is chosen; expected at least one to be left to read.'],
    },
    {
      raw: { ...valid, api_url: 'https://sandbox-ads.tiktok.com/open_api/v1.3/' },
      says: [
        'api_url is that of the sandbox; expected credentials.auth_type "sandbox_access_token", with the access_token and the advertiser_id of the sandbox, and no api_url.',
      ],
    },
    {
      raw: { ...valid, api_url: 'business-api.tiktok.com' },
      says: ['api_url is "business-api.tiktok.com"; expected http(s)://host/open_api/v1.3/.'],
    },
    {
      raw: { ...valid, api_url: 'https://user:hunter2@example.com/' },
      says: [
        'api_url holds a user name or password, which this source does not send; expected a base URL such as https://business-api.tiktok.com/open_api/v1.3/.',
      ],
    },
  ])('$says', ({ raw, says }) => {
    expect(mistakesOf(raw)).toEqual(says);
  });

  it('names all of them at once', () => {
    const mistakes = mistakesOf({
      credentials: { auth_type: 'oauth2.0', app_id: '7300' },
      start_date: '2026-13-01',
      end_date: 'tomorrow',
      lookback_days: 'a week',
      advertiser_ids: ['x'],
      api_url: 'ftp://example.com/',
    });
    expect(mistakes.map((mistake) => mistake.split(' ')[0]).sort()).toEqual([
      'advertiser_ids[0]',
      'api_url',
      'credentials.access_token',
      'credentials.secret',
      'end_date',
      'lookback_days',
      'start_date',
    ]);
  });

  it('never quotes a secret, wherever it was put', () => {
    const misplaced = {
      credentials: { ...oauth, auth_type: TOKEN, app_id: 'very-secret-text' },
      start_date: oauth.secret,
    };
    const text = mistakesOf({ ...misplaced, end_date: TOKEN, api_tier: TOKEN, advertiser_ids: [TOKEN] }).join(' ');
    expect(text).toContain('start_date');
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('very-secret-text');
  });
});

describe('a quota shared by several containers', () => {
  const url = 'redis://:pass%2Fword@tiktok-quota:6379/3';

  it('is named after a hash of the app, and knows what all of them may send together', () => {
    const config = parseConfig({
      credentials: oauth,
      start_date: '2026-01-01',
      api_tier: 'advanced',
      requests_per_second: 2,
      shared_quota: { url },
    });
    expect(config.sharedQuota).toEqual({ url, name: expect.stringMatching(/^[0-9a-f]{16}$/), perSecond: 20 });
    expect(config.quota.perSecond).toBe(2);
    expect(config.secrets).toEqual(expect.arrayContaining([url, 'pass%2Fword', 'pass/word']));
  });

  it('wants a name with an access token alone', () => {
    const raw = { credentials: { auth_type: 'access_token', access_token: TOKEN }, start_date: '2026-01-01' };
    const alone = { ...raw, advertiser_ids: ['7000000000000000000'] };
    expect(() => parseConfig({ ...alone, shared_quota: { url } })).toThrow(/shared_quota.name is missing; expected/);
    expect(parseConfig({ ...alone, shared_quota: { url, name: 'ours' } }).sharedQuota?.name).toBe('ours');
  });

  it('is none for the sandbox, with a warning, and none where the address is left empty', () => {
    const credentials = {
      auth_type: 'sandbox_access_token',
      access_token: TOKEN,
      advertiser_id: '7000000000000000000',
    };
    const sandbox = parseConfig({ credentials, start_date: '2026-01-01', shared_quota: { url } });
    expect(sandbox.sharedQuota).toBeUndefined();
    expect(sandbox.warnings).toEqual([expect.stringContaining('shared_quota is ignored')]);
    const empty = parseConfig({ credentials: oauth, start_date: '2026-01-01', shared_quota: { url: '', name: '' } });
    expect(empty.sharedQuota).toBeUndefined();
  });

  it.each([
    'http://tiktok-quota:6379',
    'redis://tiktok-quota:port/secret-1234',
    'redis://:secret-1234@tiktok-quota/x',
    'redis://:s/c@tiktok-quota:6379',
  ])('refuses %s without telling its password', (wrong) => {
    expect(() => parseConfig({ credentials: oauth, start_date: '2026-01-01', shared_quota: { url: wrong } })).toThrow(
      /^((?!secret-1234|s\/c).)*shared_quota.url((?!secret-1234|s\/c).)*$/s,
    );
  });
});

describe('a shard', () => {
  const raw = { credentials: oauth, start_date: '2026-01-01' };

  it('is read from the configuration, and the command line wins', () => {
    expect(parseConfig({ ...raw, shard: '0/8' }).shard).toEqual({ index: 0, count: 8 });
    expect(parseConfig({ ...raw, shard: '0/8' }, { shard: '7/8' }).shard).toEqual({ index: 7, count: 8 });
    expect(parseConfig({ ...raw, shard: '' }).shard).toBeUndefined();
  });

  it.each(['8/8', '1/0', '0/1025', '1', '1/2/3', '-1/8'])('is no part of anything: %s', (shard) => {
    expect(() => parseConfig({ ...raw, shard })).toThrow(/shard/);
    expect(() => parseConfig(raw, { shard })).toThrow(/shard/);
  });
});
