import { recordJson } from '../streams/record-text.ts';
import type { StreamRecord } from '../sync/events.ts';

/** The values of one row, in the order of the table's columns; a number as the digits that TikTok sent. */
export type Values = readonly (string | null)[];

const QUOTE = '"'.charCodeAt(0);

/**
 * Makes a function that extracts the values from a record's JSON text.
 *
 * A JSON parser would turn the numbers into floats. All records of a stream have the same columns in the same order, so
 * the text between two values is known.
 *
 * @param columns of the records, in their order
 */
export function valueReader(columns: readonly string[]): (record: StreamRecord) => Values {
  const leads = columns.map((name, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return (record) => {
    const json = recordJson(record);
    const values: (string | null)[] = [];
    let at = 0;
    for (const lead of leads) {
      if (!json.startsWith(lead, at)) throw new Error(`A record where ${lead} was expected goes on ${json.slice(at)}`);
      at += lead.length;
      const start = at;
      if (json.charCodeAt(start) === QUOTE) {
        at = endOfString(json, start);
        const text = json.slice(start + 1, at - 1);
        values.push(text.includes('\\') ? (JSON.parse(json.slice(start, at)) as string) : text);
      } else {
        const comma = json.indexOf(',', start);
        at = comma < 0 ? json.length - 1 : comma;
        const text = json.slice(start, at);
        values.push(text === 'null' ? null : text);
      }
    }
    if (at !== json.length - 1) throw new Error(`A record has more than the columns of its table: ${json.slice(at)}`);
    return values;
  };
}

/** The index just after the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (backslashesBefore(json, end) % 2 === 1) end = json.indexOf('"', end + 1);
  return end + 1;
}

function backslashesBefore(json: string, end: number): number {
  let at = end;
  while (json[at - 1] === '\\') at -= 1;
  return end - at;
}
