import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { campaignDaily } from '../streams/campaign-daily.ts';
import type { RunOutcome, StreamOutcome, SyncEvent } from '../sync/events.ts';
import type { RunRequest } from '../sync/run.ts';
import { LineWriter } from '../wire/line-writer.ts';
import { Log } from './log.ts';
import { Bookmarks } from './state.ts';
import { type SyncExtent, syncStreams } from './sync-streams.ts';

const CONFIG = parseConfig({
  credentials: { auth_type: 'access_token', access_token: 'token' },
  advertiser_ids: ['1'],
  start_date: '2026-01-01',
});
const STREAM = {
  name: 'campaign_daily',
  columns: { date: { type: ['null', 'string'] }, campaign_id: { type: ['null', 'string'] } },
  primaryKey: ['date', 'campaign_id'],
  isDefault: true,
  cursor: 'date',
} as const;
const WINDOW = { from: '2026-01-01', to: '2026-01-02' };
const stream = (more: Partial<StreamOutcome> = {}): StreamOutcome => ({
  stream: 'campaign_daily',
  advertisers: [],
  records: 2,
  ...more,
});
const OUTCOME: RunOutcome = { streams: [stream()], records: 2, requests: 5, interrupted: false };
const failedOf = (failure: NonNullable<RunOutcome['failure']>): RunOutcome => ({
  ...OUTCOME,
  streams: [stream({ failure })],
  failure,
});
const FAILURE = {
  advertiserId: '1',
  failureClass: 'configuration',
  unavailable: true,
  meaning: 'Refused.',
  evidence: '',
  advice: '',
  message: 'Refused.',
} as const;

const records = (...ids: string[]): SyncEvent => ({
  type: 'records',
  stream: 'campaign_daily',
  advertiserId: '1',
  window: WINDOW,
  records: ids.map((id) => {
    const bytes = Buffer.from(`{"date":"2026-01-01","campaign_id":"${id}"}`);
    return { bytes, start: 0, end: bytes.length };
  }),
});
const checkpoint = (state: string): SyncEvent => ({
  type: 'checkpoint',
  states: [{ stream: 'campaign_daily', state }],
});
const finished = (outcome: RunOutcome = OUTCOME): SyncEvent => ({ type: 'finished', outcome });

const SCHEMA = {
  type: 'SCHEMA',
  stream: 'campaign_daily',
  schema: { type: 'object', properties: STREAM.columns },
  key_properties: ['date', 'campaign_id'],
  bookmark_properties: ['date'],
};
const record = (id: string) => ({
  type: 'RECORD',
  stream: 'campaign_daily',
  record: { date: '2026-01-01', campaign_id: id },
  time_extracted: '2026-03-15T12:00:07.215Z',
});
const state = (bookmarks: object) => ({ type: 'STATE', value: { bookmarks } });

interface Case {
  readonly events: readonly SyncEvent[];
  readonly given?: unknown;
  readonly extent?: SyncExtent;
  readonly fullTable?: boolean;
  /** Stops from outside before the event with this number. */
  readonly stopAt?: number;
}

/** Syncs events that are handed out as a read would, and collects everything that is said of it. */
async function sync({ events, given, extent = 'all', fullTable = false, stopAt }: Case) {
  const stop = new AbortController();
  const asked: RunRequest[] = [];
  let lines = '';
  const log: string[] = [];
  const out = new LineWriter((chunk, done) => {
    lines += chunk;
    done();
  });
  const now = () => new Date('2026-03-15T12:00:07.215Z');
  const bookmarks = new Bookmarks(given, ['campaign_daily']);
  async function* read(request: RunRequest): AsyncGenerator<SyncEvent, void, void> {
    asked.push(request);
    for (const [index, event] of events.entries()) {
      if (index === stopAt) stop.abort();
      yield event;
    }
  }
  const succeeded = await syncStreams(
    {
      config: CONFIG,
      selected: [{ stream: STREAM, columns: STREAM.columns, fullTable, report: campaignDaily }],
      bookmarks,
      extent,
      log: new Log({ level: 'INFO', structured: false }, { write: (line) => log.push(line.trim()), now, pid: 42 }),
      now,
      read,
    },
    { out, signal: stop.signal },
  );
  await out.drain();
  const messages = lines
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return { succeeded, messages, log, asked: asked[0]?.streams };
}

