import { parseConfig } from '../../config/parse-config.ts';
import { readJsonFile } from '../../config/read-json-file.ts';
import type { LoadNews } from '../../load/load.ts';
import { runLoad } from '../../load/run-load.ts';
import { DEFAULT_TARGET, parseTarget, passwordIn } from '../../load/target.ts';
import { isDay } from '../../sync/days.ts';
import type { StreamOutcome } from '../../sync/events.ts';
import { wrap } from '../../terminal/wrap.ts';
import { createRedactor } from '../../tiktok/redact.ts';
import { keepHeapSmall } from '../../wire/keep-heap-small.ts';
import { CommandError } from '../command-error.ts';
import { openFace } from '../face/open-face.ts';
import type { Print } from './advertisers.ts';
import { chosenStreams } from './chosen-streams.ts';

const STOP_SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** How long, after a signal, the last commit may take: a server that does not answer must not hold up the process. */
const LAST_COMMIT_MS = 10_000;

/**
 * The verb `sync`: keeps the tables in a database. Progress goes to standard error, as log lines or as a terminal's
 * live display, and the result to standard output.
 *
 * @returns the exit code: 0 when everything asked for was read, 128 and the signal's number when stopped
 * @throws ConfigError, InputFileError, CommandError, LoadError
 */
export async function runSyncVerb(values: Readonly<Record<string, unknown>>, print: Print): Promise<number> {
  const to = (values.to as string | undefined) ?? DEFAULT_TARGET;
  const target = parseTarget(to);
  const since = values.since as string | undefined;
  if (since !== undefined && !isDay(since)) {
    throw new CommandError([`--since is ${JSON.stringify(since)}; expected a day such as 2026-03-01.`]);
  }
  const config = parseConfig(readJsonFile(values.config as string, 'config'), {
    shard: values.shard as string | undefined,
  });
  if (since !== undefined && config.endDate !== undefined && since > config.endDate) {
    throw new CommandError([
      `--since is ${since}, after end_date, ${config.endDate}; expected the same day or an earlier one.`,
    ]);
  }
  const password = passwordIn(to);
  // On Linux the process list shows this from now on, without the password.
  if (password !== undefined) process.title = 'source-tiktok-ads sync';
  const redact = createRedactor([...config.secrets, ...(password === undefined ? [] : [password])]);
  const say = (line: string) => process.stderr.write(`${redact(line)}\n`);
  const face = await openFace({ quiet: values.quiet === true, isLive: true });
  const warn = (message: string) => (face ? face.warn(redact(message)) : say(message));
  const tell = (news: LoadNews) => {
    face?.event(news);
    if (news.type === 'debug') {
      if (values.debug === true) face ? face.debug(redact(news.message)) : say(news.message);
    } else if (news.type === 'warning') warn(news.message);
    else if (!face && news.type !== 'records') {
      say(news.type === 'advertiser-failed' ? news.failure.message : news.message);
    }
  };
  if (password !== undefined) {
    warn(
      'The password in --to can be seen in the process list for a moment: PGPASSWORD or ~/.pgpass keep it out of there.',
    );
  }
  keepHeapSmall();
  const { signal, stoppedBy } = stopOnSignals();
  const { outcome, place } = await runLoad(
    {
      target,
      config,
      streams: chosenStreams(values.streams as readonly string[] | undefined),
      numbers: values.numbers === 'double' ? 'double' : 'decimal',
      refresh: values.refresh === true,
      ...(since !== undefined && { since }),
      signal,
      ...(face && { onTick: (progress) => face.progress(progress) }),
    },
    tell,
  ).finally(() => face?.close());
  face?.event({ type: 'finished', outcome });
  const stop = stoppedBy();
  if (stop !== undefined) {
    if (!face) say('Stopped from outside; what had come is kept, and the next run goes on from there.');
    return STOP_SIGNALS[stop];
  }
  for (const stream of outcome.streams) print(wrap(summaryOf(stream, place), process.stdout.columns));
  if (!outcome.failure) return 0;
  if (!face) say(outcome.failure.message);
  return 1;
}

function summaryOf({ stream, records, advertisers }: StreamOutcome, place: string): string {
  const days = advertisers.flatMap(({ through }) => through ?? []).sort();
  const first = days[0];
  const last = days.at(-1);
  const count = advertisers.filter((one) => !one.failure || one.records > 0).length;
  const reach = first === undefined ? '' : `, up to ${first}${first === last ? '' : ` or later, at most ${last}`}`;
  return (
    `${stream}: ${records.toLocaleString('en-US')} rows of ${count.toLocaleString('en-US')} ` +
    `advertiser${count === 1 ? '' : 's'} put into ${place}${reach}.`
  );
}

function stopOnSignals() {
  const abort = new AbortController();
  let stopped: keyof typeof STOP_SIGNALS | undefined;
  for (const name of Object.keys(STOP_SIGNALS) as (keyof typeof STOP_SIGNALS)[]) {
    process.on(name, () => {
      if (stopped) return;
      stopped = name;
      abort.abort(new Error(`stopped by ${name}`));
      setTimeout(() => process.exit(STOP_SIGNALS[name]), LAST_COMMIT_MS).unref();
    });
  }
  return { signal: abort.signal, stoppedBy: () => stopped };
}
