import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import { planRun } from './plan.ts';

const NOW = new Date('2026-03-15T12:00:00Z');
const config = parseConfig({
  credentials: { auth_type: 'access_token', access_token: 'token' },
  advertiser_ids: ['1'],
  start_date: '2026-03-01',
});
const warningsWith = (coverage: { from: string; through: string; as_of: string }) =>
  planRun({
    config,
    stream: campaignDaily,
    selection: { advertisers: [{ id: '1', name: 'Brand', timezone: 'Asia/Tokyo' }], unavailable: [], isEmpty: false },
    coverage: new Map([['1', coverage]]),
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
