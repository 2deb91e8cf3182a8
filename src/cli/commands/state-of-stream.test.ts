import { describe, expect, it } from 'vitest';
import { stateOfStream } from './state-of-stream.ts';

const blob = { version: 1, advertisers: {} };
const airbyte = { type: 'STREAM', stream: { stream_descriptor: { name: 'campaign_daily' }, stream_state: blob } };
const other = { type: 'STREAM', stream: { stream_descriptor: { name: 'ads' }, stream_state: { x: 1 } } };

describe('stateOfStream', () => {
  it.each([
    { says: 'the state file of an Airbyte read', content: [other, airbyte] },
    { says: 'one Airbyte state', content: airbyte },
    { says: 'a STATE message as Airbyte prints it', content: { type: 'STATE', state: airbyte } },
    { says: 'the state file of a Singer run', content: { bookmarks: { campaign_daily: blob } } },
    {
      says: 'a STATE message as Singer prints it',
      content: { type: 'STATE', value: { bookmarks: { campaign_daily: blob } } },
    },
    { says: 'the object itself', content: blob },
  ])('finds it in $says', ({ content }) => {
    expect(stateOfStream(content, 'campaign_daily')).toEqual(blob);
  });

  it.each([
    { content: [] },
    { content: [other] },
    { content: { bookmarks: {} } },
    { content: { ...airbyte, stream: { ...airbyte.stream, stream_state: { __ab_no_cursor_state_message: true } } } },
  ])('finds none in $content', ({ content }) => {
    expect(stateOfStream(content, 'campaign_daily')).toBeUndefined();
  });
});
