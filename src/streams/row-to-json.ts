import { isUtf8 } from 'node:buffer';
import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import type { ReportRow } from '../tiktok/endpoints/report.ts';
import type { TextEncoding } from '../tiktok/http/envelope.ts';
import { decimalText, integerText } from './number-text.ts';
import { type Column, type ConvertRow, type FieldChange, RowError } from './stream.ts';

/** TikTok's mark for "not applicable" (Basic reports, metric tables). */
const NOT_APPLICABLE = '-';

/** Columns that come from the advertiser, not from the report. */
export const ADVERTISER_COLUMNS: Readonly<Record<string, Column & { readonly description: string }>> = {
  advertiser_id: { type: ['null', 'string'], description: 'The id of the advertiser (TikTok ad account).' },
  advertiser_name: { type: ['null', 'string'], description: 'The name of the advertiser.' },
  currency: { type: ['null', 'string'], description: 'The currency of all money columns, ISO 4217.' },
  timezone: { type: ['null', 'string'], description: 'The time zone of `date`, IANA name.' },
};

/**
 * Makes the function that turns a report row into the JSON text of a record.
 *
 * Every column is null where TikTok says null or nothing, and every metric where it says `-`; a name may be `-`. A text
 * that is no number in a numeric column is null too. In a text, what no UTF-8 or no PostgreSQL can hold (a lone surrogate,
 * NUL) becomes U+FFFD. Both are noted in `changes`. Columns come out in the order given.
 */
export function rowConverter(options: {
  readonly columns: ReadonlyMap<string, Column>;
  /** What a row is about, besides its day. */
  readonly dimensions: readonly string[];
  readonly withdrawn: ReadonlySet<string>;
  readonly advertiser: Advertiser;
  readonly encoding: TextEncoding;
}): ConvertRow {
  const { withdrawn, encoding } = options;
  const [firstDimension = '', ...otherDimensions] = options.dimensions;
  /** What is noted in every record, and what in the record at hand. */
  const constantChanges: FieldChange[] = [];
  let changes: FieldChange[] | undefined;
  const note = (field: string, reason: FieldChange['reason']) => {
    changes ??= [...constantChanges];
    changes.push({ field, reason });
  };
  const quoted = quoter(encoding, (field) => note(field, 'replaced'));
  const fields = [...options.columns].map(([name, column], index) => {
    const kind = kindOf(name, column, options.dimensions, withdrawn);
    if (kind === 'withdrawn') constantChanges.push({ field: name, reason: 'withdrawn' });
    return {
      name,
      // The punctuation before a value is the same in each record.
      lead: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
      kind,
      constant: constantOf(name, options.advertiser, encoding, (field) =>
        constantChanges.push({ field, reason: 'replaced' }),
      ),
    };
  });

  // Punctuation at even places, values at odd ones. V8 keeps += as a rope; join once.
  const parts = [...fields.flatMap(({ lead }) => [lead, '']), '}'];

  return ({ dimensions, metrics }: ReportRow) => {
    const day = dimensions.stat_time_day?.slice(0, 10);
    const id = dimensions[firstDimension];
    if (!day) throw new RowError('a row without stat_time_day');
    if (!id || id === NOT_APPLICABLE) throw new RowError(`a row of ${day} without ${firstDimension}`);
    let key = day + id;
    for (const name of otherDimensions) {
      const other = dimensions[name];
      if (!other) throw new RowError(`a row without ${name}`);
      key += ` ${other}`;
    }
    changes = undefined;
    let place = 1;
    for (const { name, kind, constant } of fields) {
      let value: string | undefined;
      if (kind === 'day') value = quoted(day, name);
      else if (kind === 'dimension') value = quoted(dimensions[name] ?? '', name);
      else if (kind === 'advertiser' || kind === 'withdrawn') value = constant;
      else {
        value = valueText(kind, metrics[name], name, quoted);
        if (value === undefined) {
          value = 'null';
          note(name, 'no_number');
        }
      }
      parts[place] = value;
      place += 2;
    }
    const json = parts.join('');
    if (!changes && constantChanges.length > 0) changes = constantChanges;
    return changes ? { key, day, json, changes } : { key, day, json };
  };
}

