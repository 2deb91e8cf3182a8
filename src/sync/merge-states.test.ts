import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from './days.ts';
import { type Coverage, mergeStates, parseState, StateError, stateText } from './state.ts';

const coverage = fc
  .record({
    from: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 0, max: 6 }),
    age: fc.integer({ min: 0, max: 5 }),
    isWithoutDeleted: fc.boolean(),
  })
  .map(({ from, length, age, isWithoutDeleted }): Coverage => {
    const through = addDays('2026-03-01', from + length);
    return {
      from: addDays('2026-03-01', from),
      through,
      as_of: addDays(through, age),
      ...(isWithoutDeleted && { include_deleted: false }),
    };
  });

const state = fc
  .tuple(fc.dictionary(fc.constantFrom('7001', '7002', '7003'), coverage), fc.integer({ min: 0, max: 1_000 }))
  .map(([advertisers, seconds]) => stateText(new Map(Object.entries(advertisers)), new Date(seconds * 1000)));

const merged = (...texts: string[]) => JSON.parse(mergeStates(texts.map((text) => JSON.parse(text))));

const of = (coverages: Record<string, Coverage>, refresh?: { generation_id: number; sync_id: number }) =>
  stateText(new Map(Object.entries(coverages)), new Date(0), refresh);

describe('merging states', () => {
  it('makes no difference of the order', () => {
    fc.assert(
      fc.property(
        fc
          .array(state, { minLength: 1, maxLength: 5 })
          .chain((states) => fc.tuple(fc.constant(states), fc.shuffledSubarray(states, { minLength: states.length }))),
        ([states, shuffled]) => {
          expect(merged(...shuffled)).toEqual(merged(...states));
        },
      ),
    );
  });

  it('makes no difference of a state given twice, nor of the result given once more', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 4 }), (states) => {
        const once = merged(...states);
        expect(merged(...states, ...states)).toEqual(once);
      }),
    );
  });

  it('leaves one state as it is', () => {
    fc.assert(
      fc.property(state, (one) => {
        expect(merged(one)).toEqual(JSON.parse(one));
      }),
    );
  });

  it('never says that more was read, or later, than one of them says', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 4 }), (states) => {
        const all = states.map((text) => parseState(JSON.parse(text)));
        for (const [id, { from, through, as_of }] of parseState(merged(...states))) {
          const known = all.flatMap((one) => one.get(id) ?? []);
          for (let day = from; day <= through; day = addDays(day, 1)) {
            expect(known.some((one) => one.from <= day && day <= one.through)).toBe(true);
          }
          const inside = known.filter((one) => one.from >= from && one.through <= through);
          for (const one of inside) expect(as_of <= one.as_of).toBe(true);
        }
      }),
    );
  });

  it('puts together disjoint advertisers, ranges that touch, and keeps the later of ranges that do not', () => {
    const early = { from: '2026-01-01', through: '2026-01-10', as_of: '2026-01-12' };
    const next = { from: '2026-01-11', through: '2026-01-20', as_of: '2026-01-20' };
    const late = { from: '2026-02-01', through: '2026-02-03', as_of: '2026-02-03', include_deleted: false as const };
    expect(merged(of({ a: early, b: early }), of({ a: next, b: late, c: late })).advertisers).toEqual({
      a: { from: '2026-01-01', through: '2026-01-20', as_of: '2026-01-12' },
      b: late,
      c: late,
    });
  });

  it('keeps the mark of a full refresh that all were cut from, and of no other', () => {
    const refresh = { generation_id: 3, sync_id: 4 };
    expect(merged(of({}, refresh), of({}, refresh)).refresh).toEqual(refresh);
    expect(merged(of({}, refresh), of({})).refresh).toBeUndefined();
    expect(merged(of({}, refresh), of({}, { ...refresh, sync_id: 5 })).refresh).toBeUndefined();
  });

  it('refuses what is no state', () => {
    expect(() => mergeStates([{ version: 2 }])).toThrow(StateError);
  });
});
