import { afterEach, describe, expect, it } from 'vitest';
import { stopAll } from '../../testing/scripted-client.ts';
import { type Asked, page, type RowText, rowsOf, rowsOfDay, scriptedReport } from '../../testing/scripted-report.ts';
import { envelope } from '../../testing/scripted-server.ts';
import { readWindow } from './window.ts';

const { signal } = new AbortController();
const DAY = { from: '2026-03-01', to: '2026-03-01' };
const MONTH = { from: '2026-03-01', to: '2026-03-30' };

afterEach(stopAll);

const read = (tiktok: Awaited<ReturnType<typeof scriptedReport>>, window = DAY) => rowsOf(tiktok, window);

const pagesOf = (asked: readonly Asked[]) =>
  asked.map(({ from, to, page, campaignIds }) => `${from}..${to} ${page}${campaignIds ? ` of ${campaignIds}` : ''}`);

describe('an answer that cannot be trusted', () => {
  it('holds a row of a day that was not asked for, though it counts right', async () => {
    const tiktok = await scriptedReport(() => page(['1 on 2026-03-01', '2 on 2026-02-28']));
    await expect(read(tiktok)).rejects.toThrow(/never added up in 3 readings: TikTok sent a row of 2026-02-28/);
  });

  it('holds a row without its day, beside as many others as TikTok counts', async () => {
    const tiktok = await scriptedReport(() => page(['1 on 2026-03-01', '2 on 2026-03-01', '3 on '], { total: 2 }));
    await expect(read(tiktok)).rejects.toThrow(/never added up/);
  });

  it('holds a day that is written in another way, though it sorts between the days asked for', async () => {
    const tiktok = await scriptedReport(() => page(['1 on 2025/12/25']));
    const result = await readWindow(tiktok.report, { from: '2025-12-20', to: '2026-01-10' }, tiktok.memory, signal);
    expect(result).toMatchObject({ kind: 'split', lasting: false, why: 'TikTok sent a row of 2025/12/25' });
  });

  it('holds a row whose id is a dash', async () => {
    const tiktok = await scriptedReport(() => page(['- on 2026-03-01' as RowText]));
    await expect(read(tiktok)).rejects.toThrow(/TikTok sent a row of 2026-03-01 without campaign_id/);
  });

  it('counts other rows on one page than on another', async () => {
    const tiktok = await scriptedReport(({ page: number, time }) =>
      page(rowsOfDay(DAY.from, 1_001, number), { total: number === 2 && time === 1 ? 1_002 : 1_001 }),
    );
    expect(await read(tiktok)).toHaveLength(1_001);
    expect(pagesOf(tiktok.asked).filter((text) => text.endsWith(' 1'))).toHaveLength(2);
  });
});

describe('a day that TikTok counts otherwise than it sends, for good', () => {
  const lasting = () => page(rowsOfDay(DAY.from, 25), { total: 26 });

  it('fails, and the advice names the key that would let it be', async () => {
    const tiktok = await scriptedReport(lasting);
    await expect(read(tiktok)).rejects.toMatchObject({
      message: expect.stringContaining('TikTok counted 26 rows and sent 25'),
      advice: expect.stringContaining('set inconsistent_reports to warn'),
    });
  });

  it('is taken with a warning of both counts where the operator lets it be', async () => {
    const tiktok = await scriptedReport(lasting, { inconsistentReports: 'warn' });
    const result = await readWindow(tiktok.report, DAY, tiktok.memory, signal);
    expect(result).toMatchObject({
      kind: 'rows',
      records: { length: 25 },
      warnings: [expect.stringMatching(/counted 26 rows and sent 25.*All 3 readings brought the same rows/)],
    });
    expect(tiktok.asked).toHaveLength(3);
  });

  it('is found by splitting the window around it', async () => {
    const tiktok = await scriptedReport(lasting, { inconsistentReports: 'warn' });
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 15, lasting: false });
  });

  it('has a row that comes twice in it only once', async () => {
    const tiktok = await scriptedReport(() => page(['1 on 2026-03-01', '1 on 2026-03-01', '2 on 2026-03-01']), {
      inconsistentReports: 'warn',
    });
    expect(await read(tiktok)).toEqual(['1 on 2026-03-01', '2 on 2026-03-01']);
  });

  it('is taken as well when it is a slice of a cut report', async () => {
    const tiktok = await scriptedReport(
      ({ campaignIds }) =>
        campaignIds ? page(['1 on 2026-03-01'], { total: 2 }) : page(['1 on 2026-03-01'], { cut: true }),
      { campaigns: () => ['1'], inconsistentReports: 'warn' },
    );
    const result = await readWindow(tiktok.report, DAY, tiktok.memory, signal);
    expect(result).toMatchObject({ kind: 'rows', records: { length: 1 } });
    expect(result).toMatchObject({ warnings: [expect.stringContaining('counted 2 rows and sent 1')] });
  });
});

