import type { QuotaLimits } from '../config/config.ts';
import { REPORT_DAYS_MAX } from '../tiktok/endpoints/report.ts';
import { countDays, type DayRange } from './days.ts';
import type { SyncEvent } from './events.ts';
import { type RunPlan, requestsPerSecond } from './plan.ts';

type ProgressReport = Omit<Extract<SyncEvent, { type: 'progress' }>, 'type'>;

/** How far a run is, and how long it will take at the pace of the quota, or at its own where that is slower. */
export class Progress {
  readonly #pace: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #planned: RunPlan;
  #records = 0;
  #windowsDone = 0;
  #daysDone = 0;

  /** @param now milliseconds of a clock that never jumps */
  constructor(planned: RunPlan, quota: QuotaLimits, now: () => number) {
    this.#planned = planned;
    this.#pace = requestsPerSecond(quota);
    this.#now = now;
    this.#startedAt = now();
  }

  addRecords(count: number): void {
    this.#records += count;
  }

  addWindow(window: DayRange): void {
    this.#windowsDone++;
    this.#daysDone += countDays(window);
  }

  /** @param requests made so far, all kinds together */
  report(requests: number): ProgressReport {
    const daysLeft = Math.max(0, this.#planned.days - this.#daysDone);
    const windowsTotal = Math.max(this.#planned.windows, this.#windowsDone + Math.ceil(daysLeft / REPORT_DAYS_MAX));
    const windowsLeft = windowsTotal - this.#windowsDone;
    const requestsLeft = windowsLeft * (this.#windowsDone > 0 ? Math.max(1, requests / this.#windowsDone) : 1);
    const ownPace = requests / ((this.#now() - this.#startedAt) / 1000);
    const secondsLeft = Math.ceil(requestsLeft / Math.min(this.#pace, ownPace > 0 ? ownPace : this.#pace));
    const recordsExpected =
      this.#daysDone > 0 ? Math.round((this.#records / this.#daysDone) * this.#planned.days) : undefined;
    return {
      records: this.#records,
      windowsDone: this.#windowsDone,
      windowsTotal,
      ...(recordsExpected !== undefined && { recordsExpected: Math.max(recordsExpected, this.#records) }),
      requests,
      secondsLeft,
      message:
        `${this.#records} records, ${this.#windowsDone} of ${windowsTotal} windows, ${requests} requests; ` +
        `about ${durationText(secondsLeft)} left.`,
    };
  }
}

/** `45 s`, `12 min`, `3 h 20 min`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
