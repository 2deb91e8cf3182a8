import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/parse-config.ts';
import type { Advertiser } from '../../tiktok/endpoints/advertisers.ts';
import type { AdvertiserFailure, SyncEvent } from '../events.ts';
import type { AdvertiserPlan, RunPlan } from '../plan.ts';
import { StateError } from '../state.ts';
import { Ledger } from './ledger.ts';

const MONTH = { from: '2026-03-01', to: '2026-03-30' };
const COVERAGE = { from: '2026-03-01', through: '2026-03-30', as_of: '2026-03-31' };
const REFRESH = { number: 3 };

type Streams = ConstructorParameters<typeof Ledger>[1];

/** The ledger of a run of two advertisers, a month each, with a clock of the test's own. */
function opened(streams: Streams, { shard }: { shard?: string } = {}) {
  const clock = { ms: Date.UTC(2026, 2, 31), steadyMs: 0 };
  const config = parseConfig({
    credentials: { auth_type: 'access_token', access_token: 'token' },
    advertiser_ids: ['1', '2'],
    start_date: '2026-03-01',
    ...(shard !== undefined && { shard }),
  });
  const ledger = new Ledger(config, streams, {
    now: () => clock.ms,
    monotonicNow: () => clock.steadyMs,
    every: () => () => undefined,
  });
  const advertisers: Advertiser[] = [{ id: '1', name: 'Brand' }, { id: '2' }];
  ledger.select({ advertisers, unavailable: [], isEmpty: false });
  const plan: RunPlan = {
    advertisers: advertisers.map((advertiser) => ({ advertiser }) as AdvertiserPlan),
    advertiserCount: 2,
    windows: 2,
    days: 60,
    requests: 2,
    seconds: 1,
    warnings: [],
  };
  ledger.plan(new Map(streams.map(({ name }) => [name, plan])));
  return { ledger, clock };
}

const records = (count: number, bytes = 100) =>
  Array.from({ length: count }, () => ({ bytes: Buffer.alloc(bytes), start: 0, end: bytes }));

const failureOf = (stream: string | undefined, unavailable = false): AdvertiserFailure => ({
  ...(stream !== undefined && { stream }),
  advertiserId: '1',
  failureClass: 'temporary',
  unavailable,
  meaning: 'It failed.',
  advice: '',
  evidence: '',
  message: 'It failed.',
});

function statesIn(event: SyncEvent): Record<string, { updated_at: string; refresh?: unknown; advertisers: object }> {
  if (event.type !== 'checkpoint') throw new Error(`a checkpoint was expected, not ${event.type}`);
  return Object.fromEntries(event.states.map(({ stream, state }) => [stream, JSON.parse(state)]));
}

describe('a checkpoint', () => {
  it('has the streams with news only, all of them when none has, and all of them at the end', () => {
    const { ledger } = opened([{ name: 'a' }, { name: 'b' }]);
    ledger.commit('a', '1', COVERAGE, MONTH);
    expect(Object.keys(statesIn(ledger.checkpoint()))).toEqual(['a']);
    expect(Object.keys(statesIn(ledger.checkpoint()))).toEqual(['a', 'b']);
    ledger.commit('b', '2', COVERAGE, MONTH);
    const last = statesIn(ledger.checkpoint(ledger.finish({ requests: 2, interrupted: false })));
    expect(last).toMatchObject({ a: { advertisers: { 1: COVERAGE } }, b: { advertisers: { 2: COVERAGE } } });
  });

  it('is later than every one before it, also when the clock is behind the state that came in', () => {
    const before = { version: 1, updated_at: '2026-04-01T00:00:00.000Z', advertisers: {} };
    const { ledger, clock } = opened([{ name: 'a', state: before }]);
    const moments = [0, -1_000, 86_400_000].map((ms) => {
      clock.ms += ms;
      return statesIn(ledger.checkpoint()).a?.updated_at;
    });
    expect(moments).toEqual(['2026-04-01T00:00:00.001Z', '2026-04-01T00:00:00.002Z', '2026-04-01T00:00:00.003Z']);
  });

  it('is due half a minute after a commit, and at once when there were records enough for its bytes', () => {
    const { ledger, clock } = opened([{ name: 'a' }]);
    ledger.commit('a', '1', COVERAGE, MONTH);
    clock.steadyMs += 29_999;
    expect(ledger.isCheckpointDue).toBe(false);
    clock.steadyMs += 1;
    expect(ledger.isCheckpointDue).toBe(true);
    ledger.checkpoint();
    ledger.commit('a', '2', COVERAGE, MONTH);
    expect(ledger.isCheckpointDue).toBe(false);
    ledger.addRecords('a', '2', records(1_000));
    expect(ledger.isCheckpointDue).toBe(true);
  });

  it('holds the advertisers of its own shard, whatever the state holds', () => {
    const state = { version: 1, advertisers: { 1: COVERAGE, 2: COVERAGE } };
    const halves = ['0/2', '1/2'].map((shard) => {
      const { ledger } = opened([{ name: 'a', state }], { shard });
      return Object.keys(statesIn(ledger.checkpoint()).a?.advertisers ?? {});
    });
    expect(halves.flat().sort()).toEqual(['1', '2']);
  });
});

