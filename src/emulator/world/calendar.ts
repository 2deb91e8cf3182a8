/** Days since 1970-01-01. Numbers, because a report computes millions of days. */
export type DayNumber = number;

const MS_A_DAY = 86_400_000;

/** `YYYY-MM-DD` as a number, or undefined for a text that is no day of the calendar. */
export function parseDay(text: string): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return undefined;
  return ms / MS_A_DAY;
}

/** @throws RangeError for a text that is no day; for constants and checked options. */
export function dayNumber(text: string): DayNumber {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError(`"${text}" is not a day; expected YYYY-MM-DD.`);
  return day;
}

export function formatDay(day: DayNumber): string {
  return new Date(day * MS_A_DAY).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(day: DayNumber): number {
  return (day + 4) % 7;
}

/** The day of an instant in an IANA zone. */
export function dayInZone(timeZone: string, instant: Date): DayNumber {
  // Offsets are whole quarters of an hour, so the day does not change within one. Asking Intl costs more than a row.
  const quarter = Math.floor(instant.getTime() / 900_000);
  const known = lastDays.get(timeZone);
  if (known?.quarter === quarter) return known.day;
  const day = Math.floor(localMs(timeZone, instant) / MS_A_DAY);
  lastDays.set(timeZone, { quarter, day });
  return day;
}

/** The instant at which a day begins in an IANA zone, ms since 1970. */
export function startOfDay(timeZone: string, day: DayNumber): number {
  const midnight = day * MS_A_DAY;
  // A clock change may lie between the guess and the result. The second step corrects that.
  let instant = midnight;
  for (let i = 0; i < 2; i++) instant += midnight - localMs(timeZone, new Date(instant));
  return instant;
}

/** The local time in the zone, as ms since 1970 as if it were UTC. */
function localMs(timeZone: string, instant: Date): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = value;
  return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const lastDays = new Map<string, { readonly quarter: number; readonly day: DayNumber }>();
