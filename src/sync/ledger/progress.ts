import { REPORT_DAYS_MAX } from '../../tiktok/endpoints/report.ts';
import type { QuotaLimits } from '../../tiktok/quota/quota.ts';
import type { SyncEvent } from '../events.ts';
import { requestsPerSecond } from '../plan.ts';
import type { StreamAccount } from './account.ts';
import { counted } from './summary.ts';

type Event<Type extends SyncEvent['type']> = Omit<Extract<SyncEvent, { type: Type }>, 'type'>;

/** What will be asked for, in one sentence. */
export function plannedText({ advertisers, windows, requests, seconds }: Omit<Event<'planned'>, 'message'>): string {
  return (
    `To read: ${counted(windows, 'window')} of ${counted(advertisers, 'advertiser')}, ` +
    `at least ${counted(requests, 'request')}, about ${durationText(seconds)} at this quota.`
  );
}

/**
 * How far a run is, and how long it will take at the pace of the quota, or at its own where that is slower.
 *
 * @param so.requests made so far, all kinds together
 * @param so.seconds since the run began
 */
export function progressOf(
  accounts: readonly Pick<StreamAccount, 'stream' | 'planned' | 'records' | 'windows' | 'days'>[],
  quota: QuotaLimits,
  { requests, seconds }: { readonly requests: number; readonly seconds: number },
): Event<'progress'> {
  let records = 0;
  let windowsDone = 0;
  let windowsTotal = 0;
  const expected = [];
  for (const account of accounts) {
    const { planned } = account;
    const daysLeft = Math.max(0, planned.days - account.days);
    records += account.records;
    windowsDone += account.windows;
    windowsTotal += Math.max(planned.windows, account.windows + Math.ceil(daysLeft / REPORT_DAYS_MAX));
    if (account.days > 0) {
      const likely = Math.round((account.records / account.days) * planned.days);
      expected.push({ stream: account.stream, records: Math.max(likely, account.records) });
    }
  }
  const requestsLeft = (windowsTotal - windowsDone) * (windowsDone > 0 ? Math.max(1, requests / windowsDone) : 1);
  const pace = requestsPerSecond(quota);
  const ownPace = requests / seconds;
  const secondsLeft = Math.ceil(requestsLeft / Math.min(pace, ownPace > 0 ? ownPace : pace));
  return {
    records,
    windowsDone,
    windowsTotal,
    expected,
    requests,
    secondsLeft,
    message:
      `${records} records, ${windowsDone} of ${windowsTotal} windows, ${requests} requests; ` +
      `about ${durationText(secondsLeft)} left.`,
  };
}

/** `45 s`, `12 min`, `3 h 20 min`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
