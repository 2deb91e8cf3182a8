import { type Retry, TikTokClient, type TikTokClientOptions, type Waiting } from '../tiktok/client.ts';
import { TikTokError } from '../tiktok/errors.ts';
import { type Scripted, ScriptedServer, type SeenRequest } from './scripted-server.ts';
import { VirtualTime } from './virtual-time.ts';

export const TOKEN = 'token-0123456789abcdef0123456789abcdef01';
export const QUOTA = { perSecond: 1_000, perMinute: 60_000, perDay: 1e9, minutePauseSeconds: 300 };

let open: { stop(): unknown }[] = [];

/** For `afterEach`: stops the servers and clients of a test, and what else it added with {@link stopAfterwards}. */
export async function stopAll(): Promise<void> {
  for (const one of open) await one.stop();
  open = [];
}

export function stopAfterwards(...things: readonly { stop(): unknown }[]): void {
  open.push(...things);
}

/** A client in front of a server that answers by script, on a clock that jumps over every wait. */
export async function scriptedClient(
  script: (request: SeenRequest, count: number) => Scripted,
  options: Partial<TikTokClientOptions> = {},
) {
  const server = await ScriptedServer.start(script);
  const time = new VirtualTime();
  const waits: Waiting[] = [];
  const retries: Retry[] = [];
  const client = new TikTokClient({
    apiUrl: server.url,
    accessToken: TOKEN,
    quota: QUOTA,
    requestTimeoutMs: 30_000,
    patienceMs: 600_000,
    onWaiting: (waiting) => waits.push(waiting),
    onRetry: (retry) => retries.push(retry),
    random: () => 1,
    sleep: time.sleep,
    monotonicNow: time.monotonicNow,
    ...options,
  });
  stopAfterwards(server, { stop: () => client.close() });
  const { signal } = new AbortController();
  const get = (path = 'user/info/', advertiserId?: string) =>
    client.request({ path, signal, ...(advertiserId !== undefined && { advertiserId }) });
  return { server, client, time, waits, retries, get };
}

/** The error that a request ends with; throws when it ends with none, or with another kind of error. */
export async function errorOf(promise: Promise<unknown>): Promise<TikTokError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof TikTokError) return thrown;
  throw thrown ?? new Error('a TikTokError was expected, and the request was answered');
}

/** A script of answers in this order, the last one for ever. */
export function inOrder(...answers: [Scripted, ...Scripted[]]): (request: SeenRequest, count: number) => Scripted {
  return (_, count) => answers[Math.min(count, answers.length) - 1] ?? answers[0];
}