describe('the mark of a full refresh', () => {
  const refreshed = () => opened([{ name: 'a', refresh: REFRESH }, { name: 'b' }]).ledger;
  const lastOf = (ledger: Ledger, interrupted = false) =>
    statesIn(ledger.checkpoint(ledger.finish({ requests: 0, interrupted }))).a?.refresh;

  it('is in each state until the stream is read to its end', () => {
    const ledger = refreshed();
    expect(statesIn(ledger.checkpoint()).a?.refresh).toEqual(REFRESH);
    expect(lastOf(ledger)).toBeUndefined();
  });

  it('stays when the run is interrupted, and when the stream fails', () => {
    expect(lastOf(refreshed(), true)).toEqual(REFRESH);
    const failed = refreshed();
    failed.fail(failureOf('a'));
    expect(lastOf(failed)).toEqual(REFRESH);
  });

  it('goes when only another stream fails', () => {
    const ledger = refreshed();
    ledger.fail(failureOf('b'));
    expect(lastOf(ledger)).toBeUndefined();
  });

  it('lets an attempt at the same refresh keep what was read, in any order of its keys, and no other', () => {
    const state = { version: 1, refresh: { b: 2, a: 1 }, advertisers: { 1: COVERAGE } };
    const known = (refresh: object) =>
      opened([{ name: 'a', state, refresh: { ...refresh } }]).ledger.coverageOf('a').size;
    expect(known({ a: 1, b: 2 })).toBe(1);
    expect(known({ a: 1, b: 3 })).toBe(0);
    expect(known({ a: 1 })).toBe(0);
  });
});

describe('the account of a run', () => {
  it('says of each advertiser what was taken, and up to when it has been read', () => {
    const { ledger } = opened([{ name: 'a' }]);
    ledger.addRecords('a', '1', records(3));
    ledger.commit('a', '1', COVERAGE, MONTH);
    expect(ledger.finish({ requests: 4, interrupted: false })).toEqual({
      streams: [
        {
          stream: 'a',
          records: 3,
          advertisers: [
            { advertiserId: '1', advertiserName: 'Brand', records: 3, days: 30, through: '2026-03-30' },
            { advertiserId: '2', records: 0, days: 0 },
          ],
        },
      ],
      records: 3,
      requests: 4,
      interrupted: false,
    });
  });

  it('counts a failure without a stream in every stream', () => {
    const { ledger } = opened([{ name: 'a' }, { name: 'b' }]);
    ledger.fail(failureOf(undefined));
    const { streams } = ledger.finish({ requests: 0, interrupted: false });
    expect(streams.map(({ failure }) => failure?.failureClass)).toEqual(['temporary', 'temporary']);
  });

  it('is that of the first error that ended it for all', () => {
    const { ledger } = opened([{ name: 'a' }]);
    ledger.end(new Error('first'));
    ledger.end(new Error('second'));
    expect(ledger.finish({ requests: 0, interrupted: false }).failure?.message).toContain('first');
  });

  it('says how far it is by its own pace where that is slower than the quota', () => {
    const { ledger, clock } = opened([{ name: 'a' }, { name: 'b' }]);
    ledger.addRecords('a', '1', records(30));
    ledger.commit('a', '1', COVERAGE, MONTH);
    clock.steadyMs += 10_000;
    expect(ledger.progress(1)).toMatchObject({
      records: 30,
      windowsDone: 1,
      windowsTotal: 4,
      expected: [{ stream: 'a', records: 60 }],
      secondsLeft: 30,
    });
  });

  it('is not opened with a state that cannot be used, and names the stream where there are several', () => {
    expect(() => opened([{ name: 'a', state: 7 }])).toThrow(StateError);
    expect(() => opened([{ name: 'a' }, { name: 'b', state: 7 }])).toThrow(/^b: The state cannot be used/);
  });
});
