import { afterEach, describe, expect, it } from 'vitest';
import { adgroupDaily } from '../../streams/adgroup-daily.ts';
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

describe('a report that TikTok cuts', () => {
  const ids = ['1', '2', '3'];
  const rows: RowText[] = ['1 on 2026-03-01', '2 on 2026-03-01', '3 on 2026-03-01'];
  const of = (campaignIds: readonly string[]) => rows.filter((text) => campaignIds.includes(text.split(' ')[0] ?? ''));
  const cut = page(rows.slice(0, 2), { cut: true });

  it('says so on any of its pages', async () => {
    const tiktok = await scriptedReport(
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
    const tiktok = await scriptedReport(
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
      const tiktok = await scriptedReport(
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
    const tiktok = await scriptedReport(
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
    const tiktok = await scriptedReport(
      ({ campaignIds }) => (campaignIds ? page(rows.slice(0, 2), { total: 3 }) : cut),
      {
        campaigns: () => ids,
      },
    );
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 15, lasting: false });
    await expect(read(tiktok)).rejects.toThrow(/its slices never added up in 3 readings/);
  });

  it('is split when its slices together are more than may be in memory; one day is read page by page', async () => {
    const tiktok = await scriptedReport(({ campaignIds }) => (campaignIds ? page(of(campaignIds)) : cut), {
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
    const tiktok = await scriptedReport(
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
    const tiktok = await scriptedReport(({ campaignIds }) => (campaignIds ? envelope(40067, 'too large') : cut), {
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
    const tiktok = await scriptedReport(
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
    const ofCampaigns = await scriptedReport(() => cut, { campaigns: () => ids });
    await expect(read(ofCampaigns)).rejects.toMatchObject({
      message: expect.stringMatching(/cuts the report of campaign \d even alone\./),
      evidence: 'TikTok said: “too many ads”.',
      advice: expect.stringMatching(/Read it by ad group or ad/),
    });
    const ofAdgroups = await scriptedReport(() => page(rows.slice(0, 1), { cut: true, idDimension: 'adgroup_id' }), {
      stream: adgroupDaily,
      campaigns: () => ids,
      adgroups: () => ['8', '9'],
    });
    await expect(read(ofAdgroups)).rejects.toThrow(/cuts the report of ad group \d of campaign \d even alone/);
  });

  describe('and that is repaired', () => {
    const spend = (figure: string) => ({ spend: figure, impressions: '-' });
    const repaired = async (options: Parameters<typeof scriptedReport>[1], window = DAY) => {
      const tiktok = await scriptedReport(({ campaignIds }) => (campaignIds ? page(of(campaignIds)) : cut), {
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
    const tiktok = await scriptedReport(({ campaignIds }) => (campaignIds ? page(rows, { total: 20_000 }) : cut), {
      campaigns: () => ids,
    });
    expect(await read(tiktok, MONTH)).toMatchObject({ kind: 'split', days: 7, lasting: true });
    await expect(read(tiktok)).rejects.toThrow(/one slice of its campaigns still has 20000 rows/);
    expect(tiktok.asked.filter(({ page: number }) => number > 1)).toEqual([]);
  });
});
