import { isUtf8 } from 'node:buffer';
import { isObject } from '../../json/json.ts';

/** One row as TikTok means it. */
export interface ReportRow {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string | null>>;
}

type Group = keyof ReportRow;

/** What stands in the same place of each row: its values, and the bytes before each and after the last. */
interface Shape {
  /** `dimensions.NAME` or `metrics.NAME`. */
  readonly names: readonly string[];
  readonly literals: readonly Uint8Array[];
}

/** Rows that one page may have; TikTok serves 1,000. */
const ROWS_MAX = 1000;

/** More than a row needs that has every metric, and a name with all its characters escaped. */
const ROW_MAX_BYTES = 64 * 1024;

const [QUOTE, COMMA, COLON, BACKSLASH, OPEN_LIST, CLOSE_LIST, SPACE] = Buffer.from('",:\\[] ') as unknown as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * The rows of a page as bytes, and where in them each value stands: most values are only copied, so nothing is made of
 * a row, no object and no string.
 */
export class ReportRows implements Iterable<ReportRow> {
  readonly bytes: Buffer;
  /** Rows. */
  readonly count: number;
  /** Values a row. */
  readonly width: number;
  /**
   * Two numbers for each value, row by row: where it begins and ends. Of a text without escapes that is between its
   * quotes; of everything else, whose begin is negated, all of its JSON.
   */
  readonly places: Int32Array;
  readonly #names: readonly string[];

  constructor(bytes: Buffer, names: readonly string[], places: Int32Array) {
    this.bytes = bytes;
    this.width = names.length;
    this.count = places.length / (2 * names.length);
    this.places = places;
    this.#names = names;
  }

  /** The same for rows that were parsed, like or unlike. */
  static of(list: readonly ReportRow[]): ReportRows {
    const names = new Set(['dimensions.stat_time_day']);
    for (const row of list) for (const name of namesOf(row)) names.add(name);
    const pieces = [' ']; // No value begins at 0, which cannot be negated.
    const places: number[] = [];
    let at = 1;
    for (const row of list) {
      for (const name of names) {
        const value = namedValue(row, name);
        // As a number what is too large for one would become null.
        const json = JSON.stringify(typeof value === 'number' ? String(value) : (value ?? null));
        const end = at + Buffer.byteLength(json);
        const isPlain = json.startsWith('"') && !json.includes('\\');
        places.push(...(isPlain ? [at + 1, end - 1] : [-at, end]));
        pieces.push(json);
        at = end;
      }
    }
    return new ReportRows(Buffer.from(pieces.join('')), [...names], Int32Array.from(places));
  }

  /** Which of a row's values it is; undefined where the page has none of that name. */
  indexOf(group: Group, name: string): number | undefined {
    const index = this.#names.indexOf(`${group}.${name}`);
    return index < 0 ? undefined : index;
  }

  /** A value as JSON has it. */
  value(row: number, index: number): unknown {
    const place = 2 * (row * this.width + index);
    const [start = 0, end = 0] = this.places.subarray(place, place + 2);
    return start > 0 ? this.bytes.toString('utf8', start, end) : JSON.parse(this.bytes.toString('utf8', -start, end));
  }

  row(row: number): ReportRow {
    const groups: Record<Group, [string, unknown][]> = { dimensions: [], metrics: [] };
    for (const [index, name] of this.#names.entries()) {
      const [group, key] = placeOf(name);
      groups[group].push([key, this.value(row, index)]);
    }
    return {
      dimensions: Object.fromEntries(groups.dimensions) as ReportRow['dimensions'],
      metrics: Object.fromEntries(groups.metrics) as ReportRow['metrics'],
    };
  }

  *[Symbol.iterator](): Iterator<ReportRow> {
    for (let row = 0; row < this.count; row++) yield this.row(row);
  }
}

const namesOf = ({ dimensions, metrics }: { readonly [group in Group]: object }): string[] => [
  ...Object.keys(dimensions).map((name) => `dimensions.${name}`),
  ...Object.keys(metrics).map((name) => `metrics.${name}`),
];

function placeOf(name: string): [Group, string] {
  const point = name.indexOf('.');
  return [name.slice(0, point) as Group, name.slice(point + 1)];
}

function namedValue(row: ReportRow, name: string): unknown {
  const [group, key] = placeOf(name);
  return Object.hasOwn(row[group], key) ? row[group][key] : undefined;
}

/** In place of the rows while the rest of the answer is parsed. */
const ROWS_HERE = 'the rows of this page, which are cut from its bytes';

/** In the list of an answer, instead of its rows: what was made of all of them. */
export class CutRows<Rows> {
  readonly converted: Rows;

  constructor(converted: Rows) {
    this.converted = converted;
  }
}

/**
 * The answer to a report, parsed but for its rows, which are one {@link CutRows} in `data.list`. Undefined where that
 * is not certain to be what `JSON.parse` would bring: rows that are not all alike, values that are neither text, number
 * nor null, what is no UTF-8 or no JSON.
 *
 * @param dimensions of which every row has a text
 */
