import { isDeepStrictEqual } from 'node:util';
import { isObject, kindOf, shown } from '../json/json.ts';
import { addDays, type Day, isDay } from './days.ts';

/** What has been read of one advertiser: one contiguous range of days in its time zone. */
export interface Coverage {
  readonly from: Day;
  readonly through: Day;
  /** The advertiser's today when the newest of these days were read. */
  readonly as_of: Day;
  /** Present, and false, when deleted campaigns were left out of some of these days. */
  readonly include_deleted?: false;
}

/** The state of a stream: coverage by advertiser id. Never an array: Meltano replaces those wholesale when it merges. */
export type CoverageByAdvertiser = ReadonlyMap<string, Coverage>;

/** Names a full refresh in the words of its platform: a JSON object, equal for all attempts at the same one. */
export type RefreshId = Readonly<Record<string, unknown>>;

/** A state that cannot be continued from. The message says what was found and what to do. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

/** The one version there is; a state of a later one was written by a later program. */
const VERSION = 1;

/**
 * Reads the state object of a stream (the Airbyte blob, the Singer bookmark).
 *
 * Absent, null, `{}` and `[]` mean that nothing has been read.
 *
 * @throws StateError for anything but a state of this program, and for one of a later version
 */
export function parseState(state: unknown): CoverageByAdvertiser {
  if (state === undefined || state === null) return new Map();
  if (Array.isArray(state) && state.length === 0) return new Map();
  if (!isObject(state)) throw new StateError(`${REFUSED} it is ${kindOf(state)}, an object is expected. ${WHAT_TO_DO}`);
  if (Object.keys(state).length === 0) return new Map();
  const { version, advertisers } = state;
  if (typeof version === 'number' && version > VERSION) {
    throw new StateError(
      `${REFUSED} it is of version ${version}, written by a later release of this connector, which knows up to version ` +
        `${VERSION}. Use that release, or reset the state to read everything again.`,
    );
  }
  if (version !== VERSION) {
    throw new StateError(
      `${REFUSED} it has ${'version' in state ? `version ${JSON.stringify(version)}` : `no version, but ${keysOf(state)}`}; ` +
        `this connector writes version ${VERSION}. Is it the state of another connector? ${WHAT_TO_DO}`,
    );
  }
  if (!isObject(advertisers)) {
    throw new StateError(`${REFUSED} "advertisers" is ${kindOf(advertisers)}, an object is expected. ${WHAT_TO_DO}`);
  }
  lastUpdate(state);
  return new Map(Object.entries(advertisers).map(([id, entry]) => [id, coverageOf(id, entry)]));
}

/**
 * When the state was written, milliseconds since 1970; 0 when it does not say. The next one must be later, even if
 * the clock of this machine is not.
 *
 * @throws StateError for what is no moment, or one so late that none can follow
 */
export function lastUpdate(state: unknown): number {
  if (!isObject(state) || state.updated_at === undefined || state.updated_at === null) return 0;
  const { updated_at: text } = state;
  const moment = typeof text === 'string' && /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  if (moment < LAST_MOMENT) return moment;
  throw new StateError(
    `${REFUSED} "updated_at" is ${shown(text)}, a moment before the year 9999 is expected, as in ` +
      `"2026-03-15T12:00:00.000Z". ${WHAT_TO_DO}`,
  );
}

const LAST_MOMENT = Date.UTC(9999, 0);

/**
 * The days that a full refresh need not read: the coverage left by an interrupted attempt at the same refresh. Empty for
 * the state of a finished refresh, of another refresh, or of an incremental read: everything is read, twice rather than
 * never.
 *
 * @throws StateError as {@link parseState}
 */
export function coverageOfRefresh(state: unknown, refresh: RefreshId): CoverageByAdvertiser {
  const coverage = parseState(state);
  return isDeepStrictEqual(refreshOf(state), refresh) ? coverage : new Map();
}

/** The full refresh whose interrupted attempt left the state. */
export function refreshOf(state: unknown): RefreshId | undefined {
  return isObject(state) && isObject(state.refresh) ? state.refresh : undefined;
}

/**
 * The JSON text of a state.
 *
 * @param updatedAt makes each state of a run differ from every other, as both protocols' users expect
 * @param refresh   the full refresh that has not come to its end
 */
export function stateText(coverage: CoverageByAdvertiser, updatedAt: Date, refresh?: RefreshId): string {
  return JSON.stringify({
    version: VERSION,
    updated_at: updatedAt.toISOString(),
    ...(refresh && { refresh }),
    advertisers: Object.fromEntries(coverage),
  });
}

/**
 * Merges several states of one stream: for each advertiser, all that any of them has read. Order and duplicates make no
 * difference; a single state stays as it is.
 *
 * When several name one advertiser, ranges that overlap or touch become one, as old as the oldest of them, so that the
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

function commonRefresh(states: readonly unknown[]): RefreshId | undefined {
  const [first, ...others] = states.map(refreshOf);
  return others.every((other) => isDeepStrictEqual(other, first)) ? first : undefined;
}

const REFUSED = 'The state cannot be used:';
const WHAT_TO_DO = 'Give the state that this stream wrote last, or none to read everything again.';

function coverageOf(advertiserId: string, entry: unknown): Coverage {
  const at = `${REFUSED} advertisers.${advertiserId}`;
  if (!isObject(entry)) throw new StateError(`${at} is ${kindOf(entry)}, an object is expected. ${WHAT_TO_DO}`);
  for (const key of ['from', 'through', 'as_of']) {
    const day = entry[key];
    if (typeof day !== 'string' || !isDay(day)) {
      throw new StateError(`${at}.${key} is ${shown(day)}, a day as YYYY-MM-DD is expected. ${WHAT_TO_DO}`);
    }
  }
  const { from, through, as_of, include_deleted } = entry as Record<'from' | 'through' | 'as_of', Day> & typeof entry;
  if (from > through) throw new StateError(`${at} runs from ${from} to ${through}, which is before it. ${WHAT_TO_DO}`);
  return include_deleted === false ? { from, through, as_of, include_deleted } : { from, through, as_of };
}

const keysOf = (value: object) =>
  Object.keys(value)
    .slice(0, 5)
    .map((key) => JSON.stringify(key.slice(0, 40)))
    .join(', ');
