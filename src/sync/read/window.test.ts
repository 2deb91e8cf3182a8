import { afterEach, describe, expect, it } from 'vitest';
import { adgroupDaily } from '../../streams/adgroup-daily.ts';
import { type Asked, page, type RowText, rowsOfDay, scriptedReport } from '../../testing/scripted-report.ts';
import { envelope } from '../../testing/scripted-server.ts';
import { readWindow } from './window.ts';

const { signal } = new AbortController();
const DAY = { from: '2026-03-01', to: '2026-03-01' };
const MONTH = { from: '2026-03-01', to: '2026-03-30' };

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
});

async function setUp(...args: Parameters<typeof scriptedReport>) {
  const tiktok = await scriptedReport(...args);
  open.push(tiktok);
  return tiktok;
}

/** What of a window was read: the rows, or how to go on. */
async function read(tiktok: Awaited<ReturnType<typeof setUp>>, window = DAY) {
  const result = await readWindow(tiktok.report, window, tiktok.memory, signal);
  if (result.kind !== 'rows') return result;
  return result.records.map(({ key }): RowText => `${Number(key.slice(10))} on ${key.slice(0, 10)}`);
}

const pagesOf = (asked: readonly Asked[]) =>
  asked.map(({ from, to, page, campaignIds }) => `${from}..${to} ${page}${campaignIds ? ` of ${campaignIds}` : ''}`);

describe('an answer that cannot be trusted', () => {
  it('holds a row of a day that was not asked for, though it counts right', async () => {
    const tiktok = await setUp(() => page(['1 on 2026-03-01', '2 on 2026-02-28']));
    await expect(read(tiktok)).rejects.toThrow(/never added up in 3 readings: TikTok sent a row of 2026-02-28/);
  });

  it('holds a row without its day, beside as many others as TikTok counts', async () => {
    const tiktok = await setUp(() => page(['1 on 2026-03-01', '2 on 2026-03-01', '3 on '], { total: 2 }));
    await expect(read(tiktok)).rejects.toThrow(/never added up/);
  });

  it('holds a day that is written in another way, though it sorts between the days asked for', async () => {
    const tiktok = await setUp(() => page(['1 on 2025/12/25']));
    const result = await readWindow(tiktok.report, { from: '2025-12-20', to: '2026-01-10' }, tiktok.memory, signal);
    expect(result).toMatchObject({ kind: 'split', lasting: false, why: 'TikTok sent a row of 2025/12/25' });
  });

  it('holds a row whose id is a dash', async () => {
    const tiktok = await setUp(() => page(['- on 2026-03-01' as RowText]));
    await expect(read(tiktok)).rejects.toThrow(/TikTok sent a row of 2026-03-01 without campaign_id/);
  });

  it('counts other rows on one page than on another', async () => {
    const tiktok = await setUp(({ page: number, time }) =>
      page(rowsOfDay(DAY.from, 1_001, number), { total: number === 2 && time === 1 ? 1_002 : 1_001 }),
    );
    expect(await read(tiktok)).toHaveLength(1_001);
    expect(pagesOf(tiktok.asked).filter((text) => text.endsWith(' 1'))).toHaveLength(2);
  });
});

