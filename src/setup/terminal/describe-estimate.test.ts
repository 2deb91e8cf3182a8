import { describe, expect, it } from 'vitest';
import { describeEstimate } from './describe-estimate.ts';

const ESTIMATE = { days: 90, advertisers: 4, windows: 12, requests: 1200, seconds: 7200, rows: 4137, streams: [] };

describe('what a range means', () => {
  it('is told in windows, requests, time and about how many rows, and what every later run costs', () => {
    expect(describeEstimate({ ...ESTIMATE, daily: { requests: 1, seconds: 1 } })).toEqual([
      'Windows        12  of 30 days: 90 days, 4 advertisers',
      'Requests    1,200  for reports',
      'Takes       2.0 h  at this quota',
      'Rows      ≈ 4,100  by yesterday’s rows',
      'Every run after that: 1 request, 1 s.',
    ]);
  });

  it('says when the rows are not known, and that a range with an end is read once', () => {
    const { rows: _, ...rest } = ESTIMATE;
    expect(describeEstimate({ ...rest, seconds: 0 }).slice(2)).toEqual([
      'Takes       1 s  at this quota',
      'Rows          ?  no advertiser has answered yet',
      'One run, then it is complete.',
    ]);
  });
});
