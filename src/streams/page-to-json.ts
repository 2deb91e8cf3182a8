import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import type { ReportRows } from '../tiktok/endpoints/report.ts';
import { decimalText, integerText } from './number-text.ts';
import type { Column, ConvertPage, FieldChange, ReportRecord } from './stream.ts';

/** TikTok's mark for "not applicable" (Basic reports, metric tables). */
const NOT_APPLICABLE = '-';

/** Columns that come from the advertiser, not from the report. */
export const ADVERTISER_COLUMNS: Readonly<Record<string, Column & { readonly description: string }>> = {
  advertiser_id: { type: ['null', 'string'], description: 'The id of the advertiser (TikTok ad account).' },
  advertiser_name: { type: ['null', 'string'], description: 'The name of the advertiser.' },
  currency: { type: ['null', 'string'], description: 'The currency of all money columns, ISO 4217.' },
  timezone: { type: ['null', 'string'], description: 'The time zone of `date`, IANA name.' },
};

/** Whether TikTok tells the column with the advertiser, beside its id, and not in the report. */
export function isToldOfAdvertiser(column: string): boolean {
  return column in ADVERTISER_COLUMNS && column !== 'advertiser_id';
}

/** As a name, `-` is a real name; as a metric, it means none. */
const NAMES: ReadonlySet<string> = new Set(['campaign_name', 'adgroup_name', 'ad_name']);

/** Where a value of a record comes from. */
type Kind = 'day' | 'dimension' | 'name' | 'string' | 'integer' | 'number' | 'advertiser' | 'withdrawn';

/** A value of each record, and what stands before it: punctuation, names, and values that are the same in every record. */
interface Step {
  readonly lead: Uint8Array;
  readonly name: string;
  readonly kind: Kind;
  /** Its place in a row. */
  readonly index: number;
}

/** The longest JSON text that a value becomes is three times what TikTok sent, or a number of so many characters. */
const NUMBER_MAX_BYTES = 32;

/** Where the records of a page are put together, one page at a time; grows to what the largest one needs. */
let workspace = Buffer.alloc(0);

/**
 * Makes the function that turns the rows of a page into the JSON texts of records.
 *
 * Every column is null where TikTok says null or nothing, and every metric where it says `-`; a name may be `-`. A text
 * that is no number in a numeric column is null too. In a text, what no UTF-8 or no PostgreSQL can hold (a lone surrogate,
 * NUL) becomes U+FFFD. Both are noted in `changes`. Columns come out in the order given.
 *
 * A value that needs none of this, as nearly all, is copied byte by byte.
 */