/** As a name, `-` is a real name; as a metric, it means none. */
const NAMES: ReadonlySet<string> = new Set(['campaign_name', 'adgroup_name', 'ad_name']);

type Kind = 'day' | 'dimension' | 'name' | 'string' | 'integer' | 'number' | 'advertiser' | 'withdrawn';

function kindOf(name: string, column: Column, dimensions: readonly string[], withdrawn: ReadonlySet<string>): Kind {
  if (name === 'date') return 'day';
  if (dimensions.includes(name)) return 'dimension';
  if (name in ADVERTISER_COLUMNS) return 'advertiser';
  if (withdrawn.has(name)) return 'withdrawn';
  return NAMES.has(name) ? 'name' : column.type[1];
}

function constantOf(
  name: string,
  advertiser: Advertiser,
  encoding: TextEncoding,
  onReplaced: (field: string) => void,
): string {
  const values: Record<string, string | undefined> = {
    advertiser_id: advertiser.id,
    advertiser_name: advertiser.name,
    currency: advertiser.currency,
    timezone: advertiser.timezone,
  };
  const value = values[name];
  if (value === undefined) return 'null';
  const text = quoter('utf8', onReplaced)(value, name);
  return encoding === 'latin1' ? asBytes(text) : text;
}

/** The JSON text of what TikTok sent for a column; nothing when it is no value of the column's type. */
function valueText(
  kind: 'name' | 'string' | 'integer' | 'number',
  sent: unknown,
  field: string,
  quoted: Quote,
): string | undefined {
  if (sent === null || sent === undefined || (sent === NOT_APPLICABLE && kind !== 'name')) return 'null';
  const text = typeof sent === 'number' ? String(sent) : sent;
  if (typeof text !== 'string') return undefined;
  if (kind === 'string' || kind === 'name') return quoted(text, field);
  return kind === 'integer' ? integerText(text) : decimalText(text);
}

// Ids, rates and most names need no escape; this test is cheaper than JSON.stringify.
const PLAIN = /^[\w .:,;|/()[\]+*#&%=@!?-]*$/;

// JSON allows these characters, but some line readers break there (Python's splitlines).
const LINE_BREAKS_ELSEWHERE = /[\u0085\u2028\u2029]/g;
const asEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Makes a JSON string of a text, in the same encoding. */
type Quote = (text: string, field: string) => string;

/** @param onReplaced called for a field of whose text a character became U+FFFD */
function quoter(encoding: TextEncoding, onReplaced: (field: string) => void): Quote {
  const quoteOther: Quote = (text, field) => {
    // PostgreSQL text cannot hold a NUL, and UTF-8 cannot hold half of a surrogate pair.
    const isStorable = !text.includes('\0') && text.isWellFormed();
    if (!isStorable) onReplaced(field);
    return JSON.stringify(isStorable ? text : text.replaceAll('\0', '\ufffd').toWellFormed()).replace(
      LINE_BREAKS_ELSEWHERE,
      asEscape,
    );
  };
  const quoteBytes: Quote = (bytes, field) => {
    const sent = Buffer.from(bytes, 'latin1');
    if (!isUtf8(sent)) onReplaced(field);
    // Decodes and encodes again: invalid UTF-8 becomes U+FFFD and never reaches a reader.
    return asBytes(quoteOther(sent.toString(), field));
  };
  const quote = encoding === 'latin1' ? quoteBytes : quoteOther;
  return (text, field) => (PLAIN.test(text) ? `"${text}"` : quote(text, field));
}

/** A text with each byte of its UTF-8 as a character. */
const asBytes = (text: string) => Buffer.from(text).toString('latin1');
