import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { WorkerNews, WorkerOrder } from './worker.ts';

/** One process that sends requests as often as the quota allows. */
export class Worker {
  /** When its requests left, ms of the machine's steady clock. */
  readonly left: number[] = [];
  readonly news: WorkerNews[] = [];
  readonly process: ChildProcess;

  constructor(order: WorkerOrder, environment: Readonly<Record<string, string>> = {}) {
    this.process = fork(process.env.QUOTA_WORKER ?? '', {
      env: { ...process.env, ...environment, WORKER: JSON.stringify(order) },
      execArgv: [],
    });
    this.process.on('message', (news: WorkerNews) => {
      if (news.type === 'left') this.left.push(news.at);
      else this.news.push(news);
    });
  }
}

/** Processes that share a quota, until they are stopped. */
export class Fleet {
  readonly workers: readonly Worker[];

  constructor(count: number, order: WorkerOrder, environment?: Readonly<Record<string, string>>) {
    this.workers = Array.from({ length: count }, () => new Worker(order, environment));
  }

  static async run(seconds: number, ...fleet: ConstructorParameters<typeof Fleet>): Promise<Fleet> {
    const started = new Fleet(...fleet);
    await started.firstDeparture();
    await delay(seconds * 1000);
    started.stop();
    return started;
  }

  /** All departures, in order. */
  get left(): number[] {
    return this.workers.flatMap(({ left }) => left).sort((a, b) => a - b);
  }

  get failures(): string[] {
    return this.workers.flatMap(({ news }) => news.flatMap((one) => (one.type === 'failed' ? [one.message] : [])));
  }

  async firstDeparture(): Promise<void> {
    await until(() => this.workers.every(({ left }) => left.length > 0));
  }

  stop(): void {
    for (const worker of this.workers) worker.process.kill('SIGKILL');
  }
}

/** Waits until `isSo` returns true. If it never does, the test ends by the time limit of the tier. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(10);
}

/** How often more than `limit` requests left within `widthMs`. */
export function breaches(left: readonly number[], limit: number, widthMs = 1_000): number {
  return left.filter((moment, index) => index >= limit && moment - (left[index - limit] ?? 0) < widthMs).length;
}

/** The share of the quota that was used between two moments. */
export function paceOf(left: readonly number[], perSecond: number, from = left[0] ?? 0, to = left.at(-1) ?? 0): number {
  const count = left.filter((moment) => moment > from && moment <= to).length;
  return count / ((perSecond * (to - from)) / 1000);
}

/** What is kept beyond a second for requests that take longer to TikTok than others: 25 ms, less what clocks round. */
const SECOND_MS = 1_020;

/** No breach, and at least this share of the quota after the first second. Returns the departures by process. */
export function expectPace({ workers, left }: Fleet, perSecond: number, atLeast: number): number[] {
  // Counted from when all take part, because processes start one after the other.
  const from = Math.max(...workers.map((worker) => worker.left[0] ?? 0)) + 1_000;
  const counts = workers.map((worker) => worker.left.filter((moment) => moment > from).length);
  const figures = { breaches: breaches(left, perSecond, SECOND_MS), pace: paceOf(left, perSecond, from), counts };
  process.stderr.write(`${JSON.stringify({ ...figures, pace: Number(figures.pace.toFixed(3)) })}\n`);
  expect(figures.breaches).toBe(0);
  expect(figures.pace).toBeGreaterThanOrEqual(atLeast);
  return counts;
}

/** The pace, and each process within 5 % of the mean (or one request). */
export function expectFair(fleet: Fleet, perSecond: number, atLeast: number): void {
  const counts = expectPace(fleet, perSecond, atLeast);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  for (const count of counts) expect(Math.abs(count - mean)).toBeLessThanOrEqual(Math.max(1, mean * 0.05));
}