export function cutReport<Rows>(
  body: Buffer,
  dimensions: readonly string[],
  convert: (rows: ReportRows) => Rows,
): unknown {
  const begin = beginOfList(body);
  if (begin === undefined || !isUtf8(body)) return undefined;
  const shape = shapeOf(body, begin);
  if (!shape || !dimensions.every((name) => shape.names.includes(`dimensions.${name}`))) return undefined;
  const cut = placesOf(body, begin, shape);
  if (!cut) return undefined;
  const rest = `${body.toString('utf8', 0, begin)}"${ROWS_HERE}"${body.toString('utf8', cut.end)}`;
  const envelope = parsed(rest);
  const data = isObject(envelope) ? envelope.data : undefined;
  if (!isObject(data) || !Array.isArray(data.list) || data.list.length !== 1 || data.list[0] !== ROWS_HERE)
    return undefined;
  data.list[0] = new CutRows(convert(new ReportRows(body, shape.names, cut.places)));
  return envelope;
}

/** Behind the bracket of the first list that is called so. */
function beginOfList(bytes: Buffer): number | undefined {
  const key = bytes.indexOf('"list"');
  if (key < 0) return undefined;
  let at = afterSpace(bytes, key + 6);
  if (bytes[at++] !== COLON) return undefined;
  at = afterSpace(bytes, at);
  return bytes[at] === OPEN_LIST ? at + 1 : undefined;
}

const KEY = /[\s{},]*"((?:[^"\\]|\\.)*)"\s*:\s*/y;
const VALUE = /"(?:[^"\\]|\\.)*"|[^\s,{}[\]]+/y;
const END = /\s*\}\s*\}/y;

/** The shape of the row that begins here, as it is written, spaces included. `JSON.parse` is the judge of it. */
function shapeOf(bytes: Buffer, begin: number): Shape | undefined {
  const text = bytes.toString('latin1', begin, begin + ROW_MAX_BYTES);
  const names: string[] = [];
  const literals: Uint8Array[] = [];
  let group = '';
  let at = /^\s*/.exec(text)?.[0].length ?? 0;
  const rowAt = at;
  let end: number | undefined;
  for (let keyAt = at; end === undefined; ) {
    END.lastIndex = keyAt;
    if (keyAt === at && END.test(text)) {
      end = END.lastIndex;
      break;
    }
    KEY.lastIndex = keyAt;
    const name = KEY.exec(text)?.[1];
    if (name === undefined) return undefined;
    VALUE.lastIndex = KEY.lastIndex;
    if (text[KEY.lastIndex] === '{') {
      group = name;
      keyAt = KEY.lastIndex;
    } else if (VALUE.test(text)) {
      names.push(`${group}.${name}`);
      literals.push(Buffer.from(text.slice(at, KEY.lastIndex), 'latin1'));
      at = VALUE.lastIndex;
      keyAt = at;
    } else return undefined;
  }
  literals.push(Buffer.from(text.slice(at, end), 'latin1'));
  const row = parsed(bytes.toString('utf8', begin + rowAt, begin + end));
  if (!isObject(row) || Object.keys(row).length !== 2) return undefined;
  const { dimensions, metrics } = row;
  if (!isObject(dimensions) || !isObject(metrics)) return undefined;
  const known = namesOf({ dimensions, metrics });
  return known.length === names.length && known.every((name) => names.includes(name)) ? { names, literals } : undefined;
}

/** For one page at a time. */
let placesWorkspace = new Int32Array();

/** Where each value of each row stands, and the list ends; undefined when a row has another shape. */
function placesOf(
  bytes: Buffer,
  begin: number,
  { names, literals }: Shape,
): { places: Int32Array; end: number } | undefined {
  const width = names.length;
  const mustBeText = names.map((name) => name.startsWith('dimensions.'));
  if (placesWorkspace.length < 2 * ROWS_MAX * width) placesWorkspace = new Int32Array(2 * ROWS_MAX * width);
  const places = placesWorkspace;
  const { length } = bytes;
  let at = begin;
  for (let place = 0; place < 2 * ROWS_MAX * width; ) {
    at = afterSpace(bytes, at);
    for (let index = 0; index <= width; index++) {
      const literal = literals[index] as Uint8Array;
      for (let i = 0; i < literal.length; i++) if (bytes[at++] !== literal[i]) return undefined;
      if (index === width) break;
      const start = at;
      let byte = bytes[at];
      if (byte === QUOTE) {
        do byte = bytes[++at] as number;
        while (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH && at < length);
      }
      if (byte === QUOTE) {
        places[place++] = start + 1;
        places[place++] = at++;
      } else {
        if (mustBeText[index] && bytes[start] !== QUOTE) return undefined;
        at = endOfValue(bytes, start);
        if (parsed(bytes.toString('utf8', start, at)) === undefined) return undefined;
        places[place++] = -start;
        places[place++] = at;
      }
    }
    at = afterSpace(bytes, at);
    if (bytes[at] === CLOSE_LIST) return { places: places.subarray(0, place), end: at };
    if (bytes[at++] !== COMMA) return undefined;
  }
  return undefined;
}

/** Behind a value that is no plain text, whatever it is. */
function endOfValue(bytes: Buffer, start: number): number {
  let at = start + 1;
  if (bytes[start] === QUOTE) {
    while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    return at + 1;
  }
  while (at < bytes.length && /[^\s,}]/.test(String.fromCharCode(bytes[at] as number))) at++;
  return at;
}

function afterSpace(bytes: Buffer, at: number): number {
  let next = at;
  while ((bytes[next] as number) <= SPACE) next++;
  return next;
}

/** Undefined for what is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
