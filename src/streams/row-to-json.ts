import type { Advertiser } from '../tiktok/endpoints/advertisers.ts';
import type { ReportRow } from '../tiktok/endpoints/report.ts';
import type { TextEncoding } from '../tiktok/http/envelope.ts';
import { type Column, type ConvertRow, type FieldChange, RowError } from './daily-report.ts';
import { decimalText, integerText } from './number-text.ts';

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
 * Every column is null where TikTok says `-`, null or nothing. A text that is no number in a numeric column is null
 * too, and noted in `changes`. Columns come out in the order given.
 */
export function rowConverter(options: {
  readonly columns: ReadonlyMap<string, Column>;
  readonly idDimension: string;
  readonly withdrawn: ReadonlySet<string>;
  readonly advertiser: Advertiser;
  readonly encoding: TextEncoding;
}): ConvertRow {
  const { idDimension, withdrawn, encoding } = options;
  const quoted = quoter(encoding);
  const fields = [...options.columns].map(([name, column], index) => ({
    name,
    // The punctuation before a value is the same in every record.
    lead: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    kind: kindOf(name, column, idDimension, withdrawn),
    constant: constantOf(name, options.advertiser, quoted, encoding),
  }));
  const withdrawnChanges: FieldChange[] = fields
    .filter((field) => field.kind === 'withdrawn')
    .map((field) => ({ field: field.name, change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }));

  // Leads at even places, values at odd ones. Joined at once: a text that is put together bit by bit stays a tree of its
  // bits until it is written.
  const parts = [...fields.flatMap(({ lead }) => [lead, '']), '}'];

  return ({ dimensions, metrics }: ReportRow) => {
    const day = dimensions.stat_time_day?.slice(0, 10);
    const id = dimensions[idDimension];
    if (!day || !id) throw new RowError(`a row without ${day ? idDimension : 'stat_time_day'}`);
    let changes: FieldChange[] | undefined;
    let place = 1;
    for (const { name, kind, constant } of fields) {
      let value: string | undefined;
      if (kind === 'day') value = quoted(day);
      else if (kind === 'id') value = quoted(id);
      else if (kind === 'advertiser' || kind === 'withdrawn') value = constant;
      else {
        value = valueText(kind, metrics[name], quoted);
        if (value === undefined) {
          value = 'null';
          changes ??= [...withdrawnChanges];
          changes.push({ field: name, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' });
        }
      }
      parts[place] = value;
      place += 2;
    }
    const json = parts.join('');
    if (!changes && withdrawnChanges.length > 0) changes = withdrawnChanges;
    return changes ? { key: day + id, day, json, changes } : { key: day + id, day, json };
  };
}

type Kind = 'day' | 'id' | 'string' | 'integer' | 'number' | 'advertiser' | 'withdrawn';

function kindOf(name: string, column: Column, idDimension: string, withdrawn: ReadonlySet<string>): Kind {
  if (name === 'date') return 'day';
  if (name === idDimension) return 'id';
  if (name in ADVERTISER_COLUMNS) return 'advertiser';
  if (withdrawn.has(name)) return 'withdrawn';
  return column.type[1];
}

function constantOf(name: string, advertiser: Advertiser, quoted: Quote, encoding: TextEncoding): string {
  const values: Record<string, string | undefined> = {
    advertiser_id: advertiser.id,
    advertiser_name: advertiser.name,
    currency: advertiser.currency,
    timezone: advertiser.timezone,
  };
  const value = values[name];
  return value === undefined ? 'null' : quoted(encoding === 'latin1' ? asBytes(value) : value);
}

/** The JSON text of what TikTok sent for a column; nothing when it is no value of the column's type. */
function valueText(kind: 'string' | 'integer' | 'number', sent: unknown, quoted: Quote): string | undefined {
  if (sent === NOT_APPLICABLE || sent === null || sent === undefined) return 'null';
  const text = typeof sent === 'number' ? String(sent) : sent;
  if (typeof text !== 'string') return undefined;
  if (kind === 'string') return quoted(text);
  return kind === 'integer' ? integerText(text) : decimalText(text);
}

// Ids, rates and most names need no escape; asking for that is cheaper than JSON.stringify.
const PLAIN = /^[\w .:,;|/()[\]+*#&%=@!?-]*$/;

// JSON allows them as they are, but some readers of lines break there (Python's splitlines).
const LINE_BREAKS_ELSEWHERE = /[\u0085\u2028\u2029]/g;
const asEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Makes a JSON string of a text, in the same encoding. */
type Quote = (text: string) => string;

function quoter(encoding: TextEncoding): Quote {
  const quoteOther = (text: string) => JSON.stringify(text).replace(LINE_BREAKS_ELSEWHERE, asEscape);
  // By way of the characters: what is no UTF-8 becomes U+FFFD and does not reach a reader.
  const quoteBytes = (bytes: string) => asBytes(quoteOther(Buffer.from(bytes, 'latin1').toString()));
  const quote = encoding === 'latin1' ? quoteBytes : quoteOther;
  return (text) => (PLAIN.test(text) ? `"${text}"` : quote(text));
}

/** A text with each byte of its UTF-8 as a character. */
const asBytes = (text: string) => Buffer.from(text).toString('latin1');
