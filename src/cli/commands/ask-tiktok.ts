import type { Config } from '../../config/config.ts';
import { attemptText, createClient } from '../../sync/create-client.ts';
import { durationText } from '../../sync/ledger/progress.ts';
import type { TikTokClient } from '../../tiktok/client.ts';
import { visible } from '../../wire/visible.ts';

/** After this many milliseconds without an answer, a person is told that the command waits. */
const PATIENCE_MS = 3000;

/**
 * Runs work with the API for a verb for people. Says on standard error when it waits for an answer, and with `debug` tells
 * each request. Closes the client.
 */
export async function askTikTok<Result>(
  config: Config,
  { debug }: { readonly debug: boolean },
  work: (client: TikTokClient) => Promise<Result>,
): Promise<Result> {
  const say = (text: string) => process.stderr.write(`${visible(text)}\n`);
  const client = createClient(config, {
    onWaiting: ({ reason }) => say(reason),
    ...(debug && { onAttempt: (attempt) => say(attemptText(attempt)) }),
  });
  const patience = durationText(config.patienceMs / 1000);
  const timer = setTimeout(
    () => say(`Waiting for TikTok's answer, for ${patience} at most (patience_seconds). Ctrl+C ends it.`),
    PATIENCE_MS,
  );
  try {
    return await work(client);
  } finally {
    clearTimeout(timer);
    client.close();
  }
}
