import { afterEach, describe, expect, it } from 'vitest';
import { errorOf, QUOTA, scriptedClient, stopAll, TOKEN } from '../testing/scripted-client.ts';
import { envelope, ok, type Scripted } from '../testing/scripted-server.ts';
import { TikTokClient } from './client.ts';

const signal = new AbortController().signal;

afterEach(stopAll);

describe('a secret', () => {
  const secrets = ['s3cret/+ =&with"quote', '4242'];
  const everything = (error: unknown): string => {
    const texts: string[] = [];
    for (let at = error; at instanceof Error; at = at.cause) {
      texts.push(
        at.message,
        at.stack ?? '',
        JSON.stringify(at, Object.getOwnPropertyNames(at)),
        JSON.stringify({ ...at }),
      );
    }
    return texts.join('\n');
  };

  it.each<[string, Scripted]>([
    ['a message of TikTok', envelope(40000, `bad ${TOKEN} ${secrets[0]} ${encodeURIComponent(secrets[0] ?? '')} 4242`)],
    [
      'a page of a proxy',
      { status: 403, body: `<html>${TOKEN} ?secret=${encodeURIComponent(secrets[0] ?? '')}</html>` },
    ],
    ['a broken answer', { body: `{"echo":"${TOKEN}"` }],
    ['a reset connection', 'reset'],
    ['a timeout', 'hang'],
  ])('is in no error: %s', async (_, answer) => {
    const { client } = await scriptedClient(() => answer, { secrets, requestTimeoutMs: 100, patienceMs: 0 });
    const error = await errorOf(
      client.request({ path: 'oauth2/advertiser/get/', params: { app_id: '4242', secret: secrets[0] ?? '' }, signal }),
    );
    const said = everything(error);
    expect(said).not.toContain(TOKEN);
    expect(said).not.toContain('s3cret');
    expect(said).not.toMatch(/\b4242\b/);
    expect(error.message.length).toBeLessThan(1_000);
  });

  it('is in no error about what is wrong with an answer', async () => {
    const { client } = await scriptedClient(() => ok({ total_number: TOKEN }), { patienceMs: 0 });
    const request = { path: 'x/', params: {}, signal, validate: (data: unknown) => `is ${JSON.stringify(data)}` };
    const error = await errorOf(client.request(request));
    expect(error.message).toContain('total_number');
    expect(everything(error)).not.toContain(TOKEN);
  });

  it('is in no error about a host that does not exist', async () => {
    const client = new TikTokClient({
      apiUrl: 'http://host.invalid/open_api/v1.3/',
      accessToken: TOKEN,
      quota: QUOTA,
      requestTimeoutMs: 5_000,
      patienceMs: 0,
    });
    const error = await errorOf(client.request({ path: 'x/', params: { secret: TOKEN }, signal }));
    expect(error.kind).toBe('transient');
    expect(error.message).toContain('host.invalid');
    expect(everything(error)).not.toContain(TOKEN);
  });

  it('is in no error about a connection, though the host is named after it', async () => {
    const { get } = await scriptedClient(() => ok({}), {
      apiUrl: `http://${TOKEN}.invalid/open_api/v1.3/`,
      patienceMs: 0,
    });
    const error = await errorOf(get());
    expect(error.message).toContain('***.invalid');
    expect(everything(error)).not.toContain(TOKEN);
  });
});