describe('a day that TikTok counts otherwise than it sends, for good', () => {
  const lasting = () => page(rowsOfDay(DAY.from, 25), { total: 26 });

  it('fails, and the advice names the key that would let it be', async () => {
    const tiktok = await setUp(lasting);
    await expect(read(tiktok)).rejects.toMatchObject({
      message: expect.stringContaining('TikTok counted 26 rows and sent 25'),
      advice: expect.stringContaining('set inconsistent_reports to warn'),
    });
  });

  it('is taken with a warning of both counts where the operator lets it be', async () => {
    const tiktok = await setUp(lasting, { inconsistentReports: 'warn' });
    const result = await readWindow(tiktok.report, DAY, tiktok.memory, signal);
    expect(result).toMatchObject({
      kind: 'rows',
      records: { length: 25 },
      warnings: [expect.stringMatching(/counted 26 rows and sent 25.*All 3 readings brought the same rows/)],
    });
    expect(tiktok.asked).toHaveLength(3);
  });

  it('is found by splitting the window around it', async () => {
    const tiktok = await setUp(lasting, { inconsistentReports: 'warn' });
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 15, lasting: false });
  });

  it('has a row that comes twice in it only once', async () => {
    const tiktok = await setUp(() => page(['1 on 2026-03-01', '1 on 2026-03-01', '2 on 2026-03-01']), {
      inconsistentReports: 'warn',
    });
    expect(await read(tiktok)).toEqual(['1 on 2026-03-01', '2 on 2026-03-01']);
  });

  it('is taken as well when it is a slice of a cut report', async () => {
    const tiktok = await setUp(
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
    const tiktok = await setUp(moving({ until: 1 }));
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
      const tiktok = await setUp(moving({ until: 2, metric }));
      expect(await read(tiktok)).toHaveLength(1_500);
      expect(tiktok.asked).toHaveLength(4);
    },
  );

  it('is split, and at one day fails, when its totals never agree', async () => {
    const tiktok = await setUp(moving());
    const why = "TikTok's total of spend was 70.00 on one page, 80.00 on another";
    expect(await read(tiktok, MONTH)).toEqual({ kind: 'split', days: 15, lasting: false, why });
    await expect(read(tiktok)).rejects.toThrow(`never added up in 3 readings: ${why}.`);
  });

  it('is taken as it is while its days are so young that their figures move by themselves', async () => {
    const tiktok = await setUp(moving(), { settledThrough: '2026-02-28' });
    expect(await read(tiktok)).toHaveLength(1_500);
    expect(tiktok.asked).toHaveLength(2);
  });

  it('asks for no totals in the sandbox, which refuses them', async () => {
    const tiktok = await setUp(moving(), { sandbox: true });
    expect(await read(tiktok)).toHaveLength(1_500);
    expect(tiktok.asked.map(({ totals }) => totals)).toEqual([false, false]);
    expect(tiktok.asked[0]?.metrics).toEqual(['spend']);
  });
});

describe('a report with more rows than may be in memory', () => {
  it('is split at once into as many windows as it needs, for good, and no further page is asked for', async () => {
    const tiktok = await setUp(() => page(rowsOfDay(DAY.from, 1_000), { total: 19_000 }));
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 7, lasting: true });
    expect(tiktok.asked).toHaveLength(1);
  });

  it('of one day is left to be read page by page', async () => {
    const tiktok = await setUp(() => page(rowsOfDay(DAY.from, 1_000), { total: 5_001 }));
    expect(await read(tiktok)).toEqual({ kind: 'too_many_rows' });
    expect(tiktok.asked).toHaveLength(1);
  });
});

