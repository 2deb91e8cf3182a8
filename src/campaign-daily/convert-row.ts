import type { Advertiser } from '../tiktok/advertisers.ts';
import type { ReportRow } from '../tiktok/report.ts';
import { decimalText, integerText } from './number-text.ts';
import { type Column, type ConvertRow, type FieldChange, RowError } from './report-stream.ts';

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
}): ConvertRow {
  const { idDimension, withdrawn } = options;
  const fields = [...options.columns].map(([name, column], index) => ({
    name,
    // The punctuation before a value is the same in every record.
    lead: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    kind: kindOf(name, column, idDimension, withdrawn),
    constant: constantOf(name, options.advertiser),
  }));
  const withdrawnChanges: FieldChange[] = fields
    .filter((field) => field.kind === 'withdrawn')
    .map((field) => ({ field: field.name, change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }));

  return ({ dimensions, metrics }: ReportRow) => {
    const day = dimensions.stat_time_day?.slice(0, 10);
    const id = dimensions[idDimension];
    if (!day || !id) throw new RowError(`a row without ${day ? idDimension : 'stat_time_day'}`);
    let changes: FieldChange[] | undefined;
    let json = '';
    for (const { name, lead, kind, constant } of fields) {
      json += lead;
      if (kind === 'day') json += `"${day}"`;
      else if (kind === 'id') json += quoted(id);
      else if (kind === 'advertiser' || kind === 'withdrawn') json += constant;
      else {
        const sent: unknown = metrics[name];
        if (sent === NOT_APPLICABLE || sent === null || sent === undefined) json += 'null';
        else {
          const text = typeof sent === 'string' ? sent : typeof sent === 'number' ? String(sent) : undefined;
          const value = text === undefined ? undefined : kind === 'string' ? quoted(text) : numeric(kind, text);
          json += value ?? 'null';
          if (value === undefined) {
            changes ??= [...withdrawnChanges];
            changes.push({ field: name, change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR' });
          }
        }
      }
    }
    json += '}';
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

function constantOf(name: string, advertiser: Advertiser): string {
  const values: Record<string, string | undefined> = {
    advertiser_id: advertiser.id,
    advertiser_name: advertiser.name,
    currency: advertiser.currency,
    timezone: advertiser.timezone,
  };
  return JSON.stringify(values[name] ?? null);
}

const numeric = (kind: 'integer' | 'number', text: string) =>
  kind === 'integer' ? integerText(text) : decimalText(text);

// Ids, rates and most names need no escape; asking for that is cheaper than JSON.stringify.
const PLAIN = /^[\w .:,;|/()[\]+*#&%=@!?-]*$/;
const quoted = (text: string) => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
