import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { get, post, report, reportParameters } from '../../testing/emulator-client.ts';
import { type Emulator, startEmulator } from '../start-emulator.ts';

let tiktok: Emulator;
beforeEach(async () => {
  tiktok = await startEmulator();
});
afterEach(() => tiktok.close());

const exchange = (auth_code: string, more: object = {}) => {
  const { app_id, secret } = tiktok.credentials;
  return post(tiktok, 'oauth2/access_token/', { app_id, secret, auth_code, ...more }, { token: '' });
};

// "Authentication" 1738373164380162, §4.1–4.5, §10 item 10.
describe('authorisation', () => {
  it('gives a token for a code, which reads the ticked advertisers and no other', async () => {
    const [a = '', b = ''] = tiktok.accounts.map(({ id }) => id);
    const { body } = await exchange(tiktok.issueAuthCode([a], [4]));
    expect(body.data).toEqual({ access_token: expect.stringMatching(/^.{40}$/), advertiser_ids: [a], scope: [4] });
    const token = body.data.access_token as string;
    const codeOf = async (id: string) =>
      (await get(tiktok, 'campaign/get/', { advertiser_id: id }, { token })).body.code;
    expect([await codeOf(a), await codeOf(b)]).toEqual([0, 40001]);
  });

  it('gives a token only the permissions that were ticked', async () => {
    const asked = async (scopes: readonly number[]) => {
      const { body } = await exchange(tiktok.issueAuthCode(undefined, scopes));
      const token = body.data.access_token as string;
      const ids = tiktok.accounts.map(({ id }) => id);
      const { app_id, secret } = tiktok.credentials;
      return [
        (await get(tiktok, 'report/integrated/get/', reportParameters(tiktok), { token })).body,
        (await get(tiktok, 'advertiser/info/', { advertiser_ids: ids }, { token })).body,
        (await get(tiktok, 'oauth2/advertiser/get/', { app_id, secret }, { token })).body,
      ].map(({ code, message }) => (code === 0 ? 'OK' : `${code} ${message}`));
    };
    const refused = '40001 Permission error: The access token lacks the required scope for endpoint.';
    expect(await asked([1])).toEqual([refused, 'OK', 'OK']);
    expect(await asked([4])).toEqual(['OK', refused, refused]);
    expect(await asked([44, 100])).toEqual(['OK', 'OK', 'OK']);
  });

  it('takes a code once', async () => {
    const code = tiktok.issueAuthCode();
    expect((await exchange(code)).body.code).toBe(0);
    expect((await exchange(code)).body).toMatchObject({
      code: 40110,
      message: 'The auth_code is canceled. Please re-authorize and try again with a new auth_code.',
    });
  });

  it('takes a code for an hour', async () => {
    const [early, late] = [tiktok.issueAuthCode(), tiktok.issueAuthCode()];
    tiktok.clock.set('2026-03-15T13:00:00Z');
    expect((await exchange(early)).body.code).toBe(0);
    tiktok.clock.set('2026-03-15T13:00:01Z');
    expect((await exchange(late)).body.code).toBe(40110);
  });

  it('leaves the advertisers out when told so, and refuses another app', async () => {
    const without = await exchange(tiktok.issueAuthCode(), { return_advertiser_ids: false });
    expect(without.body.data).not.toHaveProperty('advertiser_ids');
    expect((await exchange(tiktok.issueAuthCode(), { app_id: '1' })).body.code).toBe(40113);
  });

  it('ends a token on request', async () => {
    const { app_id, secret, access_token } = tiktok.credentials;
    const { body } = await post(tiktok, 'oauth2/revoke_token/', { app_id, secret, access_token });
    expect(body.data).toEqual({ app_id, advertiser_ids: tiktok.accounts.map(({ id }) => id) });
    expect((await report(tiktok)).body.code).toBe(40105);
  });
});
