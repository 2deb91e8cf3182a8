import type { AdvertiserSummary, RunOutcome } from '../events.ts';
import { nameOf } from '../failure.ts';

/** Advertisers of a stream that the summary lists; those that failed come first. */
const ADVERTISERS_SHOWN = 100;

/** What a run brought, stream by stream and advertiser by advertiser: the lines that end a log. */
export function summaryLines({ streams, requests }: RunOutcome): string[] {
  return streams
    .flatMap(({ stream, advertisers, records }) => {
      const sorted = [...advertisers].sort((a, b) => Number(!a.failure) - Number(!b.failure));
      const hidden = sorted.length - ADVERTISERS_SHOWN;
      return [
        `${stream}: ${counted(records, 'record')} of ${counted(advertisers.length, 'advertiser')}.`,
        ...sorted.slice(0, ADVERTISERS_SHOWN).map(describeAdvertiser),
        ...(hidden > 0 ? [`And ${counted(hidden, 'more advertiser')}.`] : []),
      ];
    })
    .concat(`The read took ${counted(requests, 'request')}.`);
}

function describeAdvertiser({
  advertiserId,
  advertiserName,
  records,
  days,
  through,
  failure,
}: AdvertiserSummary): string {
  const advertiser = nameOf({ id: advertiserId, ...(advertiserName !== undefined && { name: advertiserName }) });
  const figures = `${counted(records, 'record')}, ${counted(days, 'day')}`;
  const last = through === undefined ? 'nothing read yet' : `read up to ${through}`;
  return `${advertiser}: ${figures}, ${last}${failure ? `; FAILED: ${failure.message}` : '.'}`;
}

/** `1 record`, `1,848 records`. */
export function counted(count: number, noun: string): string {
  // Not by toLocaleString, for which Node would take 30 ms to find all its languages.
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}
