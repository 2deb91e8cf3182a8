import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import { firstWindowEverywhere, planRun } from './plan.ts';

const NOW = new Date('2026-03-15T12:00:00Z');
const config = parseConfig({
  credentials: { auth_type: 'access_token', access_token: 'token' },
  advertiser_ids: ['1'],
  start_date: '2026-03-01',
});
const warningsWith = (coverage: { from: string; through: string; as_of: string }, since?: string) =>
  planRun({
    config,
    stream: campaignDaily,
    selection: { advertisers: [{ id: '1', name: 'Brand', timezone: 'Asia/Tokyo' }], unavailable: [], isEmpty: false },
    coverage: new Map([['1', coverage]]),
    since,
    now: NOW,
  }).warnings;

describe('a state of days that are still to come', () => {
  it.each([
    { from: '2026-03-01', through: '2026-03-10', as_of: '2026-03-16' },
    { from: '2026-03-01', through: '2026-03-16', as_of: '2026-03-15' },
  ])('is warned of, for they would be skipped: $through as of $as_of', (coverage) => {
    expect(warningsWith(coverage)).toEqual([expect.stringMatching(/still to come for 1 \(Brand\): .*another clock/)]);
  });

  it('is not seen in one that ends today', () => {
    expect(warningsWith({ from: '2026-03-01', through: '2026-03-15', as_of: '2026-03-15' })).toEqual([]);
  });
});

it.each([
  { since: '2026-03-15', warnings: [] },
  {
    since: '2026-03-16',
    warnings: ['--since 2026-03-16 is in the future for 1 (Brand): nothing is read again.'],
  },
])('$since as the first day to read again has $warnings.length warnings on 2026-03-15', ({ since, warnings }) => {
  expect(warningsWith({ from: '2026-03-01', through: '2026-03-15', as_of: '2026-03-15' }, since)).toEqual(warnings);
});

describe('the first window, where it is the same in every time zone,', () => {
  const window = (range: { startDate: string; endDate?: string }, now: string) =>
    firstWindowEverywhere({ ...config, ...range }, new Date(now));

  it.each([
    ['is thirty days that are over', { startDate: '2026-02-01' }, { from: '2026-02-01', to: '2026-03-02' }],
    [
      'ends with end_date',
      { startDate: '2026-03-01', endDate: '2026-03-02' },
      { from: '2026-03-01', to: '2026-03-02' },
    ],
    ['is none where its last day has just ended in UTC', { startDate: '2026-02-13' }, undefined],
    ['is none where end_date is to come', { startDate: '2026-03-01', endDate: '2026-12-31' }, undefined],
  ])('%s', (_, range, expected) => {
    expect(window(range, '2026-03-15T00:30:00Z')).toEqual(expected);
  });

  it('is there when its last day ends twelve hours behind UTC', () => {
    const range = { startDate: '2026-02-13' };
    expect(window(range, '2026-03-15T11:59:59Z')).toBeUndefined();
    expect(window(range, '2026-03-15T12:00:00Z')).toEqual({ from: '2026-02-13', to: '2026-03-14' });
  });
});
