import { afterEach, describe, expect, it } from 'vitest';
import { stopAll } from '../../testing/scripted-client.ts';
import { type Asked, page, type RowText, rowsOfDay, scriptedReport } from '../../testing/scripted-report.ts';
import type { Scripted } from '../../testing/scripted-server.ts';
import { streamDay } from './stream-day.ts';

const { signal } = new AbortController();
const DAY = '2026-03-01';
const CAMPAIGNS = 5_500;

afterEach(stopAll);

/** Streams a day with 5,500 rows of which 5,000 may be in memory. */
async function stream(
  script: (asked: Asked, pagesSent: number) => Scripted,
  options: NonNullable<Parameters<typeof scriptedReport>[1]> = {},
) {
  const batches: string[][] = [];
  const tiktok = await scriptedReport((asked) => script(asked, batches.length), options);
  const warnings: string[] = [];
  const error = await streamDay(
    tiktok.report,
    {
      ...tiktok.memory,
      day: DAY,
      send: async (records) => {
        batches.push(records.map(({ key }) => key));
      },
      warn: (message) => warnings.push(message),
    },
    signal,
  ).catch((thrown: unknown) => thrown);
  return { tiktok, batches, keys: new Set(batches.flat()), warnings, error };
}

const whole = ({ page: number }: Pick<Asked, 'page'>, total = CAMPAIGNS) =>
  page(rowsOfDay(DAY, CAMPAIGNS, number), { total });

