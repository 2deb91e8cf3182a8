import { readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { describeAccounts, describeRestated, describeSample } from './describe-table.ts';

/** What a terminal of 80 columns leaves beside the demo's indent. */
const WIDTH = 75;

const row = (date: string, conversion: number) => ({
  date,
  advertiser_id: '7100000000000000035',
  advertiser_name: 'Nordlicht GmbH & Co. KG "Europa"',
  timezone: 'America/Argentina/Buenos_Aires',
  currency: 'EUR',
  campaign_name: 'Prospecting of everybody who was not there yet',
  impressions: 1_234_567,
  clicks: 34_567,
  ctr: 2.56,
  conversion,
  spend: 123_456.78,
  cost_per_conversion: 22.35,
});
const days = ['2026-03-12', '2026-03-13', '2026-03-14', '2026-03-15'];
const rows = days.map((day) => row(day, 234));
const changed = days.map((day) => ({ before: row(day, 234), after: row(day, 243), columns: ['conversion'] }));

it.each([
  ['of the advertisers', describeAccounts(rows, WIDTH)],
  ['of the newest full day', describeSample(rows, WIDTH)],
  ['of what was restated', describeRestated(changed, 5, WIDTH)],
])('the table %s fits a terminal of 80 columns', (_, lines) => {
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(WIDTH);
});

it('so do the three questions', () => {
  const lines = readFileSync(new URL('queries.sql', import.meta.url), 'utf8').split('\n');
  for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(WIDTH);
});
