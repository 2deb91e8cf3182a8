import { describe, expect, it } from 'vitest';
import { type Coverage, parseState, StateError, stateText } from './state.ts';

const entry = { from: '2026-01-01', through: '2026-03-15', as_of: '2026-03-15' };

describe('a state that comes back', () => {
  it.each([{ state: undefined }, { state: null }, { state: {} }, { state: [] }])(
    'means nothing was read: $state',
    ({ state }) => {
      expect(parseState(state).size).toBe(0);
    },
  );

  it('is read as it was written', () => {
    const coverage = new Map<string, Coverage>([
      ['7000000000000000000', entry],
      ['7000000000000000001', { ...entry, include_deleted: false }],
    ]);
    const text = stateText(coverage, new Date('2026-03-15T12:00:07.215Z'));
    expect(parseState(JSON.parse(text))).toEqual(coverage);
    expect(JSON.parse(text)).toMatchObject({ version: 1, updated_at: '2026-03-15T12:00:07.215Z' });
  });

  it.each<[unknown, RegExp]>([
    [{ version: 2, advertisers: {} }, /version 2.*later release/],
    [{ cursor: '2026-01-01' }, /no version, but "cursor"/],
    [{ version: '1', advertisers: {} }, /version "1"/],
    [{ version: 1 }, /"advertisers" is missing/],
    [{ version: 1, updated_at: '+275760-09-13T00:00:00.000Z', advertisers: {} }, /"updated_at" is "\+275760/],
    [{ version: 1, updated_at: '9999-12-31T23:59:59.999Z', advertisers: {} }, /"updated_at" is "9999-/],
    [{ version: 1, updated_at: 'yesterday', advertisers: {} }, /"updated_at" is "yesterday"/],
    [{ version: 1, updated_at: 7, advertisers: {} }, /"updated_at" is 7/],
    [{ version: 1, advertisers: [] }, /"advertisers" is a list/],
    [{ version: 1, advertisers: { 7: null } }, /advertisers\.7 is null/],
    [
      { version: 1, advertisers: { 7: { ...entry, through: '2026-02-30' } } },
      /advertisers\.7\.through is "2026-02-30"/,
    ],
    [{ version: 1, advertisers: { 7: { ...entry, as_of: undefined } } }, /advertisers\.7\.as_of is missing/],
    [{ version: 1, advertisers: { 7: { ...entry, from: '2026-03-16' } } }, /runs from 2026-03-16 to 2026-03-15/],
    ['2026-01-01', /it is a text/],
    [[1], /it is a list/],
  ])('is refused, saying what was found: %j', (state, message) => {
    expect(() => parseState(state)).toThrow(StateError);
    expect(() => parseState(state)).toThrow(message);
  });
});
