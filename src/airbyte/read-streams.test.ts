import { describe, expect, it } from 'vitest';
import type { RunOutcome, StreamOutcome, SyncEvent } from '../sync/events.ts';
import { StateError } from '../sync/state.ts';
import { LineWriter, OutputClosedError } from '../wire/line-writer.ts';
import { StopRequestedError } from '../wire/program.ts';
import type { AirbyteMessage } from './messages.ts';
import { readStreams } from './read-streams.ts';
import { Reporter } from './reporter.ts';

const NAME = { name: 'campaign_daily' };
const WINDOW = { from: '2026-01-01', to: '2026-01-30' };
const SECRET = 's3cr3t-of-the-app';

const said = { meaning: 'Refused.', advice: '', evidence: 'Advertiser 7.', message: 'Refused. Advertiser 7.' };
const recordOf = (json: string) => ({ bytes: Buffer.from(json), start: 0, end: Buffer.byteLength(json) });
const records = (...data: object[]): SyncEvent => ({
  type: 'records',
  stream: 'campaign_daily',
  advertiserId: '7',
  window: WINDOW,
  records: data.map((one) => recordOf(JSON.stringify(one))),
});
const checkpoint = (state: object): SyncEvent => ({
  type: 'checkpoint',
  states: [{ stream: 'campaign_daily', state: JSON.stringify(state) }],
});
const finished = ({
  advertisers = [],
  failure,
  interrupted = false,
}: Partial<StreamOutcome & RunOutcome> = {}): SyncEvent => ({
  type: 'finished',
  outcome: {
    streams: [{ stream: 'campaign_daily', advertisers, records: 0, ...(failure && { failure }) }],
    records: 0,
    requests: 0,
    interrupted,
    ...(failure && { failure }),
  },
});

/** What is said of a read in which these events happen, and whether it was complete. */
async function say(
  events: (SyncEvent | Error)[],
  { stop, debug = false, names = ['campaign_daily'] }: { stop?: Error; debug?: boolean; names?: string[] } = {},
): Promise<{ complete: boolean; messages: AirbyteMessage[]; lines: string[] }> {
  let said = '';
  const out = new LineWriter((chunk, done) => {
    said += chunk;
    done();
  });
  const reporter = new Reporter(out, { debug });
  reporter.hide([SECRET]);
  const aborter = new AbortController();
  if (stop) aborter.abort(stop);
  async function* happen() {
    for (const event of events) {
      if (event instanceof Error) throw event;
      yield event;
    }
  }
  const complete = await readStreams(
    names.map((name) => ({ name })),
    happen(),
    { io: { out, signal: aborter.signal }, reporter },
  );
  await out.drain();
  const lines = said.trimEnd().split('\n');
  return { complete, lines, messages: lines.map((line) => JSON.parse(line)) };
}

const traces = (messages: AirbyteMessage[]) =>
  messages.flatMap((message) => (message.type === 'TRACE' ? message.trace : []));
const statuses = (messages: AirbyteMessage[]) =>
  traces(messages).flatMap((trace) => (trace.type === 'STREAM_STATUS' ? trace.stream_status : []));
const errors = (messages: AirbyteMessage[]) =>
  traces(messages).flatMap((trace) => (trace.type === 'ERROR' ? trace.error : []));
const logs = (messages: AirbyteMessage[]) => messages.flatMap((message) => (message.type === 'LOG' ? message.log : []));