describe('the rows of a window', () => {
  it('are reserved before its further pages are asked for, and until they are out', async () => {
    let others: Promise<unknown> = Promise.resolve();
    let granted = false;
    const tiktok = await setUp(({ page: number }) => {
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
    const tiktok = await setUp(({ time }) => {
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
    const tiktok = await setUp(() => envelope(50002, 'Request timed out'));
    await expect(read(tiktok)).rejects.toMatchObject({ kind: 'timeout' });
    expect(tiktok.asked).toHaveLength(2);
  });

  it('is not asked for again when TikTok finds it too large', async () => {
    const tiktok = await setUp(() => envelope(40067, 'The query is too large'));
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
    const tiktok = await setUp((asked) => {
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
    const tiktok = await setUp((asked) => {
      const { rest } = tiktok.budget;
      if (asked.page === 1 && asked.time === 2) void rest.take(rest.capacity, signal);
      return script(asked);
    });
    expect(await read(tiktok)).toHaveLength(2_500);
  });

  it('ends the window with its error when that lasts longer than the patience', async () => {
    const tiktok = await setUp(failing(Number.POSITIVE_INFINITY), { patienceMs: 45_000 });
    await expect(read(tiktok)).rejects.toMatchObject({ name: 'TikTokError', httpStatus: 503 });
    expect(tiktok.asked.filter(({ page: number }) => number === 1)).toHaveLength(3);
  });

  it('because the advertiser is asked too often is waited for with all the patience there is', async () => {
    let refusals = 7; // 1 + 2 + 4 + 8 + 16 + 32 + 60 seconds
    const tiktok = await setUp(({ page: number }) => {
      if (number === 2 && refusals-- > 0) return envelope(40133, 'request is temporarily restricted');
      return page(rowsOfDay(DAY.from, 1_500, number), { total: 1_500 });
    });
    expect(await read(tiktok)).toHaveLength(1_500);
  });

  it('because TikTok refuses it fails the window at once', async () => {
    const tiktok = await setUp(({ page: number }) =>
      number === 2 ? envelope(40001, 'No permission') : page(rowsOfDay(DAY.from, 1_001), { total: 1_001 }),
    );
    await expect(read(tiktok)).rejects.toMatchObject({ code: 40001 });
    expect(tiktok.asked).toHaveLength(2);
  });

  it('takes back the requests for the other pages when it fails', async () => {
    const tiktok = await setUp(({ page: number }) => {
      if (number === 2) return envelope(40001, 'No permission');
      return number === 1 ? page(rowsOfDay(DAY.from, 2_500), { total: 2_500 }) : 'hang';
    });
    await expect(read(tiktok)).rejects.toMatchObject({ code: 40001 });
  });
});

describe('a report that TikTok cuts', () => {
  const ids = ['1', '2', '3'];
  const rows: RowText[] = ['1 on 2026-03-01', '2 on 2026-03-01', '3 on 2026-03-01'];
  const of = (campaignIds: readonly string[]) => rows.filter((text) => campaignIds.includes(text.split(' ')[0] ?? ''));
  const cut = page(rows.slice(0, 2), { cut: true });

  it('says so on any of its pages', async () => {
    const tiktok = await setUp(
      ({ page: number, campaignIds }) =>
        campaignIds
          ? page(campaignIds.map((id): RowText => `${Number(id)} on ${DAY.from}`))
          : page(rowsOfDay(DAY.from, 1_050, number), { total: 1_050, cut: number === 2 }),
      { campaigns: () => Array.from({ length: 1_050 }, (_, index) => String(index + 1)) },
    );
    expect(await read(tiktok)).toHaveLength(1_050);
    expect(tiktok.asked.some(({ campaignIds }) => campaignIds !== undefined)).toBe(true);
  });

  it('is looked for in a fresh list of campaigns when one was made since the list was read', async () => {
    const tiktok = await setUp(
      ({ campaignIds }) => (campaignIds ? page(of(campaignIds)) : page([...rows].reverse().slice(0, 2), { cut: true })),
      { campaigns: (time) => (time === 1 ? ids.slice(0, 2) : ids) },
    );
    expect(await read(tiktok)).toEqual(rows);
    expect(tiktok.campaignLists).toBe(2);
    expect(pagesOf(tiktok.asked).slice(1)).toEqual([
      '2026-03-01..2026-03-01 1 of 1,2',
      '2026-03-01..2026-03-01 1 of 3',
    ]);
  });

  it.each([0, -1] as const)(
    'has its rows of the id %d, which belong to no campaign, beside those of the slices',
    async (id) => {
      const unassigned: RowText = `${id} on 2026-03-01`;
      const tiktok = await setUp(
        ({ campaignIds }) =>
          campaignIds ? page(of(campaignIds)) : page([unassigned, ...rows.slice(0, 2)], { cut: true }),
        { campaigns: () => ids, ofAdvertiser: () => ({ '2026-03-01': { spend: '5.00' } }) },
      );
      const result = await readWindow(tiktok.report, DAY, tiktok.memory, signal);
      expect(result).toMatchObject({ kind: 'rows', records: { length: 4 } });
      expect(result).toMatchObject({
        warnings: [
          expect.stringMatching(/no slice has its rows with the id 0 or -1.*may be too low/),
          expect.stringContaining('spend is 4.00 in the rows'),
        ],
      });
      expect(tiktok.campaignLists).toBe(1);
    },
  );

  it('has a slice that does not add up read again', async () => {
    const tiktok = await setUp(
      ({ campaignIds, time }) => {
        if (!campaignIds) return cut;
        return page(time < 3 ? rows.slice(0, 2) : rows, { total: 3 });
      },
      { campaigns: () => ids },
    );
    expect(await read(tiktok)).toEqual(rows);
    expect(tiktok.asked).toHaveLength(4);
  });

  it('is split when a slice never adds up, even where every row of the cut report came', async () => {
    const tiktok = await setUp(({ campaignIds }) => (campaignIds ? page(rows.slice(0, 2), { total: 3 }) : cut), {
      campaigns: () => ids,
    });
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 15, lasting: false });
    await expect(read(tiktok)).rejects.toThrow(/its slices never added up in 3 readings/);
  });

  it('is split when its slices together are more than may be in memory; one day is read page by page', async () => {
    const tiktok = await setUp(({ campaignIds }) => (campaignIds ? page(of(campaignIds)) : cut), {
      campaigns: () => ids,
      rowLimit: 2,
    });
    tiktok.report.sliceSize = 1;
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 15, lasting: true });
    expect(await read(tiktok)).toEqual({ kind: 'too_many_rows' });
  });

  it.each([
    ['finds too large', envelope(40067, 'The query is too large')],
    ['has no time for', envelope(50002, 'Request timed out')],
  ])('is read by smaller slices where TikTok %s one of a single day', async (_says, refusal) => {
    const tiktok = await setUp(
      ({ campaignIds }) => {
        if (!campaignIds) return cut;
        return campaignIds.length > 1 ? refusal : page(of(campaignIds));
      },
      { campaigns: () => ids },
    );
    expect(await read(tiktok)).toEqual(rows);
    expect(tiktok.report.sliceSize, 'for the rest of the run').toBe(1);
  });

  it('is split where TikTok finds a slice of several days too large, and fails where it is one campaign of one day', async () => {
    const tiktok = await setUp(({ campaignIds }) => (campaignIds ? envelope(40067, 'too large') : cut), {
      campaigns: () => ids,
    });
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 15, lasting: true });
    await expect(read(tiktok)).rejects.toMatchObject({ kind: 'too_large' });
  });

  it('is read by ad groups of the one campaign that is cut alone, and only of it, from then on at once', async () => {
    const campaigns = Array.from({ length: 300 }, (_, index) => String(index + 1));
    // Campaign 7 has five ad groups, each other campaign one, of the same id.
    const adgroupsOf = (campaignId: string) =>
      campaignId === '7' ? ['7', '1007', '2007', '3007', '4007'] : [campaignId];
    const idDimension = 'adgroup_id';
    const answer = (ids: readonly string[], isCut: boolean) => {
      const all = ids.map((id): RowText => `${Number(id)} on ${DAY.from}`);
      return page(isCut ? all.slice(0, 1) : all, { idDimension, cut: isCut });
    };
    const tiktok = await setUp(
      ({ campaignIds = campaigns, adgroupIds }) =>
        adgroupIds
          ? answer(adgroupIds, adgroupIds.length > 3)
          : answer(campaignIds.flatMap(adgroupsOf), campaignIds.includes('7')),
      { stream: adgroupDaily, campaigns: () => campaigns, adgroups: adgroupsOf },
    );
    const readAgain = async () => {
      const before = tiktok.asked.length;
      expect(await read(tiktok)).toHaveLength(304);
      const asked = tiktok.asked.slice(before);
      const ofSeven = asked.flatMap(({ campaignIds, adgroupIds }) =>
        adgroupIds ? [`${campaignIds}: ${adgroupIds}`] : [],
      );
      expect(ofSeven.sort()).toEqual(['7: 3007,4007', '7: 7,1007,2007', '7: 7,1007,2007,3007,4007']);
      return asked.filter(({ adgroupIds }) => !adgroupIds).map(({ campaignIds }) => campaignIds?.length);
    };
    // The slice that campaign 7 is in is halved until it is alone.
    expect((await readAgain()).length).toBeLessThan(30);
    expect(await readAgain()).toEqual([undefined, 100, 100, 99]);
    expect(tiktok.report.sliceSize).toBe(100);
  });

  it('fails where a campaign or an ad group is cut alone, and says what it is', async () => {
    const ofCampaigns = await setUp(() => cut, { campaigns: () => ids });
    await expect(read(ofCampaigns)).rejects.toMatchObject({
      message: expect.stringMatching(/cuts the report of campaign \d even alone\./),
      evidence: 'TikTok said: “too many ads”.',
      advice: expect.stringMatching(/Read it by ad group or ad/),
    });
    const ofAdgroups = await setUp(() => page(rows.slice(0, 1), { cut: true, idDimension: 'adgroup_id' }), {
      stream: adgroupDaily,
      campaigns: () => ids,
      adgroups: () => ['8', '9'],
    });
    await expect(read(ofAdgroups)).rejects.toThrow(/cuts the report of ad group \d of campaign \d even alone/);
  });

  describe('and that is repaired', () => {
    const spend = (figure: string) => ({ spend: figure, impressions: '-' });
    const repaired = async (options: Parameters<typeof scriptedReport>[1], window = DAY) => {
      const tiktok = await setUp(({ campaignIds }) => (campaignIds ? page(of(campaignIds)) : cut), {
        campaigns: () => ids,
        ...options,
      });
      const result = await readWindow(tiktok.report, window, tiktok.memory, signal);
      return { tiktok, warnings: result.kind === 'rows' ? result.warnings : result };
    };

    it('is held against the figures of the advertiser as a whole, asked for in one request', async () => {
      const { tiktok, warnings } = await repaired({ ofAdvertiser: () => ({ '2026-03-01': spend('3.00') }) }, MONTH);
      expect(warnings).toEqual([]);
      expect(tiktok.totalsAsked.map((query) => Object.fromEntries(query))).toEqual([
        expect.objectContaining({
          dimensions: '["advertiser_id","stat_time_day"]',
          metrics: '["spend","impressions","clicks"]',
          start_date: MONTH.from,
          end_date: MONTH.to,
        }),
      ]);
      expect(tiktok.totalsAsked[0]?.has('filtering')).toBe(false);
    });

    it('is loaded with a warning of both figures where they differ', async () => {
      const figures = { '2026-03-01': spend('3.00'), '2026-03-02': spend('4.50'), '2026-03-03': spend('1.00') };
      const { warnings } = await repaired({ ofAdvertiser: () => figures }, MONTH);
      expect(warnings).toEqual([
        expect.stringMatching(
          /2026-03-02: spend is 0 in the rows .* and 4\.50 for the advertiser as a whole; so for 1 more day\. .*reservation/,
        ),
      ]);
    });

    it('may have more than was counted for a day that still moves, but not less', async () => {
      const day = (figure: string) => ({
        settledThrough: '2026-02-28',
        ofAdvertiser: () => ({ '2026-03-01': spend(figure) }),
      });
      expect((await repaired(day('2.90'))).warnings).toEqual([]);
      expect((await repaired(day('3.10'))).warnings).toEqual([expect.stringContaining('3.10 for the advertiser')]);
    });

    it.each([
      ['the sandbox, which does not know them', { sandbox: true }],
      ['deleted campaigns are left out, which they hold', { includeDeleted: false }],
    ])('is not held against them in case of %s', async (_says, options) => {
      const { tiktok, warnings } = await repaired({ ...options, ofAdvertiser: () => ({}) });
      expect(tiktok.totalsAsked).toEqual([]);
      expect(warnings).toEqual([]);
    });
  });

  it('has no slice followed that claims more rows than may be in memory', async () => {
    const tiktok = await setUp(({ campaignIds }) => (campaignIds ? page(rows, { total: 20_000 }) : cut), {
      campaigns: () => ids,
    });
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 7, lasting: true });
    await expect(read(tiktok)).rejects.toThrow(/one slice of its campaigns still has 20000 rows/);
    expect(tiktok.asked.filter(({ page: number }) => number > 1)).toEqual([]);
  });
});
