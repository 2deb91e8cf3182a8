import { addDays } from './days.ts';
import { type Coverage, lastUpdate, parseState, type Refresh, refreshOf, stateText } from './state.ts';

/**
 * The one state that several of a stream say together: of every advertiser what any of them has read. Their order, and one
 * given twice, make no difference; one alone stays what it is.
 *
 * Where several speak of one advertiser, ranges that overlap or touch become one, as old as the oldest of them, so that the
 * next read reads too much of the lookback rather than too little. Of ranges that do not touch the later one stays: a
 * coverage is one range. The full refresh that all of them are cut from stays marked; otherwise nothing is resumed.
 *
 * @param states objects as {@link parseState} takes them
 * @returns JSON text
 * @throws StateError as {@link parseState}
 */
export function mergeStates(states: readonly unknown[]): string {
  const ranges = new Map<string, Coverage[]>();
  for (const state of states) {
    for (const [id, coverage] of parseState(state)) ranges.set(id, [...(ranges.get(id) ?? []), coverage]);
  }
  const ids = [...ranges.keys()].sort();
  const merged = new Map(ids.map((id) => [id, mergeRanges(ranges.get(id) ?? [])]));
  return stateText(merged, new Date(Math.max(...states.map(lastUpdate))), commonRefresh(states));
}

/** @param ranges at least one */
function mergeRanges(ranges: readonly Coverage[]): Coverage {
  const [first, ...others] = ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (!first) throw new RangeError('no ranges to merge');
  return others.reduce((piece, next) => {
    if (next.from > addDays(piece.through, 1)) return next;
    const isWithoutDeleted = piece.include_deleted === false || next.include_deleted === false;
    return {
      from: piece.from,
      through: piece.through > next.through ? piece.through : next.through,
      as_of: piece.as_of < next.as_of ? piece.as_of : next.as_of,
      ...(isWithoutDeleted && { include_deleted: false }),
    };
  }, first);
}

function commonRefresh(states: readonly unknown[]): Refresh | undefined {
  const [first, ...others] = states.map(refreshOf);
  const isSame = (other: Refresh | undefined) =>
    other?.generation_id === first?.generation_id && other?.sync_id === first?.sync_id;
  return others.every(isSame) ? first : undefined;
}