describe('readStreams', () => {
  it('says STARTED, RUNNING and COMPLETE also of a stream without records', async () => {
    const { complete, messages } = await say([checkpoint({}), finished()]);
    expect(complete).toBe(true);
    expect(statuses(messages)).toEqual(
      ['STARTED', 'RUNNING', 'COMPLETE'].map((status) => ({ stream_descriptor: NAME, status })),
    );
  });

  it('writes a record’s own text as it is', async () => {
    const json = '{"date":"2026-01-01","spend":20.000,"name":"–\\u2028"}';
    const event: SyncEvent = {
      type: 'records',
      stream: 'campaign_daily',
      advertiserId: '7',
      window: WINDOW,
      records: [recordOf(json)],
    };
    const { lines } = await say([event, checkpoint({}), finished()]);
    expect(lines.filter((line) => line.includes('RECORD'))).toEqual([
      expect.stringMatching(
        /^\{"type":"RECORD","record":\{"stream":"campaign_daily","data":\{.*\},"emitted_at":\d{13}\}\}$/,
      ),
    ]);
    expect(lines.join('\n')).toContain(`"data":${json},`);
  });

  it('notes what was made null in the record’s meta', async () => {
    const changes = [
      { field: 'spend', reason: 'no_number' },
      { field: 'ctr', reason: 'withdrawn' },
    ] as const;
    const inMeta = [
      { field: 'spend', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' },
      { field: 'ctr', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' },
    ];
    const event: SyncEvent = {
      type: 'records',
      stream: 'campaign_daily',
      advertiserId: '7',
      window: WINDOW,
      records: [{ ...recordOf('{"a":1}'), changes }],
    };
    const { messages } = await say([event, checkpoint({}), finished()]);
    expect(messages.find(({ type }) => type === 'RECORD')).toMatchObject({
      record: { data: { a: 1 }, meta: { changes: inMeta } },
    });
  });

  it('counts in each state the records since the one before it', async () => {
    const { messages } = await say([
      checkpoint({ n: 0 }),
      records({ a: 1 }, { a: 2 }),
      records({ a: 3 }),
      checkpoint({ n: 1 }),
      records({ a: 4 }),
      checkpoint({ n: 2 }),
      finished(),
    ]);
    const states = messages.flatMap((message) => (message.type === 'STATE' ? message.state : []));
    expect(states.map(({ stream, sourceStats }) => [stream.stream_state, sourceStats.recordCount])).toEqual([
      [{ n: 0 }, 0],
      [{ n: 1 }, 3],
      [{ n: 2 }, 1],
    ]);
  });

  it('tells the platform that a quota holds the stream up, and when it goes on', async () => {
    const until = new Date('2026-03-15T12:05:00Z');
    const { messages } = await say([
      { type: 'waiting', until, message: 'TikTok says that the app asks too often.' },
      records({ a: 1 }),
      checkpoint({}),
      finished(),
    ]);
    const limited = [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: until.getTime() } }];
    expect(statuses(messages).map(({ status, reasons }) => [status, reasons])).toEqual([
      ['STARTED', undefined],
      ['RUNNING', undefined],
      ['RUNNING', limited],
      ['RUNNING', undefined],
      ['COMPLETE', undefined],
    ]);
    expect(logs(messages)[0]?.message).toContain('2026-03-15T12:05:00.000Z');
  });

  it('estimates rows and bytes from what came so far', async () => {
    const progress = { windowsDone: 1, windowsTotal: 2, requests: 1, secondsLeft: 9, message: '9 s left' };
    const { messages } = await say([
      records({ a: 1 }, { a: 2 }),
      { type: 'progress', records: 2, expected: [{ stream: 'campaign_daily', records: 10 }], ...progress },
      checkpoint({}),
      finished(),
    ]);
    const [estimate] = traces(messages).flatMap((trace) => (trace.type === 'ESTIMATE' ? trace.estimate : []));
    expect(estimate).toEqual({ name: 'campaign_daily', type: 'STREAM', row_estimate: 10, byte_estimate: 70 });
    expect(logs(messages)).toContainEqual({ level: 'INFO', message: '9 s left' });
  });

  it.each([
    { failureClass: 'configuration', failureType: 'config_error' },
    { failureClass: 'temporary', failureType: 'transient_error' },
    { failureClass: 'defect', failureType: 'system_error' },
  ] as const)(
    'ends a read that failed with one TRACE ERROR, $failureType, and INCOMPLETE',
    async ({ failureClass, failureType }) => {
      const failure = { advertiserId: '7', failureClass, unavailable: false, ...said };
      const { complete, messages } = await say([
        { type: 'advertiser-failed', failure },
        records({ a: 1 }),
        checkpoint({}),
        finished({
          advertisers: [
            { advertiserId: '7', advertiserName: 'Brand', records: 1, days: 30, through: '2026-01-30', failure },
          ],
          failure: { failureClass, message: '1 of 1 advertisers', cause: new Error('HTTP 500') },
        }),
      ]);
      expect(complete).toBe(false);
      expect(errors(messages)).toEqual([
        {
          message: '1 of 1 advertisers',
          failure_type: failureType,
          internal_message: expect.stringMatching(
            /HTTP 500[\s\S]*7 \(Brand\): 1 record, 30 days, read up to 2026-01-30; FAILED/,
          ),
          stack_trace: expect.stringContaining('HTTP 500'),
          stream_descriptor: NAME,
        },
      ]);
      expect(logs(messages)).toContainEqual({ level: 'ERROR', message: said.message });
      expect(statuses(messages).at(-1)?.status).toBe('INCOMPLETE');
      expect(messages.at(-1)?.type).toBe('TRACE');
    },
  );

  it('ends a read that was stopped with INCOMPLETE and no error', async () => {
    const stop = new StopRequestedError('SIGTERM');
    const { complete, messages } = await say([records({ a: 1 }), checkpoint({}), finished({ interrupted: true })], {
      stop,
    });
    expect(complete).toBe(false);
    expect(errors(messages)).toEqual([]);
    expect(statuses(messages).at(-1)?.status).toBe('INCOMPLETE');
    expect(logs(messages).at(-1)?.message).toBe('Stopped by SIGTERM; the last state says what has been read.');
  });

  it.each([
    {
      thrown: new StateError('The state is of version 2.'),
      failureType: 'config_error',
      says: 'The state is of version 2.',
    },
    { thrown: new TypeError('x is not a function'), failureType: 'system_error', says: 'x is not a function' },
  ])('ends a read that threw with $failureType', async ({ thrown, failureType, says }) => {
    const { complete, messages } = await say([thrown]);
    expect(complete).toBe(false);
    expect(errors(messages)).toEqual([
      expect.objectContaining({
        failure_type: failureType,
        message: expect.stringContaining(says),
        stream_descriptor: NAME,
      }),
    ]);
    expect(statuses(messages).at(-1)?.status).toBe('INCOMPLETE');
  });

  it('does not pass for complete when the events end early', async () => {
    expect((await say([records({ a: 1 }), checkpoint({})])).complete).toBe(false);
  });

  it('tells nobody when nobody reads', async () => {
    await expect(say([new OutputClosedError(new Error('EPIPE'))])).rejects.toThrow(OutputClosedError);
  });

  it('hides secrets in everything but records and states', async () => {
    const { messages } = await say([
      { type: 'warning', message: `warned of ${SECRET}` },
      { type: 'info', message: `Access-Token: ${SECRET}` },
      records({ campaign_name: SECRET }),
      checkpoint({}),
      finished({
        failure: { failureClass: 'defect', message: `failed with ${SECRET}`, cause: new Error(`?secret=${SECRET}`) },
      }),
    ]);
    expect(JSON.stringify(messages.filter(({ type }) => type !== 'RECORD'))).not.toContain(SECRET);
    expect(JSON.stringify(messages.filter(({ type }) => type === 'RECORD'))).toContain(SECRET);
  });

  it('logs at level DEBUG only when asked', async () => {
    const events = [records({ a: 1 }), checkpoint({}), finished()];
    const levels = async (debug: boolean) => logs((await say(events, { debug })).messages).map(({ level }) => level);
    expect(await levels(false)).not.toContain('DEBUG');
    expect(await levels(true)).toContain('DEBUG');
  });
});

