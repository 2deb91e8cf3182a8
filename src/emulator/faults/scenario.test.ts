import { describe, expect, it } from 'vitest';
import { parseScenario, parseScenarioText, ScenarioError } from './scenario.ts';

function mistakesIn(value: unknown): readonly string[] {
  try {
    parseScenario(value, 'bad.json');
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.mistakes;
    throw error;
  }
}

describe('a scenario with mistakes', () => {
  it.each([
    [
      { fautls: [] },
      'fautls is unknown; expected one of description, seed, now, attribution_days, conversion_rate_basis, ads_max, cuts_advertisers, sandbox, latency_ms, accounts, quota, faults, events.',
    ],
    [{ seed: 'x' }, 'seed is "x"; expected a whole number.'],
    [{ now: 'yesterday' }, 'now is "yesterday"; expected an instant such as 2026-03-15T12:00:00Z.'],
    [{ now: '2026-02-30T12:00:00Z' }, 'now is "2026-02-30T12:00:00Z", which is no instant.'],
    [{ faults: [{}] }, 'faults[0].then is missing.'],
    [{ faults: [{ then: {} }] }, 'faults[0].then is an empty object; expected something in it.'],
    [{ faults: [{ then: { hang: false } }] }, 'faults[0].then.hang is false; expected true, or leave it out.'],
    [
      { faults: [{ then: { code: 0 } }] },
      "faults[0].then.code is 0, which is a success; expected one of TikTok's codes.",
    ],
    [
      { faults: [{ then: { code: 40100, hang: true } }] },
      'faults[0].then has code and hang; a call can only have one of them.',
    ],
    [{ faults: [{ then: { hang: true, message: 'x' } }] }, 'faults[0].then.message has no code to go with.'],
    [{ faults: [{ then: { http_status: 200 } }] }, 'faults[0].then.http_status is 200; expected at least 400.'],
    [{ faults: [{ when: { page: 0 }, then: { hang: true } }] }, 'faults[0].when.page is 0; expected at least 1.'],
    [
      { faults: [{ when: { advertisers: ['#9'] }, then: { hang: true } }] },
      'faults[0].when.advertisers[0] is #9, but the scenario has 4 accounts.',
    ],
    [
      { faults: [{ when: { advertisers: ['nine'] }, then: { hang: true } }] },
      'faults[0].when.advertisers[0] is "nine"; expected an advertiser id, or #1 for the first account.',
    ],
    [
      { faults: [{ when: { days: { from: '2026-03-02', to: '2026-03-01' } }, then: { hang: true } }] },
      'faults[0].when.days ends before it begins.',
    ],
    [
      { faults: [{ when: { calls: { from: 3, to: 2 } }, then: { hang: true } }] },
      'faults[0].when.calls ends before it begins.',
    ],
    [{ faults: [{ probability: 2, then: { hang: true } }] }, 'faults[0].probability is 2; expected at most 1.'],
    [
      { accounts: [{ timezone: 'Mars/Olympus' }] },
      'accounts[0].timezone is "Mars/Olympus", which is no zone of the tz database.',
    ],
    [{ accounts: [{ id: '1' }, { id: '1' }] }, 'accounts[1].id 1 is that of another account.'],
    [
      { accounts: [{ campaigns: 2, deleted_campaigns: 3 }] },
      'accounts[0].deleted_campaigns is more than the 2 campaigns that there are.',
    ],
    [
      { accounts: [{ created: '2026-13-01' }] },
      'accounts[0].created is "2026-13-01", which is not a day of the calendar.',
    ],
    [{ events: [{ do: { revoke_token: true } }] }, 'events[0] needs after_calls or at, one of the two.'],
    [
      { quota: { tier: 'gold' } },
      'quota.tier is "gold"; expected "basic", "advanced", "premium", "ultimate", "sandbox".',
    ],
    [[], 'the whole is an empty list; expected an object.'],
  ])('%j', (scenario, mistake) => {
    expect(mistakesIn(scenario)).toContain(mistake);
  });

  it('is told all of them at once, each with its place', () => {
    const mistakes = mistakesIn({
      speed: 1,
      faults: [{ then: { code: 'x' } }, { then: { delay_ms: -1 }, times: 0 }],
      events: [{ after_calls: -1, do: {} }],
    });
    expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual([
      'speed',
      'faults[0].then.code',
      'faults[1].times',
      'faults[1].then.delay_ms',
      'events[0].after_calls',
      'events[0].do',
    ]);
  });

  it('is told what endpoints there are', () => {
    const [mistake] = mistakesIn({ faults: [{ when: { endpoint: 'report/get/' }, then: { hang: true } }] });
    expect(mistake).toMatch(
      /^faults\[0\]\.when\.endpoint is "report\/get\/", which the emulator does not serve; expected one of report\/integrated\/get\//,
    );
  });

  it('is told the line and column where its text is no JSON', () => {
    const parse = () => parseScenarioText('{\n  "seed": 1,\n  seed\n}', 'mine.json');
    expect(parse).toThrow(/^mine\.json has a mistake:\n- line 3, column 3: the text is no JSON/);
  });
});

it('takes the schema’s own address, so that editors can help', () => {
  expect(mistakesIn({ $schema: '../schemas/scenario.json' })).toEqual([]);
});
