import { afterEach, describe, expect, it } from 'vitest';
import { ok, type Scripted, ScriptedServer } from '../../src/testing/scripted-server.ts';
import { errorOf, read, type StreamState } from '../support/run-source.ts';

// The advertiser's today decides which days are read, and it comes from the `Date` header of TikTok's answers.

const ADVERTISER = '7000000000000000001';
const daysAgo = (count: number) => new Date(Date.now() - count * 86_400_000);
const day = (date: Date) => date.toISOString().slice(0, 10);

let server: ScriptedServer;
afterEach(() => server.stop());

const coverage = { from: day(daysAgo(100)), through: day(daysAgo(50)), as_of: day(daysAgo(50)) };
const answers = (count: number, date: string) => Array.from({ length: count }, () => new Date(date));

/** Reads the last days; `dates` are those of the answers in turn, the last one for all that follow. */
async function readWithDates(
  dates: readonly Date[],
  { days = 10, state }: { readonly days?: number; readonly state?: StreamState } = {},
) {
  server = await ScriptedServer.start(({ path, query }, count): Scripted => {
    const date = dates[Math.min(count, dates.length) - 1] ?? new Date();
    return { ...answer(path, query), headers: { Date: date.toUTCString() } };
  });
  const run = await read({
    config: {
      credentials: { auth_type: 'access_token', access_token: 'token-0123456789' },
      advertiser_ids: [ADVERTISER],
      start_date: day(daysAgo(days)),
      api_url: server.url,
    },
    state,
  });
  const asked = server.seen.filter(({ path }) => path === 'report/integrated/get/').map(({ query }) => query);
  return { run, asked, through: run.states.at(-1)?.advertisers[ADVERTISER]?.through };
}

function answer(path: string, query: URLSearchParams): { readonly body: string } {
  if (path === 'advertiser/info/') {
    return ok({ list: [{ advertiser_id: ADVERTISER, name: 'One', currency: 'USD', timezone: 'UTC' }] });
  }
  if (path !== 'report/integrated/get/') return ok({});
  const list = [
    {
      dimensions: { campaign_id: '1', stat_time_day: `${query.get('start_date')} 00:00:00` },
      metrics: { campaign_name: 'A', spend: '1.00' },
    },
  ];
  return ok({ list, page_info: { page: 1, page_size: 1, total_number: 1, total_page: 1 } });
}

describe('an answer whose Date header is wrong', () => {
  it.each([
    ['years ahead', new Date('2031-01-01T12:00:00Z')],
    ['days ahead', daysAgo(-3)],
    ['of 1970', new Date(0)],
  ])('(%s) does not decide which days are read', async (_says, wrong) => {
    const { run, asked, through } = await readWithDates([wrong, new Date()]);
    expect(run.exit).toBe(0);
    expect(through).toBe(day(new Date()));
    expect(asked.map((query) => query.get('end_date'))).toEqual([day(new Date())]);
    expect(run.records).toHaveLength(1);
  });

  it('decides nothing either where no two answers agree', async () => {
    const hours = Array.from({ length: 8 }, (_, index) => new Date(Date.UTC(2031, index, 1)));
    const { run, through } = await readWithDates([...hours, new Date()]);
    expect(run.exit).toBe(0);
    expect(through).toBe(day(new Date()));
  });

  it('does not either where four of five answers agree on a time that this machine does not know yet', async () => {
    const { run, through } = await readWithDates([...answers(4, '2031-01-01'), new Date()]);
    expect(run.exit).toBe(0);
    expect(through).toBe(day(new Date()));
    expect(run.records).toHaveLength(1);
  });

  it.each([
    ['as soon as one is of today', 5, {}],
    ['and takes back what was committed by then', 8, {}],
    ['and keeps the state that it was given', 8, { [ADVERTISER]: coverage }],
  ])('ends the run where five in a row agree on such a time, %s', async (_says, wrong, advertisers) => {
    const state = { version: 1, updated_at: '2026-01-01T00:00:00.000Z', advertisers };
    const { run } = await readWithDates([...answers(wrong, '2031-01-01'), new Date()], { days: 100, state });
    expect(run.exit).not.toBe(0);
    expect(run.states.at(-1)?.advertisers).toEqual(advertisers);
    expect(errorOf(run)).toMatchObject({
      failure_type: 'transient_error',
      message: expect.stringContaining("The dates of TikTok's answers contradict each other"),
    });
  });
});

it("a clock that all answers agree on is the day's, however far from this machine's", async () => {
  const { run, through, asked } = await readWithDates([daysAgo(3)]);
  expect(run.exit).toBe(0);
  expect(through).toBe(day(daysAgo(3)));
  expect(asked).toHaveLength(1);
});
