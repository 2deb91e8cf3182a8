import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/start-emulator.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import { checkAccess } from './check.ts';
import type { Access } from './check-verdict.ts';

let emulator: Emulator | undefined;
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
});

/** The access that a configuration has to a TikTok, after something was done to that. */
async function accessTo(
  options: EmulatorOptions,
  {
    prepare = () => undefined,
    overrides = () => ({}),
    isTimeOver = () => false,
    onTrouble,
  }: {
    prepare?: (emulator: Emulator) => unknown;
    overrides?: (emulator: Emulator) => Record<string, unknown>;
    /** Ends the time for the check; instead of waiting for it. Given what the log says of each request. */
    isTimeOver?: (emulator: Emulator, log: readonly string[]) => boolean;
    onTrouble?: (meaning: string) => void;
  } = {},
): Promise<Access> {
  const tiktok = await startEmulator(options);
  emulator = tiktok;
  prepare(tiktok);
  const log: string[] = [];
  let isDone = false;
  const endOfTime = {
    every: (_ms: number, end: () => void) => {
      const look = () => {
        if (isTimeOver(tiktok, log)) end();
        else if (!isDone) setImmediate(look);
      };
      look();
      return () => {
        isDone = true;
      };
    },
  };
  return await checkAccess(
    {
      config: parseConfig(tiktok.config(overrides(tiktok))),
      streams: [campaignDaily],
      signal: new AbortController().signal,
      onAttempt: (message) => log.push(message),
      ...(onTrouble && { onTrouble }),
    },
    endOfTime,
  );
}

/** The endpoints of all requests. */
const asked = () => emulator?.requests.map(({ path }) => path.replace(/^.*v1\.3\/|\/$/g, ''));
const idOf = ({ accounts }: Emulator, index: number) => accounts[index]?.id ?? '';
const tokenOnly = ({ credentials, accounts }: Emulator) => ({
  credentials: { auth_type: 'access_token', access_token: credentials.access_token },
  advertiser_ids: accounts.map(({ id }) => id),
});

