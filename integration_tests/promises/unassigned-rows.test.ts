import { afterEach, describe, expect, it } from 'vitest';
import { ok, type Scripted, ScriptedServer, type SeenRequest } from '../../src/testing/scripted-server.ts';
import { errorOf, logsOf, read } from '../support/run-source.ts';

// TikTok writes 0 or -1 for an id where figures belong to no campaign.

const ADVERTISERS = ['7000000000000000001', '7000000000000000002'];
const DAY = '2026-03-01';

let server: ScriptedServer;
afterEach(() => server.stop());

/** Reads one day of two advertisers that each have a campaign and a row with this id. */
async function readWithId(id: string) {
  server = await ScriptedServer.start(({ path, query }: SeenRequest): Scripted => {
    if (path === 'advertiser/info/') {
      return ok({ list: ADVERTISERS.map((advertiser_id) => ({ advertiser_id, name: 'A', timezone: 'UTC' })) });
    }
    const ids = [`1${query.get('advertiser_id')?.slice(-1)}`, id];
    const list = ids.map((campaign_id) => ({
      dimensions: { campaign_id, stat_time_day: `${DAY} 00:00:00` },
      metrics: { spend: '12.50', impressions: '100', clicks: '3' },
    }));
    return ok({ list, page_info: { page: 1, page_size: 2, total_number: 2, total_page: 1 } });
  });
  return read({
    config: {
      credentials: { auth_type: 'access_token', access_token: 'token-0123456789' },
      advertiser_ids: ADVERTISERS,
      start_date: DAY,
      end_date: DAY,
      api_url: server.url,
    },
  });
}

describe('rows that TikTok assigns to no campaign', () => {
  it.each(['0', '-1'])('are loaded, and said once with advertiser, day and figures (%s)', async (id) => {
    const run = await readWithId(id);
    expect(run.exit).toBe(0);
    expect(run.records.map(({ campaign_id }) => campaign_id).sort()).toEqual([id, id, '11', '12'].sort());
    expect(logsOf(run, 'WARN').filter((text) => text.includes('assigns to nothing'))).toEqual([
      expect.stringMatching(
        new RegExp(
          `Advertiser 700000000000000000[12], ${DAY}: .* id ${id} \\(spend 12.50, impressions 100, clicks 3\\)`,
        ),
      ),
    ]);
  });
});

describe('a row whose id is a dash', () => {
  it('makes the answer one that cannot be trusted: its day is read again and then fails', async () => {
    const run = await readWithId('-');
    expect(run.exit).not.toBe(0);
    expect(run.records).toEqual([]);
    expect(errorOf(run)?.message).toMatch(
      /never added up in 3 readings: TikTok sent a row of 2026-03-01 without campaign_id/,
    );
  });
});
