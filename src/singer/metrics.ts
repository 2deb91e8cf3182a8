import type { Log } from './log.ts';

/** How often running counts are told, as Singer's libraries do it. */
const COUNT_INTERVAL_MS = 60_000;

/** The measurements of one stream's sync, logged as Singer's metrics: counts every minute and at the end, durations. */
export class Metrics {
  readonly #log: Log;
  readonly #stream: string;
  readonly #now: () => Date;
  readonly #startedMs: number;
  #toldMs: number;
  #records = 0;
  #requests = 0;
  #recordsTold = 0;
  #requestsTold = 0;

  constructor(log: Log, stream: string, now: () => Date) {
    this.#log = log;
    this.#stream = stream;
    this.#now = now;
    this.#startedMs = now().getTime();
    this.#toldMs = this.#startedMs;
  }

  countRecords(more: number): void {
    this.#records += more;
    this.#tellWhenDue();
  }

  /** @param total requests to TikTok since the start of the sync */
  setRequests(total: number): void {
    this.#requests = total;
    this.#tellWhenDue();
  }

  /** The last counts, and how long the sync took. */
  finish(status: 'succeeded' | 'failed'): void {
    this.#tell();
    const seconds = (this.#now().getTime() - this.#startedMs) / 1000;
    this.#log.metric({
      type: 'timer',
      metric: 'sync_duration',
      value: seconds,
      tags: { stream: this.#stream, status },
    });
    this.#log.metric({ type: 'timer', metric: 'job_duration', value: seconds, tags: { job_type: 'sync', status } });
  }

  #tellWhenDue(): void {
    if (this.#now().getTime() - this.#toldMs >= COUNT_INTERVAL_MS) this.#tell();
  }

  /** Counters are what came since they were last told; a runner adds them up. */
  #tell(): void {
    this.#toldMs = this.#now().getTime();
    const tags = { stream: this.#stream };
    this.#log.metric({ type: 'counter', metric: 'record_count', value: this.#records - this.#recordsTold, tags });
    this.#log.metric({
      type: 'counter',
      metric: 'http_request_count',
      value: this.#requests - this.#requestsTold,
      tags,
    });
    this.#recordsTold = this.#records;
    this.#requestsTold = this.#requests;
  }
}