it('says the schema, then what is read in the order in which it is read', async () => {
  const { succeeded, messages } = await sync({
    events: [records('1'), checkpoint('{"v":1}'), records('2', '3'), checkpoint('{"v":2}'), finished()],
  });
  expect(succeeded).toBe(true);
  expect(messages).toEqual([
    SCHEMA,
    record('1'),
    state({ campaign_daily: { v: 1 } }),
    record('2'),
    record('3'),
    state({ campaign_daily: { v: 2 } }),
  ]);
});

describe('the state at the end', () => {
  it('is the one handed in when nothing new was committed', async () => {
    const bookmarks = { ads: 5, campaign_daily: { v: 1 } };
    const { messages } = await sync({ events: [finished()], given: { bookmarks } });
    expect(messages).toEqual([SCHEMA, state(bookmarks)]);
  });

  it('is there when nothing was ever read', async () => {
    const { messages } = await sync({ events: [finished()] });
    expect(messages).toEqual([SCHEMA, state({})]);
  });

  it('is there when the sync failed', async () => {
    const failure = { failureClass: 'temporary', message: 'TikTok could not be reached.' } as const;
    const { succeeded, messages, log } = await sync({
      events: [records('1'), finished(failedOf(failure))],
      given: { bookmarks: { campaign_daily: { v: 1 } } },
    });
    expect(succeeded).toBe(false);
    expect(messages.at(-1)).toEqual(state({ campaign_daily: { v: 1 } }));
    expect(log).toContain('CRITICAL TikTok could not be reached.');
  });

  it('is there when the read broke off without a word', async () => {
    const { succeeded, messages, log } = await sync({ events: [records('1'), checkpoint('{"v":1}')] });
    expect(succeeded).toBe(false);
    expect(messages.at(-1)).toEqual(state({ campaign_daily: { v: 1 } }));
    expect(log).toContainEqual(expect.stringMatching(/^CRITICAL .*please report it: .*without saying how/));
  });

  it('is there when the sync was stopped, which is no failure', async () => {
    const failure = { failureClass: 'temporary', message: 'Stopped.' } as const;
    const { succeeded, messages } = await sync({
      events: [records('1'), checkpoint('{"v":1}'), finished({ ...failedOf(failure), interrupted: true })],
      stopAt: 1,
    });
    expect(succeeded).toBe(true);
    expect(messages.at(-1)).toEqual(state({ campaign_daily: { v: 1 } }));
  });
});

describe('what is asked of the read', () => {
  it('goes on from the bookmark, with the selected columns', async () => {
    const { asked } = await sync({ events: [finished()], given: { bookmarks: { campaign_daily: { v: 1 } } } });
    expect(asked).toMatchObject([{ state: { v: 1 }, columns: ['date', 'campaign_id'] }]);
  });

  it('knows no bookmark when the catalog says FULL_TABLE', async () => {
    const given = { bookmarks: { campaign_daily: { v: 1 } } };
    const { asked } = await sync({ events: [finished()], given, fullTable: true });
    expect(asked).toMatchObject([{ state: undefined }]);
  });
});

