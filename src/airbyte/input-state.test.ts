import { describe, expect, it } from 'vitest';
import { parseInputState } from './input-state.ts';

const BLOB = { version: 1, advertisers: {} };
const LATER = { version: 1, advertisers: { '7': {} } };
const streamState = (name: string, stream_state: unknown, namespace?: null) => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name, ...(namespace === null && { namespace }) }, stream_state },
});
const parse = (raw: unknown) => parseInputState(raw, ['campaign_daily']);
const found = (raw: unknown) => Object.fromEntries(parse(raw).byStream);

describe('parseInputState', () => {
  it("takes Airbyte's mark in a state's place for no state", () => {
    expect(parse([streamState('campaign_daily', { __ab_no_cursor_state_message: true })])).toEqual({
      byStream: new Map([['campaign_daily', undefined]]),
      warnings: [],
    });
  });

  it.each([undefined, null, [], {}, [null], [{}], { type: 'LEGACY', data: null }, { type: 'LEGACY', data: {} }])(
    'takes %j for no state',
    (raw) => {
      expect(parse(raw)).toEqual({ byStream: new Map(), warnings: [] });
    },
  );

  it.each([
    { says: 'an array of STREAM states', raw: [streamState('campaign_daily', BLOB)] },
    {
      says: 'null members and a null namespace',
      raw: [{ ...streamState('campaign_daily', BLOB, null), global: null, data: null }],
    },
    { says: 'one STREAM state without its array', raw: streamState('campaign_daily', BLOB) },
    { says: 'a whole STATE message', raw: { type: 'STATE', state: streamState('campaign_daily', BLOB) } },
    { says: 'whole STATE messages in an array', raw: [{ type: 'STATE', state: streamState('campaign_daily', BLOB) }] },
    {
      says: 'the last of several states of a stream',
      raw: [streamState('campaign_daily', LATER), streamState('campaign_daily', BLOB)],
    },
    {
      says: 'a GLOBAL state',
      raw: [
        { type: 'GLOBAL', global: { shared_state: null, stream_states: [streamState('campaign_daily', BLOB).stream] } },
      ],
    },
    { says: 'a LEGACY state', raw: { type: 'LEGACY', data: { campaign_daily: BLOB } } },
    { says: 'a LEGACY state of old, without an envelope', raw: { campaign_daily: BLOB } },
  ])('takes $says', ({ raw }) => {
    expect(found(raw)).toEqual({ campaign_daily: BLOB });
    expect(parse(raw).warnings).toEqual([]);
  });

  it('ignores the states of other streams, and says so once', () => {
    const raw = [
      streamState('ads', { cursor: 1 }),
      streamState('campaign_daily', BLOB),
      streamState('ads', { cursor: 2 }),
    ];
    expect(found(raw)).toEqual({ campaign_daily: BLOB });
    expect(parse(raw).warnings).toEqual([
      'The state of the stream "ads" is ignored: this connector has no such stream.',
    ]);
  });

  it('says that it ignores what the streams of a GLOBAL state share', () => {
    const raw = [{ type: 'GLOBAL', global: { shared_state: { lsn: 1 }, stream_states: [] } }];
    expect(parse(raw).warnings).toEqual([expect.stringContaining('shared part')]);
  });

  it('leaves what a state of ours says to those who know it', () => {
    expect(found([streamState('campaign_daily', { cursor: 'of another connector' })])).toEqual({
      campaign_daily: { cursor: 'of another connector' },
    });
  });

  it.each([
    { raw: 'text', says: 'The state file is a text.' },
    { raw: [7], says: "The state file's [0] is a number." },
    { raw: [[]], says: "The state file's [0] is a list." },
    { raw: { cursor: '2026-01-01' }, says: 'The state file is an object with "cursor", no state of this connector.' },
    { raw: BLOB, says: 'The state file is an object with "version", "advertisers"' },
    { raw: [{ type: 'STREAM', stream: {} }], says: "The state file's [0].stream.stream_descriptor.name is missing." },
    { raw: { type: 'GLOBAL', global: { stream_states: [1] } }, says: 'global.stream_states[0] is a number.' },
  ])('refuses a file that holds no states: $says', ({ raw, says }) => {
    expect(() => parse(raw)).toThrow(says);
  });
});