describe('a day with more rows than may be in memory', () => {
  it('leaves page by page, each sorted, no more than four asked for ahead', async () => {
    const sentBefore: number[] = [];
    const { batches, keys, error, warnings, tiktok } = await stream((asked, pagesSent) => {
      sentBefore[asked.page] = pagesSent;
      return whole(asked);
    });
    expect(sentBefore.slice(1)).toEqual([0, 1, 1, 1, 1, 5]);
    expect(error).toBeUndefined();
    expect(warnings).toEqual([]);
    expect(keys.size).toBe(CAMPAIGNS);
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 500]);
    for (const batch of batches) expect(batch).toEqual([...batch].sort());
    expect(tiktok.asked).toHaveLength(6);
  });

  it.each<[string, (asked: Asked) => Scripted]>([
    [
      'a page that is one row short',
      (asked) => page(rowsOfDay(DAY, CAMPAIGNS, asked.page).slice(1), { total: CAMPAIGNS }),
    ],
    ['a row that comes twice, for another', () => page(rowsOfDay(DAY, CAMPAIGNS, 2), { total: CAMPAIGNS })],
    [
      'a row too many that came before',
      () => page([...rowsOfDay(DAY, CAMPAIGNS, 3), `1 on ${DAY}`], { total: CAMPAIGNS }),
    ],
    ['a total that differs', (asked) => whole(asked, CAMPAIGNS + 1)],
    [
      'a row of another day',
      (asked) => page(rowsOfDay(DAY, CAMPAIGNS, asked.page).with(0, '1 on 2026-02-28'), { total: CAMPAIGNS }),
    ],
  ])('is said, read and sent again from its first row after %s', async (_says, disturbed) => {
    const { batches, keys, warnings, error } = await stream((asked) =>
      asked.page === 3 && asked.time === 1 ? disturbed(asked) : whole(asked),
    );
    expect(error).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/2026-03-01 did not add up .*read and sent again/)]);
    expect(new Set(batches.slice(-6).flat()).size).toBe(CAMPAIGNS);
    expect(keys.size, 'no row of another day among them').toBe(CAMPAIGNS);
  });

  it.each([
    ['a row of a day to come', '1 on 2031-01-01'],
    ['a row whose day is no day', '1 on 2026-03-1"x'],
    ['a row without an id', ` on ${DAY}`],
  ] as [string, RowText][])('lets nothing of a page leave that holds %s', async (_says, stray) => {
    const { batches, keys, error } = await stream((asked) =>
      asked.page === 3 && asked.time === 1
        ? page(rowsOfDay(DAY, CAMPAIGNS, 3).with(5, stray), { total: CAMPAIGNS })
        : whole(asked),
    );
    expect(error).toBeUndefined();
    expect(
      batches.map(({ length }) => length),
      'the two pages before it, then the whole day',
    ).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 500]);
    expect([...keys].filter((key) => !key.startsWith(DAY))).toEqual([]);
  });

  it('fails loudly when no pass adds up', async () => {
    const { error, warnings } = await stream((asked) =>
      asked.page === 6 ? page(rowsOfDay(DAY, CAMPAIGNS - 1, 6), { total: CAMPAIGNS }) : whole(asked),
    );
    expect(error).toMatchObject({
      name: 'WindowError',
      message: expect.stringMatching(/never added up in 3 readings.*do not count as read/),
      advice: expect.stringContaining('set start_date to the day after 2026-03-01'),
    });
    expect(warnings).toHaveLength(2);
  });

  it('is taken after three passes that brought the same rows, where the operator lets it be', async () => {
    const inconsistent = { inconsistentReports: 'warn' } as const;
    const lasting = await stream((asked) => whole(asked, CAMPAIGNS + 1), inconsistent);
    expect(lasting.error).toBeUndefined();
    expect(lasting.keys.size).toBe(CAMPAIGNS);
    expect(lasting.warnings).toHaveLength(3);
    expect(lasting.warnings.at(-1)).toMatch(/counted 5501 rows and sent 5500.*All 3 readings brought the same rows/);
    const moving = await stream(
      (asked) =>
        page(rowsOfDay(DAY, CAMPAIGNS, asked.page).slice(asked.page === 6 ? asked.time : 0), { total: CAMPAIGNS }),
      inconsistent,
    );
    expect(moving.error).toMatchObject({ name: 'WindowError' });
  });

  it("is held against TikTok's own totals when asked to", async () => {
    const totals = { spend: '5499.00' };
    const { error, warnings, tiktok } = await stream(
      ({ page: number }) => page(rowsOfDay(DAY, CAMPAIGNS, number), { total: CAMPAIGNS, totals }),
      { reconcile: true },
    );
    expect(error).toBeUndefined();
    expect(warnings.at(-1)).toBe("the rows add up to spend 5500.00, TikTok's own total is 5499.00");
    expect(tiktok.asked).toHaveLength(18);
  });

  it('is asked for no further than it has rows, whatever TikTok counts', async () => {
    const { error, tiktok, keys } = await stream(({ page: number }) =>
      page(number > 2 ? [] : rowsOfDay(DAY, 1_500, number), { total: 1e15 }),
    );
    expect(error).toMatchObject({
      name: 'WindowError',
      message: expect.stringMatching(/never added up in 3 readings: .*a page without new ones after 1500/),
    });
    expect(keys.size).toBe(1_500);
    expect(tiktok.asked, 'a page and four more, three times').toHaveLength(15);
  });

  it('ends as well when each page brings the same rows, whatever TikTok counts', async () => {
    const { error, tiktok } = await stream(() => page(rowsOfDay(DAY, 1_000), { total: 1e15 }));
    expect(error).toMatchObject({ name: 'WindowError' });
    expect(tiktok.asked).toHaveLength(15);
  });

  it('ends as well when TikTok cuts it and counts without end', async () => {
    const { error, tiktok, keys } = await stream(
      ({ page: number, campaignIds }) =>
        campaignIds
          ? page(campaignIds.map((id): RowText => `${Number(id)} on ${DAY}`))
          : page(number > 1 ? [] : rowsOfDay(DAY, 50), { total: 1e15, cut: true }),
      { campaigns: () => Array.from({ length: 60 }, (_, index) => String(index + 1)) },
    );
    expect(error).toBeUndefined();
    expect(keys.size).toBe(60);
    expect(tiktok.asked).toHaveLength(6);
  });

  it('is sent by slices of campaigns when TikTok cuts it', async () => {
    const campaigns = Array.from({ length: CAMPAIGNS }, (_, index) => String(index + 1));
    const { error, keys, tiktok, warnings } = await stream(
      ({ page: number, campaignIds }) =>
        campaignIds
          ? page(campaignIds.map((id): RowText => `${Number(id)} on ${DAY}`))
          : page(number === 6 ? [`0 on ${DAY}`] : rowsOfDay(DAY, 5_000, number), { total: 5_001, cut: true }),
      { campaigns: () => campaigns, ofAdvertiser: () => ({ [DAY]: { spend: '5502' } }) },
    );
    expect(error).toBeUndefined();
    expect(keys.size, 'one of them belongs to no campaign').toBe(CAMPAIGNS + 1);
    expect(tiktok.asked.filter(({ campaignIds }) => campaignIds)).toHaveLength(55);
    expect(warnings).toEqual([
      expect.stringContaining('no slice has its rows with the id 0 or -1'),
      expect.stringContaining('spend is 5501.00 in the rows'),
    ]);
  });
});
