import { describe, expect, it } from 'vitest';
import { differenceFromAdvertiser, neverAddedUp, Reading, type RecordPage } from './acceptance.ts';
import { DailySums } from './decimal-sum.ts';

/** A page with the rows of these keys, of a report that TikTok says has so many. */
function page(keys: readonly string[], totalNumber: number, rest: Partial<RecordPage> = {}): RecordPage {
  return { records: keys.map((key) => ({ key, bytes: Buffer.alloc(0), start: 0, end: 0 })), totalNumber, ...rest };
}

function reading(...pages: readonly RecordPage[]): Reading {
  const whole = new Reading({ settled: true });
  for (const one of pages) whole.add(one);
  return whole;
}

describe('a reading', () => {
  it('is whole when its rows are all different and as many as every page says', () => {
    expect(reading(page(['a', 'b'], 3), page(['c'], 3)).verdict).toBeUndefined();
    expect(reading(page([], 0)).verdict).toBeUndefined();
  });

  it.each<[string, string, readonly RecordPage[]]>([
    ['a row is missing', 'TikTok counted 3 rows and sent 2, 2 of them different', [page(['a', 'b'], 3)]],
    ['a row is one too many', 'TikTok counted 1 rows and sent 2, 2 of them different', [page(['a', 'b'], 1)]],
    ['a row comes twice, for another', 'TikTok counted 2 rows and sent 2, 1 of them different', [page(['a', 'a'], 2)]],
    [
      'its pages count differently',
      'TikTok counted 2 rows on one page, 3 on another',
      [page(['a'], 2), page(['b'], 3)],
    ],
    [
      'a row belongs elsewhere',
      'TikTok sent a row of 2031-01-01',
      [page(['a'], 1, { misplaced: 'a row of 2031-01-01' })],
    ],
  ])('is not when %s', (_says, verdict, pages) => {
    expect(reading(...pages).verdict).toBe(verdict);
  });

  it('names the page that is wrong as soon as that page comes, and the first flaw for good', () => {
    const one = new Reading({ settled: true });
    expect(one.add(page(['a'], 3))).toBe(true);
    expect(one.add(page(['b'], 3, { misplaced: 'a row without campaign_id' }))).toBe(false);
    expect(one.add(page(['c'], 4))).toBe(false);
    expect(one.verdict).toBe('TikTok sent a row without campaign_id');
  });

  it('of a report that TikTok cut says so in its words', () => {
    expect(reading(page(['a'], 2), page(['b'], 2, { truncation: 'too many ads' })).truncation).toBe('too many ads');
  });
});

describe('a day that no reading brings whole', () => {
  it('says how often it was read, what was wrong, what became of its rows and what to do', () => {
    const error = neverAddedUp({ readings: 3, flaw: 'F', fate: 'Nothing of this day was kept.', day: '2026-03-01' });
    expect(error.message).toBe('The report never added up in 3 readings: F. Nothing of this day was kept.');
    expect(error.advice).toMatch(/Run again later.*set start_date to the day after 2026-03-01/);
  });
});

describe('the rows of a repaired report, beside what TikTok has for the advertiser as a whole', () => {
  const rows = new DailySums();
  rows.add('2026-03-01', 'spend', '1.005');
  rows.add('2026-03-01', 'clicks', '3');
  const difference = (figures: Record<string, Record<string, string | null>>, settledThrough = '2026-03-31') =>
    differenceFromAdvertiser(rows, new Map(Object.entries(figures)), settledThrough);

  it('are the same where the figures are, to the digits that TikTok writes, and where it writes none', () => {
    expect(difference({ '2026-03-01': { spend: '1.01', clicks: '3', impressions: '-' } })).toBeUndefined();
    expect(difference({ '2026-03-01': { spend: null } })).toBeUndefined();
  });

  it('differ by day and metric, also on a day that one of the two does not have', () => {
    expect(difference({ '2026-03-01': { clicks: '4' } })).toMatch(
      /^on 2026-03-01: clicks is 3 in the rows.* and 4 for/,
    );
    expect(difference({})).toMatch(/^on 2026-03-01: spend is 1\.005 .* and 0 for the advertiser as a whole\. /);
    expect(difference({ '2026-03-01': {}, '2026-03-02': { clicks: '1' } })).toMatch(/^on 2026-03-02: clicks is 0 /);
  });
});
