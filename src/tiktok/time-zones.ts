/** What this file uses of `Temporal`, which Node has from version 26 on. */
interface TemporalOfNode {
  readonly Instant: {
    fromEpochMilliseconds(ms: number): { toZonedDateTimeISO(timeZone: string): { toPlainDate(): object } };
  };
}

/**
 * The calendar day of an instant in a zone, `YYYY-MM-DD`.
 *
 * @param timeZone an IANA name, as `Intl` takes it
 * @throws RangeError for a zone that this machine does not know
 */
export function dayIn(timeZone: string, instant: Date): string {
  // The same days as by Intl, whose first formatter takes Node 30 ms to find all its languages.
  const { Temporal } = globalThis as { readonly Temporal?: TemporalOfNode };
  if (Temporal) {
    return String(Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate());
  }
  let format = formats.get(timeZone);
  if (!format) {
    // English is in every build of Node; the order of the parts is not relied on.
    const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory' } as const;
    format = new Intl.DateTimeFormat('en', { ...options, numberingSystem: 'latn' });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`;
}

/** Whether this machine knows a zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    dayIn(name, new Date(0));
    return true;
  } catch {
    return false;
  }
}

// Making a formatter costs far more than using one, and an agency's 2,000 advertisers share a few zones.
const formats = new Map<string, Intl.DateTimeFormat>();