describe('a test', () => {
  it('says at most one record and no state, for it reads a part', async () => {
    const { succeeded, messages } = await sync({
      events: [records(), checkpoint('{"v":1}'), records('1', '2'), checkpoint('{"v":2}'), finished()],
      extent: 'one-record',
    });
    expect(succeeded).toBe(true);
    expect(messages).toEqual([SCHEMA, record('1')]);
  });

  it('fails when an advertiser failed before the first record', async () => {
    const { succeeded } = await sync({
      events: [{ type: 'advertiser-failed', failure: FAILURE }, records('1'), finished()],
      extent: 'one-record',
    });
    expect(succeeded).toBe(false);
  });

  it('of the schema asks TikTok nothing', async () => {
    const { succeeded, messages, asked } = await sync({ events: [records('1'), finished()], extent: 'schema' });
    expect({ succeeded, messages, asked }).toEqual({ succeeded: true, messages: [SCHEMA], asked: undefined });
  });
});

it('logs what happens, with counts and durations as metrics', async () => {
  const { log } = await sync({
    events: [
      { type: 'planned', advertisers: 2, windows: 3, requests: 3, seconds: 0.3, message: 'To read: three windows.' },
      records('1', '2'),
      {
        type: 'progress',
        records: 2,
        windowsDone: 1,
        windowsTotal: 3,
        expected: [],
        requests: 4,
        secondsLeft: 1,
        message: 'A third.',
      },
      { type: 'waiting', until: new Date(0), message: 'Waiting.' },
      { type: 'warning', message: 'Odd.' },
      { type: 'info', message: 'By the way.' },
      { type: 'advertiser-failed', failure: FAILURE },
      finished({
        ...OUTCOME,
        streams: [
          stream({
            advertisers: [
              { advertiserId: '1', records: 0, days: 0, failure: FAILURE },
              { advertiserId: '2', advertiserName: 'Shoes', records: 2, days: 30, through: '2026-01-30' },
            ],
          }),
        ],
      }),
    ],
  });
  const tags = '"tags":{"stream":"campaign_daily",';
  expect(log).toEqual([
    'INFO To read: three windows.',
    'INFO A third.',
    'WARNING Waiting. Going on at 1970-01-01T00:00:00.000Z.',
    'WARNING Odd.',
    'INFO By the way.',
    'ERROR Refused.',
    'INFO campaign_daily: 2 records of 2 advertisers.',
    'INFO 1: 0 records, 0 days, nothing read yet; FAILED: Refused.',
    'INFO 2 (Shoes): 2 records, 30 days, read up to 2026-01-30.',
    'INFO The read took 5 requests.',
    `INFO METRIC: {"type":"counter","metric":"record_count","value":2,${tags}"pid":42}}`,
    `INFO METRIC: {"type":"counter","metric":"http_request_count","value":5,${tags}"pid":42}}`,
    `INFO METRIC: {"type":"timer","metric":"sync_duration","value":0,${tags}"status":"succeeded","pid":42}}`,
    'INFO METRIC: {"type":"timer","metric":"job_duration","value":0,' +
      '"tags":{"job_type":"sync","status":"succeeded","pid":42}}',
  ]);
});

it('lists a hundred advertisers at the end, those that failed first, and counts the rest', async () => {
  const advertisers = Array.from({ length: 103 }, (_, index) => ({
    advertiserId: String(index),
    records: 1,
    days: 1,
    ...(index === 102 && { failure: FAILURE }),
  }));
  const { log } = await sync({ events: [finished({ ...OUTCOME, streams: [stream({ advertisers })] })] });
  const lines = log.filter((line) => / record, /.test(line));
  expect(lines).toHaveLength(100);
  expect(lines[0]).toMatch(/^INFO 102: .*; FAILED: Refused\.$/);
  expect(log).toContain('INFO And 3 more advertisers.');
});

it('does not measure a sync that was stopped from outside as a success', async () => {
  const { succeeded, log } = await sync({
    events: [records('1'), checkpoint('{"v":1}'), finished({ ...OUTCOME, interrupted: true })],
    stopAt: 1,
  });
  expect(succeeded).toBe(true);
  expect(log.filter((line) => line.includes('"status":')).join()).not.toContain('succeeded');
  expect(log).toContainEqual(expect.stringContaining('"status":"failed"'));
});