describe('readStreams of two streams', () => {
  const sayBoth = async (failed: readonly string[]) => {
    const failureOf = (stream: string) => ({ failureClass: 'temporary', message: `${stream} was not read.` }) as const;
    const outcome = (stream: string): StreamOutcome => ({
      stream,
      advertisers: [],
      records: 1,
      ...(failed.includes(stream) && { failure: failureOf(stream) }),
    });
    const of = (stream: string) => ({ ...records({ of: stream }), stream }) as SyncEvent;
    return await say(
      [
        of('campaign_daily'),
        of('ad_daily'),
        { type: 'checkpoint', states: [{ stream: 'ad_daily', state: '{"n":1}' }] },
        of('ad_daily'),
        {
          type: 'checkpoint',
          states: [
            { stream: 'campaign_daily', state: '{"n":2}' },
            { stream: 'ad_daily', state: '{"n":3}' },
          ],
        },
        {
          type: 'finished',
          outcome: {
            streams: [outcome('campaign_daily'), outcome('ad_daily')],
            records: 3,
            requests: 4,
            interrupted: false,
            ...(failed.length > 0 && { failure: failureOf(failed.join(' and ')) }),
          },
        },
      ],
      { names: ['campaign_daily', 'ad_daily'] },
    );
  };
  const lastStatuses = (messages: AirbyteMessage[]) =>
    Object.fromEntries(statuses(messages).map(({ stream_descriptor, status }) => [stream_descriptor.name, status]));

  it('gives each its own records, states and counts', async () => {
    const { complete, messages } = await sayBoth([]);
    expect(complete).toBe(true);
    const states = messages.flatMap((message) => (message.type === 'STATE' ? message.state : []));
    expect(
      states.map(({ stream, sourceStats }) => [
        stream.stream_descriptor.name,
        stream.stream_state,
        sourceStats.recordCount,
      ]),
    ).toEqual([
      ['ad_daily', { n: 1 }, 1],
      ['campaign_daily', { n: 2 }, 1],
      ['ad_daily', { n: 3 }, 1],
    ]);
    for (const message of messages) {
      if (message.type === 'RECORD') expect(message.record.data).toEqual({ of: message.record.stream });
    }
    expect(lastStatuses(messages)).toEqual({ campaign_daily: 'COMPLETE', ad_daily: 'COMPLETE' });
  });

  it.each([
    { failed: ['ad_daily'], descriptor: { name: 'ad_daily' } },
    { failed: ['campaign_daily', 'ad_daily'], descriptor: undefined },
  ])('says one TRACE ERROR when $failed failed, and INCOMPLETE of those alone', async ({ failed, descriptor }) => {
    const { complete, messages } = await sayBoth(failed);
    expect(complete).toBe(false);
    expect(errors(messages).map(({ stream_descriptor }) => stream_descriptor)).toEqual([descriptor]);
    expect(lastStatuses(messages)).toEqual({
      campaign_daily: failed.includes('campaign_daily') ? 'INCOMPLETE' : 'COMPLETE',
      ad_daily: 'INCOMPLETE',
    });
  });
});

describe('an error that nothing caught', () => {
  const ends = (status: 'STARTED' | 'INCOMPLETE') => {
    const reporter = new Reporter(new LineWriter((_chunk, done) => done()), { debug: false });
    reporter.status({ stream_descriptor: NAME, status });
    return reporter
      .lastLines({ message: 'Broken.', failure_type: 'system_error' })
      .trimEnd()
      .split('\n')
      .map((line): AirbyteMessage => JSON.parse(line));
  };

  it('leaves no stream open', () => {
    const messages = ends('STARTED');
    expect(traces(messages).map(({ type }) => type)).toEqual(['ERROR', 'STREAM_STATUS']);
    expect(statuses(messages)).toEqual([{ stream_descriptor: NAME, status: 'INCOMPLETE' }]);
  });

  it('says nothing of a stream that has ended', () => {
    expect(traces(ends('INCOMPLETE')).map(({ type }) => type)).toEqual(['ERROR']);
  });
});
