import type { Log } from './log.ts';

/** How often running counts are logged, as Singer's libraries do. */
const COUNT_INTERVAL_MS = 60_000;

/**
 * The measurements of a sync, logged as Singer's metrics: counts every minute and at the end, durations. Requests are
 * those of the whole sync; they carry the stream's name where there is one alone.
 */
export class Metrics {
  readonly #log: Log;
  readonly #now: () => Date;
  readonly #startedMs: number;
  #toldMs: number;
  /** By stream. */
  readonly #records: Map<string, Count>;
  readonly #requests: Count = { total: 0, told: 0 };

  constructor(log: Log, streams: readonly string[], now: () => Date) {
    this.#log = log;
    this.#now = now;
    this.#startedMs = now().getTime();
    this.#toldMs = this.#startedMs;
    this.#records = new Map(streams.map((stream) => [stream, { total: 0, told: 0 }]));
  }

  countRecords(stream: string, more: number): void {
    const count = this.#records.get(stream);
    if (count) count.total += more;
    this.#tellWhenDue();
  }

  /** @param total requests to TikTok since the start of the sync */
  setRequests(total: number): void {
    this.#requests.total = total;
    this.#tellWhenDue();
  }

  /** The last counts, and how long the sync took. */
  finish(succeeded: (stream: string) => boolean): void {
    this.#tell();
    const value = (this.#now().getTime() - this.#startedMs) / 1000;
    const streams = [...this.#records.keys()];
    const statusOf = (isGood: boolean) => (isGood ? 'succeeded' : 'failed');
    for (const stream of streams) {
      const tags = { stream, status: statusOf(succeeded(stream)) };
      this.#log.metric({ type: 'timer', metric: 'sync_duration', value, tags });
    }
    const tags = { job_type: 'sync', status: statusOf(streams.every(succeeded)) };
    this.#log.metric({ type: 'timer', metric: 'job_duration', value, tags });
  }

  #tellWhenDue(): void {
    if (this.#now().getTime() - this.#toldMs >= COUNT_INTERVAL_MS) this.#tell();
  }

  /** A counter has what came since it was last logged; a runner adds them up. */
  #tell(): void {
    this.#toldMs = this.#now().getTime();
    const streams = [...this.#records];
    for (const [stream, count] of streams) this.#count('record_count', count, { stream });
    const [only] = streams;
    this.#count('http_request_count', this.#requests, only && streams.length === 1 ? { stream: only[0] } : {});
  }

  #count(metric: string, count: Count, tags: Readonly<Record<string, unknown>>): void {
    this.#log.metric({ type: 'counter', metric, value: count.total - count.told, tags });
    count.told = count.total;
  }
}

interface Count {
  total: number;
  told: number;
}
