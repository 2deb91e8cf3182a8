import { describe, expect, it } from 'vitest';
import { Bookmarks } from './state.ts';

const OURS = ['campaign_daily'];
const BOOKMARK = { version: 1, updated_at: '2026-03-15T12:00:07.215Z', advertisers: {} };

describe('what means that there is no state', () => {
  it.each([
    undefined,
    null,
    {},
    [],
    { bookmarks: null },
    { bookmarks: {} },
    { bookmarks: { ads: 1 } },
    { bookmarks: { campaign_daily: null } },
    { currently_syncing: null },
    { type: 'STATE', value: {} },
  ])('%j', (value) => {
    expect(new Bookmarks(value, OURS).of('campaign_daily')).toBeUndefined();
  });
});

it('hands out the bookmark of a stream as it was given', () => {
  expect(new Bookmarks({ bookmarks: { campaign_daily: BOOKMARK } }, OURS).of('campaign_daily')).toEqual(BOOKMARK);
});

it('takes what `meltano state get` prints for the state inside', () => {
  const printed = { singer_state: { bookmarks: { campaign_daily: BOOKMARK } } };
  expect(new Bookmarks(printed, OURS).of('campaign_daily')).toEqual(BOOKMARK);
  expect(new Bookmarks({ singer_state: {} }, OURS).of('campaign_daily')).toBeUndefined();
});

it('keeps the bookmark of a stream that another release has', () => {
  const state = { bookmarks: { ad_hourly: BOOKMARK, campaign_daily: BOOKMARK } };
  expect(JSON.parse(new Bookmarks(state, OURS).toJson())).toEqual(state);
});

it('takes a whole STATE message for its value', () => {
  const message = { type: 'STATE', value: { bookmarks: { campaign_daily: BOOKMARK } } };
  expect(new Bookmarks(message, OURS).of('campaign_daily')).toEqual(BOOKMARK);
});

it('keeps what is not ours, with a warning, and puts the new bookmark in its place', () => {
  const bookmarks = new Bookmarks(
    { note: 'kept', currently_syncing: 'campaign_daily', bookmarks: { ads: { at: 5 }, campaign_daily: BOOKMARK } },
    OURS,
  );
  bookmarks.set('campaign_daily', '{"version":1}');
  expect(JSON.parse(bookmarks.toJson())).toEqual({
    note: 'kept',
    bookmarks: { ads: { at: 5 }, campaign_daily: { version: 1 } },
  });
  expect(bookmarks.warnings).toEqual([expect.stringContaining('"ads"'), expect.stringContaining('"note"')]);
});

it('says an empty state as an object with no bookmarks', () => {
  expect(new Bookmarks(undefined, OURS).toJson()).toBe('{"bookmarks":{}}');
});

describe('a state that is refused', () => {
  it.each([
    { value: [{ type: 'STREAM' }], message: 'The state is a list, as Airbyte keeps it; expected an object' },
    { value: 'text', message: 'The state is a text; expected an object' },
    { value: 5, message: 'The state is a number; expected an object' },
    { value: { bookmarks: [] }, message: '"bookmarks" hold a list; expected an object' },
    { value: BOOKMARK, message: 'has no "bookmarks", but "version", "updated_at", "advertisers"; expected an object' },
    { value: { campaign_daily: BOOKMARK }, message: 'has no "bookmarks", but "campaign_daily"' },
    { value: { value: { bookmarks: { campaign_daily: BOOKMARK } } }, message: 'has no "bookmarks", but "value"' },
    { value: { completed: { singer_state: {} } }, message: 'has no "bookmarks", but "completed"' },
    { value: { type: 'STREAM', stream: {} }, message: 'has no "bookmarks", but "type", "stream"' },
    { value: { type: 'STATE', state: { type: 'STREAM' } }, message: 'has no "bookmarks", but "type", "state"' },
    {
      value: { bookmarks: { bookmarks: { campaign_daily: BOOKMARK } } },
      message: 'at bookmarks.bookmarks.campaign_daily',
    },
    { value: { bookmarks: {}, campaign_daily: BOOKMARK }, message: 'at campaign_daily' },
    {
      value: { bookmarks: {}, singer_state: { bookmarks: { campaign_daily: BOOKMARK } } },
      message: 'at singer_state.',
    },
  ])('$value', ({ value, message }) => {
    expect(() => new Bookmarks(value, OURS)).toThrow(message);
  });
});
