import { describe, expect, it } from 'vitest';
import { differenceFromAdvertiser, Reading, Readings, type RecordPage } from './acceptance.ts';
import { DailySums } from './decimal-sum.ts';

/** A page with the rows of these keys, of a report that TikTok says has so many. */
function page(keys: readonly string[], totalNumber: number, rest: Partial<RecordPage> = {}): RecordPage {
  const records = keys.map((key) => ({ key, bytes: Buffer.alloc(0), start: 0, end: 0 }));
  return { records, totalNumber, unassigned: [], ...rest };
}

function reading(...pages: readonly RecordPage[]): Reading {
  const whole = new Reading({ settled: true, reconciles: false });
  for (const one of pages) whole.add(one);
  return whole;
}

describe('a reading', () => {
  it('is whole when its rows are all different and as many as every page says', () => {
    expect(reading(page(['a', 'b'], 3), page(['c'], 3)).flaw?.text).toBeUndefined();
    expect(reading(page([], 0)).flaw?.text).toBeUndefined();
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
    expect(reading(...pages).flaw?.text).toBe(verdict);
  });

  it('names the page whose rows cannot be used as soon as it comes, and keeps none of them', () => {
    const one = new Reading({ settled: true, reconciles: false });
    expect(one.add(page(['a'], 3))).toBe(true);
    expect(one.add(page(['b'], 3, { misplaced: 'a row without campaign_id' }))).toBe(false);
    expect([...one.keys]).toEqual(['a']);
    expect(one.add(page(['c'], 4)), 'counted otherwise, but right in itself').toBe(true);
    expect(one.flaw?.text).toBe('TikTok sent a row without campaign_id');
  });

  it('of a report that TikTok cut says so in its words', () => {
    expect(reading(page(['a'], 2), page(['b'], 2, { truncation: 'too many ads' })).truncation).toBe('too many ads');
  });
});

describe('the readings of the same days', () => {
  const DAY = { from: '2026-03-01', to: '2026-03-01' };
  const WEEK = { from: '2026-03-01', to: '2026-03-07' };
  const whole = () => reading(page(['a', 'b'], 2));
  const short = () => reading(page(['a', 'b'], 3));
  const strict = { acceptsInconsistent: false };
  const lenient = { acceptsInconsistent: true };
  const judged = (readings: Readings, ...each: readonly Reading[]) => each.map((one) => readings.judge(one).kind);

  it('end with the first that is whole', () => {
    expect(judged(new Readings(DAY, strict), short(), whole())).toEqual(['again', 'accept']);
  });

  it('are two of several days, which can be split, and three of one day', () => {
    expect(judged(new Readings(WEEK, lenient), short(), short())).toEqual(['again', 'reject']);
    expect(judged(new Readings(DAY, strict), short(), short(), short())).toEqual(['again', 'again', 'reject']);
  });

  it('of one day are accepted when all brought the same rows, if that is wanted, with what TikTok counts', () => {
    const readings = new Readings(DAY, lenient);
    judged(readings, short(), reading(page(['b'], 3), page(['a'], 3)));
    expect(readings.judge(short())).toEqual({
      kind: 'accept',
      warnings: [expect.stringMatching(/^TikTok counted 3 rows and sent 2.* All 3 readings brought the same rows/)],
    });
  });

  it.each([
    ['other rows', () => reading(page(['a', 'c'], 3))],
    ['a row that belongs elsewhere', () => reading(page(['a', 'b'], 2, { misplaced: 'a row of 2031-01-01' }))],
  ])('of one day are rejected all the same when one brought %s', (_says, other) => {
    expect(judged(new Readings(DAY, lenient), short(), other(), short()).at(-1)).toBe('reject');
    expect(judged(new Readings(DAY, lenient), short(), short(), other()).at(-1)).toBe('reject');
  });

  it('that are whole but differ from the total are accepted with a warning in the end', () => {
    const sums = new DailySums();
    sums.add('2026-03-01', 'spend', '1');
    const different = () => {
      const one = new Reading({ settled: true, reconciles: true });
      one.add(page(['a'], 1, { sums, totals: { spend: '2' } }));
      return one;
    };
    const readings = new Readings(WEEK, strict);
    expect(readings.judge(different()).kind).toBe('again');
    const warnings = ["the rows add up to spend 1, TikTok's own total is 2"];
    expect(readings.judge(different())).toEqual({ kind: 'accept', warnings });
  });

  it('fail with how often the day was read, what was wrong, what became of its rows and what to do', () => {
    const failureOf = (options: typeof strict, last = short()) => {
      const readings = new Readings(DAY, options);
      judged(readings, short(), short(), last);
      return readings.failure({ fate: 'Nothing of this day was kept.' });
    };
    expect(failureOf(strict).message).toBe(
      'The report never added up in 3 readings: TikTok counted 3 rows and sent 2, 2 of them different. ' +
        'Nothing of this day was kept.',
    );
    expect(failureOf(strict).advice).toMatch(
      /^Run again later\. .*set inconsistent_reports to warn.*set start_date to the day after 2026-03-01\.$/,
    );
    expect(failureOf(lenient, whole()).advice).not.toContain('inconsistent_reports');
    const stray = reading(page([], 1, { misplaced: 'a row of 2031-01-01' }));
    expect(failureOf(strict, stray).advice, 'where it would not help').not.toContain('inconsistent_reports');
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
