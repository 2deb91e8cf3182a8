import { expect, it } from 'vitest';
import { plannedText } from '../../sync/ledger/progress.ts';
import { ProgressOfLoad } from './load-progress.ts';

it.each([
  [
    { advertisers: 1, windows: 1, requests: 1, seconds: 0.1 },
    '1 window of 1 advertiser, at least 1 request, about 1 s',
  ],
  [
    { advertisers: 20_000, windows: 260_000, requests: 260_000, seconds: 26_000 },
    '260,000 windows of 20,000 advertisers, at least 260,000 requests, about 7 h 14 min',
  ],
])('a load knows how far it has to go from the words of the program that loads: %o', (plan, words) => {
  const line = plannedText(plan);
  expect(line).toBe(`To read: ${words} at this quota.`);
  const progress = new ProgressOfLoad(() => {});
  progress.readLine(`INFO ${line}`, { countsRows: false });
  expect(progress.now).toMatchObject({
    advertisers: { all: plan.advertisers },
    windows: { done: 0, total: plan.windows },
    timeLeft: words.split('about ')[1],
  });
});
