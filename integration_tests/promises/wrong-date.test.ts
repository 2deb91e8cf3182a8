import { afterEach, describe, expect, it } from 'vitest';
import { ok, type Scripted, ScriptedServer } from '../../src/testing/scripted-server.ts';
import { read } from '../support/run-source.ts';

// The account's today decides which days are read, and it comes from the `Date` header of TikTok's answers.

const ADVERTISER = '7000000000000000001';
const daysAgo = (count: number) => new Date(Date.now() - count * 86_400_000);
const day = (date: Date) => date.toISOString().slice(0, 10);

let server: ScriptedServer;
afterEach(() => server.stop());

/** Reads the last ten days; `dates` are those of the answers in turn, the last one for all that follow. */
async function readWithDates(...dates: readonly Date[]) {
  server = await ScriptedServer.start(({ path, query }, count): Scripted => {
    const date = dates[Math.min(count, dates.length) - 1] ?? new Date();
    return { ...answer(path, query), headers: { Date: date.toUTCString() } };
  });
  const run = await read({
    config: {
      credentials: { auth_type: 'access_token', access_token: 'token-0123456789' },
      advertiser_ids: [ADVERTISER],
      start_date: day(daysAgo(10)),
      api_url: server.url,
    },
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
    const { run, asked, through } = await readWithDates(wrong, new Date());
    expect(run.exit).toBe(0);
    expect(through).toBe(day(new Date()));
    expect(asked.map((query) => query.get('end_date'))).toEqual([day(new Date())]);
    expect(run.records).toHaveLength(1);
  });

  it('decides nothing either where no two answers agree', async () => {
    const hours = Array.from({ length: 8 }, (_, index) => new Date(Date.UTC(2031, index, 1)));
    const { run, through } = await readWithDates(...hours, new Date());
    expect(run.exit).toBe(0);
    expect(through).toBe(day(new Date()));
  });

  it('ends the run without a state when the answers turn out to be of today', async () => {
    const wrong = new Date('2031-01-01T12:00:00Z');
    const { run, through } = await readWithDates(wrong, wrong, new Date());
    expect(run.exit).not.toBe(0);
    expect(through).toBeUndefined();
    expect(run.stdout).toContain("The dates of TikTok's answers contradict each other");
  });
});

it("a clock that all answers agree on is the day's, however far from this machine's", async () => {
  const { run, through, asked } = await readWithDates(daysAgo(3));
  expect(run.exit).toBe(0);
  expect(through).toBe(day(daysAgo(3)));
  expect(asked).toHaveLength(1);
});