export function pageConverter({
  columns,
  dimensions,
  withdrawn,
  advertiser,
}: {
  readonly columns: ReadonlyMap<string, Column>;
  /** What a row is about, besides its day. */
  readonly dimensions: readonly string[];
  readonly withdrawn: ReadonlySet<string>;
  readonly advertiser: Advertiser;
}): ConvertPage {
  /** Noted in every record. */
  const constantChanges: FieldChange[] = [];
  const fields = [...columns].map(([name, column]) => {
    const kind = kindOf(name, column, dimensions, withdrawn);
    if (kind === 'withdrawn') constantChanges.push({ field: name, reason: 'withdrawn' });
    const { json, reason }: Text = kind === 'advertiser' ? constantOf(name, advertiser) : { json: 'null' };
    if (reason) constantChanges.push({ field: name, reason });
    return { name, kind, constant: json };
  });

  const stepsOf = (rows: ReportRows): { steps: Step[]; tail: Uint8Array } => {
    const steps: Step[] = [];
    let lead = '';
    for (const { name, kind, constant } of fields) {
      lead += `${lead === '' && steps.length === 0 ? '{' : ','}${JSON.stringify(name)}:`;
      const index = indexOf(rows, kind, name);
      if (index === undefined) lead += constant;
      else {
        steps.push({ lead: Buffer.from(lead), name, kind, index });
        lead = '';
      }
    }
    return { steps, tail: Buffer.from(`${lead}}`) };
  };

  return (rows) => {
    const { bytes, width, places, count } = rows;
    const { steps, tail } = stepsOf(rows);
    const keyIndexes = ['stat_time_day', ...dimensions].map((name) => rows.indexOf('dimensions', name));
    const isPlaced = keyIndexes.every((index) => index !== undefined);
    const framing = steps.reduce((sum, { lead }) => sum + lead.length + NUMBER_MAX_BYTES, tail.length);
    const keys: string[] = [];
    const ends: number[] = [];
    const changesOf: (FieldChange[] | undefined)[] = [];
    const days = new Set<string>();
    let misplaced: string | undefined;
    let at = 0;
    for (let row = 0; row < count; row++) {
      const first = 2 * row * width;
      const key = isPlaced ? keyOf(rows, row, keyIndexes) : undefined;
      if (key === undefined) {
        misplaced = whyMisplaced(rows.row(row).dimensions, dimensions);
        continue;
      }
      days.add(key.slice(0, 10));
      const needed = at + framing + 3 * ((places[first + 2 * width - 1] as number) - Math.abs(places[first] as number));
      if (needed > workspace.length) {
        const larger = Buffer.allocUnsafeSlow(2 * needed);
        workspace.copy(larger, 0, 0, at);
        workspace = larger;
      }
      const out = workspace;
      let changes: FieldChange[] | undefined;
      for (const { lead, kind, name, index } of steps) {
        for (let i = 0; i < lead.length; i++) out[at++] = lead[i] as number;
        const from = places[first + 2 * index] as number;
        const to = places[first + 2 * index + 1] as number;
        const copied = from > 0 ? copyPlain(bytes, from, to, kind, out, at) : at;
        if (copied > at) at = copied;
        else {
          const { json, reason } = jsonOf(kind, rows.value(row, index));
          at += out.write(json, at);
          if (reason) {
            changes ??= [...constantChanges];
            changes.push({ field: name, reason });
          }
        }
      }
      for (let i = 0; i < tail.length; i++) out[at++] = tail[i] as number;
      keys.push(key);
      ends.push(at);
      if (changes || constantChanges.length > 0) changesOf[ends.length - 1] = changes ?? constantChanges;
    }
    // Not from Node's pool: a slice would keep the whole pool alive.
    const texts = Buffer.allocUnsafeSlow(at);
    workspace.copy(texts, 0, 0, at);
    const records = keys.map((key, n): ReportRecord => {
      const record = { key, bytes: texts, start: ends[n - 1] ?? 0, end: ends[n] as number };
      const changes = changesOf[n];
      return changes ? { ...record, changes } : record;
    });
    return misplaced === undefined ? { records, days } : { records, days, misplaced };
  };
}

function kindOf(name: string, column: Column, dimensions: readonly string[], withdrawn: ReadonlySet<string>): Kind {
  if (name === 'date') return 'day';
  if (dimensions.includes(name)) return 'dimension';
  if (name in ADVERTISER_COLUMNS) return 'advertiser';
  if (withdrawn.has(name)) return 'withdrawn';
  return NAMES.has(name) ? 'name' : column.type[1];
}

/** The place of the value in a row; undefined where rows do not have it. */
function indexOf(rows: ReportRows, kind: Kind, name: string): number | undefined {
  if (kind === 'day') return rows.indexOf('dimensions', 'stat_time_day');
  if (kind === 'dimension') return rows.indexOf('dimensions', name);
  return kind === 'advertiser' || kind === 'withdrawn' ? undefined : rows.indexOf('metrics', name);
}

function constantOf(name: string, { id, name: itsName, currency, timezone }: Advertiser): Text {
  const values: Record<string, string | undefined> = {
    advertiser_id: id,
    advertiser_name: itsName,
    currency,
    timezone,
  };
  const value = values[name];
  return value === undefined ? { json: 'null' } : quoted(value);
}

const [MINUS, POINT, ZERO, NINE, SPACE, QUOTE] = [0x2d, 0x2e, 0x30, 0x39, 0x20, 0x22];
const NULL = Buffer.from('null');

/** First bytes of the line breaks that {@link LINE_BREAKS_ELSEWHERE} has beyond ASCII, and of much else. */
const [OF_U0085, OF_U2028] = [0xc2, 0xe2];

/**
 * Copies the bytes of a text that has no escapes as the JSON of its column, where copying is enough.
 *
 * @returns the place behind what was written; `at` where it is not enough
 */
function copyPlain(bytes: Uint8Array, from: number, to: number, kind: Kind, out: Uint8Array, at: number): number {
  let end = at;
  if (kind === 'integer' || kind === 'number' || kind === 'string') {
    if (to - from === 1 && bytes[from] === MINUS) {
      for (let i = 0; i < NULL.length; i++) out[end++] = NULL[i] as number;
      return end;
    }
    if (kind !== 'string') {
      if (!isPlainNumber(bytes, from, to, kind === 'number')) return at;
      for (let i = from; i < to; i++) out[end++] = bytes[i] as number;
      return end;
    }
  }
  const last = kind === 'day' ? Math.min(to, from + 10) : to;
  out[end++] = QUOTE;
  for (let i = from; i < last; i++) {
    const byte = bytes[i] as number;
    if (byte === OF_U0085 || byte === OF_U2028 || (byte > 0x7f && kind === 'day')) return at;
    out[end++] = byte;
  }
  out[end++] = QUOTE;
  return end;
}