describe('a window of several pages', () => {
  /** One row has left page 1 and another come on page 2: the count stays. */
  const moving =
    ({ until = Number.POSITIVE_INFINITY, metric = 'spend' } = {}) =>
    ({ page: number, time, totals }: Asked) => {
      const said = {
        spend: '70.00',
        impressions: '-',
        clicks: '5',
        [metric]: number === 2 && time < until ? '80.00' : '70.00',
      };
      return page(rowsOfDay(DAY.from, 1_500, number), { total: 1_500, ...(totals && { totals: said }) });
    };

  it("asks for TikTok's totals with every page, and for the figures that they are to be compared by", async () => {
    const tiktok = await scriptedReport(moving({ until: 1 }));
    expect(await read(tiktok)).toHaveLength(1_500);
    expect(tiktok.asked.map(({ page: number, totals }) => [number, totals])).toEqual([
      [1, true],
      [2, true],
    ]);
    for (const { metrics } of tiktok.asked) expect(metrics).toEqual(['spend', 'impressions', 'clicks']);
  });

  it.each(['spend', 'impressions', 'clicks'])(
    'is read again when %s in total is not the same on each',
    async (metric) => {
      const tiktok = await scriptedReport(moving({ until: 2, metric }));
      expect(await read(tiktok)).toHaveLength(1_500);
      expect(tiktok.asked).toHaveLength(4);
    },
  );

  it('is split, and at one day fails, when its totals never agree', async () => {
    const tiktok = await scriptedReport(moving());
    const why = "TikTok's total of spend was 70.00 on one page, 80.00 on another";
    expect(await read(tiktok, MONTH)).toEqual({ kind: 'split', days: 15, lasting: false, why });
    await expect(read(tiktok)).rejects.toThrow(`never added up in 3 readings: ${why}.`);
  });

  it('is taken as it is while its days are so young that their figures move by themselves', async () => {
    const tiktok = await scriptedReport(moving(), { settledThrough: '2026-02-28' });
    expect(await read(tiktok)).toHaveLength(1_500);
    expect(tiktok.asked).toHaveLength(2);
  });

  it('asks for no totals in the sandbox, which refuses them', async () => {
    const tiktok = await scriptedReport(moving(), { sandbox: true });
    expect(await read(tiktok)).toHaveLength(1_500);
    expect(tiktok.asked.map(({ totals }) => totals)).toEqual([false, false]);
    expect(tiktok.asked[0]?.metrics).toEqual(['spend']);
  });
});

describe('a report with more rows than may be in memory', () => {
  it('is split at once into as many windows as it needs, for good, and no further page is asked for', async () => {
    const tiktok = await scriptedReport(() => page(rowsOfDay(DAY.from, 1_000), { total: 19_000 }));
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 7, lasting: true });
    expect(tiktok.asked).toHaveLength(1);
  });

  it('of one day is left to be read page by page', async () => {
    const tiktok = await scriptedReport(() => page(rowsOfDay(DAY.from, 1_000), { total: 5_001 }));
    expect(await read(tiktok)).toEqual({ kind: 'too_many_rows' });
    expect(tiktok.asked).toHaveLength(1);
  });
});

describe('the rows of a window', () => {
  it('are reserved before its further pages are asked for, and until they are out', async () => {
    let others: Promise<unknown> = Promise.resolve();
    let granted = false;
    const tiktok = await scriptedReport(({ page: number }) => {
      const { rest } = tiktok.budget;
      if (number === 2) {
        others = rest.take(rest.capacity, signal).then(() => {
          granted = true;
        });
      }
      return page(rowsOfDay(DAY.from, 2_500, number), { total: 2_500 });
    });
    expect(await read(tiktok)).toHaveLength(2_500);
    expect(granted).toBe(false);
    tiktok.memory.reservation.release();
    await others;
    expect(granted).toBe(true);
  });

  it('are free for others while the request for its first page waits for another attempt', async () => {
    let granted = false;
    const tiktok = await scriptedReport(({ time }) => {
      const { first } = tiktok.budget;
      if (time > 1) return page(rowsOfDay(DAY.from, 10));
      void first.take(first.capacity, signal).then(() => {
        granted = true;
      });
      return { status: 503, body: '' };
    });
    await tiktok.memory.reservation.takeFirstPage(1_000, signal);
    expect(await read(tiktok)).toHaveLength(10);
    expect(granted).toBe(true);
  });
});

describe('a day for which TikTok has no time', () => {
  it('is not asked for so often that TikTok would block the request: three time-outs in ten minutes', async () => {
    const tiktok = await scriptedReport(() => envelope(50002, 'Request timed out'));
    await expect(read(tiktok)).rejects.toMatchObject({ kind: 'timeout' });
    expect(tiktok.asked).toHaveLength(2);
  });

  it('is not asked for again when TikTok finds it too large', async () => {
    const tiktok = await scriptedReport(() => envelope(40067, 'The query is too large'));
    await expect(read(tiktok)).rejects.toMatchObject({ kind: 'too_large' });
    expect(tiktok.asked).toHaveLength(1);
  });
});

