import { expect } from 'vitest';
import { get, report } from '../../../testing/emulator-client.ts';
import { allOf, client, codes, DAY, endings, hangs, id, WEEK } from '../../../testing/scenario-tests.ts';

client('throttled-once', 'one 40100', async (tiktok) => {
  expect(await codes(tiktok, 3)).toEqual([40100, 0, 0]);
  expect(tiktok.faults[0]).toMatchObject({ name: 'throttled', hits: 1, left: 0 });
  expect(tiktok.requests[0]).toMatchObject({ code: 40100, fault: 'throttled' });
});

client('throttled-now-and-then', 'a 40100 in about one report of ten', async (tiktok) => {
  const throttled = (await codes(tiktok, 100, DAY)).filter((code) => code === 40100).length;
  expect(throttled).toBeGreaterThan(2);
  expect(throttled).toBeLessThan(25);
});

client('restricted-after-20-calls-a-minute', 'a lock of the whole app', async (tiktok) => {
  const found = await Promise.all(Array.from({ length: 45 }, () => report(tiktok, DAY)));
  expect(found.some(({ body }) => body.message?.includes('are temporarily restricted.'))).toBe(true);
});

client('day-quota-of-40-calls', 'nothing after 40 calls until 00:00 UTC', async (tiktok) => {
  // More than ten a second are refused too, and count.
  await Promise.all(Array.from({ length: 40 }, () => report(tiktok, DAY)));
  expect((await report(tiktok, DAY)).body).toMatchObject({ code: 40100, message: 'App reaches the QPD limit.' });
  tiktok.clock.set('2026-03-16T00:00:00Z');
  expect((await report(tiktok, DAY)).body.message).not.toBe('App reaches the QPD limit.');
});

client('basic-tier', 'a limit of ten calls a second', async (tiktok) => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => get(tiktok, 'user/info/')));
  expect(answers.some(({ body }) => body.message === 'App reaches the QPS limit 10')).toBe(true);
});

client('one-advertiser-throttled', '40133 for one advertiser only', async (tiktok) => {
  expect(await codes(tiktok, 4)).toEqual([40133, 0, 40133, 0]);
  expect(await codes(tiktok, 2, { advertiser_id: id(tiktok, 2) })).toEqual([0, 0]);
});

client('timeouts-slow-the-app-down', 'a block of a report that timed out three times', async (tiktok) => {
  for (let time = 0; time < 3; time++) expect(await hangs(tiktok)).toBe(true);
  expect(await codes(tiktok, 1, WEEK)).toEqual([0]);
  tiktok.faults[0]?.disarm();
  expect((await report(tiktok)).body.code).toBe(40016);
});

client('http-429-once', 'one HTTP 429', async (tiktok) => {
  expect(await endings(tiktok, 2)).toEqual(['429', '200']);
});

client('retry-after', 'two answers that say when to come again', async (tiktok) => {
  const answers = [await report(tiktok), await report(tiktok), await report(tiktok)];
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [429, '2'],
    [503, '1'],
    [200, null],
  ]);
});

allOf('throttles');
