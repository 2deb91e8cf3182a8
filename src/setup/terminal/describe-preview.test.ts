import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { describePreview } from './describe-preview.ts';

const DAYS = [
  { date: '2026-03-14', spend: 1000, impressions: 120_000, clicks: 900, conversion: 12 },
  { date: '2026-03-15', spend: 250.5, impressions: 40_000, clicks: 210, conversion: 2 },
];

describe('the preview in a terminal', () => {
  it('has a line a day with a bar of its spend, newest first, and the campaigns that spent most', () => {
    const campaign = { id: '1', name: 'Spring', spend: 1250.5, impressions: 160_000, clicks: 1110, conversion: 14 };
    const view = { advertiserId: '7', currency: 'EUR', timeZone: 'Europe/Berlin', days: DAYS, campaigns: [campaign] };
    expect(describePreview(view)).toEqual([
      '1,250.50 EUR spent in the last 2 days of Europe/Berlin. Today still grows.',
      '',
      'Day         Spend, EUR                Impressions  Clicks  Conversions',
      '2026-03-15      250.50  ███                40,000     210            2',
      '2026-03-14    1,000.00  ████████████      120,000     900           12',
      '',
      'Campaigns that spent most  Spend, EUR  Impressions  Clicks  Conversions',
      'Spring                       1,250.50      160,000   1,110           14',
    ]);
  });

  it('fits into 80 cells with the prompts’ margin, whatever the campaigns are called', () => {
    const campaign = {
      id: '1',
      name: '春のキャンペーン'.repeat(9),
      spend: 9e6,
      impressions: 9e8,
      clicks: 9e6,
      conversion: 9e4,
    };
    const day = { date: '2026-03-14', spend: 9e6, impressions: 9e8, clicks: 9e6, conversion: 9e4 };
    const lines = describePreview({ advertiserId: '7', days: [day], campaigns: [campaign] });
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(77);
  });

  it('says that there is nothing to compare', () => {
    expect(describePreview({ advertiserId: '7', days: DAYS, campaigns: [] })).toEqual([
      'No campaign has figures in the last 2 days.',
    ]);
  });
});
