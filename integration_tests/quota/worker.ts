import { TikTokClient } from '../../src/tiktok/client.ts';
import { TikTokError } from '../../src/tiktok/errors.ts';
import { now, onWrite } from './on-write.ts';

/** What a worker has to do, as JSON in the environment variable WORKER. */
export interface WorkerOrder {
  readonly apiUrl: string;
  readonly store: string;
  readonly name: string;
  readonly perSecond: number;
  readonly perMinute?: number;
  readonly perDay?: number;
  readonly patienceMs?: number;
  /** The worker blocks its event loop again and again, for this long at most. */
  readonly stallMs?: number;
  /** The worker stops after one in five commands to the store, for this long at most, as on a machine with few cores. */
  readonly stallAfterCommandMs?: number;
  /** The worker's clock is wrong by this much at most. */
  readonly clockOffMs?: number;
  /** Requests that wait at the same time. */
  readonly callers?: number;
}

/** What a worker reports. Moments are milliseconds of the machine's steady clock, the same in all processes. */
export type WorkerNews =
  | { readonly type: 'left'; readonly at: number }
  | { readonly type: 'waiting'; readonly reason: string }
  | { readonly type: 'failed'; readonly kind: string; readonly message: string };

const order = JSON.parse(process.env.WORKER ?? '') as WorkerOrder;
const say = (news: WorkerNews) => process.send?.(news);

const [apiPort, storePort] = [order.apiUrl, order.store].map((url) => Number(new URL(url).port));
onWrite(
  (port) => {
    if (port === apiPort) say({ type: 'left', at: now() });
  },
  (port) => {
    const { stallAfterCommandMs } = order;
    if (port === storePort && stallAfterCommandMs !== undefined && Math.random() < 0.2) block(stallAfterCommandMs);
  },
);

function block(longestMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 + Math.random() * (longestMs - 20));
}

if (order.clockOffMs !== undefined) {
  const offMs = (2 * Math.random() - 1) * order.clockOffMs;
  const rightNow = Date.now;
  Date.now = () => rightNow() + offMs;
}

const client = new TikTokClient({
  apiUrl: order.apiUrl,
  accessToken: 'token-0123456789',
  quota: {
    perSecond: order.perSecond,
    perMinute: order.perMinute ?? order.perSecond * 60,
    perDay: order.perDay ?? 1e9,
    minutePauseSeconds: 4,
  },
  sharedQuota: { url: order.store, name: order.name, perSecond: order.perSecond },
  requestTimeoutMs: 30_000,
  patienceMs: order.patienceMs ?? 600_000,
  onWaiting: ({ reason }) => say({ type: 'waiting', reason }),
});

if (order.stallMs !== undefined) {
  const longest = order.stallMs;
  const stall = () => {
    block(longest);
    setTimeout(stall, Math.random() * 3_000);
  };
  setTimeout(stall, 500);
}

const { signal } = new AbortController();
async function call(number: number): Promise<void> {
  try {
    for (;;) await client.request({ path: 'user/info/', advertiserId: String(number), signal });
  } catch (error) {
    const kind = error instanceof TikTokError ? error.kind : 'defect';
    say({ type: 'failed', kind, message: error instanceof Error ? error.message : String(error) });
  }
}
await Promise.all(Array.from({ length: order.callers ?? 8 }, (_, number) => call(number)));
process.disconnect?.();
client.close();
