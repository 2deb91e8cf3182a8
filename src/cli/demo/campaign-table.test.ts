import { describe, expect, it } from 'vitest';
import { CampaignTable } from './campaign-table.ts';

const row = (date: string, campaign_id: string, conversion: number | null) => ({
  date,
  campaign_id,
  conversion,
  clicks: 4,
});

describe('CampaignTable', () => {
  it('keeps the last row of each date and campaign, and tells what a read changed', () => {
    const table = new CampaignTable();
    expect(table.upsert([row('2026-01-01', '1', 2), row('2026-01-01', '2', null)]).added).toHaveLength(2);

    const difference = table.upsert([
      row('2026-01-01', '1', 3),
      row('2026-01-01', '2', null),
      row('2026-01-02', '1', 1),
    ]);
    expect(difference.added).toEqual([row('2026-01-02', '1', 1)]);
    expect(difference.unchanged).toBe(1);
    expect(difference.changed).toEqual([
      { before: row('2026-01-01', '1', 2), after: row('2026-01-01', '1', 3), columns: ['conversion'] },
    ]);
    expect(table.rows).toEqual([row('2026-01-01', '1', 3), row('2026-01-01', '2', null), row('2026-01-02', '1', 1)]);
  });
});
