import { afterEach, describe, expect, it } from 'vitest';
import { scriptedClient, stopAll } from '../../testing/scripted-client.ts';
import { envelope, ok } from '../../testing/scripted-server.ts';
import { authorizationUrl, exchangeAuthCode, PORTAL_URL } from './oauth.ts';

const { signal } = new AbortController();

afterEach(stopAll);

describe('authorisation', () => {
  it('begins at a page of TikTok that knows the app and where to return to', () => {
    const url = new URL(
      authorizationUrl({ portalUrl: PORTAL_URL, appId: '42', redirectUri: 'http://localhost:1/?a=b', state: 's&t' }),
    );
    expect(url.origin + url.pathname).toBe(PORTAL_URL);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_id: '42',
      redirect_uri: 'http://localhost:1/?a=b',
      state: 's&t',
    });
  });

  it('turns an auth code into a token', async () => {
    const { client, server } = await scriptedClient(() =>
      ok({ access_token: 'new', advertiser_ids: ['7000000000000000001'], scope: [4, 100] }),
    );
    expect(await exchangeAuthCode(client, { appId: '42', secret: 's', authCode: 'c' }, signal)).toEqual({
      accessToken: 'new',
      advertiserIds: ['7000000000000000001'],
      scope: [4, 100],
    });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ app_id: '42', secret: 's', auth_code: 'c' });
    expect(server.seen[0]?.headers).not.toHaveProperty('access-token');
  });

  it('survives a connection that broke', async () => {
    const { client } = await scriptedClient((_, count) => (count === 1 ? 'reset' : ok({ access_token: 'new' })));
    const grant = await exchangeAuthCode(client, { appId: '42', secret: 's', authCode: 'c' }, signal);
    expect(grant).toEqual({ accessToken: 'new', advertiserIds: [], scope: [] });
  });

  it('says that a code is used up', async () => {
    const { client } = await scriptedClient(() => envelope(40110, 'The auth_code is canceled.'));
    await expect(exchangeAuthCode(client, { appId: '42', secret: 's', authCode: 'c' }, signal)).rejects.toMatchObject({
      kind: 'credentials',
      code: 40110,
    });
  });
});