/** Whether it is a number as JSON and all its readers allow it: at most 16 digits, and 9 after the point. */
function isPlainNumber(bytes: Uint8Array, from: number, to: number, mayHavePoint: boolean): boolean {
  const whole = bytes[from] === MINUS ? from + 1 : from;
  const point = afterDigits(bytes, whole, to);
  if (point === whole || point - whole > 16 || (bytes[whole] === ZERO && point - whole > 1)) return false;
  if (point === to) return true;
  if (!mayHavePoint || bytes[point] !== POINT) return false;
  const digits = to - point - 1;
  return digits > 0 && digits <= 9 && afterDigits(bytes, point + 1, to) === to;
}

function afterDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++;
  return at;
}

/** Where the key of a row is put together; a longer one is made from texts. */
const keyBytes = Buffer.alloc(256);

/**
 * What makes a row unique, sorting by day first; undefined for a row without.
 *
 * @param indexes of the day and the dimensions in a row
 */
function keyOf(rows: ReportRows, row: number, indexes: readonly number[]): string | undefined {
  const { bytes, places, width } = rows;
  let length = 0;
  for (let n = 0; n < indexes.length; n++) {
    const place = 2 * (row * width + (indexes[n] as number));
    const from = places[place] as number;
    const to = places[place + 1] as number;
    if (from <= 0 || from === to || length + to - from >= keyBytes.length) return keyOfTexts(rows, row, indexes);
    if (n === 1 && to - from === 1 && bytes[from] === MINUS) return undefined;
    if (n > 1) keyBytes[length++] = SPACE;
    const last = n === 0 ? Math.min(to, from + 10) : to;
    for (let i = from; i < last; i++) {
      const byte = bytes[i] as number;
      if (byte > 0x7f) return keyOfTexts(rows, row, indexes);
      keyBytes[length++] = byte;
    }
  }
  return keyBytes.toString('latin1', 0, length);
}

function whyMisplaced(texts: Readonly<Record<string, string>>, dimensions: readonly string[]): string {
  const day = texts.stat_time_day?.slice(0, 10);
  if (!day) return 'a row without stat_time_day';
  const name = dimensions.find((dimension, n) => !texts[dimension] || (n === 0 && texts[dimension] === NOT_APPLICABLE));
  return `a row of ${day} without ${name}`;
}

function keyOfTexts(rows: ReportRows, row: number, indexes: readonly number[]): string | undefined {
  const texts = indexes.map((index) => rows.value(row, index));
  if (texts.some((text) => typeof text !== 'string' || text === '') || texts[1] === NOT_APPLICABLE) return undefined;
  const [day, first, ...others] = texts as string[];
  return [`${day?.slice(0, 10)}${first}`, ...others].join(' ');
}

/** The JSON text of a value, and what is to be noted of it. */
interface Text {
  readonly json: string;
  readonly reason?: FieldChange['reason'];
}

function jsonOf(kind: Kind, sent: unknown): Text {
  if (kind === 'day') return quoted((sent as string).slice(0, 10));
  if (sent === null || (sent === NOT_APPLICABLE && kind !== 'name' && kind !== 'dimension')) return { json: 'null' };
  const text = typeof sent === 'number' ? String(sent) : sent;
  if (typeof text === 'string') {
    if (kind !== 'integer' && kind !== 'number') return quoted(text);
    const json = kind === 'integer' ? integerText(text) : decimalText(text);
    if (json !== undefined) return { json };
  }
  return { json: 'null', reason: 'no_number' };
}

// JSON allows these characters, but some line readers break there (Python's splitlines).
const LINE_BREAKS_ELSEWHERE = /[\u0085\u2028\u2029]/g;
const asEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text as JSON, which UTF-8 and PostgreSQL can hold: no NUL, and no surrogate without its other half. */
function quoted(text: string): Text {
  const isStorable = !text.includes('\0') && text.isWellFormed();
  const storable = isStorable ? text : text.replaceAll('\0', '\ufffd').toWellFormed();
  const json = JSON.stringify(storable).replace(LINE_BREAKS_ELSEWHERE, asEscape);
  return isStorable ? { json } : { json, reason: 'replaced' };
}