describe('a further page that does not come', () => {
  /** Page 2 fails so many times. */
  const failing = (failures: number) => {
    let left = failures;
    return ({ page: number }: Asked) => {
      if (number === 2 && left-- > 0) return { status: 503, body: '' };
      return page(rowsOfDay(DAY.from, 2_500, number), { total: 2_500 });
    };
  };

  it('has its window read again from the first page, which holds no rows meanwhile', async () => {
    const free: number[] = [];
    const script = failing(8);
    const tiktok = await scriptedReport((asked) => {
      const { rest } = tiktok.budget;
      // What others could take while this window begins anew.
      if (asked.page === 1 && asked.time === 2) {
        void rest.take(rest.capacity, signal).then((rows) => {
          free.push(rows);
          rest.give(rows);
        });
      }
      return script(asked);
    });
    expect(await read(tiktok)).toHaveLength(2_500);
    expect(tiktok.asked.filter(({ page: number }) => number === 1).length).toBeGreaterThan(1);
    expect(free).toEqual([tiktok.budget.rest.capacity]);
  });

  it('does not make its window wait for rows that others have taken meanwhile: they may wait for it', async () => {
    const script = failing(8);
    const tiktok = await scriptedReport((asked) => {
      const { rest } = tiktok.budget;
      if (asked.page === 1 && asked.time === 2) void rest.take(rest.capacity, signal);
      return script(asked);
    });
    expect(await read(tiktok)).toHaveLength(2_500);
  });

  it('ends the window with its error when that lasts longer than the patience', async () => {
    const tiktok = await scriptedReport(failing(Number.POSITIVE_INFINITY), { patienceMs: 45_000 });
    await expect(read(tiktok)).rejects.toMatchObject({ name: 'TikTokError', httpStatus: 503 });
    expect(tiktok.asked.filter(({ page: number }) => number === 1)).toHaveLength(3);
  });

  it('because the advertiser is asked too often is waited for with all the patience there is', async () => {
    let refusals = 7; // 1 + 2 + 4 + 8 + 16 + 32 + 60 seconds
    const tiktok = await scriptedReport(({ page: number }) => {
      if (number === 2 && refusals-- > 0) return envelope(40133, 'request is temporarily restricted');
      return page(rowsOfDay(DAY.from, 1_500, number), { total: 1_500 });
    });
    expect(await read(tiktok)).toHaveLength(1_500);
  });

  it('because TikTok refuses it fails the window at once', async () => {
    const tiktok = await scriptedReport(({ page: number }) =>
      number === 2 ? envelope(40001, 'No permission') : page(rowsOfDay(DAY.from, 1_001), { total: 1_001 }),
    );
    await expect(read(tiktok)).rejects.toMatchObject({ code: 40001 });
    expect(tiktok.asked).toHaveLength(2);
  });

  it('takes back the requests for the other pages when it fails', async () => {
    const tiktok = await scriptedReport(({ page: number }) => {
      if (number === 2) return envelope(40001, 'No permission');
      return number === 1 ? page(rowsOfDay(DAY.from, 2_500), { total: 2_500 }) : 'hang';
    });
    await expect(read(tiktok)).rejects.toMatchObject({ code: 40001 });
  });
});

describe('a first page that was asked for before its turn', () => {
  it('is not asked for again', async () => {
    const tiktok = await scriptedReport(({ page: number }) =>
      page(rowsOfDay(DAY.from, 1_001, number), { total: 1_001 }),
    );
    tiktok.report.askAhead(DAY, signal, () => undefined);
    expect(await read(tiktok)).toHaveLength(1_001);
    expect(pagesOf(tiktok.asked)).toEqual(['2026-03-01..2026-03-01 1', '2026-03-01..2026-03-01 2']);
  });

  it('is of no use to another window', async () => {
    const tiktok = await scriptedReport(({ from, to }) => page(from === to ? ['1 on 2026-03-01'] : []));
    tiktok.report.askAhead(MONTH, signal, () => undefined);
    expect(await read(tiktok)).toEqual(['1 on 2026-03-01']);
    expect(tiktok.asked).toHaveLength(2);
  });

  it('fails as any other: is tried again meanwhile, and refused once', async () => {
    const again = await scriptedReport(({ time }) =>
      time < 3 ? envelope(50000, 'System error') : page(['1 on 2026-03-01']),
    );
    again.report.askAhead(DAY, signal, () => undefined);
    expect(await read(again)).toEqual(['1 on 2026-03-01']);
    expect(again.asked).toHaveLength(3);
    again.memory.reservation.release();
    expect(await again.budget.first.take(again.budget.first.capacity, signal), 'its rows were given back').toBe(1_000);

    const refused = await scriptedReport(() => envelope(40001, 'No permission'));
    refused.report.askAhead(DAY, signal, () => undefined);
    await expect(read(refused)).rejects.toMatchObject({ code: 40001 });
    expect(refused.asked).toHaveLength(1);
  });
});
