import { describe, expect, it } from 'vitest';
import { estimate } from './estimate.ts';

const NOW = new Date('2026-03-15T12:00:00Z');
const BASE = {
  lookbackDays: 7,
  now: NOW,
  requestsPerSecond: 10,
  rowsOfDay: { stream: 'campaign_daily', byAdvertiser: new Map<string, number>() },
  streams: ['campaign_daily', 'ad_daily'],
  chosen: ['campaign_daily'],
};

describe('what a range means', () => {
  it('counts windows of 30 days by each advertiser’s own today', () => {
    const advertisers = [
      { id: '1', timezone: 'Pacific/Kiritimati' }, // Already the 16th.
      { id: '2', timezone: 'America/Los_Angeles' },
    ];
    expect(estimate({ ...BASE, advertisers, startDate: '2026-02-14' })).toMatchObject({
      days: 31,
      windows: 2 + 1,
      requests: 3,
    });
  });

  it('counts one request for every thousand rows of a window', () => {
    const byAdvertiser = new Map([['1', 100]]);
    const { windows, requests, rows } = estimate({
      ...BASE,
      advertisers: [{ id: '1' }],
      startDate: '2026-01-15', // 60 days
      rowsOfDay: { ...BASE.rowsOfDay, byAdvertiser },
    });
    expect({ windows, requests, rows }).toEqual({ windows: 2, requests: 6, rows: 6000 });
  });

  it('counts advertisers that were not asked like the mean of the others, and says nothing while none was', () => {
    const advertisers = [{ id: '1' }, { id: '2' }];
    const range = { ...BASE, advertisers, startDate: '2026-03-15' };
    expect(estimate(range).rows).toBeUndefined();
    expect(estimate({ ...range, rowsOfDay: { ...BASE.rowsOfDay, byAdvertiser: new Map([['2', 50]]) } }).rows).toBe(100);
  });

  it('tells what every later run costs, unless the range has an end', () => {
    const advertisers = Array.from({ length: 200 }, (_, index) => ({ id: String(index) }));
    const range = { ...BASE, advertisers, startDate: '2025-03-21' };
    expect(estimate(range)).toMatchObject({ requests: 2400, seconds: 240, daily: { requests: 200, seconds: 20 } });
    expect(estimate({ ...range, endDate: '2026-01-01' })).not.toHaveProperty('daily');
  });

  it('tells what each stream costs, and counts those that are read', () => {
    const { requests, windows, streams } = estimate({
      ...BASE,
      advertisers: [{ id: '1' }],
      startDate: '2026-01-15', // 60 days
      rowsOfDay: { ...BASE.rowsOfDay, byAdvertiser: new Map([['1', 100]]) },
      chosen: ['campaign_daily', 'ad_daily'],
    });
    expect({ requests, windows }).toEqual({ requests: 6 + 2, windows: 4 });
    expect(streams).toMatchObject([
      { name: 'campaign_daily', requests: 6, seconds: 1 },
      { name: 'ad_daily', requests: 2, seconds: 1 },
    ]);
  });

  it('counts nothing for a range that lies ahead', () => {
    expect(estimate({ ...BASE, advertisers: [{ id: '1' }], startDate: '2027-01-01' })).toMatchObject({
      days: 0,
      requests: 0,
    });
  });
});