describe('checkAccess', () => {
  it('finds token, app and every advertiser usable, with one small report of each', async () => {
    const accounts = [{ id: '7' }, { id: '8' }, { id: '9' }];
    expect(await accessTo({ accounts })).toEqual({
      verdict: 'usable',
      message: 'Token and app are valid. 3 advertisers can be read.',
      warnings: [],
      now: expect.any(Date),
      advertisers: { readable: accounts.map((account) => expect.objectContaining(account)), refused: [], untested: [] },
    });
    const report = 'report/integrated/get';
    expect(asked()).toEqual(['oauth2/advertiser/get', 'advertiser/info', report, report, report]);
  });

  it('proves a token without its app by the advertisers that are named', async () => {
    // At another time than this machine's it would ask until two answers agree.
    const access = await accessTo({ accounts: 2, now: new Date() }, { overrides: tokenOnly });
    expect(access).toMatchObject({ verdict: 'usable', message: 'The token is valid. 2 advertisers can be read.' });
    expect(asked()).toEqual(['advertiser/info', 'report/integrated/get', 'report/integrated/get']);
  });

  it('proves the sandbox by its report', async () => {
    expect(await accessTo({ sandbox: true })).toMatchObject({
      verdict: 'usable',
      message: 'The token is valid. 1 advertiser can be read.',
    });
  });

  it('refuses a token that is withdrawn, and says what to do', async () => {
    const access = await accessTo({ accounts: 2 }, { prepare: (tiktok) => tiktok.revokeToken() });
    expect(access.verdict).toBe('unusable');
    expect(access.message).toMatch(/access_token/);
  });

  it('refuses a wrong secret', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        overrides: ({ credentials }) => ({
          credentials: { auth_type: 'oauth2.0', ...credentials, secret: 'not-this-one' },
        }),
      },
    );
    expect(access.verdict).toBe('unusable');
    expect(access.message).not.toContain('not-this-one');
  });

  it('names an advertiser that cannot be read, with the advice to exclude it or to choose warn', async () => {
    const access = await accessTo({ accounts: 3 }, { prepare: (tiktok) => tiktok.suspend(idOf(tiktok, 1)) });
    expect(access.verdict).toBe('unusable');
    expect(access.message).toMatch(/^1 of 3 advertisers cannot be read\./);
    expect(access.message).toContain(idOf(emulator as Emulator, 1));
    expect(access.message).toMatch(/exclude_advertiser_ids.*warn/);
  });

  it('leaves it out where the operator allows that', async () => {
    const access = await accessTo(
      { accounts: 3 },
      { prepare: (tiktok) => tiktok.suspend(idOf(tiktok, 1)), overrides: () => ({ unavailable_advertisers: 'warn' }) },
    );
    expect(access.verdict).toBe('usable');
    expect(access.message).toContain('2 advertisers can be read. Left out');
    expect(access.message).toContain(idOf(emulator as Emulator, 1));
  });

  it('warns of a start date that has not come yet', async () => {
    const access = await accessTo({ accounts: 2 }, { overrides: () => ({ start_date: '2099-01-01' }) });
    expect(access.verdict).toBe('usable');
    expect(access.warnings).toEqual([
      expect.stringMatching(/^start_date 2099-01-01 is in the future for .*: nothing is read yet\.$/),
    ]);
  });

  it('refuses also then when none can be read', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) => {
          for (const { id } of tiktok.accounts) tiktok.suspend(id);
        },
        overrides: () => ({ unavailable_advertisers: 'warn' }),
      },
    );
    expect(access).toMatchObject({ verdict: 'unusable', message: expect.stringMatching(/^2 of 2 advertisers/) });
  });

  it('names an advertiser that the configuration names and TikTok has not granted', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) => tiktok.withdraw(idOf(tiktok, 0)),
        overrides: ({ accounts }) => ({ advertiser_ids: accounts.map(({ id }) => id) }),
      },
    );
    expect(access.verdict).toBe('unusable');
    expect(access.message).toMatch(
      new RegExp(`TikTok has not granted .* advertiser_ids .*Advertiser ${idOf(emulator as Emulator, 0)}\\.$`),
    );
  });

  it.each([
    {
      says: 'none is granted',
      prepare: (tiktok: Emulator) => {
        for (const { id } of tiktok.accounts) tiktok.withdraw(id);
      },
    },
    {
      says: 'all are excluded',
      overrides: ({ accounts }: Emulator) => ({ exclude_advertiser_ids: accounts.map(({ id }) => id) }),
    },
  ])('refuses when no advertiser is left: $says', async ({ prepare, overrides }) => {
    const access = await accessTo({ accounts: 2 }, { ...(prepare && { prepare }), ...(overrides && { overrides }) });
    expect(access).toMatchObject({ verdict: 'unusable', message: expect.stringContaining('No advertiser is left') });
  });

  it('finds nothing out about a TikTok that cannot be reached', async () => {
    const access = await accessTo(
      { accounts: 2 },
      { overrides: () => ({ api_url: 'http://127.0.0.1:9/open_api/v1.3/', patience_seconds: 0.1 }) },
    );
    expect(access).toMatchObject({ verdict: 'unknown', failureClass: 'temporary' });
  });

  it.each([
    { status: 200, verdict: 'unknown', says: /^Nothing could be tested\. A web page came instead of .*HTTP 200/ },
    { status: 302, verdict: 'unusable', says: /^A web page came instead of .*HTTP 302/ },
    { status: 403, verdict: 'unusable', says: /^A web page came instead of .*HTTP 403/ },
    { status: 502, verdict: 'unknown', says: /^Nothing could be tested\. The server answered .*HTTP 502/ },
  ])('says first that a page came with HTTP $status, where the network answers for TikTok', async (expected) => {
    const heard: string[] = [];
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) => tiktok.arm({ then: { http_status: expected.status } }),
        overrides: () => ({ patience_seconds: 0.1 }),
        onTrouble: (meaning) => heard.push(meaning),
      },
    );
    expect(access).toMatchObject({ verdict: expected.verdict, message: expect.stringMatching(expected.says) });
    // With so little patience it may be at an end before the first request is sent again.
    expect(heard.filter((meaning) => !access.message.includes(meaning))).toEqual([]);
  });

  it('finds nothing out about a TikTok that does not answer in time', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) => tiktok.arm({ then: { hang: true } }),
        isTimeOver: ({ faults: [hang] }) => (hang?.hits ?? 0) > 0,
      },
    );
    expect(access).toMatchObject({ verdict: 'unknown', failureClass: 'temporary' });
    expect(access.message).toMatch(/^Nothing could be tested/);
  });

  it('says what was left out when time did not suffice for every report', async () => {
    const access = await accessTo(
      { accounts: 200 },
      {
        overrides: () => ({ quota: { per_second: 10, per_minute: 600, per_day: 1e6, minute_pause_seconds: 1 } }),
        isTimeOver: (_, log) => log.some((line) => line.startsWith('report/')),
      },
    );
    expect(access.verdict).toBe('usable');
    expect(access.message).toMatch(
      /^Token and app are valid\. \d+ advertisers? can be read\. Not tested within 25 s: the report of \d+ advertisers/,
    );
  });

  it.each([
    { endpoint: undefined, verdict: 'unknown', says: /^Nothing could be tested.*too often/ },
    {
      endpoint: 'report/integrated/get/',
      verdict: 'usable',
      says: /^Token and app are valid\. Not tested.*2 advertisers.*too often/,
    },
  ])(
    'says of a TikTok that throttles all the time ($endpoint) what is proven: $verdict',
    async ({ endpoint, verdict, says }) => {
      const access = await accessTo(
        { accounts: 2 },
        {
          prepare: (tiktok) => tiktok.arm({ ...(endpoint && { when: { endpoint } }), then: { code: 40100 } }),
          isTimeOver: (_, log) => log.some((line) => line.includes('throttle (40100)')),
        },
      );
      expect(access.verdict).toBe(verdict);
      expect(access.message).toMatch(says);
    },
  );

  it('says that reports are not permitted when the token lacks their scope', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) =>
          tiktok.arm({
            when: { endpoint: 'report/integrated/get/' },
            then: { code: 40001, message: 'The token does not have the required scope: Reporting' },
          }),
      },
    );
    expect(access).toMatchObject({ verdict: 'unusable', message: expect.stringContaining('scope') });
  });

  it('takes a request that TikTok calls wrong for a defect, not for a fault of the configuration', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) =>
          tiktok.arm({
            when: { endpoint: 'report/integrated/get/' },
            then: { code: 40002, message: 'Missing required field(s): x.' },
          }),
      },
    );
    expect(access).toMatchObject({ verdict: 'unknown', failureClass: 'defect' });
    expect(access.message).toMatch(/40002.*Missing required field\(s\): x\./);
  });

  it('leaves untested, and does not refuse, an advertiser about which TikTok fails to answer', async () => {
    const access = await accessTo(
      { accounts: 2 },
      {
        prepare: (tiktok) =>
          tiktok.arm({
            when: { endpoint: 'report/integrated/get/', advertisers: ['#2'] },
            then: { code: 50000, message: 'System error' },
          }),
        overrides: () => ({ patience_seconds: 0.1 }),
      },
    );
    expect(access).toMatchObject({ verdict: 'usable', message: expect.stringContaining('1 advertiser can be read.') });
    expect(access.message).toMatch(/Not tested.*the report of 1 advertiser/);
  });

  it('names those that can be read in the order of TikTok, whichever answers first', async () => {
    const access = await accessTo(
      { accounts: 4 },
      {
        prepare: (tiktok) =>
          tiktok.arm({ when: { endpoint: 'report/integrated/get/', advertisers: ['#1'] }, then: { delay_ms: 100 } }),
      },
    );
    const ids = emulator?.accounts.map(({ id }) => id);
    expect(access.advertisers.readable.map(({ id }) => id)).toEqual(ids);
  });

  it('warns of a metric that TikTok no longer knows, which hinders nothing', async () => {
    const access = await accessTo({ accounts: 1 }, { prepare: (tiktok) => tiktok.withdrawMetric('real_time_result') });
    expect(access.verdict).toBe('usable');
    expect(access.warnings).toEqual([expect.stringContaining('real_time_result')]);
  });

  it('ends with the reason of the signal that stops it', async () => {
    emulator = await startEmulator({ accounts: 1, latencyMs: 600_000 });
    const aborter = new AbortController();
    const access = checkAccess({
      config: parseConfig(emulator.config()),
      streams: [campaignDaily],
      signal: aborter.signal,
    });
    aborter.abort(new Error('stopped from outside'));
    await expect(access).rejects.toThrow('stopped from outside');
  });
});
