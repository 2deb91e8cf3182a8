import { expect } from 'vitest';
import { get, report } from '../../../testing/emulator-client.ts';
import { allOf, client, codes, DAY, endings, hangs, id, WEEK } from '../../../testing/scenario-tests.ts';

client('queries-above-7-days-never-answered', 'no answer to long reports', async (tiktok) => {
  expect(await hangs(tiktok)).toBe(true);
  expect((await report(tiktok, WEEK)).body.code).toBe(0);
});

client('first-report-never-answered', 'one hanging report', async (tiktok) => {
  expect(await hangs(tiktok)).toBe(true);
  expect((await report(tiktok)).body.code).toBe(0);
});

client('gateway-timeouts-in-html', 'three HTML pages with HTTP 504', async (tiktok) => {
  const { status, text, headers } = await report(tiktok);
  expect([status, headers.get('content-type')]).toEqual([504, 'text/html']);
  expect(text).toContain('<html>');
  expect(await endings(tiktok, 3)).toEqual(['504', '504', '200']);
});

client('answers-cut-short', 'half a JSON, twice', async (tiktok) => {
  const texts = [await report(tiktok), await report(tiktok), await report(tiktok)].map(({ text }) =>
    text.endsWith('}'),
  );
  expect(texts).toEqual([false, false, true]);
});

client('answers-with-broken-json', 'text that is no JSON, twice', async (tiktok) => {
  const { text } = await report(tiktok);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(await codes(tiktok, 2)).toEqual([undefined, 0]);
});

client('answers-without-a-code', 'an envelope that lacks its code, twice', async (tiktok) => {
  expect((await report(tiktok)).body).toMatchObject({ message: 'OK', data: { list: expect.any(Array) } });
  expect(await codes(tiktok, 2)).toEqual([undefined, 0]);
});

client('connections-reset', 'a reset in every fifth call', async (tiktok) => {
  const reset = 'reset';
  expect(await endings(tiktok, 10)).toEqual([reset, '200', '200', '200', '200', reset, '200', '200', '200', '200']);
});

client('slow-answers', 'an answer all the same', async (tiktok) => {
  expect(await codes(tiktok, 1)).toEqual([0]);
});

client('no-date-header', 'no time of the server', async (tiktok) => {
  expect((await report(tiktok)).headers.get('date')).toBeNull();
});

client('one-wrong-date-header', 'a single answer from the future', async (tiktok) => {
  const year = async () =>
    (await get(tiktok, 'advertiser/info/', { advertiser_ids: [id(tiktok, 1)] })).headers.get('date')?.slice(12, 16);
  expect([await year(), await year()]).toEqual(['2031', '2026']);
});

client('a-bad-day', 'nearly everything', async (tiktok) => {
  const found = new Set<string>();
  for (let call = 0; call < 150; call++) {
    const ending = await report(tiktok, DAY).then(
      ({ status, body }) => `${status} ${body.code ?? 'no code'}`,
      () => 'reset',
    );
    found.add(ending);
  }
  for (const ending of ['200 0', '200 40100', '200 50000', '502 no code', 'reset', '200 no code'])
    expect(found).toContain(ending);
  expect(await codes(tiktok, 1, { advertiser_id: id(tiktok, 4) })).not.toEqual([0]);
});

allOf('connection');
