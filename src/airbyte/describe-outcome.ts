import type { AdvertiserSummary, RunOutcome } from '../sync/events.ts';

/** Advertisers that the summary lists; those that failed come first. */
const ADVERTISERS_SHOWN = 100;

/** What a read brought, advertiser by advertiser, in lines for a log. */
export function describeOutcome({ advertisers, records, requests }: RunOutcome): string {
  const sorted = [...advertisers].sort((a, b) => Number(!a.failure) - Number(!b.failure));
  const hidden = sorted.length - ADVERTISERS_SHOWN;
  return [
    `Read ${counted(records, 'record')} of ${counted(advertisers.length, 'advertiser')} with ${counted(requests, 'request')}.`,
    ...sorted.slice(0, ADVERTISERS_SHOWN).map(describeAdvertiser),
    ...(hidden > 0 ? [`… and ${hidden} more.`] : []),
  ].join('\n');
}

function describeAdvertiser({
  advertiserId,
  advertiserName,
  records,
  days,
  through,
  failure,
}: AdvertiserSummary): string {
  const name = advertiserName ? `${advertiserId} (${advertiserName})` : advertiserId;
  const figures = `${counted(records, 'record')}, ${counted(days, 'day')}`;
  const last = through === undefined ? 'nothing read yet' : `read up to ${through}`;
  return `${name}: ${figures}, ${last}${failure ? `; FAILED: ${failure.message}` : ''}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
